"""The ledger: every fact from its baseline to now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby

from sqlalchemy import Connection, and_, func, insert, select, tuple_, update

from monitor.core.changes import Change, ChangeState, History
from monitor.core.values import Known
from monitor.core.watches import Baseline
from monitor.store import changes
from monitor.store.payloads import read_known, write_known
from monitor.store.tables import changes as changes_table
from monitor.store.tables import facts


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedDifference:
    """A seed that no longer says what the ledger began with.

    Whether that is a step of the fact, or a seed that has fallen behind, is not decided here.

    Attributes:
        stored: What the ledger began with.
        seed: What the seed says now.
    """

    fact: str
    stored: Known
    stored_as_of: datetime
    seed: Baseline

    @property
    def seed_as_of(self) -> datetime:
        """The seed's day, as the ledger would write it."""
        return start_of(self.seed.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The value of one fact now, without the history behind it.

    Attributes:
        since: When it was said.
    """

    watch: str
    fact: str
    known: Known
    since: datetime


def start_of(day: date) -> datetime:
    """The moment from which a seed's word counts: whatever is published on its day is newer."""
    return datetime.combine(day, time.min, tzinfo=UTC)


# --- the seed ---------------------------------------------------------------------------------------


def sync_baselines(
    connection: Connection, watch: str, baselines: Mapping[str, Baseline], *, now: datetime
) -> tuple[SeedDifference, ...]:
    """Make the live facts of a watch those of its rule; for a writing transaction at start and reload.

    A new fact begins at its baseline. One that the rule no longer has is archived, never deleted; it comes back with its
    history. The ledger of a known fact keeps its first baseline.

    Returns:
        The known facts whose seed now gives another value or date, in the rule's order.
    """
    known = {row.fact: row for row in connection.execute(select(facts).where(facts.c.watch == watch))}
    differences = []
    for fact, baseline in baselines.items():
        row = known.get(fact)
        if row is None:
            connection.execute(insert(facts).values(watch=watch, fact=fact, **_columns(baseline)))
            continue
        if row.archived_at is not None:
            _set_archived(connection, watch, fact, at=None)
        stored = read_known(row.baseline)
        if (stored, row.as_of) != (baseline.known, start_of(baseline.as_of)):
            differences.append(SeedDifference(fact=fact, stored=stored, stored_as_of=row.as_of, seed=baseline))
    for fact, row in known.items():
        if fact not in baselines and row.archived_at is None:
            _set_archived(connection, watch, fact, at=now)
    return tuple(differences)


def archive_watches(connection: Connection, *, but: Iterable[str], now: datetime) -> None:
    """Archive the facts of all watches whose rule file is gone; for a writing transaction at start and reload."""
    gone = update(facts).where(facts.c.watch.not_in(list(but)), facts.c.archived_at.is_(None))
    connection.execute(gone.values(archived_at=now))


def replace_baseline(connection: Connection, watch: str, fact: str, baseline: Baseline) -> None:
    """Begin a fact's ledger at another baseline; only right while the fact has no changes. For a writing transaction."""
    connection.execute(update(facts).where(facts.c.watch == watch, facts.c.fact == fact).values(**_columns(baseline)))


def load_baseline(connection: Connection, watch: str, fact: str) -> Baseline | None:
    """What a fact's ledger began with, and who said so; for any transaction."""
    row = connection.execute(select(facts).where(facts.c.watch == watch, facts.c.fact == fact)).one_or_none()
    if row is None:
        return None
    return Baseline(
        known=read_known(row.baseline), as_of=row.as_of.date(), note=row.note, source=row.source, source_url=row.source_url
    )


# --- the histories ----------------------------------------------------------------------------------


def load_history(connection: Connection, watch: str, fact: str) -> History | None:
    """One fact's history, archived or not; None where it has none. For any transaction; for writing ones before they judge."""
    row = connection.execute(select(facts).where(facts.c.watch == watch, facts.c.fact == fact)).one_or_none()
    if row is None:
        return None
    query = select(changes_table).where(changes_table.c.watch == watch, changes_table.c.fact == fact)
    steps = changes.read_changes(connection, query.order_by(changes_table.c.sequence))
    return History(watch=watch, fact=fact, baseline=read_known(row.baseline), as_of=row.as_of, changes=steps)


def load_histories(connection: Connection, watch: str) -> Mapping[str, History]:
    """The histories of a watch's live facts, by fact; three queries, however many facts. For any transaction."""
    rows = connection.execute(select(facts).where(facts.c.watch == watch, facts.c.archived_at.is_(None))).all()
    query = select(changes_table).where(changes_table.c.watch == watch)
    found = changes.read_changes(connection, query.order_by(changes_table.c.fact, changes_table.c.sequence))
    steps = {fact: tuple(group) for fact, group in groupby(found, key=lambda change: change.fact)}
    return {
        row.fact: History(
            watch=watch,
            fact=row.fact,
            baseline=read_known(row.baseline),
            as_of=row.as_of,
            changes=steps.get(row.fact, ()),
        )
        for row in rows
    }


def load_some(connection: Connection, names: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], History]:
    """The histories of some facts, archived or not, by watch and fact; three queries, however many facts. For any transaction."""
    rows = connection.execute(select(facts).where(tuple_(facts.c.watch, facts.c.fact).in_(names))).all()
    columns = changes_table.c
    query = select(changes_table).where(tuple_(columns.watch, columns.fact).in_(names))
    found = changes.read_changes(connection, query.order_by(columns.watch, columns.fact, columns.sequence))
    steps = {name: tuple(group) for name, group in groupby(found, key=lambda change: (change.watch, change.fact))}
    return {
        (row.watch, row.fact): History(
            watch=row.watch,
            fact=row.fact,
            baseline=read_known(row.baseline),
            as_of=row.as_of,
            changes=steps.get((row.watch, row.fact), ()),
        )
        for row in rows
    }


