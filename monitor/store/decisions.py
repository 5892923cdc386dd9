"""Decisions: what a person's word on a change took the place of, kept so that it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, tuple_

from monitor.core.changes import Change, ChangeState, Decider
from monitor.core.messages import Occasion
from monitor.core.values import Known
from monitor.store.changes import find_id
from monitor.store.engine import Connection
from monitor.store.held import HeldTelling
from monitor.store.payloads import read_known, write_known
from monitor.store.tables import changes, decisions


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


def remember(connection: Connection, change: Change, tellings: tuple[HeldTelling, ...] = (), *, now: datetime) -> None:
    """Keep how a change stands, in place of what was kept of it; for the transaction that writes a decision."""
    forget(connection, change.key)
    row = {
        "change_id": find_id(connection, change.key),
        "state": change.state.value,
        "decided_by": change.decided_by.value,
        "effective": change.effective,
        "corrected": None if change.corrected is None else write_known(change.corrected),
        "note": change.note,
        "tellings": [[telling.occasion.value, telling.destination] for telling in tellings],
        "decided_at": now,
    }
    connection.execute(insert(decisions).values(row))


def recall(connection: Connection, key: str) -> Before | None:
    """How a change stood before the last decision; None where none can be taken back. For any transaction."""
    query = select(decisions).where(decisions.c.change_id == find_id(connection, key))
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Before(
        state=ChangeState(row.state),
        decided_by=Decider(row.decided_by),
        effective=row.effective,
        corrected=None if row.corrected is None else read_known(row.corrected),
        note=row.note,
        tellings=tuple((Occasion(occasion), destination) for occasion, destination in row.tellings),
    )


def list_moments(connection: Connection, found: Iterable[Change]) -> Mapping[str, datetime]:
    """When persons decided some changes, by key; those that no person decided are left out. For any transaction."""
    names = [(change.watch, change.fact, change.sequence) for change in found]
    columns = (changes.c.watch, changes.c.fact, changes.c.sequence)
    query = select(*columns, decisions.c.decided_at).join_from(decisions, changes).where(tuple_(*columns).in_(names))
    return {f"{row.watch}/{row.fact}#{row.sequence}": row.decided_at for row in connection.execute(query)}


def forget(connection: Connection, key: str) -> None:
    """Have the last decision stand for good; for a writing transaction."""
    connection.execute(delete(decisions).where(decisions.c.change_id == find_id(connection, key)))
