"""`factwatch assess` and `factwatch backtest`: what items of a file would mean, alone or in the course of time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.lines import Format, Row, print_rows, read_rows

if TYPE_CHECKING:
    from monitor.jobs.answering import Reader

_EXAMPLE = '{"id": "1", "published": "2026-01-31", "source": "outlet", "lang": "en", "title": "…", "body": "…"}'

Rules = Annotated[Path, typer.Option("--rules", help="Folder of rule files.", envvar="FACTWATCH_RULES")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="Items as lines of JSON; - for standard input.")]
Form = Annotated[Format, typer.Option("--format", help="A table for people, or a line of JSON a claim.")]


def assess(file: File, rules: Rules = Path("rules"), form: Form = Format.TABLE) -> None:
    """Judge each item alone against the baseline, or against the values that its line gives as `known`.

    Nothing is stored. The exit status is 0 when every line was answered, whatever the answer.
    """
    from monitor.jobs.answering import answer

    rows = read_rows(file, needed=("title",), example=_EXAMPLE, instead="set")
    reader = build_reader(rules)
    _tell((found for row in rows for found in answer(row, reader)), form)


def backtest(file: File, rules: Rules = Path("rules"), form: Form = Format.TABLE) -> None:
    """Run items through the ledger in the order of their dates and show the alerts that would have been sent.

    A line {"published", "set": {"WATCH/FACT": "VALUE"}} sets a value as a person would. Nothing is stored or sent.
    """
    from monitor.jobs.backtesting import backtest as replay

    rows = read_rows(file, needed=("title",), example=_EXAMPLE, instead="set")
    _tell(replay(rows, build_reader(rules)), form)


def build_reader(rules: Path) -> Reader:
    """The reader of a folder of rule files."""
    from monitor.config.lexicons import load_library
    from monitor.config.rulebook import load_rulebook
    from monitor.jobs.answering import Reader

    return Reader.build(load_rulebook(rules).watches, load_library())


def _tell(rows: Iterable[Row], form: Format) -> None:
    if form is Format.JSONL:
        print_rows(rows)
        return
    from monitor.cli.tables import cell, print_table

    headings = ("Item", "Fact", "Verdict", "Known", "Said", "Certainty", "Alert", "Sentence")
    print_table(headings, [[cell(text) for text in _columns(row)] for row in rows], folding={"Sentence"})


def _columns(row: Row) -> tuple[str, ...]:
    fact, is_told = f"{row['watch']}/{row['fact']}", "yes" if row["alert"] else "no"
    return row["item"], fact, row["verdict"], row["known"], row["value"] or "", row["certainty"], is_told, row["quote"]
