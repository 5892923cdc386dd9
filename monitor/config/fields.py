"""The types of single values in rule and seed files: what is taken, what is said of anything else, and by which example."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BeforeValidator, Field, InstanceOf, StringConstraints, WithJsonSchema

from monitor.config.suggesting import nearest

EXAMPLES: Mapping[str, str] = {
    "version": "1",
    "watch": "xiaomi-ev",
    "title": "Start of mass production",
    "baseline": "../seeds/xiaomi-ev.yaml",
    "archive": "../seeds/xiaomi-ev.archive.jsonl",
    "subject": "{names: [Xiaomi, 小米汽车]}",
    "names": "[Xiaomi, 小米汽车]",
    "officials": "[Lei Jun]",
    "since": "2023-11-08",
    "as_of": "2023-11-14",
    "published": "2024-01-10",
    "date": "2023-11-14",
    "feeds": "[https://cnevpost.com/feed/]",
    "url": "https://cnevpost.com/feed/",
    "page": "https://example.org/status",
    "select": "main .news li",
    "every": "15m",
    "wait": "30m",
    "auth": "example",
    "label": "CnEVPost",
    "facts": "{launch: {title: Market launch, kind: period, about: [launch]}}",
    "kind": "period",
    "about": "[mass production, 量产]",
    "with": "[Szeged, Hungary]",
    "not": "[trial production]",
    "event": "start",
    "unit": "vehicle/year",
    "currency": "CNY",
    "states": "{applied: [applied for], approved: [approved, 获批]}",
    "tolerance": "2%",
    "plausible": "50000..1000000",
    "exact": "true",
    "overdue": "14d",
    "fiscal_year_start": "4",
    "alert": "{certainty: reported}",
    "reader": "{url: http://127.0.0.1:11434/v1, model: qwen3}",
    "model": "qwen3",
    "ask": "unsure",
    "trust": "either",
    "key": "hosted-model",
    "deadline": "60s",
    "calls": "500",
    "tokens": "1000000",
    "price": "0.15/0.60",
    "on": "[changes, completed]",
    "sources": "2",
    "notify": "[analysts]",
    "tests": "[{text: Production starts in 2025., published: 2024-01-10, expect: {}}]",
    "text": "Production starts in 2025.",
    "known": "{launch: 2024-H1}",
    "expect": "{launch: {verdict: changes, value: 2024-H2}}",
    "verdict": "changes",
    "value": "2024-H1",
    "source": "{title: Headline, publisher: Pandaily, date: 2023-11-14}",
    "publisher": "Pandaily",
    "note": "said by the chairman in October 2023",
    "zone": "Europe/Berlin",
    "default": "{when: hourly}",
    "tags": "{analysts: {when: daily, at: 08:00}}",
    "when": "daily",
    "at": "08:00",
    "quiet": "{from: 22:00, to: 07:00}",
    "from": "22:00",
    "to": "07:00",
    "unless": "official",
    "group": "watch",
    "silences": "[{until: 2024-06-03, watch: xiaomi-ev, note: trade fair}]",
    "until": "2024-06-03 12:00",
    "tag": "analysts",
    "fact": "xiaomi-ev/launch",
}

ENTRY_EXAMPLES: Mapping[str, str] = {
    "facts": "{title: Market launch, kind: period, about: [launch]}",
    "states": "[approved, 获批]",
    "tags": "{when: daily, at: 08:00}",
    "known": "2024-H1",
    "expect": "{verdict: changes, value: 2024-H2}",
}

# --- reading one value ------------------------------------------------------------------------------


def _shown(said: Any) -> str:
    return repr(said) if isinstance(said, str) else "this"


_DURATION = re.compile(r"(\d{1,6})([smhdw])")
_UNITS_OF_TIME = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _read_version(said: Any) -> int:
    if said != "1":
        raise ValueError("this program reads version 1; write version: 1")
    return 1


def _read_day(said: Any) -> date:
    try:
        return date.fromisoformat(said) if len(said) == len("2023-11-08") else date.fromisoformat("")
    except (ValueError, TypeError):
        raise ValueError(f"{_shown(said)} is no day; write year-month-day, for instance 2023-11-08") from None


def _read_duration(said: Any) -> timedelta:
    found = _DURATION.fullmatch(said) if isinstance(said, str) else None
    if not found:
        raise ValueError(f"{_shown(said)} is no length of time; write a number with s, m, h, d or w, for instance 15m")
    return timedelta(**{_UNITS_OF_TIME[found[2]]: int(found[1])})


def _read_days(said: Any) -> int:
    duration = _read_duration(said)
    if duration % timedelta(days=1) or not duration:
        raise ValueError("this is counted in whole days; write for instance 14d")
    return duration.days


def _read_interval(said: Any) -> timedelta:
    duration = _read_duration(said)
    if not timedelta(0) < duration <= timedelta(days=31):
        raise ValueError("a feed is asked between every 1s and every 31d; write for instance 15m")
    return duration


def _read_flag(said: Any) -> bool:
    if said not in ("true", "false"):
        raise ValueError(f"{_shown(said)} is no choice; write true or false")
    return bool(said == "true")


def _read_share(said: Any) -> Decimal:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", said) if isinstance(said, str) else None
    if not found or not 0 <= Decimal(found[1]) <= 100:
        raise ValueError(f"{_shown(said)} is no share; write a percentage, for instance 2%")
    return Decimal(found[1]) / 100


def _read_count(said: Any) -> int:
    if not (isinstance(said, str) and said.isascii() and said.isdecimal() and 1 <= int(said) <= 99):
        raise ValueError(f"{_shown(said)} is no such number; write a whole number from 1 to 99")
    return int(said)


def _read_limit(said: Any) -> int:
    if not (isinstance(said, str) and said.isascii() and said.isdecimal() and 1 <= int(said) <= 10**12):
        raise ValueError(f"{_shown(said)} is no limit; write a whole number above 0, for instance 500")
    return int(said)


def read_price(said: Any) -> tuple[Decimal, Decimal]:
    """What a million tokens cost, of questions and of answers: ``0.15/0.60``."""
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,6})?)\s*/\s*(\d{1,6}(?:\.\d{1,6})?)", said) if isinstance(said, str) else None
    if not found:
        raise ValueError(
            f"{_shown(said)} is no price; write what a million tokens of questions and of answers cost, for instance 0.15/0.60"
        )
    return Decimal(found[1]), Decimal(found[2])


def _read_patience(said: Any) -> timedelta:
    duration = _read_duration(said)
    if not timedelta(0) < duration <= timedelta(minutes=10):
        raise ValueError("an answer is waited for between 1s and 10m; write for instance 60s")
    return duration


def _read_month(said: Any) -> int:
    if not (isinstance(said, str) and said.isascii() and said.isdecimal() and 1 <= int(said) <= 12):
        raise ValueError(f"{_shown(said)} is no month; write its number, from 1 to 12")
    return int(said)


def _read_clock_time(said: Any) -> time:
    found = re.fullmatch(r"(\d{1,2}):(\d\d)", said) if isinstance(said, str) else None
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(f"{_shown(said)} is no time of day; write hours and minutes, for instance 08:00")
    return time(int(found[1]), int(found[2]))


def _read_moment(said: Any) -> datetime:
    """A day or a day with a time, on a clock that the file names elsewhere."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?", said) if isinstance(said, str) else None
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}+00:00" if found else "")
    except ValueError:
        raise ValueError(f"{_shown(said)} is no moment; write a day or a day and a time, for instance 2024-06-03 12:00") from None


