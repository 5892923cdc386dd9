"""Vouching: on whose word a value stands."""

from __future__ import annotations

from monitor.core.changes import Change, Decider, Evidence
from monitor.core.watches import Baseline

_SHOWN_PUBLISHERS = 2


def quoted_evidence(change: Change) -> Evidence | None:
    """The firmest evidence that still stands, the earliest of equals; a withdrawn one only where no other is left."""
    order = sorted(
        change.evidence,
        key=lambda e: (e.is_withdrawn, -e.claim.certainty, e.claim.start == e.claim.end, e.claim.item.published),
    )
    return order[0] if order else None


def sources_of(change: Change) -> str:
    """Who stands behind a change: its outlets, or the person or seed that made it."""
    names = list(dict.fromkeys(piece.publisher for piece in change.evidence if not piece.is_withdrawn))
    if not change.evidence:
        return {Decider.PERSON: "a person", Decider.SEED: "the seed", Decider.AUTO: ""}[change.decided_by]
    more = f" and {len(names) - _SHOWN_PUBLISHERS} more" if len(names) > _SHOWN_PUBLISHERS else ""
    return ", ".join(names[:_SHOWN_PUBLISHERS]) + more


def word_behind(step: Change | None, baseline: Baseline) -> str:
    """On whose word the value stands that a step brought, or that the baseline gives where no step did."""
    if step is None:
        return baseline.source
    return sources_of(step) + (f": {step.note}" if step.note and not step.evidence else "")


def link_behind(step: Change | None, baseline: Baseline) -> str:
    """Where that word can be read, as published; empty where nowhere."""
    if step is None:
        return baseline.source_url
    return next((piece.claim.item.url for piece in step.evidence if piece.claim.item.url and not piece.is_withdrawn), "")
