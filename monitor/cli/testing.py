"""`factwatch test`: the tests that stand in the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.tables import Form, FormOption, cell, open_console, print_json
from monitor.errors import UserFault

if TYPE_CHECKING:
    from rich.console import Console

    from monitor.jobs.rehearsing import Rehearsal

TEST_FOUND_SOMETHING = 1


def run_tests(
    rules: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of the rule files, or one of them.", show_default="FACTWATCH_RULES")
    ] = None,
    watch: Annotated[
        list[str] | None, typer.Option(metavar="WATCH", help="Only the tests of this watch; may be repeated.")
    ] = None,
    form: FormOption = Form.HUMAN,
) -> None:
    """Run the tests that stand in the rules, and show each that fails: what was expected, what came and why.

    A value is right if it means the same, however it is written. The exit status is 1 if a test fails.
    """
    rehearsals = _rehearse(rules, watch or [])
    failed = [one for one in rehearsals if one.failures]
    if form is Form.HUMAN:
        _print(rehearsals, failed)
    else:
        print_json([_row(one) for one in rehearsals], form)
    if failed:
        raise typer.Exit(TEST_FOUND_SOMETHING)


def _rehearse(rules: Path | None, names: Sequence[str]) -> list[Rehearsal]:
    from monitor.cli.ledgers import find_watch
    from monitor.config.lexicons import load_library
    from monitor.config.rulebook import load_rulebook
    from monitor.config.settings import rules_folder
    from monitor.jobs.answering import Reader
    from monitor.jobs.rehearsing import rehearse

    watches = load_rulebook(rules or rules_folder()).watches
    chosen = [find_watch(name, watches) for name in names] or list(watches.values())
    if not any(one.tests for one in chosen):
        raise UserFault("the rules have no tests; write some under `tests:`, each with text, published and expect")
    reader = Reader.build({one.id: one for one in chosen}, load_library())
    return [rehearsal for one in chosen for rehearsal in rehearse(one, reader)]


def _row(rehearsal: Rehearsal) -> dict[str, Any]:
    return {
        "watch": rehearsal.watch.id,
        "file": rehearsal.watch.file,
        "line": rehearsal.test.line,
        "text": rehearsal.test.text,
        "passed": not rehearsal.failures,
        "failures": [
            {"fact": one.fact, "expected": one.expected, "came": one.came, "reasons": list(one.reasons)}
            for one in rehearsal.failures
        ],
    }


def _print(rehearsals: Sequence[Rehearsal], failed: Sequence[Rehearsal]) -> None:
    from rich.text import Text

    console = open_console()
    for rehearsal in failed:
        _print_failure(console, rehearsal)
    count = len(rehearsals)
    tests = "1 test" if count == 1 else f"{count} tests"
    summary = f"{tests}: {len(failed)} failed, {count - len(failed)} passed" if failed else f"{tests}: all passed"
    console.print(Text(summary, style="bold red" if failed else "bold green"))


def _print_failure(console: Console, rehearsal: Rehearsal) -> None:
    """The place of the test first, as compilers print it, so that editors can jump there."""
    from rich.text import Text

    for one in rehearsal.failures:
        head = (f"{rehearsal.place}: ", (one.fact, "bold"), ": expected ", (one.expected, "green"), ", came ", (one.came, "red"))
        console.print(Text.assemble(*head), soft_wrap=True)
        console.print(Text.assemble("    text: ", cell(rehearsal.test.text)), soft_wrap=True)
        for reason in one.reasons:
            console.print(Text.assemble("    - ", cell(reason, "dim")), soft_wrap=True)
