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
# The codes that a server answers with; Appendix A of PostgreSQL's manual.
_POSTGRESQL_WORDS = {
    "25006": "is read-only",
    "28000": "does not let this user in",
    "28P01": "does not take this user and password",
    "3D000": "is not there; make it with CREATE DATABASE",
    "42501": "does not allow this user what is needed (it has to own its tables)",
    "53100": "is full, or its disk is",
    "53200": "ran out of memory",
    "53300": "takes no more connections",
    "55P03": "is locked by another process",
}


def describe_trouble(error: SQLAlchemyError | sqlite3.Error, name: str) -> StoreTrouble | None:
    """The trouble behind a driver's error; None where the error is a fault of ours (bad SQL, a broken constraint).

    Args:
        name: What people call the database: its path, or its URL without the password.
    """
    words = _find_words(error)
    return StoreTrouble(f"the database {name} {words}; {_outcome(error)}") if words else None


def _outcome(error: SQLAlchemyError | sqlite3.Error) -> str:
    """What became of the transaction; a line that breaks while it is committed leaves that open."""
    is_cut_off = isinstance(error, DBAPIError) and error.connection_invalidated
    return "what was not confirmed is done again" if is_cut_off else "nothing was written"


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
    if words := _POSTGRESQL_WORDS.get(getattr(origin, "sqlstate", None) or ""):
        return words
    if isinstance(error, OperationalError | InterfaceError | InternalError):
        return f"does not answer ({str(origin).strip().splitlines()[0]})"
    return None
