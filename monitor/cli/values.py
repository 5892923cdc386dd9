"""`factwatch values`: every date, period, quantity, sum and share that texts name, with what they mean."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.errors import Fault, FileFaults, UserFault

if TYPE_CHECKING:
    from decimal import Decimal

    from monitor.core.reading.mentions import Mention
    from monitor.core.reading.texts import Text

Row = Mapping[str, Any]


class Format(StrEnum):
    """How the answers are written."""

    TABLE = "table"
    JSONL = "jsonl"


def values(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Lines of JSON with id, text, published and lang; - for standard input.")
    ],
    form: Annotated[Format, typer.Option("--format", help="A table for people, or a line of JSON a text.")] = Format.TABLE,
) -> None:
    """Read the values out of texts, without asking which fact they are of.

    The exit status is 0 when every line was answered, whatever the answer.
    """
    rows = list(_rows(file))
    if form is Format.TABLE:
        _print_table(rows)
        return
    for row in rows:
        text, mentions = _read(row)
        answer = {"id": row["id"], "values": [value_row(mention, text) for mention in mentions]}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


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


def _rows(file: Path) -> Iterator[Row]:
    """The lines of the file; all faulty ones are reported at once."""
    if str(file) != "-" and not file.is_file():
        raise UserFault(f"{file}: no such file")
    content = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    faults: list[Fault] = []
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            date.fromisoformat(str(row["published"])[:10])
            (row["id"], row["text"])
        except (ValueError, KeyError, TypeError):
            message = 'no line of texts; write {"id": …, "text": …, "published": "2026-01-31", "lang": "en"}'
            faults.append(Fault(file=str(file), line=number, column=1, message=message))
            continue
        yield row
    if faults:
        raise FileFaults(faults)


def _read(row: Row) -> tuple[Text, Sequence[Mention]]:
    """The text of a row and its values, in the order of the text."""
    from monitor.config.lexicons import languages, load_lexicon
    from monitor.core.reading.texts import normalise

    code = str(row.get("lang") or "en").split("-")[0]
    lexicon = load_lexicon(code if code in languages() else "en")
    text = normalise(str(row["text"]))
    periods = lexicon.periods.find(text, published=date.fromisoformat(str(row["published"])[:10]))
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
