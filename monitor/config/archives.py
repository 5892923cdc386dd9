"""Archives: the known history of a subject as JSON lines, read once at the first start."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from monitor.config.documents import read_text
from monitor.config.suggesting import mend
from monitor.core.items import Item
from monitor.errors import Fault, FileFaults

LARGEST_ARCHIVE = 50_000_000

_NEEDED = ("published", "source", "title")
_KEYS = ("published", "source", "lang", "title", "body", "url")


def read_archive(path: Path) -> tuple[Item, ...]:
    """The items of an archive, oldest first.

    A line is ``{"published", "source", "lang", "title", "body", "url"}``; lang, body and url may be left out. A day
    without a time is its beginning in UTC.

    Raises:
        FileFaults: Every line that is no such object.
    """
    faults: list[Fault] = []
    items = check_archive(path, str(path), faults)
    if faults:
        raise FileFaults(faults)
    return items


def check_archive(path: Path, file: str, faults: list[Fault]) -> tuple[Item, ...]:
    """The items of those lines that are sound; ``faults`` receives the defects of the others."""
    text = read_text(path, file, faults, largest=LARGEST_ARCHIVE) or ""
    items: list[Item] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            found = _read_line(line)
            if isinstance(found, Item):
                items.append(found)
            else:
                faults += [Fault(file=file, line=number, column=column, message=message) for column, message in found]
    return tuple(sorted(items, key=lambda item: item.published))


def _read_line(line: str) -> Item | list[tuple[int, str]]:
    """The item of a line, or column and message of each of its defects."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return [(error.colno, f"this is no JSON: {error.msg}; write one object a line")]
    if not isinstance(row, dict):
        return [(1, f"a line is one object; it has the keys {', '.join(_KEYS)}")]
    found = [(1, f"{key!r} is missing; every line needs {', '.join(_NEEDED)}") for key in _NEEDED if not row.get(key)]
    for key, value in row.items():
        column = line.find(json.dumps(key, ensure_ascii=False)) + 1
        if key not in _KEYS:
            found.append((column, f"unknown key {key!r}; {mend(key, _KEYS)}"))
        elif not isinstance(value, str):
            found.append((column, f"{key!r} wants text in double quotes"))
    published = _read_time(str(row.get("published", "")))
    if published is None and not found:
        column = line.find('"published"') + 1
        found.append((column, f"{row['published']!r} is no time; write 2024-03-28 or 2024-03-28T11:00:00Z"))
    return found if found or published is None else _to_item(row, published)


def _read_time(text: str) -> datetime | None:
    try:
        if len(text) == len("2024-03-28"):
            return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def _to_item(row: dict[str, str], published: datetime) -> Item:
    identity = row.get("url") or f"{row['published']} {row['source']} {row['title']}"
    return Item(
        id=f"archive:{sha256(identity.encode()).hexdigest()[:16]}",
        title=row["title"],
        body=row.get("body", ""),
        url=row.get("url", ""),
        publisher=row["source"],
        published=published,
        language=row.get("lang", ""),
    )
