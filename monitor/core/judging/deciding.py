"""The ledger's law: what a judgement does to the history of its fact, and whether that is told (DESIGN.md, section 2a)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from monitor.core.changes import Change, ChangeState, Decider, Evidence, History
from monitor.core.claims import Certainty, Modality
from monitor.core.facts import Fact
from monitor.core.judging.comparing import judge, relate
from monitor.core.judging.corroborating import count_sources, what_suffices
from monitor.core.judging.relations import Relation
from monitor.core.judging.stepping import bring_into_force, former_values, is_open, is_superseded, put, with_evidence
from monitor.core.judging.withdrawing import retract
from monitor.core.values import Amount, Known, Period, Shift, Value
from monitor.core.verdicts import Judgement, Verdict
from monitor.core.watches import Acceptance, Policy

_RETELLING = timedelta(days=90)
_ASIDE = (Modality.HYPOTHETICAL, Modality.ASKED, Modality.RECALLED, Modality.FORECAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Under what rules a fact moves.

    Attributes:
        now: When this is decided; nothing counts as said later than it.
    """

    fact: Fact
    policy: Policy
    acceptance: Acceptance
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """A history after a judgement.

    Attributes:
        told: Changes to tell, each marked as told in the history; one in state ``withdrawn`` is told as such.
        reasons: What was decided and why, in words.
    """

    history: History
    told: tuple[Change, ...] = ()
    reasons: tuple[str, ...] = ()


def is_wanted(judgement: Judgement, policy: Policy) -> bool:
    """Whether the rule would tell this on its own: its verdict is one of the rule's and enough stands behind it."""
    return judgement.verdict in policy.on and judgement.claim.certainty >= policy.certainty


def advance(
    history: History, judgement: Judgement, *, fact: Fact, policy: Policy, acceptance: Acceptance, now: datetime
) -> Advance:
    """Move a fact by one judgement.

    Doing it twice changes nothing the second time.

    Args:
        judgement: Made against ``history.in_force``, and the only one of its item on this fact.
    """
    terms = Terms(fact=fact, policy=policy, acceptance=acceptance, now=now)
    if judgement.claim.is_correction and judgement.verdict is not Verdict.DENIED:
        return _correct(history, judgement, terms)
    return _move(history, judgement, terms)


def _move(history: History, judgement: Judgement, terms: Terms) -> Advance:
    if judgement.verdict is Verdict.DENIED:
        return Advance(history=history, reasons=("a denial moves nothing",))
    if not judgement.moves or _is_retold(history, judgement, terms):
        return _strengthen(history, judgement, terms)
    if _is_overtaken(history, judgement, terms):
        return Advance(history=history, reasons=(f"said before {history.in_force} was, and so overtaken",))
    if refused := _find_refusal(history, judgement, terms):
        return Advance(history=history, reasons=(f"a person refused this value in {refused.key} and nothing firmer repeats it",))
    if pending := _find_pending(history, judgement, terms):
        return _join(history, pending, judgement, terms)
    return _open(history, judgement, terms)


def _is_overtaken(history: History, judgement: Judgement, terms: Terms) -> bool:
    """Whether the value in force was said, or said again with as much certainty, after this was published."""
    newest, effective = history.newest_accepted, _effective(judgement, terms)
    if newest is None or effective < history.in_force_since:
        return effective < history.in_force_since
    return any(
        min(evidence.claim.item.published, terms.now) > effective
        for evidence in newest.evidence
        if not evidence.is_withdrawn and evidence.claim.certainty >= judgement.claim.certainty
    )


def _correct(history: History, judgement: Judgement, terms: Terms) -> Advance:
    """'Corrects to say': what the outlet said before no longer counts, and the claim is judged against what is left."""
    withdrawal = retract(history, judgement.claim, judgement.said)
    if withdrawal.history == history:
        return _move(history, judgement, terms)
    again = judge(judgement.claim, withdrawal.history.in_force, terms.fact)
    corrected = ("the outlet corrected itself",)
    if again is None:
        return Advance(history=withdrawal.history, told=withdrawal.told, reasons=corrected)
    moved = _move(withdrawal.history, again, terms)
    return replace(moved, told=moved.told or withdrawal.told, reasons=(*corrected, *moved.reasons))


def _is_retold(history: History, judgement: Judgement, terms: Terms) -> bool:
    """Whether a distance leads from a former value to the one in force: 'postponed by a year' in the next day's paper."""
    newest, held, distance = history.newest_accepted, history.in_force.value, judgement.claim.moved_by
    if newest is None or held is None or distance is None or _effective(judgement, terms) - newest.effective > _RETELLING:
        return False
    led_to = (_moved(former.value, distance) for former in former_values(history))
    return any(one is not None and relate(one, held, tolerance=terms.fact.tolerance).is_compatible for one in led_to)


def _moved(value: Value | None, distance: Shift | Amount) -> Value | None:
    match value, distance:
        case Period(), Shift():
            return replace(distance.moved(value), approximate=True)
        case Amount(low=Decimal() as low, high=Decimal() as high), Amount(low=Decimal() as least, high=Decimal() as most):
            return replace(value, low=low + least, high=high + most)
        case _:
            return None


# --- evidence for what is there ---------------------------------------------------------------------


