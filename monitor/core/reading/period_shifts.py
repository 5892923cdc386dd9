"""Shifts: by how much a date is moved, "six months later than planned", "delayed by two years"."""

from __future__ import annotations

from monitor.core.reading.period_grammar import SPANS, Found, Rule
from monitor.core.reading.resolving import Span
from monitor.core.values import Shift

_SIGNS = {"delay": 1, "move": 1, "late": 1, "later": 1, "advance": -1, "ahead": -1}


def _shift(found: Found, sign: int) -> Shift | None:
    span: Span = found.get("duration")
    return None if span.least else Shift(months=sign * span.months, days=sign * span.days)


def _told_shift(found: Found) -> Shift | None:
    """The sign from the word of delay or of haste that was matched."""
    if found.has("than"):
        return _shift(found, found.get("than"))
    kind = next((atom.kind for atom in found.atoms[found.start : found.end] if atom.kind in _SIGNS), None)
    return None if kind is None else _shift(found, _SIGNS[kind])


def _governed_shift(found: Found) -> Shift | None:
    kind = found.governing("delay", "advance", "move")
    return None if kind is None else _shift(found, _SIGNS[kind])


def _late_or_early(found: Found) -> Shift | None:
    """ "Two years late": the words that name parts of a year, behind a length of time."""
    sign = {"late": 1, "early": -1}.get(found.get("part"))
    return None if sign is None or found.next_kind in (*SPANS, "of") else _shift(found, sign)


SHIFT_RULES = (
    Rule("late by", "duration (late|later|ahead|than)", "six months later than planned", "shift", _told_shift),
    Rule("late", "duration part", "three months late", "shift", _late_or_early),
    Rule(
        "delayed by",
        "(delay|advance) (by|of|amount|about|in|to|on)? (more_than|less_than)? duration",
        "delayed by two years",
        "shift",
        _told_shift,
    ),
    Rule("so long of delay", "duration of? (delay|advance)", "a two-year delay", "shift", _told_shift),
    Rule(
        "moved by",
        "(by|amount|of) (more_than|less_than)? duration",
        "postponed the launch by six months",
        "shift",
        _governed_shift,
    ),
)