def _read_zone(said: Any) -> ZoneInfo:
    try:
        return ZoneInfo(said if isinstance(said, str) else "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = nearest(said, available_timezones()) if isinstance(said, str) else None
        hint = f"did you mean {near!r}?" if near else "write its continent and city, for instance Europe/Berlin"
        raise ValueError(f"{_shown(said)} is no time zone; {hint}") from None


def _read_fact_name(said: Any) -> str:
    if not isinstance(said, str) or not re.fullmatch(r"[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*", said):
        raise ValueError(f"{_shown(said)} names no fact; write WATCH/FACT, for instance xiaomi-ev/launch")
    return said


def _read_web_address(said: Any) -> str:
    """A feed's address; the messages never repeat it, since it may hold a password."""
    if not isinstance(said, str):
        raise ValueError("this is no address; write for instance https://cnevpost.com/feed/")
    try:
        parts = urlsplit(said.strip())
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        raise ValueError("this address is broken; write for instance https://cnevpost.com/feed/") from None
    if parts.username is not None or parts.password is not None:
        raise ValueError(
            "a password does not belong in a rule file; write auth: NAME and put USER:PASSWORD into FACTWATCH_AUTH_NAME"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_sound or re.search(r"\s", said.strip()):
        raise ValueError("this is no web address; it begins with https:// or http://, for instance https://cnevpost.com/feed/")
    return said.strip()


def _read_selector(said: Any) -> str:
    from soupsieve import SelectorSyntaxError
    from soupsieve import compile as compile_selector

    try:
        compile_selector(said if isinstance(said, str) else "")
    except SelectorSyntaxError:
        raise ValueError(f"{_shown(said)} is no CSS selector; write for instance main .news li") from None
    return str(said)


def _read_currency(said: Any) -> str:
    from babel.numbers import list_currencies

    if not isinstance(said, str) or said not in list_currencies():
        raise ValueError(f"{_shown(said)} is no ISO 4217 currency; write its three capitals, for instance CNY, USD or EUR")
    return said


_TEXT_OR_NUMBER = WithJsonSchema({"type": ["string", "number"]})
_CLOCK_PATTERN = "^[0-9]{1,2}:[0-9]{2}$"
_MOMENT_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2})?$"
_DURATION_SCHEMA = WithJsonSchema({"type": "string", "pattern": "^[0-9]+[smhdw]$"})

