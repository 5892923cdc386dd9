"""Changes with their evidence: found by key or filter, and written as rows of the ledger."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, false, func, insert, or_, select, update

from monitor.core.changes import Change, ChangeState, Decider, Evidence
from monitor.core.verdicts import Verdict
from monitor.store.payloads import read_certainty, read_claim, read_known, write_claim, write_known
from monitor.store.tables import changes, evidence, item_versions
from monitor.store.versions import ITEM_COLUMNS, find_version_id, read_item

_KEY = re.compile(r"(?P<watch>[^/#]+)/(?P<fact>[^/#]+)#(?P<sequence>\d{1,9})")


# --- finding ----------------------------------------------------------------------------------------


def find(connection: Connection, key: str) -> Change | None:
    """The change of a key such as ``xiaomi-ev/launch#3``; for any transaction."""
    of_key = _where_key(key)
    return next(iter(read_changes(connection, select(changes).where(*of_key))), None) if of_key else None


def find_id(connection: Connection, key: str) -> int | None:
    """The number of a change's row, for tables that point to it; for any transaction."""
    of_key = _where_key(key)
    return connection.execute(select(changes.c.id).where(*of_key)).scalar_one_or_none() if of_key else None


def list_newest(
    connection: Connection,
    *,
    watch: str | None = None,
    fact: str | None = None,
    states: Collection[ChangeState] = (),
    since: datetime | None = None,
    after: str | None = None,
    limit: int = 50,
) -> tuple[Change, ...]:
    """Changes by when they were learned, newest first; for any transaction.

    Args:
        states: Only changes in one of them; empty for all.
        since: Only changes learned at or after it.
        after: Only changes that come after the one of this key in this order; none where there is no such change.
    """
    query = select(changes).order_by(changes.c.learned.desc(), changes.c.id.desc()).limit(limit)
    if watch is not None:
        query = query.where(changes.c.watch == watch)
    if fact is not None:
        query = query.where(changes.c.fact == fact)
    if states:
        query = query.where(changes.c.state.in_([state.value for state in states]))
    if since is not None:
        query = query.where(changes.c.learned >= since)
    if after is not None:
        query = query.where(_comes_after(connection, after))
    return read_changes(connection, query)


def _comes_after(connection: Connection, key: str) -> ColumnElement[bool]:
    """Whether a row stands behind that of a key, the newest being first."""
    of_key = _where_key(key)
    row = connection.execute(select(changes.c.learned, changes.c.id).where(*of_key)).one_or_none() if of_key else None
    if row is None:
        return false()
    return or_(changes.c.learned < row.learned, and_(changes.c.learned == row.learned, changes.c.id < row.id))


def _where_key(key: str) -> tuple[ColumnElement[bool], ...]:
    """What holds of the change of a key only; empty for what is no key."""
    named = _KEY.fullmatch(key)
    if not named:
        return ()
    return (changes.c.watch == named["watch"], changes.c.fact == named["fact"], changes.c.sequence == int(named["sequence"]))


def find_by_item(connection: Connection, item_id: str) -> tuple[Change, ...]:
    """Changes that an item, in any of its versions, is or was evidence of, oldest first; for any transaction."""
    if not item_id.isdecimal():
        return ()
    of_item = select(evidence.c.change_id).join_from(evidence, item_versions).where(item_versions.c.item_id == int(item_id))
    return read_changes(connection, select(changes).where(changes.c.id.in_(of_item)).order_by(changes.c.id))


def list_in_force(connection: Connection, *, watch: str | None = None) -> tuple[Change, ...]:
    """The steps that brought the values in force, one a fact that has moved; for any transaction."""
    place = func.row_number().over(
        partition_by=(changes.c.watch, changes.c.fact), order_by=(changes.c.effective.desc(), changes.c.sequence.desc())
    )
    accepted = select(changes.c.id, place.label("place")).where(changes.c.state == ChangeState.ACCEPTED.value)
    if watch is not None:
        accepted = accepted.where(changes.c.watch == watch)
    steps = accepted.subquery()
    newest = select(steps.c.id).where(steps.c.place == 1)
    return read_changes(connection, select(changes).where(changes.c.id.in_(newest)).order_by(changes.c.id))


def count(connection: Connection) -> dict[tuple[str, ChangeState], int]:
    """How many changes of each watch stand where; for any transaction."""
    query = select(changes.c.watch, changes.c.state, func.count()).group_by(changes.c.watch, changes.c.state)
    return {(watch, ChangeState(state)): number for watch, state, number in connection.execute(query)}


