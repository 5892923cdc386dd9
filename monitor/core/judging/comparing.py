"""Judging a claim: what it means for what is known of its fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from monitor.core.claims import Certainty, Claim, Modality
from monitor.core.facts import Fact
from monitor.core.judging.comparing_amounts import relate_amounts
from monitor.core.judging.comparing_periods import names_later_date, relate_periods
from monitor.core.judging.relations import Comparison, Relation
from monitor.core.values import UNKNOWN, Amount, Kind, Known, Period, Standing, Status, Value, months_of
from monitor.core.verdicts import Judgement, Verdict

CANCELLED = Known(standing=Standing.CANCELLED)
_VERDICTS = {
    Relation.SAME: Verdict.CONFIRMS,
    Relation.COVERS: Verdict.CONFIRMS,
    Relation.INSIDE: Verdict.REFINES,
    Relation.DIFFERS: Verdict.CHANGES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What comparing gave, also where it gives no judgement.

    Attributes:
        verdict: None where the claim says nothing that could confirm or move the fact.
        said: What would be known if the claim came into force.
        why: In words.
    """

    verdict: Verdict | None
    said: Known
    why: str


def judge(claim: Claim, known: Known, fact: Fact) -> Judgement | None:
    """Judge a claim against what is known.

    Total. What is supposed, asked, recalled or forecast confirms at most; where it says anything else there is no judgement.
    """
    answer = answer_claim(claim, known, fact)
    if answer.verdict is None:
        return None
    return Judgement(
        claim=claim,
        verdict=answer.verdict,
        known=known,
        said=answer.said,
        reasons=(*claim.reasons, f"{answer.verdict}: {answer.why}"),
    )


def answer_claim(claim: Claim, known: Known, fact: Fact) -> Answer:
    """The verdict on a claim, or why there is none."""
    match claim.modality:
        case Modality.HYPOTHETICAL | Modality.ASKED | Modality.RECALLED | Modality.FORECAST:
            return _aside(claim, known, fact)
        case Modality.DENIED:
            return Answer(verdict=Verdict.DENIED, said=known, why="the claim is denied, which moves nothing")
        case Modality.CANCELLED:
            return _cancelled(known)
        case Modality.WITHDRAWN:
            return _withdrawn(claim, known, fact)
        case Modality.ACHIEVED:
            return _achieved(claim, known, fact)
        case Modality.STATED | Modality.PLANNED:
            return _said(claim, known, fact)


def relate(said: Value, known: Value, *, tolerance: Decimal | None = None, says_change: bool = False) -> Comparison:
    """Say where a value lies to another of the same fact.

    Total: values of two sorts or units differ.

    Args:
        tolerance: The fact's own, for amounts.
        says_change: The sentence says itself that the value moved.
    """
    match said, known:
        case Period(), Period():
            return relate_periods(said, known)
        case Amount(), Amount() if said.unit == known.unit:
            return relate_amounts(said, known, tolerance=tolerance, says_change=says_change)
        case Status(), Status():
            relation = Relation.SAME if said == known else Relation.DIFFERS
            return Comparison(relation=relation, why=f"said {said}, known {known}")
        case _:
            return Comparison(relation=Relation.DIFFERS, why=f"said {said} and {known} cannot be compared")


def same_known(said: Known, held: Known, *, tolerance: Decimal | None = None) -> bool:
    """Whether two things to be known are one value in one standing, however precisely either is told."""
    if said.standing is not held.standing or (said.value is None) is not (held.value is None):
        return False
    if said.value is None or held.value is None:
        return True
    return relate(said.value, held.value, tolerance=tolerance).is_compatible


# --- by modality ------------------------------------------------------------------------------------


def _aside(claim: Claim, known: Known, fact: Fact) -> Answer:
    """'It was originally planned for 2025', 'an analyst sees 2026'."""
    if claim.value is not None and known.value is not None:
        comparison = relate(claim.value, known.value, tolerance=fact.tolerance)
        if comparison.relation in (Relation.SAME, Relation.COVERS):
            return Answer(verdict=Verdict.CONFIRMS, said=known, why=comparison.why)
    return Answer(verdict=None, said=known, why=f"what is {claim.modality} moves nothing")


def _cancelled(known: Known) -> Answer:
    """'The northern leg was scrapped'."""
    match known.standing:
        case Standing.CANCELLED:
            return Answer(verdict=Verdict.CONFIRMS, said=known, why="it is known that this was given up")
        case Standing.DONE:
            return Answer(verdict=None, said=known, why="what has happened cannot be given up")
        case Standing.EXPECTED:
            return Answer(verdict=Verdict.CANCELLED, said=CANCELLED, why=f"{known} is given up")


def _withdrawn(claim: Claim, known: Known, fact: Fact) -> Answer:
    """'Put off indefinitely'; 'it will not open in December 2026 after all'."""
    if known.standing is Standing.DONE:
        return Answer(verdict=None, said=known, why="what has happened cannot be put off")
    if isinstance(claim.value, Period) and not claim.value.is_closed:
        return _said(claim, known, fact)
    if known.value is None or (isinstance(known.value, Period) and known.value.last is None):
        return Answer(verdict=Verdict.CONFIRMS, said=known, why="it is known that there is no date")
    return Answer(verdict=Verdict.CHANGES, said=UNKNOWN, why=f"{known} is taken back and nothing put in its place")


