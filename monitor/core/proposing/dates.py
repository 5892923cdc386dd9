"""Dates: which happening each date of a document is of, and which end of what went on for a while."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.core.facts import Event
from monitor.core.proposing.binding import Bond, bonds, cues_of, marks_of, part_of, usual_cues
from monitor.core.proposing.drafts import Draft, LeftOut
from monitor.core.proposing.owning import is_of_another
from monitor.core.proposing.surveying import Spot, Survey, as_fact
from monitor.core.proposing.telling import telling_of
from monitor.core.reading.mentions import Mention
from monitor.core.values import Kind, Period, parse_period

_TO_SAYING = 14  # characters between a date and the verb of saying that it belongs to: "said on Wednesday"
_FROM_SAYING = 3  # "a révélé lundi" says it behind, 本周表示 in front
_TO_AMOUNT = 5  # characters between an amount and its date: "$2.7 billion in 2027"
_LONG = 32  # days; a shorter run ("from 12 to 15 June") is one date
_RANGES = frozenset({"range", "between", "between behind", "range behind", "from to", "from days", "between days"})
_RUNNING = frozenset({"rest of unit", "duration"})  # "this year" and "for two years" date nothing


def dates_of(spot: Spot) -> Iterator[Draft | LeftOut]:
    """What the dates of a sentence tell, in order."""
    dates = [mention for mention in spot.mentions if isinstance(mention.value, Period) and not _is_of_saying(spot, mention)]
    for mention, bond in zip(dates, _bonds_of(spot, dates), strict=True):
        if is_of_another(spot, mention):
            yield LeftOut(text=mention.text, why="said of somebody else", quote=spot.quote)
        elif _is_of_amount(spot, mention, bond):
            yield LeftOut(text=mention.text, why="only the date of an amount", quote=spot.quote)
        elif isinstance(mention.value, Period):
            yield from _told_by(spot, mention, mention.value, bond)


def _told_by(spot: Spot, mention: Mention, period: Period, bond: Bond | None) -> Iterator[Draft | LeftOut]:
    """The facts of one date; a stage without a word of its own goes through what the stage before it went through."""
    part, part_cue = part_of(spot, mention.start)
    is_new_stage = bool(part) and not spot.carries_on and part != spot.setting.part
    topic = bond.concept if bond else (spot.setting.topic if is_new_stage else "")
    if not topic and not is_new_stage:
        yield LeftOut(text=mention.text, why="no word says what it is the date of", quote=spot.quote)
        return
    told = telling_of(spot, as_fact(topic or part, Kind.PERIOD, _event_of(topic, spot.survey)), period, mention)
    if told.why_not:
        yield LeftOut(text=mention.text, why=told.why_not, quote=spot.quote)
        return
    for end_topic, event, value in _ends_of(mention, period, topic, spot.survey):
        cues = _cues(bond, end_topic, part_cue, spot.survey)
        yield Draft(
            kind=Kind.PERIOD,
            topic=end_topic or part,
            part=part,
            marks=marks_of(spot, mention, bond.hit.start if bond else mention.start),
            cues=cues,
            near=(part_cue,) if part_cue and part_cue not in cues else (),
            event=event,
            names_end=not end_topic or event is not (_event_of(end_topic, spot.survey) or Event.START),
            known=told.known(value),
            certainty=told.certainty,
            quote=spot.quote,
        )


def _is_of_saying(spot: Spot, mention: Mention) -> bool:
    """Whether it dates only that something was said: "the company said on Wednesday", "told investors last month"."""
    passage, start = spot.passage, max(spot.sentence.start, mention.start - _TO_SAYING)
    if passage.text.plain.startswith("'s", mention.end):
        return True  # "Friday's closing price"
    verbs = passage.hits_of("reference.speech", start, min(spot.sentence.end, mention.end + _FROM_SAYING))
    return mention.rule in _RUNNING or any(not spot.sentence.parts_between(verb.start, mention.start) for verb in verbs)


def _bonds_of(spot: Spot, dates: Sequence[Mention]) -> Sequence[Bond | None]:
    """The happening of each date; a word that two dates lie beside is told by the nearer one, or goes on behind it.

    "Told the summit last month that it would be launched in 2024" launches in 2024; "the first in 2035, the second in 2036" tells
    two.
    """
    found = [_bond_of(spot, mention) for mention in dates]
    return [
        None
        if bond and any(_takes(spot, other, rival, mention, bond) for other, rival in zip(dates, found, strict=True))
        else bond
        for mention, bond in zip(dates, found, strict=True)
    ]


def _takes(spot: Spot, other: Mention, rival: Bond | None, mention: Mention, bond: Bond) -> bool:
    if rival is None or rival.hit != bond.hit or rival.cost >= bond.cost:
        return False
    return other.start > mention.start or _has_verb_of_its_own(spot, bond, mention)


def _has_verb_of_its_own(spot: Spot, bond: Bond, mention: Mention) -> bool:
    """Whether the part of the sentence around a date has another verb: "…, and hiring will pick up this summer"."""
    start, _ = spot.sentence.clause_at(mention.start)
    return bond.hit.end <= start and bool(spot.passage.tenses.between(start, mention.start))


def _bond_of(spot: Spot, mention: Mention) -> Bond | None:
    """The likeliest happening; a word that may mean either end of it means the one that the verbs beside it speak of."""
    found = bonds(spot, (mention.start, mention.end), spot.survey.outlines.dated)
    for bond in found:
        if any(bond.hit.start < one.end and one.start < bond.hit.end for one in spot.mentions):
            continue  # the "end" of "by the end of 2026"
        if any(_gives_way(bond, other, spot) for other in found):
            continue
        event = _event_of(bond.concept, spot.survey)
        if bond.is_told or event is None or _end_spoken_of(spot, mention) in (event, None):
            return bond
    return None


def _end_spoken_of(spot: Spot, mention: Mention) -> Event | None:
    """Which end of a thing the words before a date speak of; the last, where of both: "begins in 2025, ends in 2027"."""
    start, end = spot.sentence.clause_at(mention.start)
    hits = {event: spot.passage.hits_of(f"reference.{event}", start, end) for event in Event}
    told = [event for event in Event if hits[event]]
    if len(told) == 1:
        return told[0]
    before = [(hit.start, event) for event in told for hit in hits[event] if hit.end <= mention.start]
    return max(before)[1] if before else None


def _gives_way(bond: Bond, other: Bond, spot: Spot) -> bool:
    """Whether a date beside two happenings is of the other one: "filed for approval", "completed a funding round"."""
    stronger = spot.survey.outlines.gives_way.get(bond.concept, frozenset())
    is_beside = not spot.sentence.parts_between(bond.hit.start, other.hit.start)
    return other.concept in stronger and other.is_told and is_beside


def _is_of_amount(spot: Spot, mention: Mention, bond: Bond | None) -> bool:
    """Whether a date tells only when an amount is reached: "the merger will bring savings of $2.7 billion in 2027"."""
    if bond is None or bond.hit.start > mention.start:
        return False
    amounts = (one for one in spot.mentions if one.kind is not Kind.PERIOD and bond.hit.end <= one.start)
    return any(0 <= mention.start - one.end <= _TO_AMOUNT for one in amounts)


def _event_of(topic: str, survey: Survey) -> Event | None:
    return survey.concepts.by_id[topic].event if topic else None


def _ends_of(mention: Mention, period: Period, topic: str, survey: Survey) -> Iterator[tuple[str, Event, Period]]:
    """The facts that a date gives: of "from April 2022 to June 2023" its two ends, where the thing goes on for a while."""
    lasting = survey.outlines.lasting
    is_range = period.is_closed and period.days >= _LONG and "/" in str(period) and mention.rule in _RANGES
    if is_range and (topic in lasting or not topic):
        first, last = str(period).rstrip("~").split("/")
        begins, ends = lasting.get(topic, ("", ""))
        yield begins, Event.START, parse_period(first)
        yield ends, Event.END, parse_period(last)
    else:
        yield topic, _event_of(topic, survey) or Event.START, period


def _cues(bond: Bond | None, topic: str, part_cue: str, survey: Survey) -> tuple[str, ...]:
    """The words of the fact: those beside the date, or the usual ones of an end that the sentence does not name itself.

    The two ends of one thing get a word that is of both, if there is one: with it a rule knows that they belong together.
    """
    ends = survey.outlines.lasting.get(topic, (topic, topic))
    if ends[0] != ends[1] and (shared := _shared_names(ends, survey)):
        return shared
    if bond and bond.concept == topic:
        return cues_of(bond, survey)
    return usual_cues(topic, survey) if topic else (part_cue,)


def _shared_names(ends: tuple[str, str], survey: Survey) -> tuple[str, ...]:
    """The first name that two concepts have in common, in the language of the document or else in English: "construction"."""
    begins, ends_with = (survey.concepts.by_id[topic].names for topic in ends)
    shared = [name for name in begins if name in ends_with]
    words = [word for code in (survey.language, "en") for word, language in shared if language == code]
    return tuple(words[:1])
