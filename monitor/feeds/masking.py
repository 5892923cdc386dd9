"""Addresses as they may be shown: without the secrets that they can carry."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def shown(url: str) -> str:
    """The address for a message or a log: no user, no password, no fragment, and ``…`` for each value of the query."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return "an address that cannot be read"
    place = parts.netloc.rpartition("@")[2]
    query = urlencode([(name, "…") for name, _ in pairs], safe="…")
    return urlunsplit((parts.scheme, place, parts.path, query, ""))
