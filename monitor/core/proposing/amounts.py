"""Amounts: what each quantity, sum and share of a document is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.core.proposing.binding import bonds, cues_of, marks_of, part_of, usual_cues
from monitor.core.proposing.drafts import Draft, LeftOut
from monitor.core.proposing.outlines import measures_of
from monitor.core.proposing.owning import is_of_another
from monitor.core.proposing.surveying import Spot, Survey, as_fact
from monitor.core.proposing.telling import telling_of
from monitor.core.proposing.wholes import Whole, noun_in_front, whole_of
from monitor.core.reading.mentions import Mention, Role
from monitor.core.reading.passages import distance
from monitor.core.values import SHARE_UNIT, Amount, Kind, Period, stated_step

_TIMES = frozenset({"years", "time"})
_DIFFERENCES = frozenset({Role.DELTA, Role.LESS, Role.TIMES})
_MOST_DIGITS, _ROUNDED = 7, 4  # of what was converted from another unit, as "1274759.77306"; and what is kept of it
_SMALLEST = 10
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Topic:
    """What an amount is of.

    Attributes:
        start: Where its words begin.
        near: What the sentence has beside it, to tell it from others of its name.
    """

    id: str
    cues: tuple[str, ...]
    start: int
    near: tuple[str, ...] = ()


def amounts_of(spot: Spot) -> Iterator[Draft | LeftOut]:
    """What the amounts of a sentence tell, in order."""
    whole: Whole | None = None
    for mention in _with_fractions(spot):
        if not isinstance(mention.value, Amount):
            continue
        if is_of_another(spot, mention):
            yield LeftOut(text=mention.text, why="said of somebody else", quote=spot.quote)
            continue
        topic = _topic_by_word(spot, mention)
        if mention.role in _DIFFERENCES and (topic is None or topic.id not in spot.survey.outlines.differing):
            continue
        if topic is None and mention.kind is Kind.SHARE and (whole := whole_of(spot, mention, before=whole)):
            topic = _Topic(id=whole.of, cues=(whole.of,), start=mention.start, near=(whole.to,) if whole.to else ())
        topic = topic or _topic_by_unit(spot, mention)
        if topic:
            yield _draft(spot, mention, _readable(mention.value, spot, topic.id), topic)
        elif not measures_of(mention, spot.survey.library.units) & _TIMES:
            yield LeftOut(text=mention.text, why="no word says what it is the amount of", quote=spot.quote)


def _readable(amount: Amount, spot: Spot, topic: str) -> Amount:
    """An amount as a person would write it: in the unit that its topic is counted in, and not more exactly than it was told.

    315 acres are about 1,275,000 square metres.
    """
    if unit := spot.survey.outlines.counted_as.get(topic):
        amount = spot.survey.library.units.convert(amount, unit, loosely=True) or amount
    ends = [end for end in (amount.low, amount.high) if end is not None]
    if all(len(end.normalize().as_tuple().digits) <= _MOST_DIGITS for end in ends):
        return amount
    low, high = (None if end is None else Decimal(f"{end:.{_ROUNDED}g}") for end in (amount.low, amount.high))
    return replace(amount, low=low, high=high, step=stated_step(low or high or amount.step), approximate=True)


def _draft(spot: Spot, mention: Mention, value: Amount, topic: _Topic) -> Draft | LeftOut:
    told = telling_of(spot, as_fact(topic.id, mention.kind), value, mention)
    if told.why_not:
        return LeftOut(text=mention.text, why=told.why_not, quote=spot.quote)
    part, part_cue = part_of(spot, mention.start)
    return Draft(
        kind=mention.kind,
        topic=topic.id,
        part=part,
        marks=tuple(filter(None, (*marks_of(spot, mention, topic.start), _year_of(spot, mention)))),
        cues=topic.cues,
        near=(part_cue,) if part_cue else topic.near,
        unit="" if mention.kind is Kind.SHARE else value.unit,
        known=told.known(),
        certainty=told.certainty,
        quote=spot.quote,
    )


def _topic_by_word(spot: Spot, mention: Mention) -> _Topic | None:
    """The likeliest concept that is measured in what the amount is told in."""
    measures = measures_of(mention, spot.survey.library.units)
    eligible = [name for name, taken in spot.survey.outlines.measured.items() if taken & measures]
    found = bonds(spot, (mention.start, mention.end), eligible)
    noun = noun_in_front(spot, mention) if mention.kind is Kind.SHARE else ""
    if noun and not any(noun.lower() in spot.passage.text.lower[bond.hit.start : bond.hit.end] for bond in found):
        return _Topic(id=noun, cues=(noun,), start=mention.start)
    if not found:
        return None
    hit = found[0].hit
    is_unit = mention.start <= hit.start < mention.end  # "square metres" tells an area, and nobody would look for it
    cues = usual_cues(found[0].concept, spot.survey) if is_unit else cues_of(found[0], spot.survey)
    return _Topic(id=found[0].concept, cues=cues, start=hit.start)


def _topic_by_unit(spot: Spot, mention: Mention) -> _Topic | None:
    """What its unit tells by itself ("megawatts"), or the thing that is counted."""
    if mention.kind is not Kind.QUANTITY or not isinstance(mention.value, Amount):
        return None
    survey = spot.survey
    for measure in sorted(measures_of(mention, survey.library.units)):
        if name := survey.outlines.implied.get(measure):
            return _Topic(id=name, cues=usual_cues(name, survey), start=mention.start)
    noun = mention.value.unit.partition("/")[0]
    if noun not in survey.library.units.counted_words("en").values() or _is_small(mention.value):
        return None
    said = _noun_said(mention, noun, survey)
    return _Topic(id=noun, cues=tuple(dict.fromkeys((*said, noun))), start=mention.start)


def _noun_said(mention: Mention, noun: str, survey: Survey) -> list[str]:
    """The word for what is counted, as the text has it; where words are not parted, the one of our list."""
    if mention.text.isascii() or " " in mention.text:
        return _LETTERS.findall(mention.text)[-1:]
    words = [word for word, means in survey.library.units.counted_words(survey.language).items() if means == noun]
    return [word for word in sorted(words, key=len, reverse=True) if word.strip("*") in mention.text][:1]


def _is_small(amount: Amount) -> bool:
    """Whether so few are counted that it is a way to speak rather than a figure: "the two companies"."""
    return all(end is not None and end < _SMALLEST for end in (amount.low, amount.high))


def _year_of(spot: Spot, mention: Mention) -> str:
    """The year of the date that stands nearest to an amount in its sentence; empty where there is none."""
    dates = [one for one in spot.mentions if isinstance(one.value, Period)]
    nearest = min(dates, key=lambda one: distance((one.start, one.end), (mention.start, mention.end)), default=None)
    value = nearest.value if nearest else None
    day = (value.last or value.first) if isinstance(value, Period) else None
    return str(day.year) if day else ""


def _with_fractions(spot: Spot) -> Sequence[Mention]:
    """The values of a sentence, with the fractions that only carry on: "half of his time on the car, a quarter on phones"."""
    found = spot.mentions
    first = next((one for one in found if one.rule == "fraction"), None)
    words = spot.survey.outlines.fractions.get(spot.survey.language)
    if first is None or not words:
        return found
    pattern = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(words, key=len, reverse=True)))
    more = [
        replace(first, value=_share(words[hit[0]]), start=hit.start(), end=hit.end(), text=hit[0])
        for hit in pattern.finditer(spot.passage.text.lower, first.end, spot.sentence.end)
        if not any(one.start < hit.end() and hit.start() < one.end for one in found)
    ]
    return sorted([*found, *more], key=lambda one: one.start)


def _share(written: str) -> Amount:
    top, _, bottom = written.partition("/")
    share = Decimal(top) / Decimal(bottom or 1)
    return Amount(low=share, high=share, unit=SHARE_UNIT, step=Decimal("0.01"))
