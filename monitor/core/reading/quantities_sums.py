"""Sums that a text says without doing them: "another 166 on top of the 413", "add nine euros to the 49", 在49基础上加9."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from monitor.core.reading.mentions import Mention, Role
from monitor.core.reading.quantities_words import Phrasebook
from monitor.core.reading.texts import Text
from monitor.core.values import SHARE_UNIT, Amount, Kind

_LONGEST_LINK = 120  # characters from what is added to what it is added to
_LONGEST_LIST = 60
_VERB_REACH = 24
_STOPS = (". ", "! ", "? ", "; ", "。", "\n")
OF_A_SHARE = {"pp": Decimal("0.01"), "bp": Decimal("0.0001")}


class SumJoiner:
    """Adds up what the words of one language add.

    Args:
        words: Section ``amounts``: ``sum_links`` (words before the base: "on top of the"), ``sum_after`` (words behind it:
            基础上), ``sum_verbs`` and ``sum_verb_links`` ("add" nine euros "to the" 49), ``sum_list`` ("and", between
            several parts).
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._links = Phrasebook(dict.fromkeys(map(str, words.get("sum_links", ())), True))
        self._behind = tuple(map(str, words.get("sum_after", ())))
        self._verbs = tuple(map(str, words.get("sum_verbs", ())))
        self._verb_links = frozenset(map(str, words.get("sum_verb_links", ())))
        self._verb_book = Phrasebook(dict.fromkeys(self._verb_links, True))
        self._list_words = tuple(f" {word} " for word in words.get("sum_list", ()))

    def join(self, text: Text, mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions, with parts and base that the text adds made one mention of the total."""
        joined: list[Mention] = []
        for mention in mentions:
            parts = self._parts_before(text.lower, joined, mention)
            total = _total(text, [*parts, mention]) if parts else None
            if total:
                joined[-len(parts) :] = [total]
            else:
                joined.append(mention)
        return joined

    def _parts_before(self, lower: str, earlier: Sequence[Mention], base: Mention) -> list[Mention]:
        """What is added to a base: "$1 billion for one mill and $300 million for the other, on top of the $1.4 billion"."""
        if not earlier or not 0 < base.start - earlier[-1].end <= _LONGEST_LINK:
            return []
        last, between = earlier[-1], lower[earlier[-1].end : base.start]
        if Role.LESS in (last.role, base.role) or any(stop in between for stop in _STOPS):
            return []
        if base.role == Role.DELTA:
            return [last] if not last.role and any(word in between for word in self._behind) else []
        if not self._links.ending_at(lower, base.start):
            return [last] if between.strip() in self._verb_links and self._has_verb(lower, last.start) else []
        if len(earlier) > 1 and self._are_listed(lower, earlier[-2], last):
            return [earlier[-2], last]
        return [last]

    def is_base(self, lower: str, position: int) -> bool:
        """Whether a number that begins here is added to, and so no name: the 49 of "add nine euros to the 49"."""
        if self._links.ending_at(lower, position):
            return True
        link = self._verb_book.ending_at(lower, position)
        return link is not None and self._has_verb(lower, link[1])

    def _has_verb(self, lower: str, position: int) -> bool:
        before = lower[max(0, position - _VERB_REACH) : position]
        return any(verb in before for verb in self._verbs)

    def _are_listed(self, lower: str, one: Mention, other: Mention) -> bool:
        """Whether two amounts are parts of one list: "another 55 and 35"."""
        between = lower[one.end : other.start]
        has_word = any(word in f"{between} " for word in self._list_words)
        return has_word and len(between) <= _LONGEST_LIST and not any(stop in between for stop in _STOPS)


def _total(text: Text, terms: Sequence[Mention]) -> Mention | None:
    """One mention of the sum, with the unit of the term that has one; None where the terms do not measure one thing."""
    amounts = [term.value for term in terms if isinstance(term.value, Amount)]
    units = {amount.unit for amount in amounts if amount.unit}
    if len(amounts) < len(terms) or len(units - set(OF_A_SHARE)) > 1:
        return None
    if units & set(OF_A_SHARE):
        if SHARE_UNIT not in units:
            return None
        amounts = [as_share(amount) for amount in amounts]
    is_share = SHARE_UNIT in units
    named = next((term for term, amount in zip(terms, amounts, strict=True) if amount.unit), terms[0])
    start, end = terms[0].start, terms[-1].end
    total = replace(
        amounts[0],
        low=_sum([amount.low for amount in amounts]),
        high=_sum([amount.high for amount in amounts]),
        unit=SHARE_UNIT if is_share else next(iter(units), ""),
        step=min(amount.step for amount in amounts),
        approximate=any(amount.approximate for amount in amounts),
    )
    kind = Kind.SHARE if is_share else named.kind
    return Mention(kind=kind, value=total, start=start, end=end, text=text.plain[start:end], rule="sum")


def as_share(amount: Amount) -> Amount:
    """Percentage and basis points as parts of one: a quarter point is 0.0025."""
    factor = OF_A_SHARE.get(amount.unit)
    if factor is None:
        return amount
    ends = [None if end is None else end * factor for end in (amount.low, amount.high)]
    return replace(amount, low=ends[0], high=ends[1], step=amount.step * factor, unit=SHARE_UNIT)


def _sum(ends: Sequence[Decimal | None]) -> Decimal | None:
    """The ends added; open where one of them is."""
    return None if None in ends else sum((end for end in ends if end is not None), Decimal(0))
