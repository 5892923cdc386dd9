"""Candidates: every value of an item that might be said of a fact, before anything is decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from monitor.core.facts import Event, Fact
from monitor.core.reading.mentions import Mention, Role
from monitor.core.reading.names import Bearer
from monitor.core.reading.passages import Passage
from monitor.core.reading.quantities_sums import as_share
from monitor.core.reading.sentences import Sentence
from monitor.core.reading.steps import origin_of
from monitor.core.reading.units import Units, scaled
from monitor.core.reading.watchwords import WatchWords, near, own, state, wide, without
from monitor.core.values import DAY, SHARE_UNIT, Amount, Kind, Known, Period, Shift, Standing, Status, Value, parse_period

_NAMED_CURRENCY = re.compile(r"[A-Z]{1,3}(?=\$)|\b[A-Z]{2,3}\b")
_REACH_TO_BASE = 30  # characters
_LONGER_THAN_A_MONTH = 32  # days
_LASTING = frozenset({"from to", "from days", "range behind"})  # rules of the date grammar


class Making(StrEnum):
    """How a candidate's value came from the words."""

    SAID = "said"
    SHIFTED = "shifted"
    RULED_OUT = "ruled_out"
    ADDED = "added"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One value that one sentence might say of one fact.

    Attributes:
        value: None for an event that the sentence reports without a date.
        start: Where its words stand in ``passage.text.plain``.
        mention: The expression behind it; None for statuses and undated events.
        origin: The old end of the step that the value is the new end of: "from K to V".
    """

    fact: Fact
    passage: Passage
    sentence: Sentence
    value: Value | None
    start: int
    end: int
    making: Making = Making.SAID
    mention: Mention | None = None
    origin: Mention | None = None

    @property
    def span(self) -> tuple[int, int]:
        """Where its words stand, those of the old end of its step among them."""
        if self.origin is None:
            return self.start, self.end
        return min(self.start, self.origin.start), max(self.end, self.origin.end)


def find_candidates(
    fact: Fact, passage: Passage, words: WatchWords, *, known: Known, units: Units, title: Passage | None
) -> Iterator[Candidate]:
    """All candidates of one fact in one passage that the rule allows, in the order of the text.

    Args:
        title: The headline of the item; None where it has none.
    """
    for sentence in passage.sentences:
        if _is_allowed(fact, passage, sentence, title):
            found = _in_sentence(fact, passage, sentence, words, known=known, units=units)
            yield from (_with_origin(one) for one in found if not _is_of_another(one))


def _with_origin(candidate: Candidate) -> Candidate:
    origin = candidate.mention and origin_of(candidate.passage, candidate.sentence, candidate.mention)
    return replace(candidate, origin=origin) if origin else candidate


def _in_sentence(
    fact: Fact, passage: Passage, sentence: Sentence, words: WatchWords, *, known: Known, units: Units
) -> Iterator[Candidate]:
    match fact.kind:
        case Kind.PERIOD:
            return _periods(fact, passage, sentence, words, known=known)
        case Kind.STATUS:
            return _statuses(fact, passage, sentence)
        case Kind.QUANTITY | Kind.MONEY | Kind.SHARE:
            return _amounts(fact, passage, sentence, known=known, units=units)


def _is_allowed(fact: Fact, passage: Passage, sentence: Sentence, title: Passage | None) -> bool:
    """What the rule itself demands of a sentence.

    A word of the fact's ``with:`` in it or in the headline, and none of its ``not:``.
    """
    if passage.has(without(fact.key), sentence.start, sentence.end):
        return False
    wanted = passage.has(near(fact.key), sentence.start, sentence.end)
    return not fact.near or wanted or (title is not None and bool(title.hits.get(near(fact.key))))


def _is_of_another(candidate: Candidate) -> bool:
    """Whether a name of the subject's ``not:`` has the word: it stands before the value, and the subject's does not."""
    names = candidate.passage.names[candidate.sentence.index]
    before = {name.bearer for name in names if name.start < candidate.start}
    if Bearer.SUBJECT in before:
        return False
    return Bearer.OTHER in before or (Bearer.OTHER in {name.bearer for name in names} and not any(name.is_ours for name in names))


def _periods(fact: Fact, passage: Passage, sentence: Sentence, words: WatchWords, *, known: Known) -> Iterator[Candidate]:
    mentions = [mention for mention in passage.mentions_in(sentence) if mention.kind is Kind.PERIOD]
    for mention in mentions:
        place = Candidate(
            fact=fact, passage=passage, sentence=sentence, value=None, start=mention.start, end=mention.end, mention=mention
        )
        if isinstance(mention.value, Shift):
            base = _base_of(mention, sentence, mentions) or known.value
            if isinstance(base, Period) and known.standing is Standing.EXPECTED:
                yield replace(place, value=mention.value.moved(base), making=Making.SHIFTED)
        elif fact.key in words.siblings and speaks_of_end(fact, passage, sentence, mention.start) is False:
            continue
        elif isinstance(mention.value, Period):
            yield replace(place, value=_own_end(mention.value, mention.rule, fact, words))
    if not any(isinstance(mention.value, Period) for mention in mentions):
        names = passage.names[sentence.index]
        cues = [
            hit
            for label in (own(fact.key), wide(fact.key))
            for hit in passage.hits_of(label, sentence.start, sentence.end)
            if not any(name.start <= hit.start and hit.end <= name.end for name in names)
        ]
        if cues:  # but for those inside a name: "le système d'entrée/sortie" is no release
            yield Candidate(
                fact=fact,
                passage=passage,
                sentence=sentence,
                value=None,
                start=cues[0].start,
                end=cues[0].end,
                making=Making.UNDATED,
            )


def speaks_of_end(fact: Fact, passage: Passage, sentence: Sentence, place: int) -> bool | None:
    """Whether the part of the sentence speaks of the end of the thing that the fact is about; None where nothing tells."""
    start, end = sentence.clause_at(place)
    begins, ends = (passage.has(f"reference.{name}", start, end) for name in ("start", "end"))
    return begins == (fact.event is Event.START) if begins != ends else None


def _base_of(shift: Mention, sentence: Sentence, mentions: Sequence[Mention]) -> Period | None:
    """The date that a distance is told from: "two years later than the 2029 target"."""
    for mention in mentions:
        if 0 <= mention.start - shift.end <= _REACH_TO_BASE and not sentence.parts_between(shift.end, mention.start):
            return mention.value if isinstance(mention.value, Period) else None
    return None


def _own_end(value: Period, rule: str, fact: Fact, words: WatchWords) -> Period:
    """Of a stretch that the thing lasts, the end that the fact is about.

    Works were built "from April 2022 to June 2023" where the watch has a fact for either end, and a tournament is held "from 21
    December to 18 January" whatever its facts.
    """
    if value.last is None:
        return replace(value, approximate=False)  # "from about 2026" leaves no softer end to compare with
    ends = str(value).rstrip("~").split("/")
    is_of_both = fact.key in words.siblings and value.days >= _LONGER_THAN_A_MONTH
    is_of_days = rule in _LASTING and all(len(end) == len("2026-01-18") for end in ends)
    if not value.is_closed or len(ends) == 1 or not (is_of_both or is_of_days):
        return value
    return parse_period(ends[0] if fact.event is Event.START else ends[1])


def _statuses(fact: Fact, passage: Passage, sentence: Sentence) -> Iterator[Candidate]:
    for one in fact.states:
        for hit in passage.hits_of(state(fact.key, one.name), sentence.start, sentence.end):
            yield Candidate(
                fact=fact, passage=passage, sentence=sentence, value=Status(name=one.name), start=hit.start, end=hit.end
            )


def _amounts(fact: Fact, passage: Passage, sentence: Sentence, *, known: Known, units: Units) -> Iterator[Candidate]:
    for mention in passage.mentions_in(sentence):
        if not isinstance(mention.value, Amount):
            continue
        if mention.role == Role.TIMES:
            yield from _multiplied(fact, passage, sentence, mention, known=known)
            continue
        is_change = mention.role in (Role.DELTA, Role.LESS)
        amount = _in_own_currency(mention.value, mention.text, fact, units)
        if is_change and fact.kind is Kind.SHARE:
            amount = as_share(amount)
        value = units.convert(amount, fact.value_unit, loosely=True)
        if value is None:
            continue
        place = Candidate(
            fact=fact, passage=passage, sentence=sentence, value=value, start=mention.start, end=mention.end, mention=mention
        )
        found = _changed(place, mention, value, known=known, units=units) if is_change else place
        if found and isinstance(found.value, Amount) and is_plausible(found.value, fact):
            yield found


def _multiplied(fact: Fact, passage: Passage, sentence: Sentence, mention: Mention, *, known: Known) -> Iterator[Candidate]:
    """The value in force so many times, where the clause names the fact's thing and tells no outcome: "doubles its fleet".

    A headline that says "costs double" leaves the outcome to the body.
    """
    if passage.is_title:
        return
    if not isinstance(known.value, Amount) or not isinstance(mention.value, Amount) or mention.value.low is None:
        return
    start, end = sentence.clause_at(mention.start)
    others = (one for one in passage.mentions_in(sentence) if isinstance(one.value, Amount) and start <= one.start < end)
    has_cue = any(passage.has(label, start, end) for label in (own(fact.key), wide(fact.key)))
    if has_cue and all(one is mention for one in others):
        value = replace(scaled(known.value, mention.value.low, known.value.unit), approximate=True)
        if is_plausible(value, fact):
            yield Candidate(
                fact=fact,
                passage=passage,
                sentence=sentence,
                value=value,
                start=mention.start,
                end=mention.end,
                making=Making.ADDED,
                mention=mention,
            )


def _changed(place: Candidate, mention: Mention, delta: Amount, *, known: Known, units: Units) -> Candidate | None:
    """What a change by so much leads to, from the value in force or, where none is known, from the one told before it.

    A share is not added to another one: "prices will rise by 0.4 percent" is a growth, and the value itself. Nor is anything
    where the word of change is the fact's own: "an additional 394 million francs" of a fact about the additional cost. (A
    count's own word may be what it counts: "another runway".)
    """
    if place.fact.kind is Kind.MONEY and place.passage.has(own(place.fact.key), mention.start, mention.end):
        return place
    if isinstance(mention.value, Amount) and mention.value.unit == SHARE_UNIT:
        return place if mention.role == Role.DELTA else None
    base = known.value if isinstance(known.value, Amount) else _told_before(place, units)
    total = _added(base, delta, is_less=mention.role == Role.LESS) if base else None
    return replace(place, value=total, making=Making.ADDED) if total else None


def _told_before(place: Candidate, units: Units) -> Amount | None:
    """The last plain amount before a change that the fact could have: "13.90 euros. A year later another 70 cents"."""
    for mention in reversed(place.passage.mentions):
        is_plain = mention.start < place.start and mention.role not in (Role.DELTA, Role.LESS, Role.TIMES, Role.FROM)
        if is_plain and isinstance(mention.value, Amount) and mention.value.unit:
            told = units.convert(mention.value, place.fact.value_unit, loosely=True)
            if told and is_plausible(told, place.fact):
                return told
    return None


def is_plausible(amount: Amount, fact: Fact) -> bool:
    """Whether an amount lies where the rule believes it to be (``plausible:``)."""
    if fact.plausible is None:
        return True
    low, high = fact.plausible.low, fact.plausible.high
    ends = [end for end in (amount.low, amount.high) if end is not None]
    return all((low is None or end >= low) and (high is None or end <= high) for end in ends)


def _in_own_currency(amount: Amount, text: str, fact: Fact, units: Units) -> Amount:
    """ "$12 billion" in news about an Australian project may well be Australian dollars: the rule's currency decides."""
    return (
        replace(amount, unit=fact.unit)
        if units.could_mean(amount.unit, fact.unit) and not _NAMED_CURRENCY.search(text)
        else amount
    )


def _added(known: Amount, delta: Amount, *, is_less: bool) -> Amount | None:
    """The value in force and what comes to it, or goes off it; None where either is open, or nothing would be left."""
    if known.low is None or known.high is None or delta.low is None or delta.high is None:
        return None
    if is_less:
        low, high = known.low - delta.high, known.high - delta.low
        return replace(known, low=low, high=high, step=max(known.step, delta.step)) if low >= 0 else None
    return replace(known, low=known.low + delta.low, high=known.high + delta.high, step=max(known.step, delta.step))


def after(period: Period) -> Period | None:
    """What remains when a sentence rules a deadline out: "cannot open by 2033" leaves 2034 and later."""
    return Period(first=period.last + DAY, last=None) if period.last else None
