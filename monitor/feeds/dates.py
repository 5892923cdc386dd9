"""Dates as feeds write them: ISO 8601 and its careless kin, mail dates, seconds since 1970."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from monitor.feeds.answers import read_http_date

# feedparser reads "2024/01/05" and "2024年1月5日" as 1 November, so numeric dates are ours.
_YEAR_FIRST = r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
_DAY_FIRST = r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})"
_CLOCK = (
    r"(?:(?:T|,|\s)\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*"
    r"(?P<zone>Z|UTC|GMT|[-+]\d{2}(?::?\d{2})?)?)?"
)
_NUMERIC = tuple(re.compile(rf"\s*{day}{_CLOCK}\s*", re.IGNORECASE) for day in (_YEAR_FIRST, _DAY_FIRST))
_SECONDS = re.compile(r"\s*(\d{9,10})(?:\d{3})?\s*")


def read_date(text: str) -> datetime | None:
    """The moment that a feed states, in UTC; a time without a zone is taken for UTC, a day without a time for its midnight.

    None where it is of no known form; ``01/05/2024`` is one of those, since nobody knows which number is the month.
    """
    for pattern in _NUMERIC:
        found = pattern.fullmatch(text)
        if found:
            return _moment(found)
    seconds = _SECONDS.fullmatch(text)
    if seconds:
        return datetime.fromtimestamp(int(seconds[1]), UTC)
    return read_http_date(text) if len(text) < 100 else None


def _moment(found: re.Match[str]) -> datetime | None:
    numbers = {name: int(found[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")}
    numbers["second"] = min(numbers["second"], 59)  # a leap second
    try:
        return datetime(**numbers, tzinfo=_zone(found["zone"] or "")).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    if text[:1] not in {"+", "-"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
