"""Features: what a candidate's value is worth beside the value in force and the other values of the item."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from math import log

from monitor.core.facts import Fact
from monitor.core.reading.candidates import Candidate, Making
from monitor.core.reading.features_cues import cue_hits
from monitor.core.reading.mentions import Mention
from monitor.core.reading.scenes import Scene
from monitor.core.values import SHARE_UNIT, Amount, Known, Period, Standing, Status, Value

_AS_SHARP = 4
_MOST_LOOKED_AT = 100  # values of an item that are held against each; an item with more is a table
_RATIO_OF_POINT = 0.2  # so that two percentage points are "of the size of"


def neighbours(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """Whether the value in force stands beside the candidate, or is what it moved from."""
    known = scene.known[candidate.fact.key].value
    if known is None or candidate.mention is None:
        return
    if candidate.origin:
        is_ours = _moves_from(candidate, known)
        yield ("new end of a step from the value in force" if is_ours else "new end of a step from another value"), 1.0
    others = [m for m in candidate.passage.mentions_in(candidate.sentence) if m is not candidate.mention]
    if any(_means(mention, known) and _is_as_sharp(mention.value, known) for mention in others):
        yield "value in force stands beside", 1.0
        if candidate.passage.has("modality.changed", candidate.sentence.start, candidate.sentence.end):
            yield "said to move from the value in force", 1.0


def _moves_from(candidate: Candidate, known: Value) -> bool:
    """Whether the sentence itself says that the value in force moved to the candidate's."""
    origin = candidate.origin
    return origin is not None and _means(origin, known) and _is_as_sharp(origin.value, known)


def company(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """Whether the item tells the same value again, and whether a distance in time stands beside a date."""
    if candidate.mention is None or candidate.value is None:
        return
    mentions = islice((m for passage in scene.passages for m in passage.mentions), _MOST_LOOKED_AT)
    if any(_means(mention, candidate.value) for mention in mentions if mention is not candidate.mention):
        yield "value told again in the item", 1.0
    here = [m for m in candidate.passage.mentions_in(candidate.sentence) if m is not candidate.mention]
    if candidate.making is Making.SHIFTED and any(isinstance(mention.value, Period) for mention in here):
        yield "distance beside a date", 1.0


def _means(mention: Mention, known: object) -> bool:
    said = mention.value
    if isinstance(said, Period) and isinstance(known, Period):
        return said.is_closed and known.is_closed and (said in known or known in said) and said.days < 800
    if isinstance(said, Amount) and isinstance(known, Amount):
        return said.low is not None and any(said.low == end for end in (known.low, known.high))
    return False


def _is_as_sharp(said: object, known: object) -> bool:
    """Whether two periods are about as long: a month of it does not name the year in force."""
    if not isinstance(said, Period) or not isinstance(known, Period):
        return True
    return max(said.days, known.days) <= _AS_SHARP * min(said.days, known.days)


def worth(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """How the value compares with the one in force."""
    known = scene.known[candidate.fact.key]
    alike = [key for key, fact in scene.words.watch.facts.items() if fact.kind is candidate.fact.kind]
    if alike[0] == candidate.fact.key:
        yield "first fact of its kind", 1.0
    if [key for key in alike if scene.known[key].standing is not Standing.DONE] == [candidate.fact.key]:
        yield "only fact of its kind that is open", 1.0
    if known.standing is Standing.DONE:
        yield "fact is done", 1.0
    if known.value is None:
        yield "nothing known yet", 1.0
    match candidate.value:
        case Period() as period:
            yield from _period_worth(candidate, period, known, scene.published)
        case Amount() as amount:
            yield from _amount_worth(candidate, amount, known)
        case None:
            yield "no value", 1.0
        case Status() as said:
            yield from _status_worth(candidate.fact, said, known)


def _status_worth(fact: Fact, said: Status, known: Known) -> Iterator[tuple[str, float]]:
    """How many steps of the fact's usual course lie between the state and the one in force."""
    if said == known.value:
        yield "state in force", 1.0
        return
    yield "another state", 1.0
    course = [state.name for state in fact.states]
    if isinstance(known.value, Status) and known.value.name in course:
        steps = course.index(said.name) - course.index(known.value.name)
        yield ("next state" if steps == 1 else "skips states" if steps > 1 else "earlier state"), 1.0


def _period_worth(candidate: Candidate, period: Period, known: Known, published: date) -> Iterator[tuple[str, float]]:
    if candidate.mention:
        yield f"read by {candidate.mention.rule}", 1.0
    if period.last and period.last < published:
        yield "date lies in the past", 1.0
    elif (period.first or period.last or published) > published:
        yield "date lies in the future", 1.0
    else:
        yield "date is about now", 1.0
    days = period.days if period.is_closed else 0
    yield f"{_length_name(days)} long", 1.0
    if isinstance(known.value, Period):
        years = abs(_middle(period) - _middle(known.value)) / 365.25
        far = "no" if years < 0.05 else "months" if years < 1 else "up to three years" if years < 3 else "many years"
        yield f"{far} from the value in force", 1.0
        if far == "no" and not cue_hits(candidate.passage, candidate.fact, candidate.sentence.start, candidate.sentence.end):
            yield "nothing but near the value in force", 1.0
        if years >= 0.05 and period in known.value:
            yield "sharper than the value in force", 1.0
        elif years >= 0.05 and not _moves_from(candidate, known.value):
            is_later = _middle(period) > _middle(known.value)
            yield ("later than the value in force" if is_later else "earlier than the value in force"), 1.0
            if known.value.first and period.last and period.last < min(known.value.first, published):
                yield "done before it was due", 1.0


def _length_name(days: int) -> str:
    for limit, name in ((0, "open"), (1, "a day"), (31, "up to a month"), (359, "months")):
        if days <= limit:
            return name
    return "a year or more"


def _middle(period: Period) -> float:
    ends = [end.toordinal() for end in (period.first, period.last) if end]
    return sum(ends) / len(ends)


def _amount_worth(candidate: Candidate, amount: Amount, known: Known) -> Iterator[tuple[str, float]]:
    said = candidate.mention.value if candidate.mention else amount
    unit = said.unit if isinstance(said, Amount) else ""
    if unit == "":
        yield "bare number", 1.0
    elif "/" in candidate.fact.value_unit:
        yield ("says the fact's rate" if "/" in unit else "lacks the fact's rate"), 1.0
    else:
        yield "says the fact's unit", 1.0
    if amount.low is None or amount.high is None:
        yield "bounded on one side", 1.0
    if amount.low != amount.high:
        yield "a range", 1.0
    if isinstance(known.value, Amount):
        ratio = _ratio(amount, known.value)
        yield f"{_ratio_name(ratio)} the value in force", 1.0


def _ratio(said: Amount, known: Amount) -> float:
    """Logarithm of the ratio of the nearer ends; shares may also lie near by their points, as a rate of 0.5 % does to 0.25 %."""
    ends = [
        (float(a), float(b)) for a in (said.low, said.high) for b in (known.low, known.high) if a is not None and b is not None
    ]
    ratios = [abs(log(a / b)) for a, b in ends if a > 0 and b > 0]
    if said.unit == SHARE_UNIT:
        ratios += [_RATIO_OF_POINT * 100 * abs(a - b) for a, b in ends]
    return min(ratios, default=9.0)


def _ratio_name(ratio: float) -> str:
    for limit, name in ((0.015, "equal to"), (0.4, "of the size of"), (1.2, "some way from"), (2.5, "far from")):
        if ratio <= limit:
            return name
    return "out of all proportion to"