def _achieved(claim: Claim, known: Known, fact: Fact) -> Answer:
    """'The bridge opened on Tuesday', 'the target was met'."""
    match fact.kind:
        case Kind.PERIOD:
            return _happened(claim, known, fact)
        case Kind.QUANTITY | Kind.MONEY | Kind.SHARE:
            return _met(claim, known, fact)
        case Kind.STATUS:
            return _said(claim, known, fact)


def _happened(claim: Claim, known: Known, fact: Fact) -> Answer:
    if known.standing is Standing.DONE and known.value is not None:
        if claim.value is None:
            return Answer(verdict=Verdict.CONFIRMS, said=known, why="it is known to have happened")
        return _against_done(claim, claim.value, known, known.value)
    published = claim.item.published.date()
    # "Completed" without a date takes the month of publication.
    value = months_of(published.year, published.month, 1) if claim.value is None else claim.value
    why = f"it is reported to have happened ({value})" + ("" if known.value is None else f"; known was {known}")
    return Answer(verdict=Verdict.COMPLETED, said=Known(value=value, standing=Standing.DONE), why=why)


def _met(claim: Claim, known: Known, fact: Fact) -> Answer:
    """A target is met by its own number or a larger one; a smaller one is only the way there."""
    said, target = claim.value, known.value
    if not isinstance(said, Amount) or not isinstance(target, Amount) or known.standing is not Standing.EXPECTED:
        if said is None and isinstance(target, Amount) and known.standing is Standing.EXPECTED:
            return Answer(verdict=Verdict.COMPLETED, said=Known(value=target, standing=Standing.DONE), why=f"{known} was met")
        return _said(claim, known, fact)
    floor, goal = said.low, target.low if target.low is not None else target.high
    reached = floor is not None and goal is not None and floor >= goal
    if reached or relate(said, target, tolerance=fact.tolerance).relation is Relation.SAME:
        done = Known(value=target if said.high is None else said, standing=Standing.DONE)
        return Answer(verdict=Verdict.COMPLETED, said=done, why=f"{known} was met with {said}")
    return Answer(verdict=None, said=known, why=f"{said} is on the way to {known}")


def _said(claim: Claim, known: Known, fact: Fact) -> Answer:
    """'It will open in the second half of 2024'."""
    if claim.value is None:
        return Answer(verdict=None, said=known, why="nothing is said of a value")
    said = Known(value=claim.value)
    if known.value is None or known.standing is Standing.CANCELLED:
        why = "it was given up before" if known.standing is Standing.CANCELLED else "nothing was known"
        return Answer(verdict=Verdict.NEW_VALUE, said=said, why=f"said {claim.value}; {why}")
    if isinstance(claim.value, Status) and isinstance(known.value, Status):
        return _in_course(claim, claim.value, known, known.value, fact)
    if isinstance(known.value, Period) and known.standing is Standing.DONE:
        return _against_done(claim, claim.value, known, known.value)
    comparison = relate(claim.value, known.value, tolerance=fact.tolerance, says_change=claim.says_change)
    verdict = verdict_on(comparison, claim.value, known.value)
    return Answer(verdict=verdict, said=known if verdict is Verdict.CONFIRMS else said, why=comparison.why)


def verdict_on(comparison: Comparison, said: Value, known: Value) -> Verdict:
    """What a comparison means for the value in force.

    A date named well after the earliest one that was known is a change, though the two can both hold.
    """
    if isinstance(said, Period) and isinstance(known, Period) and names_later_date(said, known):
        return Verdict.CHANGES
    return _VERDICTS[comparison.relation]


def _against_done(claim: Claim, value: Value, known: Known, done: Value) -> Answer:
    """A date of something that has happened is only moved by a correction, or by an official word that it moved."""
    comparison = relate(value, done)
    if comparison.is_compatible or _touches(value, done):
        return Answer(verdict=Verdict.CONFIRMS, said=known, why=f"{comparison.why}; it has happened")
    if claim.is_correction or (claim.says_change and claim.certainty is Certainty.OFFICIAL):
        is_over = claim.modality is Modality.ACHIEVED or claim.is_correction
        said = Known(value=value, standing=Standing.DONE if is_over else Standing.EXPECTED)
        return Answer(verdict=Verdict.CHANGES, said=said, why=comparison.why)
    return Answer(verdict=None, said=known, why=f"{comparison.why}, but that has happened and nothing says it was corrected")


def _touches(said: Value, done: Value) -> bool:
    """Whether two dates of one past event are as near as reports of it vary: 'late June' and 'early July'."""
    if (
        not isinstance(said, Period)
        or not isinstance(done, Period)
        or not (said.first and said.last and done.first and done.last)
    ):
        return False
    fuzz = timedelta(days=31 if said.approximate or done.approximate else 1)
    return said.first - fuzz <= done.last and done.first - fuzz <= said.last


def _in_course(claim: Claim, said: Status, known: Known, held: Status, fact: Fact) -> Answer:
    """Statuses run one way: 'applied' after 'approved' is history, unless the sentence says that it was reversed."""
    course = [state.name for state in fact.states]
    if said == held:
        return Answer(verdict=Verdict.CONFIRMS, said=known, why=f"said {said} is known")
    if said.name in course and held.name in course and course.index(said.name) < course.index(held.name):
        if not (claim.says_change or claim.is_correction):
            return Answer(verdict=None, said=known, why=f"{said} comes before {held} and no word says that it was reversed")
        return Answer(verdict=Verdict.CHANGES, said=Known(value=said), why=f"back from {held} to {said}")
    return Answer(verdict=Verdict.CHANGES, said=Known(value=said), why=f"{said} comes after {held}")
