"""The real command in this process, on rules and a database of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.app import main
from monitor.store.engine import Store, open_store
from tests.cli.ledger import write_ledger, write_rules
from tests.feeds.sites import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Answer]


@pytest.fixture
def factwatch(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Runs the command with these arguments, on the rules of ``write_rules`` and a database that is not there yet."""
    monkeypatch.setenv("FACTWATCH_RULES", str(write_rules(tmp_path)))
    monkeypatch.setenv("FACTWATCH_DATABASE_URL", f"sqlite:///{tmp_path / 'factwatch.db'}")

    def run(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["factwatch", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Answer(status=int(ended.value.code or 0), out=printed.out, err=printed.err)

    return run


@pytest.fixture
def store(factwatch: Command, tmp_path: Path) -> Generator[Store]:
    """The database of the command, with the histories of ``write_ledger``; it stays open, as a daemon keeps it."""
    assert factwatch
    opened = open_store(f"sqlite:///{tmp_path / 'factwatch.db'}")
    write_ledger(opened)
    yield opened
    opened.close()


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on loopback."""
    with Site() as running:
        yield running