def list_in_force(connection: Connection) -> tuple[InForce, ...]:
    """The values of all live facts, by watch and fact; one query, however many facts and steps. For any transaction."""
    columns = changes_table.c
    place = func.row_number().over(
        partition_by=(columns.watch, columns.fact), order_by=(columns.effective.desc(), columns.sequence.desc())
    )
    steps = (
        select(columns.watch, columns.fact, columns.new, columns.corrected, columns.effective, place.label("place"))
        .where(columns.state == ChangeState.ACCEPTED.value)
        .subquery()
    )
    is_newest = and_(steps.c.watch == facts.c.watch, steps.c.fact == facts.c.fact, steps.c.place == 1)
    query = (
        select(facts.c.watch, facts.c.fact, facts.c.baseline, facts.c.as_of, steps.c.new, steps.c.corrected, steps.c.effective)
        .outerjoin_from(facts, steps, is_newest)
        .where(facts.c.archived_at.is_(None))
        .order_by(facts.c.watch, facts.c.fact)
    )
    return tuple(
        InForce(
            watch=row.watch,
            fact=row.fact,
            known=read_known(row.corrected or row.new or row.baseline),
            since=row.effective or row.as_of,
        )
        for row in connection.execute(query)
    )


def save_history(connection: Connection, before: History, after: History) -> tuple[Change, ...]:
    """Write what differs between two states of one fact's history.

    For the very writing transaction that loaded ``before``: only then is the difference true.

    Returns:
        The changes that are new or differ, in order.

    Raises:
        ValueError: It is another fact's history, or steps or evidence went missing; the ledger only grows.
        LookupError: An item of the evidence was never stored in these words.
    """
    if (before.watch, before.fact) != (after.watch, after.fact):
        raise ValueError(f"{after.watch}/{after.fact} is not {before.watch}/{before.fact}")
    if len(after.changes) < len(before.changes):
        raise ValueError(f"{after.watch}/{after.fact} lost a step; dismiss it instead")
    moved = []
    for index, change in enumerate(after.changes):
        if index >= len(before.changes):
            changes.add(connection, change)
        elif change != before.changes[index]:
            changes.amend(connection, before.changes[index], change)
        else:
            continue
        moved.append(change)
    return tuple(moved)


# --- rows -------------------------------------------------------------------------------------------


def _columns(baseline: Baseline) -> dict[str, object]:
    return {
        "baseline": write_known(baseline.known),
        "as_of": start_of(baseline.as_of),
        "note": baseline.note,
        "source": baseline.source,
        "source_url": baseline.source_url,
    }


def _set_archived(connection: Connection, watch: str, fact: str, *, at: datetime | None) -> None:
    connection.execute(update(facts).where(facts.c.watch == watch, facts.c.fact == fact).values(archived_at=at))
