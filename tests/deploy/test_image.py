"""The image: its steps make a program that runs, is healthy, ends when told, and writes nowhere but where it may."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.deploy.dockerfiles import Image, build, read_steps
from tests.e2e.conftest import newsroom, program, site
from tests.e2e.newsrooms import Newsroom
from tests.e2e.programs import PATIENCE, Program

__all__ = ["newsroom", "program", "site"]

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
STEPS = list(read_steps(DOCKERFILE))


@pytest.mark.skipif("CI" not in os.environ, reason="installs the program anew, which takes most of a minute; CI=1 has it run")
def test_its_steps_make_a_program_that_runs_and_writes_nowhere_but_into_its_state(
    tmp_path: Path, program: Program, newsroom: Newsroom
) -> None:
    image = build(DOCKERFILE, ROOT, tmp_path / "image")
    before = pictured(image)
    (folder := tmp_path / "tmp").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    environment = {
        **image.environment,
        "HOME": "/nonexistent",
        "TMPDIR": str(folder),
        "FACTWATCH_LISTEN": listen,
        "FACTWATCH_RULES": str(program.rule.parent),
        "FACTWATCH_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
    }
    tool = image.root / "opt/factwatch/bin" / image.command("ENTRYPOINT")[0]
    with (program.folder / "output").open("wb") as output, (program.folder / "errors").open("wb") as errors:
        command = [tool, *image.command("CMD")]
        program.process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=output, stderr=errors)
    check = [str(tool), *image.command("HEALTHCHECK")[1:]]
    program.wait_for(lambda: subprocess.run(check, env=environment, capture_output=True, check=False).returncode == 0)
    program.wait_for(lambda: newsroom.asked, patience=2 * PATIENCE)
    assert program.end(signal.Signals[image.words["STOPSIGNAL"]]) == 0
    assert pictured(image) == before
    assert (image.root / "var/lib/factwatch/factwatch.db").is_file()
    assert list(folder.iterdir()) == []


def pictured(image: Image) -> dict[Path, tuple[int, float]]:
    """Every file that is not state, with its size and when it was written."""
    state = image.root / "var/lib/factwatch"
    files = [path for path in image.root.rglob("*") if path.is_file() and state not in path.parents]
    return {path: (path.stat().st_size, path.stat().st_mtime) for path in files}


def test_it_runs_as_a_user_that_is_not_root_and_its_base_is_pinned() -> None:
    words = dict(STEPS)
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", words["USER"])
    bases = [argument.split()[0] for name, argument in STEPS if name == "FROM"]
    assert all(re.fullmatch(r"python:3\.\d+-slim-\w+", base) for base in bases)
    assert len(set(bases)) == 1


def test_all_that_is_copied_is_let_into_the_build_and_nothing_else_is() -> None:
    copied = {word for name, argument in STEPS if name == "COPY" and "--from" not in argument for word in argument.split()[:-1]}
    lines = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines
    assert {line.removeprefix("!") for line in lines if line.startswith("!")} == copied
