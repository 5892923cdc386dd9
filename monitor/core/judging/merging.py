"""Merging what one item says of one fact: headline and body repeat each other, and a fact moves at most once an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import fsum
from typing import Any

from monitor.core.claims import Certainty
from monitor.core.judging.comparing import relate
from monitor.core.judging.relations import Relation
from monitor.core.values import Value
from monitor.core.verdicts import Judgement, Verdict


def merge_item(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The one judgement of each fact that an item comes to, by fact.

    The order of the judgements does not matter. What moves a fact goes before what confirms it, because a report of a
    change repeats the old value; a value that the same item denies does not move anything. A distance ("postponed by a
    year") counts only where the item gives no value ("to December 2026"): nobody can tell what it is counted from.
    """
    by_fact: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        by_fact.setdefault(judgement.claim.fact, []).append(judgement)
    return tuple(_merge_fact(by_fact[fact]) for fact in sorted(by_fact))


def _merge_fact(judgements: Sequence[Judgement]) -> Judgement:
    denials = [judgement for judgement in judgements if judgement.verdict is Verdict.DENIED]
    movers = [one for one in judgements if one.moves and not any(_denies(denial, one) for denial in denials)]
    if any(one.claim.value is not None and one.claim.moved_by is None for one in judgements if one not in denials):
        movers = [one for one in movers if one.claim.moved_by is None]
    confirming = [judgement for judgement in judgements if judgement.verdict is Verdict.CONFIRMS]
    if movers and not _outweighs(confirming, strongest := _pick_move(movers)):
        return strongest
    return max(confirming or denials, key=_standing_of)


def _outweighs(confirming: Sequence[Judgement], mover: Judgement) -> bool:
    """Whether the item rather repeats what is known: its link to the known value is likelier than the one to another.

    Not where the sentence of the move names the known value itself: "raised from 120,000 to 130,000".
    """
    repeating = [one for one in confirming if one.claim.value is not None]
    if mover.claim.says_change and any(one.claim.quote == mover.claim.quote for one in repeating):
        return False
    return any(one.claim.confidence > mover.claim.confidence for one in repeating)


def _denies(denial: Judgement, mover: Judgement) -> bool:
    """'GTA VI slips to 2026?' above 'Rumours that it has slipped to 2026 are wrong'."""
    denied, moved = denial.claim.value, mover.claim.value
    if denied is None or moved is None:
        return denied is moved and mover.verdict is Verdict.COMPLETED
    return _agree(denied, moved)


def _pick_move(movers: Sequence[Judgement]) -> Judgement:
    """The strongest move, told by the sharpest of the claims that agree with it and are as certain."""
    strongest = max(movers, key=lambda mover: (_strength(mover, movers), _standing_of(mover)))
    agreeing = [one for one in movers if one.verdict is strongest.verdict and _same_move(one, strongest)]
    as_certain = [one for one in agreeing if one.claim.certainty >= strongest.claim.certainty]
    sharpest = max(as_certain, key=lambda one: (_sharpness(one, as_certain), _standing_of(one)))
    passed_over = sorted({str(one.said) for one in movers if not _same_move(one, strongest)})
    if not passed_over:
        return sharpest
    return replace(sharpest, reasons=(*sharpest.reasons, f"the item also says {', '.join(passed_over)}, with less behind it"))


def _strength(mover: Judgement, movers: Sequence[Judgement]) -> tuple[Any, ...]:
    """What decides between values of one item that cannot both hold: no rumour, then how likely the links to each are."""
    agreeing = [one for one in movers if _same_move(one, mover)]
    return (
        mover.claim.certainty > Certainty.RUMOUR,
        fsum(one.claim.confidence for one in agreeing),
        mover.claim.certainty,
        mover.verdict is Verdict.COMPLETED,
    )


def _sharpness(one: Judgement, others: Sequence[Judgement]) -> int:
    """How many of the others this value is sharper than."""
    return sum(
        relate(one.said.value, other.said.value).relation is Relation.INSIDE
        for other in others
        if one.said.value is not None and other.said.value is not None
    )


def _same_move(one: Judgement, other: Judgement) -> bool:
    if one.said.value is None or other.said.value is None:
        return one.said == other.said
    return _agree(one.said.value, other.said.value)


def _agree(one: Value, other: Value) -> bool:
    return relate(one, other).is_compatible or relate(other, one).is_compatible


def _standing_of(judgement: Judgement) -> tuple[Any, ...]:
    """A total order among judgements of one fact, so that no tie is left to the order in which they came."""
    claim = judgement.claim
    return (
        claim.certainty,
        claim.value is not None,
        claim.confidence,
        claim.says_change,
        claim.in_title,
        claim.start,
        claim.quote,
        str(claim.value),
        str(claim.modality),
        repr(judgement),
    )
