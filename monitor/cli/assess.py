"""`factwatch assess` and `factwatch backtest`: what items of a file would mean, alone or in the course of time."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.lines import Format, Row, print_rows, read_rows
from monitor.errors import UserFault

if TYPE_CHECKING:
    from monitor.jobs.answering import Reader

_EXAMPLE = '{"id": "1", "published": "2026-01-31", "source": "outlet", "lang": "en", "title": "…", "body": "…"}'

Rules = Annotated[Path, typer.Option("--rules", help="Folder of rule files.", envvar="FACTWATCH_RULES")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="Items as lines of JSON; - for standard input.")]
Form = Annotated[Format, typer.Option("--format", help="A table for people, or a line of JSON a claim.")]


Consult = Annotated[bool, typer.Option("--reader", help="Ask the second reader that the rules or the settings name, too.")]
Record = Annotated[Path | None, typer.Option("--record", metavar="FILE", help="Keep its answers in a file, by content.")]
Replay = Annotated[
    Path | None, typer.Option("--replay-answers", metavar="FILE", help="Take its answers from such a file; nobody is asked.")
]


def assess(  # noqa: PLR0917 - options have names where a person types them
    file: File,
    rules: Rules = Path("rules"),
    form: Form = Format.TABLE,
    consult: Consult = False,
    record: Record = None,
    replay_answers: Replay = None,
) -> None:
    """Judge each item alone against the baseline, or against the values that its line gives as `known`.

    Nothing is stored. The exit status is 0 when every line was answered, whatever the answer.
    """
    from monitor.jobs.answering import answer

    rows = read_rows(file, needed=("title",), example=_EXAMPLE, instead="set")
    reader = consulted(build_reader(rules), rows, consult=consult, record=record, replay_answers=replay_answers)
    _tell((found for row in rows for found in answer(row, reader)), form)


def backtest(  # noqa: PLR0917 - options have names where a person types them
    file: File,
    rules: Rules = Path("rules"),
    form: Form = Format.TABLE,
    consult: Consult = False,
    record: Record = None,
    replay_answers: Replay = None,
) -> None:
    """Run items through the ledger in the order of their dates and show the alerts that would have been sent.

    A line {"published", "set": {"WATCH/FACT": "VALUE"}} sets a value as a person would. Nothing is stored or sent.
    """
    from monitor.jobs.backtesting import backtest as replay

    rows = read_rows(file, needed=("title",), example=_EXAMPLE, instead="set")
    reader = consulted(build_reader(rules), rows, consult=consult, record=record, replay_answers=replay_answers)
    _tell(replay(rows, reader), form)


def build_reader(rules: Path) -> Reader:
    """The reader of a folder of rule files."""
    from monitor.config.lexicons import load_library
    from monitor.config.rulebook import load_rulebook
    from monitor.jobs.answering import Reader

    return Reader.build(load_rulebook(rules).watches, load_library())


def consulted(reader: Reader, rows: Iterable[Row], *, consult: bool, record: Path | None, replay_answers: Path | None) -> Reader:
    """The reader with a second one beside it, if that is asked for: asked now about all rows, or as it answered once.

    Raises:
        UserFault: No second reader is named, or the options do not go together.
    """
    if not consult and replay_answers is None:
        if record is not None:
            raise UserFault("--record keeps answers of the second reader; add --reader to ask it")
        return reader
    if consult and replay_answers is not None:
        raise UserFault("--reader asks the second reader and --replay-answers asks nobody; choose one of the two")
    from monitor.config.settings import load_settings
    from monitor.jobs.asking_ahead import ask_ahead, hearing_from
    from monitor.readers.recordings import read_recording, write_recording

    settings = load_settings()
    if replay_answers is not None:
        return hearing_from(reader, read_recording(replay_answers), settings)
    asked = ask_ahead(rows, reader, settings)
    print(f"second reader: {asked}", file=sys.stderr)
    if record is not None:
        write_recording(record, asked.recording)
    return hearing_from(reader, asked.recording, settings)


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
