"""Rows for every table there is, made from the columns' types, so that a new table is tried out as soon as it exists."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Integer, Table, insert, select

from monitor.store.tables import Instant, metadata
from tests.store.builders import NOW

ROWS = 3
_ODD = "获批 'quoted' \"twice\" \\ back\nslash\t😀"


def fill(connection: Connection) -> None:
    """Put some rows into each table; every second value that may be missing is."""
    for table in metadata.sorted_tables:
        connection.execute(insert(table), [_row(table, number) for number in range(1, ROWS + 1)])


def contents(connection: Connection) -> dict[str, set[str]]:
    """All that is in the tables, in no order."""
    return {
        table.name: {repr(sorted(row._mapping.items())) for row in connection.execute(select(table))}
        for table in metadata.sorted_tables
    }


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(column, number) for column in table.columns}


def _value(column: Column[Any], number: int) -> Any:
    """The same number everywhere, so that what refers to another row finds it."""
    for key in column.foreign_keys:
        return _value(key.column, number)
    if column.nullable and number % 2:
        return None
    match column.type:
        case Instant():
            return NOW + timedelta(minutes=number, microseconds=number)
        case Boolean():
            return bool(number % 2)
        case JSON():
            return {"number": number, "share": 0.1 * number, "text": _ODD, "list": [None, True, []]}
        case Integer():
            return number
        case _:
            return f"{column.table.name} {column.name} {number} {_ODD}"
