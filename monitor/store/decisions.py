"""Decisions: what a person's word on a change took the place of, kept as a note so that it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.core.changes import Change, ChangeState, Decider
from monitor.core.messages import Occasion
from monitor.core.values import Known
from monitor.store import notes
from monitor.store.engine import Connection
from monitor.store.held import HeldTelling
from monitor.store.payloads import read_known, write_known

_PREFIX = "decision/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A change as it stood before a person decided it.

    Attributes:
        tellings: What was still to be told of it, by occasion and destination; a dismissal made it moot.
    """

    state: ChangeState
    decided_by: Decider
    effective: datetime
    corrected: Known | None
    note: str
    tellings: tuple[tuple[Occasion, str], ...] = ()


def remember(connection: Connection, change: Change, tellings: tuple[HeldTelling, ...] = ()) -> None:
    """Keep how a change stands, before a decision is written; for the transaction that writes it."""
    note: dict[str, Any] = {
        "state": change.state.value,
        "decided_by": change.decided_by.value,
        "effective": change.effective.isoformat(),
        "corrected": None if change.corrected is None else write_known(change.corrected),
        "note": change.note,
        "tellings": [[telling.occasion.value, telling.destination] for telling in tellings],
    }
    notes.write(connection, _PREFIX + change.key, note)


def recall(connection: Connection, key: str) -> Before | None:
    """How a change stood before the last decision; None where none can be taken back. For any transaction."""
    note = notes.read(connection, _PREFIX + key)
    if note is None:
        return None
    return Before(
        state=ChangeState(note["state"]),
        decided_by=Decider(note["decided_by"]),
        effective=datetime.fromisoformat(note["effective"]),
        corrected=None if note["corrected"] is None else read_known(note["corrected"]),
        note=note["note"],
        tellings=tuple((Occasion(occasion), destination) for occasion, destination in note["tellings"]),
    )


def forget(connection: Connection, key: str) -> None:
    """Have the last decision stand for good; for a writing transaction."""
    notes.erase(connection, _PREFIX + key)
