"""Addresses of the web: as they may be shown, without the secrets that they can carry, and as documents write them."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urljoin, urlsplit, urlunsplit


def shown(url: str) -> str:
    """The address for a message or a log: no user, no password, no fragment, and ``…`` for each value of the query."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return "an address that cannot be read"
    place = parts.netloc.rpartition("@")[2]
    query = "&".join(f"{quote(name)}=…" for name, _ in pairs)
    return urlunsplit((parts.scheme, place, parts.path, query, ""))


def absolute(base: str, link: str) -> str:
    """The link as a full address of the web, or empty: a document has no business with ``javascript:`` and the like."""
    try:
        joined = urljoin(base, link.strip())
        return joined if urlsplit(joined).scheme in {"http", "https"} and link.strip() else ""
    except ValueError:
        return ""
