"""Rows of shares whose sign is told once: "Castlelake 32 procent, danska staten 26,4 och Air France-KLM 19,9 procent"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.core.reading.quantities_phrase import Phrase
from monitor.core.reading.texts import Text
from monitor.core.values import SHARE_UNIT

_REACH = 45
_HUNDRED = 100
_STOPS = (". ", "! ", "? ", "; ", "。", "\n", " (")


def complete_rows(text: Text, phrases: Sequence[Phrase]) -> list[Phrase]:
    """Make a bare number a share where it stands between two shares of one sentence."""
    completed = list(phrases)
    for index in range(1, len(completed) - 1):
        before, here, behind = completed[index - 1 : index + 2]
        if before.rule == behind.rule == "percent" and _is_bare(here) and _are_near(text.lower, before, here, behind):
            numbers = {name: getattr(here, name) / _HUNDRED for name in ("low", "high", "step")}
            completed[index] = replace(here, **numbers, unit=SHARE_UNIT, rule="percent")
    return completed


def _is_bare(phrase: Phrase) -> bool:
    """Whether the number has no unit, no scale and no role, and could be a share."""
    has_nothing = phrase.rule == "bare" and not phrase.rate and not phrase.role and phrase.numeral.scale == 1
    return has_nothing and not phrase.numeral.in_words and 0 < phrase.low < _HUNDRED


def _are_near(lower: str, before: Phrase, here: Phrase, behind: Phrase) -> bool:
    gaps = (lower[before.end : here.start], lower[here.end : behind.start])
    return all(len(gap) <= _REACH and not any(stop in gap for stop in _STOPS) for gap in gaps)
