"""Standings: how a candidate does among all candidates of its item, once each was weighed by itself.

A value is said of one fact, an item gives a fact one new value, and news says twice what matters; so what the others are worth
speaks for or against each. The features are named like those of ``features``; their weights are learned in a second step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import exp, log

from monitor.core.reading.candidates import Candidate
from monitor.core.values import Value

BY_ITSELF = "by itself"  # the odds of a candidate before the others are looked at
_WIDEST_LEAD = 2.0  # in odds; beyond it a lead is a lead
_FAR = 30.0  # beyond this the probability is 0 or 1 to all the digits that there are


def probability_of(odds: float) -> float:
    """The probability of a logarithm of odds."""
    return 1 / (1 + exp(-max(-_FAR, min(_FAR, odds))))


def log_odds(probability: float) -> float:
    """The logarithm of the odds of a probability."""
    return log(probability / (1 - probability))


def compare(candidates: Sequence[Candidate], odds: Sequence[float]) -> list[dict[str, float]]:
    """The standing of each candidate, by name of the feature.

    Args:
        candidates: All of an item.
        odds: Of each by itself, as the logarithm.
    """
    field = _Field(candidates, odds)
    return [field.standing(number) for number in range(len(candidates))]


class _Field:
    """All candidates of an item, looked up by fact and value, by place and by sentence.

    The look-ups are made once for all, as an item may be a table of thousands of values.
    """

    def __init__(self, candidates: Sequence[Candidate], odds: Sequence[float]) -> None:
        self._candidates, self._odds = candidates, odds
        told: dict[str, dict[Value | None, list[int]]] = defaultdict(lambda: defaultdict(list))
        old_ends = {(one.passage.is_title, one.origin.start) for one in candidates if one.origin}
        self._at: dict[tuple[bool, int], list[int]] = defaultdict(list)
        self._in_sentence: dict[tuple[bool, int], list[int]] = defaultdict(list)
        for number, one in enumerate(candidates):
            if one.mention is None or (one.passage.is_title, one.mention.start) not in old_ends:
                told[one.fact.key][one.value].append(number)  # the two ends of a step are no rivals
            self._at[one.passage.is_title, one.start].append(number)
            self._in_sentence[one.passage.is_title, one.sentence.index].append(number)
        self._in_title = [number for (is_title, _), found in self._in_sentence.items() if is_title for number in found]
        # The two likeliest tellings of each value, and values of each fact: at least one of the two is not the candidate's own.
        self._tellings = {fact: {value: self._two_best(found) for value, found in by.items()} for fact, by in told.items()}
        self._values = {fact: self._two_best(best for best, *_ in by_value.values()) for fact, by_value in self._tellings.items()}

    def _two_best(self, numbers: Iterable[int]) -> list[int]:
        return sorted(numbers, key=self._odds.__getitem__, reverse=True)[:2]

    def standing(self, number: int) -> dict[str, float]:
        found = {"bias": 1.0, BY_ITSELF: self._odds[number]}
        found.update(self._among_values(number))
        found.update(self._among_facts(number))
        found.update(self._around(number))
        return found

    def _among_values(self, number: int) -> Iterable[tuple[str, float]]:
        """Against the other values that the item might give the fact."""
        one, own_odds = self._candidates[number], self._odds[number]
        again = [other for other in self._tellings.get(one.fact.key, {}).get(one.value, ()) if other != number]
        rivals = [other for other in self._values.get(one.fact.key, ()) if self._candidates[other].value != one.value]
        if again:
            yield "value told again", self._best(again)
        if not rivals:
            yield "no other value for the fact", 1.0
            return
        yield "another value for the fact", self._best(rivals)
        lead = own_odds - max(self._odds[other] for other in rivals)
        yield "lead over other values", max(-_WIDEST_LEAD, min(_WIDEST_LEAD, lead))

    def _among_facts(self, number: int) -> Iterable[tuple[str, float]]:
        """Against the other facts that might have the value."""
        one, own_odds = self._candidates[number], self._odds[number]
        others = [
            other for other in self._at[one.passage.is_title, one.start] if self._candidates[other].fact.key != one.fact.key
        ]
        if not others:
            return
        yield "another fact for the value", self._best(others)
        lead = own_odds - max(self._odds[other] for other in others)
        yield "lead over other facts", max(-_WIDEST_LEAD, min(_WIDEST_LEAD, lead))

    def _around(self, number: int) -> Iterable[tuple[str, float]]:
        """What the headline, the rest of the sentence and the sentence before tell, of this fact and of others."""
        one = self._candidates[number]
        is_title, index = one.passage.is_title, one.sentence.index
        rest = [other for other in self._in_sentence[is_title, index] if self._candidates[other].start != one.start]
        places = [("sentence", rest)]
        if index:
            places.append(("sentence before", self._in_sentence[is_title, index - 1]))
        if not is_title:
            places.append(("headline", self._in_title))
        for name, numbers in places:
            same = [other for other in numbers if self._candidates[other].fact.key == one.fact.key]
            different = [other for other in numbers if self._candidates[other].fact.key != one.fact.key]
            if same:
                yield f"{name} tells the fact", self._best(same)
            if different:
                yield f"{name} tells another fact", self._best(different)

    def _best(self, numbers: Iterable[int]) -> float:
        return probability_of(max(self._odds[number] for number in numbers))
