"""What a failing database means for the program, in one clear line."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from monitor.errors import StoreTrouble

_PRIMARY_CODE = 0xFF
_SQLITE_WORDS = {
    sqlite3.SQLITE_PERM: "may not be opened",
    sqlite3.SQLITE_BUSY: "is locked by another process",
    sqlite3.SQLITE_LOCKED: "is locked by another process",
    sqlite3.SQLITE_NOMEM: "ran out of memory",
    sqlite3.SQLITE_READONLY: "is read-only",
    sqlite3.SQLITE_IOERR: "cannot be read or written (disk error)",
    sqlite3.SQLITE_CORRUPT: "is damaged",
    sqlite3.SQLITE_FULL: "is full, or its disk is",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_NOTADB: "is no SQLite database",
}


def describe_trouble(error: SQLAlchemyError | sqlite3.Error, name: str) -> StoreTrouble | None:
    """The trouble behind a driver's error; None where the error is a fault of ours (bad SQL, a broken constraint).

    Args:
        name: What people call the database: its path, or its URL without the password.
    """
    words = _find_words(error)
    return StoreTrouble(f"the database {name} {words}; nothing was written") if words else None


def _find_words(error: SQLAlchemyError | sqlite3.Error) -> str | None:
    if isinstance(error, PoolTimeout):
        return "has no connection left"
    if isinstance(error, IntegrityError):
        return None
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, sqlite3.Error):
        # Absent on errors that Python's own module raises before SQLite is asked.
        code = getattr(origin, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY_CODE
        return _SQLITE_WORDS.get(code)
    if isinstance(error, OperationalError | InterfaceError | InternalError):
        return f"does not answer ({str(origin).strip().splitlines()[0]})"
    return None
