"""Words that say how many times the old value the new one is: "doubles its fleet", "cut in half", halbiert, 翻一番."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from monitor.core.reading.mentions import Mention, Role
from monitor.core.reading.numerals import opening
from monitor.core.reading.quantities_words import is_east_asian
from monitor.core.reading.texts import Text
from monitor.core.values import Amount, Kind

_UNIT = "time"
_OUTCOME_REACH = 40


class MultipleFinder:
    """Finds such words of one language.

    Args:
        words: Section ``amounts``: ``multiples`` (word, phrase or, with ``*`` behind it, beginning of a word: how many times).
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._factors = {str(word).rstrip("*"): Decimal(str(factor)) for word, factor in (words.get("multiples") or {}).items()}
        patterns = (_pattern(str(word)) for word in sorted(words.get("multiples") or (), key=lambda word: -len(word)))
        self._pattern = re.compile(f"{opening(self._factors, '2-9')}(?:{'|'.join(patterns)})") if self._factors else None

    def join(self, text: Text, amounts: list[Mention]) -> list[Mention]:
        """The amounts with the multiples whose outcome is not told: "doubles to 300,000" adds nothing to the number."""
        found = [one for one in self._find(text) if not any(_holds(amount, one) for amount in amounts)]
        if not found:
            return amounts
        kept = [one for one in amounts if not any(one.start < other.end and other.start < one.end for other in found)]
        told = [one for one in found if any(one.end <= amount.start < one.end + _OUTCOME_REACH for amount in kept)]
        return sorted([*kept, *(one for one in found if one not in told)], key=lambda one: one.start)

    def _find(self, text: Text) -> Iterator[Mention]:
        """The multiples of a text as mentions with ``Role.TIMES``, in order."""
        for found in self._pattern.finditer(text.lower) if self._pattern else ():
            word = next(word for word in found.groups() if word is not None)
            factor = self._factors[word]
            yield Mention(
                kind=Kind.QUANTITY,
                value=Amount(low=factor, high=factor, unit=_UNIT, step=Decimal("0.1")),
                start=found.start(),
                end=found.end(),
                text=text.plain[found.start() : found.end()],
                rule="multiple",
                role=Role.TIMES,
            )


def _holds(amount: Mention, multiple: Mention) -> bool:
    """Whether a multiple is but a part of an amount: "by half a billion"."""
    return amount.start <= multiple.start and multiple.end < amount.end


def _pattern(word: str) -> str:
    """A pattern for one entry: a whole word, or all words with its beginning."""
    stem = re.escape(word.rstrip("*"))
    if is_east_asian(word[0]) or is_east_asian(word[-1]):
        return f"({stem})"
    return rf"(?<![^\W_])({stem})" + (r"[^\W\d_]*" if word.endswith("*") else r"(?![^\W_])")
