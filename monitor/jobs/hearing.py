"""Hearing: who speaks for the value in force and who against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from monitor.core.changes import Change, ChangeState
from monitor.core.claims import Certainty
from monitor.core.items import Item
from monitor.core.judging.recollecting import standing_at, step_at, steps_until
from monitor.core.telling.fitting import Quote, fit_quote
from monitor.core.telling.wording import show_value
from monitor.core.verdicts import Verdict
from monitor.jobs.accounts import Account
from monitor.jobs.surveying import FactView
from monitor.store import readings
from monitor.store.engine import Connection

_MOST_READINGS = 300
_MOST_VOICES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one item says of a fact.

    Attributes:
        value: As it is printed; empty where the sentence gives none.
        manner: How it is said, or what became of it: ``planned``, ``denied``, ``dismissed``.
    """

    item: Item
    quote: Quote
    value: str
    manner: str
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """For and against the value in force, the newest first; no more than a page can show."""

    in_favour: tuple[Voice, ...]
    against: tuple[Voice, ...]


def hear(connection: Connection, view: FactView, moment: datetime | None) -> Voices:
    """Gather what was said by a moment (None: now) of the value that was in force then; for any transaction.

    For it speak the evidence of its step and those who repeated it since; against it those who denied it, and those who have
    said another value since. Repetitions and denials are looked for among the newest readings of the watch.
    """
    _, since = standing_at(view.history, moment)
    step = step_at(view.history, moment)
    rivals = [one for one in steps_until(view.history, moment) if one.state is not ChangeState.ACCEPTED]
    contrary = (voice for rival in rivals for voice in _voices_of(rival, str(rival.state)))
    repeated, denied = _repeated_and_denied(connection, view, since, moment)
    evidence = [voice for voice in _voices_of(step) if _is_within(voice.item, None, moment)]
    known = {voice.item.id for voice in evidence}
    return Voices(
        in_favour=_newest_first([*evidence, *(voice for voice in repeated if voice.item.id not in known)]),
        against=_newest_first([*(voice for voice in contrary if _is_within(voice.item, since, moment)), *denied]),
    )


def _is_within(item: Item, since: datetime | None, until: datetime | None) -> bool:
    return (since is None or item.published >= since) and (until is None or item.published <= until)


def _newest_first(voices: list[Voice]) -> tuple[Voice, ...]:
    return tuple(sorted(voices, key=lambda voice: voice.item.published, reverse=True)[:_MOST_VOICES])


def _voices_of(step: Change | None, manner: str = "") -> Iterator[Voice]:
    """The evidence of a step that still stands."""
    for piece in step.evidence if step else ():
        claim = piece.claim
        if not piece.is_withdrawn:
            yield Voice(
                item=claim.item,
                quote=fit_quote(claim.quote, claim.start, claim.end),
                value="" if claim.value is None else show_value(claim.value),
                manner=manner or str(claim.modality),
                certainty=str(claim.certainty),
            )


# --- what moved nothing -----------------------------------------------------------------------------


def _repeated_and_denied(
    connection: Connection, view: FactView, since: datetime | None, moment: datetime | None
) -> tuple[list[Voice], list[Voice]]:
    repeated: dict[str, Voice] = {}
    denied: dict[str, Voice] = {}
    for record in readings.list_telling(connection, view.watch.id, limit=_MOST_READINGS):
        if not _is_within(record.item, since, moment):
            continue
        for verdict, voice in _heard(Account.of_row(record.account), record.item, view.fact.key):
            # An item that was edited counts once, in its newest words.
            (repeated if verdict == Verdict.CONFIRMS else denied).setdefault(record.item.id, voice)
    return list(repeated.values()), list(denied.values())


def _heard(account: Account, item: Item, fact: str) -> Iterator[tuple[str, Voice]]:
    """What an item came to for a fact where that moved nothing, with the firmest of its claims."""
    for decided in account.facts:
        claims = [claim for claim in account.claims if claim.fact == fact]
        if decided.fact == fact and decided.verdict in (Verdict.CONFIRMS, Verdict.DENIED) and claims:
            claim = max(claims, key=lambda one: (one.value is not None, Certainty[one.certainty.upper()]))
            voice = Voice(
                item=item,
                quote=fit_quote(claim.quote, 0, 0),
                value=claim.value or "",
                manner=claim.modality,
                certainty=claim.certainty,
            )
            yield decided.verdict, voice
