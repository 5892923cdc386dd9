"""Assessing an item: from its claims to moved histories and what is told, for one watch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.core.changes import Change, History
from monitor.core.claims import Claim
from monitor.core.judging.comparing import judge
from monitor.core.judging.deciding import advance
from monitor.core.judging.merging import merge_item
from monitor.core.judging.stepping import is_superseded
from monitor.core.judging.withdrawing import withdraw
from monitor.core.values import UNKNOWN, Known
from monitor.core.verdicts import Judgement, Verdict
from monitor.core.watches import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What an item did to a watch.

    Attributes:
        histories: All that were given, moved or not, by fact.
        told: Changes to tell, in the order of the facts; one in state ``withdrawn`` is told as such.
        judgements: At most one a fact.
        reasons: What the ledger decided, by fact.
    """

    histories: Mapping[str, History]
    told: tuple[Change, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    reasons: Mapping[str, tuple[str, ...]]


def judge_item(claims: Iterable[Claim], known: Mapping[str, Known], watch: Watch) -> tuple[Judgement, ...]:
    """Judge what one item says against given values, at most one judgement a fact; a fact without value is unknown."""
    return merge_item(judge_claims(claims, known, watch))


def judge_claims(claims: Iterable[Claim], known: Mapping[str, Known], watch: Watch) -> tuple[Judgement, ...]:
    """Judge every claim of an item on its own, in their order; those that give no judgement are left out."""
    judged = (
        judge(claim, known.get(claim.fact, UNKNOWN), watch.facts[claim.fact]) for claim in claims if claim.fact in watch.facts
    )
    return tuple(judgement for judgement in judged if judgement is not None)


def assess_item(claims: Iterable[Claim], histories: Mapping[str, History], watch: Watch, *, now: datetime) -> Assessment:
    """Move the facts of a watch by what one item says.

    Args:
        claims: Read against the values in force.
        histories: By fact; facts without one are left alone.
        now: When this is decided; in a replay the item's own date.
    """
    known = {fact: history.in_force for fact, history in histories.items()}
    moved, reasons = dict(histories), dict[str, tuple[str, ...]]()
    told: list[Change] = []
    judged = judge_claims((claim for claim in claims if claim.fact in histories), known, watch)
    judgements = merge_item(_without_former(judged, histories, watch))
    for judgement in judgements:
        key = judgement.claim.fact
        step = advance(
            moved[key],
            judgement,
            fact=watch.facts[key],
            policy=watch.policies[key],
            acceptance=watch.acceptance,
            now=now,
        )
        moved[key], reasons[key] = step.history, step.reasons
        told.extend(step.told)
    return Assessment(histories=moved, told=tuple(told), judgements=judgements, reasons=reasons)


def reassess_item(
    item_id: str, claims: Iterable[Claim], histories: Mapping[str, History], watch: Watch, *, now: datetime
) -> Assessment:
    """Move the facts of a watch by a new version of an item: what vanished is taken back, then the rest is assessed.

    A fact for which the new version brings another value is told once, with that value, and not as withdrawn as well.
    """
    claims = tuple(claims)
    withdrawals = {
        fact: withdraw(history, item_id, keep=[claim for claim in claims if claim.fact == fact])
        for fact, history in histories.items()
    }
    assessed = assess_item(claims, {fact: one.history for fact, one in withdrawals.items()}, watch, now=now)
    replaced = {change.fact for change in assessed.told}
    withdrawn = [change for fact, one in withdrawals.items() if fact not in replaced for change in one.told]
    return Assessment(
        histories=assessed.histories,
        told=(*withdrawn, *assessed.told),
        judgements=assessed.judgements,
        reasons=assessed.reasons,
    )


def _without_former(judgements: Sequence[Judgement], histories: Mapping[str, History], watch: Watch) -> Iterator[Judgement]:
    """Leave out former values that are named beside the one in force: 'rises from 12.7 to 13.2 billion', read once more."""
    confirmed = {one.claim.fact for one in judgements if one.verdict is Verdict.CONFIRMS and one.claim.value is not None}
    for judgement in judgements:
        key = judgement.claim.fact
        is_former = judgement.moves and is_superseded(histories[key], judgement.said, tolerance=watch.facts[key].tolerance)
        if not (is_former and key in confirmed):
            yield judgement
