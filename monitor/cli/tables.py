"""Answers for people and for machines: tables that fit the terminal, plain lines where they are piped, JSON on request."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.lines import Row, print_rows

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# Wider than any row: a line that is piped must not be broken to fit a terminal that is not there.
_PIPED_WIDTH = 10_000
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


class Form(StrEnum):
    """How a command answers: for people, as one document of JSON, or as a line of JSON an answer."""

    HUMAN = "human"
    JSON = "json"
    JSONL = "jsonl"


FormOption = Annotated[Form, typer.Option("--format", help="For people, as one JSON document, or as a line of JSON each.")]


# --- for machines -----------------------------------------------------------------------------------


def print_json(answers: Sequence[Row], form: Form) -> None:
    """Print answers as an array, or as a line each."""
    if form is Form.JSONL:
        print_rows(answers)
        return
    print_document(answers)


def print_document(answer: Row | Sequence[Row]) -> None:
    """Print one answer, indented."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")


def stamp(moment: datetime | None) -> str | None:
    """A moment as machines read it, in UTC: ``2024-03-28T12:00:00Z``."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


# --- for people -------------------------------------------------------------------------------------


def open_console() -> Console:
    """A console that fits its terminal; piped, it breaks no lines and has no colours."""
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    return console if console.is_terminal else Console(highlight=False, emoji=False, width=_PIPED_WIDTH)


def print_table(headings: Sequence[str], rows: Sequence[Sequence[Text | str]], *, folding: Collection[str] = ()) -> None:
    """Print a table without lines; a column in which nothing stands is left out.

    Args:
        folding: The columns that give way where the terminal is narrow; in the others words are not broken.
    """
    from rich.table import Table

    used = [place for place in range(len(headings)) if any(str(row[place]) for row in rows)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place in used:
        table.add_column(headings[place], overflow="fold", no_wrap=headings[place] not in folding)
    for row in rows:
        table.add_row(*(row[place] for place in used))
    open_console().print(table)


def cell(text: object, style: str = "") -> Text:
    """Text for people to see, without what could steer a terminal: feeds are written by strangers."""
    from rich.text import Text

    from monitor.core.telling.inert import clean

    return Text(clean(str(text)), style=style)


def show_minute(moment: datetime | None) -> str:
    """``2024-03-28 12:00``, in UTC like all that is printed; empty for none."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}" if moment else ""


def show_day(moment: datetime) -> str:
    """``2024-03-28``."""
    return f"{moment.astimezone(UTC):%Y-%m-%d}"


def show_distance(moment: datetime | None, now: datetime) -> str:
    """``5 min ago``, ``in 2 h``, ``3 days ago``; empty for no moment."""
    if moment is None:
        return ""
    size = _show_size(abs(moment - now))
    if not size:
        return "now"
    return f"in {size}" if moment > now else f"{size} ago"


def _show_size(distance: timedelta) -> str:
    seconds = int(distance.total_seconds())
    if seconds < _MINUTE:
        return f"{seconds} s" if seconds else ""
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < 2 * _DAY:
        return f"{seconds // _HOUR} h"
    return f"{seconds // _DAY} days"


STATE_STYLES: Mapping[str, str] = {
    "accepted": "green",
    "sent": "green",
    "candidate": "yellow",
    "pending": "yellow",
    "held": "yellow",
    "dismissed": "dim",
    "withdrawn": "dim",
    "conflict": "red",
    "dead": "red",
}


def print_fields(console: Console, fields: Mapping[str, Any]) -> None:
    """Print names with their values below each other; empty values are left out."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in fields.items():
        if str(value):
            table.add_row(name, value if isinstance(value, Text) else cell(value))
    console.print(table)
