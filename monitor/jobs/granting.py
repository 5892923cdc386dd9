"""Granting: tokens of the API are given out, known again, and revoked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from monitor.errors import UserFault
from monitor.store import tokens
from monitor.store.engine import Store
from monitor.store.tokens import Scope, TokenRecord

PREFIX = "fw_"
"""By which scanners for secrets know a token that was published by mistake."""

_BYTES = 32
_LONGEST_NAME = 80
_USE_IS_NOTED_EVERY = timedelta(minutes=1)


def grant(store: Store, name: str, scope: Scope, *, now: datetime) -> tuple[int, str]:
    """Give out a token.

    Returns:
        Its id, and its text, which is kept nowhere: whoever loses it needs a new one.

    Raises:
        UserFault: The name is empty, too long, or no line of text.
    """
    label = name.strip()
    if not label or len(label) > _LONGEST_NAME or not label.isprintable():
        raise UserFault(f"a token needs a name of at most {_LONGEST_NAME} characters, such as the program that will use it")
    text = PREFIX + secrets.token_urlsafe(_BYTES)
    with store.transaction() as connection:
        return tokens.add(connection, label, _digest(text), scope, now=now), text


def recognise(store: Store, text: str) -> TokenRecord | None:
    """Whose token a text is; None where it is nobody's, or was revoked.

    A plain hash is enough to look it up by: 256 random bits cannot be guessed, whatever a guess costs.
    """
    if not text.startswith(PREFIX):
        return None
    with store.reading() as connection:
        found = tokens.find(connection, _digest(text))
    return found if found and found.revoked_at is None else None


def is_use_news(token: TokenRecord, *, now: datetime) -> bool:
    """Whether a use is worth a write: the last one on record is a minute old, or of a clock that was set since."""
    return token.last_used is None or abs(now - token.last_used) >= _USE_IS_NOTED_EVERY


def note_use(store: Store, token: TokenRecord, *, now: datetime) -> None:
    """Record that a token was used."""
    with store.transaction() as connection:
        tokens.note_use(connection, token.id, now=now)


def revoke(store: Store, token_id: int, *, now: datetime) -> TokenRecord:
    """End a token at once.

    Raises:
        UserFault: There is none of that number, or it was revoked already.
    """
    with store.transaction() as connection:
        known = {token.id: token for token in tokens.list_all(connection)}
        if token_id not in known:
            raise UserFault(f"no token {token_id}; factwatch tokens list shows them all")
        if not tokens.revoke(connection, token_id, now=now):
            raise UserFault(f"token {token_id} ({known[token_id].name}) was revoked already")
    return known[token_id]


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