def read_changes(connection: Connection, query: Select[Any]) -> tuple[Change, ...]:
    """The changes that a query on the table finds, whole, in its order, with one more query for all their evidence."""
    rows = connection.execute(query).all()
    wanted = query.with_only_columns(changes.c.id).subquery()
    supporting: Select[Any] = (
        select(evidence.c.change_id, evidence.c.verdict, evidence.c.is_withdrawn, evidence.c.claim, *ITEM_COLUMNS)
        .join_from(evidence, item_versions)
        .where(evidence.c.change_id.in_(select(wanted.c.id)))
        .order_by(evidence.c.change_id, evidence.c.position)
    )
    found = connection.execute(supporting).all() if rows else []
    by_change = {change_id: tuple(group) for change_id, group in groupby(found, key=lambda row: row.change_id)}
    return tuple(_read_change(row, by_change.get(row.id, ())) for row in rows)


# --- writing ----------------------------------------------------------------------------------------


def add(connection: Connection, change: Change) -> None:
    """Write a new change with its evidence; for the transaction that read the history it continues.

    Raises:
        LookupError: An item of its evidence was never stored in these words.
    """
    row = {"watch": change.watch, "fact": change.fact, "sequence": change.sequence, **_columns(change)}
    change_id = connection.execute(insert(changes).values(row).returning(changes.c.id)).scalar_one()
    for position, support in enumerate(change.evidence, start=1):
        _add_evidence(connection, change_id, position, support)


def amend(connection: Connection, before: Change, after: Change) -> None:
    """Write what differs between two states of one change; for the transaction that read the first.

    Raises:
        ValueError: Evidence went missing; it may be withdrawn, never dropped.
        LookupError: An item of its evidence was never stored in these words.
    """
    if len(after.evidence) < len(before.evidence):
        raise ValueError(f"{after.key} lost evidence; withdraw it instead")
    of_change = (changes.c.watch == after.watch, changes.c.fact == after.fact, changes.c.sequence == after.sequence)
    if _columns(before) != _columns(after):
        connection.execute(update(changes).where(*of_change).values(_columns(after)))
    if before.evidence == after.evidence:
        return
    change_id = connection.execute(select(changes.c.id).where(*of_change)).scalar_one()
    for position, support in enumerate(after.evidence, start=1):
        if position > len(before.evidence):
            _add_evidence(connection, change_id, position, support)
        elif support != before.evidence[position - 1]:
            at = (evidence.c.change_id == change_id, evidence.c.position == position)
            connection.execute(update(evidence).where(*at).values(_evidence_columns(connection, support)))


def _add_evidence(connection: Connection, change_id: int, position: int, support: Evidence) -> None:
    row = {"change_id": change_id, "position": position, **_evidence_columns(connection, support)}
    connection.execute(insert(evidence).values(row))


# --- rows -------------------------------------------------------------------------------------------


def _columns(change: Change) -> dict[str, Any]:
    """All of a change but its identity and its evidence."""
    return {
        "old": write_known(change.old),
        "new": write_known(change.new),
        "corrected": None if change.corrected is None else write_known(change.corrected),
        "verdict": change.verdict.value,
        "certainty": str(change.certainty),
        "state": change.state.value,
        "effective": change.effective,
        "learned": change.learned,
        "is_told": change.is_told,
        "decided_by": change.decided_by.value,
        "note": change.note,
    }


def _evidence_columns(connection: Connection, support: Evidence) -> dict[str, Any]:
    return {
        "version_id": find_version_id(connection, support.claim.item),
        "publisher": support.publisher,
        "verdict": support.verdict.value,
        "claim": write_claim(support.claim),
        "is_withdrawn": support.is_withdrawn,
    }


def _read_change(row: Row[Any], supporting: Iterable[Row[Any]]) -> Change:
    return Change(
        watch=row.watch,
        fact=row.fact,
        sequence=row.sequence,
        old=read_known(row.old),
        new=read_known(row.new),
        verdict=Verdict(row.verdict),
        certainty=read_certainty(row.certainty),
        state=ChangeState(row.state),
        effective=row.effective,
        learned=row.learned,
        evidence=tuple(_read_evidence(support, watch=row.watch, fact=row.fact) for support in supporting),
        is_told=row.is_told,
        decided_by=Decider(row.decided_by),
        corrected=None if row.corrected is None else read_known(row.corrected),
        note=row.note,
    )


def _read_evidence(row: Row[Any], *, watch: str, fact: str) -> Evidence:
    claim = read_claim(row.claim, item=read_item(row), watch=watch, fact=fact)
    return Evidence(claim=claim, verdict=Verdict(row.verdict), is_withdrawn=row.is_withdrawn)
