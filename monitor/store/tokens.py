"""Tokens of the API: who was given one, for what, and when it was used last; never the token itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from monitor.store.tables import tokens


class Scope(StrEnum):
    """What a token lets its holder do; ``write`` includes reading."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRecord:
    """A token that was given out.

    Attributes:
        name: Who has it, in the words of whoever gave it.
        last_used: To the minute; None where never.
        revoked_at: Since when it opens nothing.
    """

    id: int
    name: str
    scope: Scope
    created: datetime
    last_used: datetime | None
    revoked_at: datetime | None


def add(connection: Connection, name: str, digest: str, scope: Scope, *, now: datetime) -> int:
    """Write down a new token by the hash of its text; for a writing transaction. Returns its id."""
    row = {"name": name, "digest": digest, "scope": scope.value, "created": now}
    token_id: int = connection.execute(insert(tokens).values(row).returning(tokens.c.id)).scalar_one()
    return token_id


def find(connection: Connection, digest: str) -> TokenRecord | None:
    """The token of a hash, revoked or not; for any transaction."""
    row = connection.execute(select(tokens).where(tokens.c.digest == digest)).one_or_none()
    return _read(row) if row else None


def list_all(connection: Connection) -> tuple[TokenRecord, ...]:
    """Every token that was ever given out, oldest first; for any transaction."""
    return tuple(map(_read, connection.execute(select(tokens).order_by(tokens.c.id))))


def note_use(connection: Connection, token_id: int, *, now: datetime) -> None:
    """Record that a token was used; for a writing transaction."""
    connection.execute(update(tokens).where(tokens.c.id == token_id).values(last_used=now))


def revoke(connection: Connection, token_id: int, *, now: datetime) -> bool:
    """End a token for good; for a writing transaction. Returns whether it was valid until now."""
    valid = update(tokens).where(tokens.c.id == token_id, tokens.c.revoked_at.is_(None))
    return connection.execute(valid.values(revoked_at=now)).rowcount == 1


def _read(row: Row[Any]) -> TokenRecord:
    return TokenRecord(
        id=row.id,
        name=row.name,
        scope=Scope(row.scope),
        created=row.created,
        last_used=row.last_used,
        revoked_at=row.revoked_at,
    )
