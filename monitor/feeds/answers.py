"""What the head of an answer says: how long it may be kept, how long we are asked to stay away, which charset it is in."""

from __future__ import annotations

import codecs
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_LONGEST = timedelta(days=1)


def read_retry_after(header: str, now: datetime) -> float | None:
    """Seconds to stay away by a Retry-After header, at most a day; None where it says nothing that can be read."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), _LONGEST.total_seconds())
    moment = read_http_date(text)
    return None if moment is None else min(max((moment - now).total_seconds(), 0.0), _LONGEST.total_seconds())


def read_max_age(cache_control: str) -> timedelta | None:
    """How long the answer stays fresh by its Cache-Control header, if that says so."""
    found = _MAX_AGE.search(cache_control)
    return timedelta(seconds=int(found[1])) if found else None


def read_charset(content_type: str) -> str:
    """The charset of a Content-Type header; empty where none is stated, or one that nobody knows."""
    found = _CHARSET.search(content_type)
    try:
        return codecs.lookup(found[1]).name if found else ""
    except LookupError:
        return ""


def read_http_date(text: str) -> datetime | None:
    """The moment of a date as HTTP and mail write it, or None."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
