"""What each second reader has cost a day, in calls and tokens; all processes of one database spend from one purse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select, update

from monitor.store.engine import insert_unless_known
from monitor.store.tables import spending


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Sums of one reader.

    Attributes:
        calls: Questions that were sent out, answered or not.
        failures: Those of them that were not answered.
    """

    reader: str
    calls: int = 0
    failures: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


def on_day(connection: Connection, day: date, reader: str) -> Spent:
    """What a reader has cost on a day; for any transaction."""
    found = select(spending).where(spending.c.day == day.isoformat(), spending.c.reader == reader)
    row = connection.execute(found).one_or_none()
    if row is None:
        return Spent(reader=reader)
    return Spent(reader=reader, calls=row.calls, failures=row.failures, tokens_in=row.tokens_in, tokens_out=row.tokens_out)


def in_all(connection: Connection, *, since: date | None = None) -> tuple[Spent, ...]:
    """What each reader has cost since a day, by name; for any transaction."""
    sums = [func.sum(column).label(column.name) for column in spending.c if column.name not in ("day", "reader")]
    query = select(spending.c.reader, *sums).group_by(spending.c.reader).order_by(spending.c.reader)
    if since is not None:
        query = query.where(spending.c.day >= since.isoformat())
    return tuple(
        Spent(
            reader=row.reader,
            calls=int(row.calls),
            failures=int(row.failures),
            tokens_in=int(row.tokens_in),
            tokens_out=int(row.tokens_out),
        )
        for row in connection.execute(query)
    )


def add(connection: Connection, day: date, spent: Spent) -> None:
    """Add to a day's sums of a reader; for a writing transaction."""
    row = {"day": day.isoformat(), "reader": spent.reader}
    insert_unless_known(connection, spending, **row, calls=0, failures=0, tokens_in=0, tokens_out=0)
    connection.execute(
        update(spending)
        .where(spending.c.day == row["day"], spending.c.reader == row["reader"])
        .values(
            calls=spending.c.calls + spent.calls,
            failures=spending.c.failures + spent.failures,
            tokens_in=spending.c.tokens_in + spent.tokens_in,
            tokens_out=spending.c.tokens_out + spent.tokens_out,
        )
    )
