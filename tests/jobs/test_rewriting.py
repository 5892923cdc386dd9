"""Rules that are saved from a page: only where they may be, only what was edited, byte for byte as it was shown."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from monitor.config.rules import read_rule
from monitor.config.settings import Settings, load_settings
from monitor.core.watches import Watch
from monitor.jobs.editing import Draft, Saved, load_saved
from monitor.jobs.rewriting import obstacle_to_writing, revise
from tests.e2e.programs import Program

NOBODY = 65_534


def draft_of(text: str) -> Draft:
    return Draft(text=text, watch=None, faults=(), warnings=())


def settings_of(program: Program, **others: str) -> Settings:
    environment = {**program.environment, "FACTWATCH_RULES": str(program.folder / "rules"), "FACTWATCH_PASSWORD": "x"}
    return load_settings({**environment, **others})


def watch_at(path: Path) -> Watch:
    watch = read_rule(path).watch
    assert watch is not None
    return watch


@pytest.fixture
def program() -> Generator[Program]:
    """In a folder of its own to which anybody finds the way."""
    folder = Path(mkdtemp())
    folder.chmod(0o755)
    program = Program(folder=folder)
    program.write_rule("https://outlet.example/feed")
    yield program
    shutil.rmtree(folder)


def test_a_difference_is_shown_as_diff_shows_it() -> None:
    saved = Saved(file="rule.yaml", text="a: 1\nb: 2")
    assert revise(saved, draft_of("a: 1\nb: 3\n")).difference() == (
        "@@ -1,2 +1,2 @@",
        " a: 1",
        "-b: 2",
        "\\ No newline at end of file",
        "+b: 3",
    )
    assert revise(saved, draft_of("a: 1\nb: 2")).difference() == ()
    odd = Saved(file="rule.yaml", text="a: '1\u2028x\x0c'\n")
    assert revise(odd, draft_of("b: 2\n")).difference() == ("@@ -1 +1 @@", "-a: '1\u2028x\x0c'", "+b: 2")


def test_the_line_ends_of_the_file_are_kept() -> None:
    saved = Saved(file="rule.yaml", text="a: 1\r\nb: 2\r\n")
    revision = revise(saved, draft_of("a: 1\nb: 3\n"))
    assert revision.after == "a: 1\r\nb: 3\r\n"
    assert revision.difference() == ("@@ -1,2 +1,2 @@", " a: 1", "-b: 2", "+b: 3")


def test_a_file_that_lies_elsewhere_or_behind_a_link_is_not_written(program: Program) -> None:
    settings, watch = settings_of(program), watch_at(program.rule)
    assert obstacle_to_writing(watch, settings) == ""
    elsewhere = program.folder / "seeds" / "bridge-too.yaml"
    shutil.copy(program.rule, elsewhere)
    assert "outside of the rules folder" in obstacle_to_writing(watch_at(elsewhere), settings)
    link = program.rule.with_name("link.yaml")
    link.symlink_to(elsewhere)
    assert "symbolic link" in obstacle_to_writing(watch_at(link), settings)


def test_a_single_rule_file_in_force_may_be_written(program: Program) -> None:
    settings = settings_of(program, FACTWATCH_RULES=str(program.rule))
    assert obstacle_to_writing(watch_at(program.rule), settings) == ""


def test_in_a_read_only_folder_saving_is_switched_off(program: Program) -> None:
    settings, watch = settings_of(program), watch_at(program.rule)
    program.rule.parent.chmod(0o555)
    is_root = os.geteuid() == 0  # who may write anywhere
    if is_root:
        os.seteuid(NOBODY)
    try:
        assert "read-only for this program" in obstacle_to_writing(watch, settings)
    finally:
        if is_root:
            os.seteuid(0)
        program.rule.parent.chmod(0o755)


def test_the_digest_is_of_what_the_file_says(program: Program) -> None:
    watch = watch_at(program.rule)
    before = load_saved(watch)
    assert load_saved(watch).digest == before.digest
    program.rule.write_text(before.text + "\n", encoding="utf-8")
    assert load_saved(watch).digest != before.digest
