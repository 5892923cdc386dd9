"""JSON lines in and out: how commands for machines read their files and print their answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from monitor.errors import Fault, FileFaults, UserFault

Row = Mapping[str, Any]


class Format(StrEnum):
    """How answers are written: a table for people, or a line of JSON an answer."""

    TABLE = "table"
    JSONL = "jsonl"


def read_rows(
    file: Path, *, needed: Sequence[str], example: str, wanted: str = "line of the right form", instead: str | None = None
) -> list[Row]:
    """The objects of a file of JSON lines; ``-`` is standard input.

    Args:
        needed: Keys without which a line says nothing; ``published`` has to be a date besides.
        example: What a line should look like, for the message.
        wanted: What a line should be, for the message.
        instead: A key that makes a line whole without the others.

    Raises:
        FileFaults: Every line that is no such object.
        UserFault: The file cannot be read.
    """
    rows, faults = [], []
    # Not splitlines(): it would also break at separators that stand inside a text.
    for number, line in enumerate(_content(file).split("\n"), start=1):
        if not line.strip():
            continue
        row = _read_row(line)
        if row is not None and (all(key in row for key in needed) or instead in row):
            rows.append(row)
        else:
            faults.append(Fault(file=str(file), line=number, column=1, message=f"no {wanted}; write {example}"))
    if faults:
        raise FileFaults(faults)
    return rows


def _content(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserFault(f"{file}: no such file") from None
    except OSError as error:
        raise UserFault(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UserFault(f"{file} cannot be read: it is not UTF-8 text") from error


def _read_row(line: str) -> Row | None:
    try:
        row = json.loads(line)
        datetime.fromisoformat(str(row["published"]).replace("Z", "+00:00"))
    except (ValueError, KeyError, TypeError):
        return None
    return row if isinstance(row, dict) else None


def print_rows(rows: Iterable[Row]) -> None:
    """Print answers as JSON lines, each as soon as it is known."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
