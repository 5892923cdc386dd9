"""Two numbers that are one range, or the two ends of a change: "49 to 56.6 billion", "von 12,7 auf 13,2 Milliarden"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from monitor.core.reading.mentions import Role
from monitor.core.reading.quantities_names import is_year
from monitor.core.reading.quantities_phrase import Phrase
from monitor.core.reading.quantities_words import Phrasebook
from monitor.core.reading.texts import Text
from monitor.core.values import SHARE_UNIT, stated_step

_REACH = 60
_LONGEST_LINK = 16


class RangeJoiner:
    """Joins neighbouring phrases of one language.

    Args:
        words: Section ``amounts``: ``range_links`` ("to", "bis", "至"), ``change_links`` ("auf", "提升至"), ``between``
            (opening word: link, "between": "and"), ``either`` ("or", for neighbouring whole numbers), ``from_words`` (word:
            ``range`` or ``change``, what the two ends are unless a cue says otherwise), ``range_cues`` and ``change_cues``
            before them, ``change_after`` (particles behind the second end: "0.25%から0.5%に"), ``back_links`` ("to 5% from 8%"),
            ``instead_links`` (10,99 "statt" 7,99 Dollar), ``step_links`` (7,99 dollár "helyett" 10,99), ``step_endings`` (6,5
            "százalékról" 6,25-ra), ``by_words`` ("by a
            million to 2.5 million": a change and what it led to).
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._links = frozenset(("-", "~", "–", "〜", *map(str, words.get("range_links", ()))))
        self._change_links = frozenset(map(str, words.get("change_links", ())))
        self._back_links = frozenset(map(str, words.get("back_links", ())))
        self._instead_links = frozenset(map(str, words.get("instead_links", ())))
        self._step_endings = tuple(map(str, words.get("step_endings", ())))
        self._step_links = frozenset(map(str, words.get("step_links", ())))
        between = {str(word): str(link) for word, link in (words.get("between") or {}).items()}
        self._between = Phrasebook(between)
        self._either = frozenset(map(str, words.get("either", ())))
        self._from_words = Phrasebook({str(word): str(sense) for word, sense in (words.get("from_words") or {}).items()})
        self._by_words = Phrasebook(dict.fromkeys(map(str, words.get("by_words", ())), True))
        self._change_after = Phrasebook(dict.fromkeys(map(str, words.get("change_after", ())), True))
        self._range_cues = tuple(map(str, words.get("range_cues", ())))
        self._change_cues = tuple(map(str, words.get("change_cues", ())))

    def join(self, text: Text, phrases: Sequence[Phrase]) -> list[Phrase]:
        """The phrases with ranges made one, and the two ends of a change completed from one another."""
        joined: list[Phrase] = []
        for phrase in phrases:
            pair = self._pair(text, joined[-1], phrase) if joined else None
            if pair is not None:
                joined[-1:] = pair
            else:
                joined.append(phrase)
        return joined

    def _pair(self, text: Text, left: Phrase, right: Phrase) -> list[Phrase] | None:
        """What two neighbours become: nothing where they are a vote, None where they have nothing to do with one another."""
        if not 0 < right.start - left.end <= _LONGEST_LINK or left.low != left.high or is_year(left) or is_year(right):
            return None
        link = text.lower[left.end : right.start].strip()
        opener = self._between.ending_at(text.lower, left.start)
        if opener and opener[0] == link:
            merged = _merged(left, right)
            return [replace(merged, start=opener[1])] if merged else None
        if link in self._either and right.low == left.low + 1 and right.low < 100:
            return _listed(_merged(left, right))
        if link in self._either - self._links and not left.unit and right.rule.startswith("money"):
            return _completed(left, right, are_ends=False)
        if link in self._back_links and left.unit == right.unit:
            return [left, replace(right, role=Role.FROM)]
        if link in self._instead_links and left.rule != "duration" and (pair := _completed(left, right, are_ends=False)):
            return [pair[0], replace(pair[1], role=Role.FROM)]
        if link in self._step_links or (not link and text.lower.endswith(self._step_endings, left.start, left.end)):
            return _completed(left, right)
        if link not in self._links and link not in self._change_links:
            return None
        if link == "-" and not _may_be_dash_range(left, right):
            return None
        if self._change_after.starting_at(text.lower, right.end):
            return _completed(left, right)
        origin = self._from_words.ending_at(text.lower, left.start)
        if origin and (link in self._change_links or self._is_change(text.lower, origin[0], origin[1])):
            return _completed(left, right)
        if link in self._change_links:
            return self._moved(text.lower, left, right)
        return self._span(text, left, right, origin[1] if origin else None)

    def _moved(self, lower: str, left: Phrase, right: Phrase) -> list[Phrase] | None:
        """Two numbers with a word such as 提高至 between them: a change and its outcome, or a step of one unit."""
        if self._by_words.ending_at(lower, left.start):
            pair = _completed(left, right, are_ends=False)
            return [pair[0], replace(pair[1], role=Role.TO)] if pair else None
        return _completed(left, right) if left.unit and left.unit == right.unit else None

    def _span(self, text: Text, left: Phrase, right: Phrase, origin: int | None) -> list[Phrase] | None:
        """Two numbers with a word such as "to" between them: a range, unless they are a vote, or a change with its outcome."""
        if origin is None and _is_vote(left, right):
            return []
        if origin is None and self._by_words.ending_at(text.lower, left.start) and _are_complete(left, right):
            return _completed(left, right, are_ends=False)  # "shrinks by a million to 2.5 million"
        merged = _merged(left, right)
        if merged and origin is not None:
            merged = replace(merged, start=origin)
        return _listed(merged)

    def _is_change(self, lower: str, sense: str, position: int) -> bool:
        """Whether "from A to B" tells a step rather than a span, by the verbs before it."""
        before = lower[max(0, position - _REACH) : position].rpartition(". ")[2]
        if any(cue in before for cue in self._range_cues):
            return False
        return sense == "change" or any(cue in before for cue in self._change_cues)


def _may_be_dash_range(left: Phrase, right: Phrase) -> bool:
    """Whether a hyphen between numbers means a range: it does with a unit or scale, not in "3-1" or "555-1234"."""
    return bool(left.unit or right.unit or right.numeral.scale > 1)


def _are_complete(left: Phrase, right: Phrase) -> bool:
    """Whether either number has a unit or scale of its own: "by a million to 2.5 million", but not "by 10 to 15 percent"."""
    return all(phrase.unit or phrase.numeral.scale > 1 for phrase in (left, right))


def _is_vote(left: Phrase, right: Phrase) -> bool:
    """Whether two numbers are the sides of a vote or a score: "34 to 19", "by 9 votes to 2"."""
    if left.unit not in ("", "vote") or right.unit not in ("", "vote") or left.rate or right.rate:
        return False
    return left.numeral.scale == right.numeral.scale == 1 and left.low > right.low and left.low % 1 == right.low % 1 == 0


def _listed(phrase: Phrase | None) -> list[Phrase] | None:
    return [phrase] if phrase else None


def _merged(left: Phrase, right: Phrase) -> Phrase | None:
    """One phrase for both ends, or None where their units differ or they stand in the wrong order."""
    pair = _completed(left, right)
    if pair is None:
        return None
    first, last = pair
    if first.low > last.high:
        return None
    return replace(
        last,
        start=first.start,
        low=first.low,
        step=min(first.step, last.step),
        approximate=first.approximate or last.approximate,
        rule=f"{last.rule}-range",
        role=first.role,
        rate=last.rate or first.rate,
    )


def _completed(left: Phrase, right: Phrase, *, are_ends: bool = True) -> list[Phrase] | None:
    """Both phrases, each lent the unit and scale that only its neighbour has; None where their units contradict."""
    if left.unit and right.unit and left.unit != right.unit:
        return None
    if SHARE_UNIT in (left.unit, right.unit) and left.numeral.scale * right.numeral.scale > 1:
        return None  # "fell by 7.4 percent to 146.1 million"
    first, last = left, right
    if not left.has_suffix and left.numeral.scale == 1 and right.numeral.scale > 1:
        first = _scaled(left, right)
    if not first.unit and right.unit:
        first = _lent(first, right)
    if not last.unit and left.unit and not last.has_suffix:
        last = _lent(last, left)
    if first.unit == last.unit:
        last = replace(last, rate=last.rate or first.rate)  # 1日36隻から32隻に
    return [replace(first, role=Role.FROM), replace(last, role=Role.TO)] if are_ends else [first, last]


def _lent(phrase: Phrase, lender: Phrase) -> Phrase:
    """The phrase with the unit and rate of its neighbour: the 50 of "18 percent instead of 50"."""
    factor = _unit_factor(lender)
    numbers = {name: getattr(phrase, name) * factor for name in ("low", "high", "step")}
    return replace(phrase, **numbers, unit=lender.unit, rate=lender.rate, rule=lender.rule)


def _scaled(left: Phrase, right: Phrase) -> Phrase:
    """The left number times the right one's scale: "49 to 56.6 billion"; not a large one, as in "500,000 to 1 million"."""
    scale = right.numeral.scale
    if left.numeral.value >= 1000 and left.low < right.low < left.low * scale:
        return left
    return replace(left, low=left.low * scale, high=left.low * scale, step=stated_step(left.numeral.value) * scale)


def _unit_factor(phrase: Phrase) -> Decimal:
    """What a phrase's number was multiplied with because of its unit: 0.01 for percent, 10000 for hectares."""
    return phrase.low / phrase.numeral.value if phrase.numeral.value else Decimal(1)
