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


def read_rows(file: Path, *, needed: Sequence[str], example: str) -> list[Row]:
    """The objects of a file of JSON lines; ``-`` is standard input.

    Args:
        needed: Keys without which a line says nothing; ``published`` has to be a date besides.
        example: What a line should look like, for the message.

    Raises:
        FileFaults: Every line that is no such object.
    """
    if str(file) != "-" and not file.is_file():
        raise UserFault(f"{file}: no such file")
    content = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    rows, faults = [], []
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        row = _read_row(line, needed)
        if row is None:
            faults.append(Fault(file=str(file), line=number, column=1, message=f"no line of the right form; write {example}"))
        else:
            rows.append(row)
    if faults:
        raise FileFaults(faults)
    return rows


def _read_row(line: str, needed: Sequence[str]) -> Row | None:
    try:
        row = json.loads(line)
        datetime.fromisoformat(str(row["published"]).replace("Z", "+00:00"))
    except (ValueError, KeyError, TypeError):
        return None
    is_whole = all(key in row for key in needed) or "set" in row
    return row if isinstance(row, dict) and is_whole else None


def print_rows(rows: Iterable[Row]) -> None:
    """Print answers as JSON lines, each as soon as it is known."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
