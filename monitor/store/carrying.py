"""Carrying a whole database over to another of whatever kind: every row of every table, counted and compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Table, exists, func, insert, select, text

from monitor.errors import StoreTrouble
from monitor.store.tables import metadata

_BATCH = 500
_HASHES = 1 << 256


def count_rows(connection: Connection) -> Mapping[str, int]:
    """How many rows each table has, those first that others refer to; for any transaction."""
    return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in _tables()}


def is_empty(connection: Connection) -> bool:
    """Whether no table holds anything; for any transaction."""
    return not any(connection.execute(select(exists().select_from(table))).scalar_one() for table in _tables())


def carry(source: Connection, target: Connection, *, moved: Callable[[int], object] = lambda rows: None) -> Mapping[str, int]:
    """Copy everything into an empty database of the same revision; for one writing transaction of the target.

    What arrived is read back and compared by number and content, since the two may keep texts, numbers and moments in other ways.

    Args:
        moved: Called with a number of rows each time that so many were written, and again when they were compared.

    Returns:
        How many rows of each table were carried.

    Raises:
        StoreTrouble: What arrived is not what was sent; the caller's transaction must not be committed.
    """
    sent: dict[str, tuple[int, int]] = {}
    for table in _tables():
        sent[table.name] = _copy(source, target, table, moved)
        _go_on_numbering(target, table)
    for table in _tables():
        if _sum_up(target, table, moved) != sent[table.name]:
            raise StoreTrouble(f"the rows of {table.name} did not arrive as they were sent; nothing was written")
    return {name: count for name, (count, _) in sent.items()}


def _tables() -> list[Table]:
    return metadata.sorted_tables


def _copy(source: Connection, target: Connection, table: Table, moved: Callable[[int], object]) -> tuple[int, int]:
    """Copy one table; how many rows it has, and their fingerprint."""
    count, fingerprint = 0, 0
    for batch in _read(source, table):
        target.execute(insert(table), [dict(row._mapping) for row in batch])
        count, fingerprint = count + len(batch), _add(fingerprint, batch)
        moved(len(batch))
    return count, fingerprint


def _sum_up(connection: Connection, table: Table, moved: Callable[[int], object]) -> tuple[int, int]:
    """How many rows a table has, and their fingerprint."""
    count, fingerprint = 0, 0
    for batch in _read(connection, table):
        count, fingerprint = count + len(batch), _add(fingerprint, batch)
        moved(len(batch))
    return count, fingerprint


def _read(connection: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    rows = connection.execute(select(table).execution_options(yield_per=_BATCH))
    yield from map(list, rows.partitions())


def _add(fingerprint: int, rows: list[Row[Any]]) -> int:
    """The fingerprint with more rows in it; a sum, for no two kinds of database give rows in the same order."""
    for row in rows:
        written = json.dumps(list(row), sort_keys=True, default=datetime.isoformat)
        fingerprint += int.from_bytes(sha256(written.encode()).digest())
    return fingerprint % _HASHES


def _go_on_numbering(connection: Connection, table: Table) -> None:
    """Have new rows numbered from the last one on; SQLite does so by itself."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    last = connection.execute(select(func.max(column))).scalar_one()
    if last is not None:
        sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
        connection.execute(sequence, {"table": table.name, "column": column.name, "last": last})