def _strengthen(history: History, judgement: Judgement, terms: Terms) -> Advance:
    """A confirmation joins the step in force, once a publisher unless it is firmer than what that publisher said before."""
    newest, claim = history.newest_accepted, judgement.claim
    if newest is None or claim.modality in _ASIDE:
        return Advance(history=history, reasons=(f"{history.in_force} stands",))
    if claim.item.publisher in newest.publishers and claim.certainty <= newest.certainty:
        return Advance(history=history, reasons=(f"{history.in_force} stands",))
    change = with_evidence(newest, Evidence(claim=claim, verdict=judgement.verdict))
    return _tell_if_due(put(history, change), change, terms, (f"more evidence for {change.key}",))


def _find_pending(history: History, judgement: Judgement, terms: Terms) -> Change | None:
    """The newest open change that this is evidence for.

    A firmer word that is sharper or vaguer than the pending value is a step of its own: an official "2024" does not bring
    a rumoured "February 2024" into force.
    """
    for change in reversed(history.changes):
        if not is_open(history, change):
            continue
        relation = _relation(judgement.said, change.brings, terms)
        is_firmer = judgement.claim.certainty > change.certainty
        if relation is Relation.SAME or (relation is not Relation.DIFFERS and not is_firmer):
            return change
    return None


def _relation(said: Known, held: Known, terms: Terms) -> Relation:
    if said.value is None or held.value is None or said.standing is not held.standing:
        return Relation.SAME if said == held else Relation.DIFFERS
    return relate(said.value, held.value, tolerance=terms.fact.tolerance).relation


def _join(history: History, pending: Change, judgement: Judgement, terms: Terms) -> Advance:
    change = with_evidence(pending, Evidence(claim=judgement.claim, verdict=judgement.verdict))
    if change == pending:
        return Advance(history=history, reasons=(f"{change.key} has this evidence",))
    if change.state is ChangeState.CONFLICT:
        if not _is_excused(judgement) and count_sources(change.evidence) < 2:
            return Advance(history=put(history, change), reasons=(f"{change.key} is said again by the same source",))
        change = replace(change, state=ChangeState.CANDIDATE)
    return _settle(put(history, change), change, judgement, terms, (f"more evidence for {change.key}",))


def _find_refusal(history: History, judgement: Judgement, terms: Terms) -> Change | None:
    """The change that keeps this value silent: the newest with it, if a person dismissed it or put another value in its place."""
    repeated = (Relation.SAME, Relation.COVERS)
    same = [change for change in history.changes if _relation(judgement.said, change.new, terms) in repeated]
    if not same or judgement.claim.certainty > same[-1].certainty:
        return None
    return same[-1] if same[-1].state is ChangeState.DISMISSED or same[-1].corrected is not None else None


# --- a step of its own ------------------------------------------------------------------------------


def _open(history: History, judgement: Judgement, terms: Terms) -> Advance:
    claim = judgement.claim
    is_stale = is_superseded(history, judgement.said, tolerance=terms.fact.tolerance) and not _is_excused(judgement)
    change = Change(
        watch=history.watch,
        fact=history.fact,
        sequence=len(history.changes) + 1,
        old=history.in_force,
        new=judgement.said,
        verdict=judgement.verdict,
        certainty=claim.certainty,
        state=ChangeState.CONFLICT if is_stale else ChangeState.CANDIDATE,
        effective=_effective(judgement, terms),
        learned=terms.now,
        evidence=(Evidence(claim=claim, verdict=judgement.verdict),),
    )
    grown = put(history, change)
    if is_stale:
        return Advance(history=grown, reasons=(f"{judgement.said} was in force before and nothing says that it is again",))
    return _settle(grown, change, judgement, terms, (f"{change.key} opened: {judgement.known} -> {judgement.said}",))


def _is_excused(judgement: Judgement) -> bool:
    """Whether a superseded value may come back on this word alone."""
    claim = judgement.claim
    return claim.says_change or claim.is_correction or (claim.is_on_record and claim.certainty is Certainty.OFFICIAL)


def _settle(history: History, change: Change, judgement: Judgement, terms: Terms, reasons: tuple[str, ...]) -> Advance:
    """Bring a candidate into force where enough stands behind it, and tell what is due."""
    if terms.acceptance is Acceptance.MANUAL:
        return _tell_if_due(history, change, terms, (*reasons, "waits for a person"))
    if not (why := what_suffices(change)):
        return _tell_if_due(history, change, terms, (*reasons, "waits for an official word, a second publisher or a person"))
    reasons = (*reasons, f"{change.brings} in force: {why}")
    history = bring_into_force(history, change, by=Decider.AUTO, effective=_effective(judgement, terms))
    return _tell_if_due(history, history.changes[change.sequence - 1], terms, reasons)


def _tell_if_due(history: History, change: Change, terms: Terms, reasons: tuple[str, ...]) -> Advance:
    """Tell a change once, when the rule's verdicts, certainty and number of sources are met."""
    policy = terms.policy
    is_due = (
        not change.is_told
        and change.decided_by is Decider.AUTO
        and change.verdict in policy.on
        and change.certainty >= policy.certainty
        and count_sources(change.evidence) >= policy.sources
    )
    if not is_due:
        return Advance(history=history, reasons=reasons)
    told = replace(change, is_told=True)
    return Advance(history=put(history, told), told=(told,), reasons=(*reasons, "told"))


def _effective(judgement: Judgement, terms: Terms) -> datetime:
    return min(judgement.claim.item.published, terms.now)
