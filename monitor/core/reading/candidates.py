"""Candidates: every value of an item that might be said of a fact, before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from monitor.core.facts import Event, Fact
from monitor.core.reading.mentions import Mention
from monitor.core.reading.passages import Passage
from monitor.core.reading.sentences import Sentence
from monitor.core.reading.units import Units
from monitor.core.reading.watchwords import WatchWords, own, state, wide
from monitor.core.values import DAY, Amount, Kind, Known, Period, Shift, Status, Value, parse_period


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
    """

    fact: Fact
    passage: Passage
    sentence: Sentence
    value: Value | None
    start: int
    end: int
    making: Making = Making.SAID
    mention: Mention | None = None


def find_candidates(
    fact: Fact, passage: Passage, words: WatchWords, *, known: Known, units: Units, published: date
) -> Iterator[Candidate]:
    """All candidates of one fact in one passage, in the order of the text."""
    for sentence in passage.sentences:
        match fact.kind:
            case Kind.PERIOD:
                yield from _periods(fact, passage, sentence, words, known=known, published=published)
            case Kind.STATUS:
                yield from _statuses(fact, passage, sentence)
            case Kind.QUANTITY | Kind.MONEY | Kind.SHARE:
                yield from _amounts(fact, passage, sentence, known=known, units=units)


def _periods(
    fact: Fact, passage: Passage, sentence: Sentence, words: WatchWords, *, known: Known, published: date
) -> Iterator[Candidate]:
    mentions = [mention for mention in passage.mentions_in(sentence) if mention.kind is Kind.PERIOD]
    for mention in mentions:
        place = Candidate(
            fact=fact, passage=passage, sentence=sentence, value=None, start=mention.start, end=mention.end, mention=mention
        )
        if isinstance(mention.value, Shift):
            if isinstance(known.value, Period):
                yield replace(place, value=mention.value.moved(known.value), making=Making.SHIFTED)
        elif isinstance(mention.value, Period):
            yield replace(place, value=_own_end(mention.value, fact, words))
    if not any(isinstance(mention.value, Period) for mention in mentions):
        cues = [hit for label in (own(fact.key), wide(fact.key)) for hit in passage.hits_of(label, sentence.start, sentence.end)]
        if cues:
            yield Candidate(
                fact=fact,
                passage=passage,
                sentence=sentence,
                value=None,
                start=cues[0].start,
                end=cues[0].end,
                making=Making.UNDATED,
            )


def _own_end(value: Period, fact: Fact, words: WatchWords) -> Period:
    """Of "from April 2022 to June 2023" the end that the fact is about, where the watch has a fact for either end."""
    if fact.key not in words.siblings or not value.is_closed or value.days < 32 or "/" not in str(value):
        return value
    first, last = str(value).rstrip("~").split("/")
    return parse_period(first if fact.event is Event.START else last)


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
        value = units.convert(mention.value, fact.value_unit, loosely=True)
        if value is None:
            continue
        place = Candidate(
            fact=fact, passage=passage, sentence=sentence, value=value, start=mention.start, end=mention.end, mention=mention
        )
        if mention.role == "delta":
            if isinstance(known.value, Amount) and (total := _added(known.value, value)):
                yield replace(place, value=total, making=Making.ADDED)
        else:
            yield place


def _added(known: Amount, delta: Amount) -> Amount | None:
    if known.low is None or known.high is None or delta.low is None or delta.high is None:
        return None
    return replace(known, low=known.low + delta.low, high=known.high + delta.high, step=max(known.step, delta.step))


def after(period: Period) -> Period | None:
    """What remains when a sentence rules a deadline out: "cannot open by 2033" leaves 2034 and later."""
    return Period(first=period.last + DAY, last=None) if period.last else None
