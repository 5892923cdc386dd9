"""`factwatch values`: every date, period, quantity, sum and share that texts name, with what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.lines import Format, Row, print_rows, read_rows

if TYPE_CHECKING:
    from decimal import Decimal

    from monitor.core.reading.mentions import Mention
    from monitor.core.reading.texts import Text

_EXAMPLE = '{"id": …, "text": …, "published": "2026-01-31", "lang": "en"}'


def values(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Lines of JSON with id, text, published and lang; - for standard input.")
    ],
    form: Annotated[Format, typer.Option("--format", help="A table for people, or a line of JSON a text.")] = Format.TABLE,
) -> None:
    """Read the values out of texts, without asking which fact they are of.

    The exit status is 0 when every line was answered, whatever the answer.
    """
    rows = read_rows(file, needed=("id", "text"), example=_EXAMPLE, wanted="line of texts")
    if form is Format.TABLE:
        _print_table(rows)
    else:
        print_rows(_answer(row) for row in rows)


def _answer(row: Row) -> Row:
    text, mentions = _read(row)
    return {"id": row["id"], "values": [value_row(mention, text) for mention in mentions]}


def value_row(mention: Mention, text: Text) -> dict[str, Any]:
    """One value as the machine interface prints it; the offsets are those of the text as it was given."""
    from monitor.core.values import Amount, Period, Shift

    start, end = text.to_source(mention.start, mention.end)
    row: dict[str, Any] = {"kind": str(mention.kind), "text": text.source[start:end], "start": start, "end": end}
    match mention.value:
        case Period(first=first, last=last):
            bound = "by" if first is None else "from" if last is None else "in"
            row |= {"first": _iso(first), "last": _iso(last), "bound": bound, "shift": None}
        case Shift():
            row |= {"first": None, "last": None, "bound": "in", "shift": str(mention.value)}
        case Amount(low=low, high=high, unit=unit):
            row |= {"low": _number(low), "high": _number(high), "unit": unit}
    return row | {"value": str(mention.value)}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _number(number: Decimal | None) -> float | int | None:
    """A whole number without a point, so that 720000 does not print as 720000.0."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _read(row: Row) -> tuple[Text, Sequence[Mention]]:
    """The text of a row and its values, in the order of the text."""
    from monitor.config.lexicons import languages, load_lexicon
    from monitor.core.reading.texts import normalise
    from monitor.jobs.answering import moment_of

    code = str(row.get("lang") or "en").split("-")[0]
    lexicon = load_lexicon(code if code in languages() else "en")
    text = normalise(str(row["text"]))
    periods = lexicon.periods.find(text, published=moment_of(row).date())
    amounts = lexicon.amounts.find(text, dates=periods)
    return text, sorted([*periods, *amounts], key=lambda mention: mention.start)


def _print_table(rows: Sequence[Row]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("Text", "Words", "Kind", "Value", "Rule")
    for row in rows:
        _, mentions = _read(row)
        for place, mention in enumerate(mentions):
            table.add_row("" if place else str(row["id"]), mention.text, str(mention.kind), str(mention.value), mention.rule)
        if mentions:
            table.add_section()
    Console().print(table)
