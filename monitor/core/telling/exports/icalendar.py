"""Expected dates as a calendar (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from monitor.core.claims import Certainty
from monitor.core.telling.exports.positions import Position
from monitor.core.telling.inert import clean, web_link
from monitor.core.telling.stationery import Stationery
from monitor.core.telling.wording import show_known
from monitor.core.values import DAY, Period, Standing

MEDIA_TYPE = "text/calendar"
_LONGEST_LINE = 75  # octets, without the line break
_LONGEST_EVENT = 31  # days


def write_calendar(positions: Iterable[Position], *, stationery: Stationery, name: str = "Expected dates") -> bytes:
    """All dates that are expected, as all-day events.

    A period of up to a month is an event as long as it; a longer one, or a deadline, stands on its last day, and an earliest
    date on its first. An event keeps its UID when its date moves, so that calendars move it too.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Factwatch//Expected dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for position in positions for line in _event(position, stationery)),
        "END:VCALENDAR",
    ]
    return "".join(f"{fold_line(line)}\r\n" for line in lines).encode()


def _event(position: Position, stationery: Stationery) -> Iterator[str]:
    """The lines of one event; none for what is no expected date."""
    period = position.known.value
    if not isinstance(period, Period) or position.known.standing is not Standing.EXPECTED:
        return
    first, last, where = _place(period)
    step = position.step
    said = f"{show_known(position.known)}, {position.certainty}: {clean(position.source)}"
    link = stationery.change_link(step.key) if step else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{position.name}@factwatch"
    yield f"DTSTAMP:{_stamp(position.since)}"
    yield f"LAST-MODIFIED:{_stamp(position.since)}"
    yield f"SEQUENCE:{step.sequence if step else 0}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + DAY:%Y%m%d}"
    yield f"SUMMARY:{escape_text(f'{clean(position.watch.title)}: {clean(position.fact.title)}{where}')}"
    yield f"DESCRIPTION:{escape_text(said)}"
    if address := link or web_link(position.url):
        yield f"URL:{address}"
    yield f"CATEGORIES:{escape_text(clean(position.watch.title))}"
    yield f"STATUS:{'CONFIRMED' if step is None or step.certainty is Certainty.OFFICIAL else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _place(period: Period) -> tuple[date, date, str]:
    """First and last day of a period's event, and what they are of it."""
    match period:
        case Period(first=date() as first, last=date() as last) if (last - first).days < _LONGEST_EVENT:
            return first, last, ""
        case Period(last=date() as last):
            return last, last, f" (last day of {period})" if period.first else f" (by {last})"
        case Period(first=date() as first):
            return first, first, f" (not before {first})"
        case _:
            raise AssertionError("a period has at least one end")


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


# --- the form ---------------------------------------------------------------------------------------

_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def escape_text(text: str) -> str:
    """A text as the value of a property: line breaks of any sort as ``\\n``, no other control characters."""
    plain = _CONTROLS.sub("", _BREAKS.sub("\n", text)).encode("utf-8", "replace").decode()
    return "".join(_ESCAPES.get(character, character) for character in plain)


def fold_line(line: str) -> str:
    """A content line in pieces of at most 75 octets, parted between characters; a space opens each further one."""
    pieces, piece, room = [], "", _LONGEST_LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", _LONGEST_LINE - 1
        piece += character
        room -= size
    return "\r\n ".join([*pieces, piece])
