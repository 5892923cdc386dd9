"""Accounts: what was made of an item when it was read, as a row holds it, so that it can be explained long afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from monitor.core.changes import History
from monitor.core.claims import Claim
from monitor.core.judging.assessing import Assessment
from monitor.core.verdicts import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAccount:
    """One claim that the reader believed.

    Attributes:
        value: As it is printed; None where the sentence gives none.
    """

    fact: str
    value: str | None
    modality: str
    certainty: str
    quote: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactAccount:
    """What was decided of one fact.

    Attributes:
        known: What was in force before.
        said: What would be known if it came into force; None where no claim could be judged.
        reasons: The comparison's, then the ledger's.
        told: Keys of the changes that were to be told of it.
        is_held: They were held back, since too many came at once.
    """

    fact: str
    known: str
    verdict: str | None = None
    said: str | None = None
    certainty: str | None = None
    reasons: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    is_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One version as one watch read it.

    Attributes:
        is_silent: It was history, and went into a digest if it moved anything.
        mistake: The kind of our own error for which it was not read; empty where it was.
        alone: Why our own reader read it without the second one that the rule names; empty where it did not.
    """

    is_silent: bool = False
    claims: tuple[ClaimAccount, ...] = ()
    facts: tuple[FactAccount, ...] = ()
    mistake: str = ""
    alone: str = ""

    def as_row(self) -> dict[str, Any]:
        """What a row holds."""
        return asdict(self)

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Account:
        """The other way round."""
        claims = tuple(ClaimAccount(**{**claim, "reasons": tuple(claim["reasons"])}) for claim in row["claims"])
        lists = ("reasons", "told")
        facts = tuple(FactAccount(**{**fact, **{name: tuple(fact[name]) for name in lists}}) for fact in row["facts"])
        alone = row.get("alone", "")
        return cls(is_silent=row["is_silent"], claims=claims, facts=facts, mistake=row["mistake"], alone=alone)


def account_of(
    claims: Iterable[Claim],
    assessment: Assessment,
    before: Mapping[str, History],
    *,
    is_silent: bool,
    on_hold: Collection[str],
    alone: str = "",
) -> Account:
    """Write down what an assessment came to, for the facts of which something was said or taken back.

    Args:
        alone: Why our own reader read without the second one.
    """
    relevant = [claim for claim in claims if claim.fact in before]
    judged = {judgement.claim.fact: judgement for judgement in assessment.judgements}
    touched = {*(claim.fact for claim in relevant), *judged, *(change.fact for change in assessment.told)}
    return Account(
        is_silent=is_silent,
        alone=alone,
        claims=tuple(map(_claim, relevant)),
        facts=tuple(
            _fact(fact, judged.get(fact), assessment, history, is_held=fact in on_hold)
            for fact, history in before.items()
            if fact in touched
        ),
    )


def _claim(claim: Claim) -> ClaimAccount:
    return ClaimAccount(
        fact=claim.fact,
        value=None if claim.value is None else str(claim.value),
        modality=str(claim.modality),
        certainty=str(claim.certainty),
        quote=claim.quote,
        reasons=claim.reasons,
    )


def _fact(fact: str, judgement: Judgement | None, assessment: Assessment, history: History, *, is_held: bool) -> FactAccount:
    told = tuple(change.key for change in assessment.told if change.fact == fact)
    decided = assessment.reasons.get(fact, ())
    if judgement is None:
        return FactAccount(fact=fact, known=str(history.in_force), reasons=decided, told=told, is_held=is_held and bool(told))
    return FactAccount(
        fact=fact,
        known=str(judgement.known),
        verdict=str(judgement.verdict),
        said=str(judgement.said),
        certainty=str(judgement.claim.certainty),
        # A judgement repeats the reasons of its claim, which stand with the claim already.
        reasons=(*judgement.reasons[len(judgement.claim.reasons) :], *decided),
        told=told,
        is_held=is_held and bool(told),
    )