Version = Annotated[int, BeforeValidator(_read_version), WithJsonSchema({"const": 1})]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Printed = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), _TEXT_OR_NUMBER]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=80)]
StateName = Annotated[str, StringConstraints(pattern=r"^\w[\w -]*$", max_length=80)]
Phrases = Annotated[list[Printed], Field(min_length=1)]
Day = Annotated[date, BeforeValidator(_read_day), WithJsonSchema({"type": "string", "format": "date"})]
Duration = Annotated[timedelta, BeforeValidator(_read_duration), _DURATION_SCHEMA]
Interval = Annotated[timedelta, BeforeValidator(_read_interval), _DURATION_SCHEMA]
Days = Annotated[int, BeforeValidator(_read_days), WithJsonSchema({"type": "string", "pattern": "^[0-9]+[dw]$"})]
Flag = Annotated[bool, BeforeValidator(_read_flag)]
Share = Annotated[Decimal, BeforeValidator(_read_share), WithJsonSchema({"type": "string", "pattern": "^[0-9.]+ ?%$"})]
Count = Annotated[int, BeforeValidator(_read_count), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 99})]
Limit = Annotated[int, BeforeValidator(_read_limit), WithJsonSchema({"type": "integer", "minimum": 1})]
Patience = Annotated[timedelta, BeforeValidator(_read_patience), _DURATION_SCHEMA]
Price = Annotated[
    tuple[Decimal, Decimal],
    BeforeValidator(read_price),
    WithJsonSchema({"type": "string", "pattern": "^[0-9.]+ */ *[0-9.]+$"}),
]
Month = Annotated[int, BeforeValidator(_read_month), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 12})]
ClockTime = Annotated[time, BeforeValidator(_read_clock_time), WithJsonSchema({"type": "string", "pattern": _CLOCK_PATTERN})]
Moment = Annotated[datetime, BeforeValidator(_read_moment), WithJsonSchema({"type": "string", "pattern": _MOMENT_PATTERN})]
Zone = Annotated[InstanceOf[ZoneInfo], BeforeValidator(_read_zone), WithJsonSchema({"type": "string"})]
FactName = Annotated[str, BeforeValidator(_read_fact_name), WithJsonSchema({"type": "string", "pattern": "^[^/]+/[^/]+$"})]
WebAddress = Annotated[str, BeforeValidator(_read_web_address), WithJsonSchema({"type": "string", "format": "uri"})]
Selector = Annotated[str, BeforeValidator(_read_selector)]
Currency = Annotated[str, BeforeValidator(_read_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]

VerdictName = Literal["confirms", "refines", "changes", "completed", "new_value", "cancelled", "denied"]
CertaintyName = Literal["rumour", "proposed", "reported", "official"]
