"""Signing: words that come back to us through strangers' hands, and are believed only if nobody changed them."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import quote, urlencode

from monitor.store.engine import Store
from monitor.store.keys import load_key, load_shared_key

LIFETIME = timedelta(days=14)
"""How long a link acts."""

ACTING = "/act"
"""Where links that act begin."""


class Action(StrEnum):
    """What a link may do to a change."""

    ACCEPT = "accept"
    DISMISS = "dismiss"


def key_of(store: Store) -> bytes:
    """The key of this installation: beside the embedded database, or in that of a server, where all processes find the same.

    Raises:
        StoreTrouble: It cannot be read or made.
    """
    return load_key(store.path.parent) if store.path else load_shared_key(store)


def sign(key: bytes, purpose: str, *words: str) -> str:
    """The signature of some words for one purpose; it is none for any other purpose or any other parting of the words."""
    told = "".join(f"{len(word)}:{word}" for word in (purpose, *words))
    return urlsafe_b64encode(hmac.digest(key, told.encode(), "sha256")).rstrip(b"=").decode()


def is_signed(key: bytes, signature: str, purpose: str, *words: str) -> bool:
    """Whether a signature is ours; the time it takes tells nothing."""
    return hmac.compare_digest(signature.encode(), sign(key, purpose, *words).encode())


def action_path(key: bytes, action: Action, change: str, *, now: datetime) -> str:
    """Where a change can be accepted or dismissed for two weeks without a login: ``/act/accept/WATCH/FACT%23N?…``."""
    until = str(int((now + LIFETIME).timestamp()))
    query = urlencode({"until": until, "signature": sign(key, "act", action, change, until)})
    return f"{ACTING}/{action}/{quote(change, safe='/')}?{query}"


def may_act(key: bytes, action: Action, change: str, *, until: str, signature: str, now: datetime) -> bool:
    """Whether a link is ours, for this action on this change, and still acts."""
    if not is_signed(key, signature, "act", action, change, until):
        return False  # and until is whatever somebody wrote
    return now <= datetime.fromtimestamp(int(until), UTC)
