"""Lines of files of labelled items: what is wrong with one, and what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from monitor.config.suggesting import mend
from monitor.core.verdicts import MOVING, Verdict

DENIED_CHANGE = "denied_change"
VERDICTS = (*(str(verdict) for verdict in Verdict if verdict is not Verdict.DENIED), DENIED_CHANGE)
MOVING_VERDICTS = frozenset(map(str, MOVING))
ALERTS = ("yes", "optional", "no")

_TEXTS = ("id", "subject", "published", "source", "lang", "title", "body")
_LABEL_TEXTS = ("fact", "verdict", "value", "alert")
_EXAMPLE = '{"fact": "launch", "verdict": "changes", "value": "2026-Q3", "quote": "…", "alert": "yes"}'


def faults_of(row: object) -> Iterator[str]:
    """What is wrong with the object of a line, as far as its form tells; nothing where it is sound."""
    if not isinstance(row, Mapping):
        yield f"a line is one object; it has the keys {', '.join(_TEXTS)} and expect"
        return
    for key in (*_TEXTS, "expect"):
        if key not in row:
            yield f"{key!r} is missing; every line needs {', '.join(_TEXTS)} and expect"
    for key in _TEXTS:
        if not isinstance(row.get(key, ""), str):
            yield f"{key!r} wants text in double quotes"
    if not _is_day(row.get("published", "2024-06-15")):
        yield f"'published' is {row['published']!r}; write a date such as 2024-06-15"
    if not isinstance(row.get("baseline_moved") or {}, Mapping):
        yield '\'baseline_moved\' wants an object of facts and values, such as {"launch": "2026 (done)"}'
    yield from _faults_of_lenient(row.get("lenient"))
    yield from _faults_of_labels(row.get("expect", []))


def _is_day(text: object) -> bool:
    try:
        date.fromisoformat(str(text)[:10])
    except ValueError:
        return False
    return True


def _faults_of_lenient(entries: object) -> Iterator[str]:
    if entries is None:
        return
    if not isinstance(entries, list):
        yield "'lenient' wants a list of facts"
        return
    for entry in entries:
        if not isinstance(entry, str) and not (isinstance(entry, Mapping) and isinstance(entry.get("fact"), str)):
            yield f'{entry!r} in \'lenient\' names no fact; write "launch" or {{"fact": "launch"}}'


def _faults_of_labels(labels: object) -> Iterator[str]:
    if not isinstance(labels, list):
        yield f"'expect' wants a list of labels such as {_EXAMPLE}"
        return
    for number, label in enumerate(labels, start=1):
        if not isinstance(label, Mapping):
            yield f"label {number} is no object; write {_EXAMPLE}"
            continue
        for fault in _faults_of_label(label):
            yield f"label {number}: {fault}"


def _faults_of_label(label: Mapping[str, Any]) -> Iterator[str]:
    for key in _LABEL_TEXTS:
        if key not in label:
            yield f"{key!r} is missing; write {_EXAMPLE}"
    if not isinstance(label.get("fact", ""), str):
        yield "'fact' wants the name of a fact"
    for key, allowed in (("verdict", VERDICTS), ("alert", ALERTS)):
        for name in (key, f"{key}_seq"):
            if name in label and label[name] not in allowed:
                yield f"{name!r} is {label[name]!r}; {mend(str(label[name]), allowed)}"
    for name in ("accept", "accept_seq"):
        if not isinstance(label.get(name) or [], list):
            yield f"{name!r} wants a list of verdicts"
