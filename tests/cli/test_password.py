"""`factwatch password`: what it prints opens the door, and only for that password."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from monitor.web.sessions import is_of_hash
from tests.cli.conftest import Command

# typer's hidden prompts read from the terminal itself, so only a real one will do.
PROGRAM = "import sys; sys.argv = ['factwatch', 'password']; from monitor.cli.app import main; main()"


def test_a_line_of_standard_input_is_hashed(factwatch: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("correct horse\nbattery\n"))
    answer = factwatch("password")
    assert (answer.status, answer.err) == (0, "")
    assert is_of_hash("correct horse", answer.out.strip())
    assert not is_of_hash("battery", answer.out.strip())


def test_nothing_is_no_password(factwatch: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("\n"))
    assert factwatch("password").status == 2


def test_on_a_terminal_it_asks_twice_and_shows_nothing(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    hashed = tmp_path / "hashed"
    with hashed.open("wb") as out:
        program = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], stdin=follower, stdout=out, stderr=follower, start_new_session=True
        )
    os.close(follower)
    seen = b""
    for question in (b"Password: ", b"Once more: "):
        while question not in seen:
            seen += os.read(leader, 1_000)
        os.write(leader, b"correct horse\n")
    assert program.wait(timeout=60) == 0
    os.close(leader)
    assert b"horse" not in seen
    assert is_of_hash("correct horse", hashed.read_text(encoding="utf-8").strip())
