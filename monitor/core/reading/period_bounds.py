"""Last pass of the date grammar: deadlines and beginnings, which leave one end open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.core.reading.period_grammar import SPANS, Found, Rule
from monitor.core.reading.resolving import Reading, a_year, in_year
from monitor.core.values import DAY, Period, Shift

# "From the 12th to the 15th": what an end begins with.
_UP_TO = ("to", "until", "dash")
_MOVES = ("delay", "advance", "move")
_WEEK = timedelta(days=7)
# In days: "from 10 December", told a week later, has begun.
_JUST_BEGUN = 31
_DENIAL_REACH = 3  # words


def _by(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    return None if span.last is None or span.unit == "range" else replace(span, first=None)


def _until(found: Found) -> Reading | None:
    """ "Delayed until October" and "not until October" name October itself; "closed until October" a deadline."""
    breakers = ("delay", "move") if found.get("until") == "deadline" else ("delay", "move", "negation")
    return None if found.governing(*breakers) else _by(found)


def _before(found: Found) -> Reading | None:
    """ "Before 2027" ends with 2026, "before the end of 2026" with 2026 itself; "cannot open before 2027" begins with 2027."""
    span: Reading = found.get(*SPANS)
    if span.first is None or span.last is None or span.unit == "range":
        return None
    if found.governing("negation", "comma") == "negation" or _is_denied_behind(found):
        return replace(span, last=None, begins=span.period)
    is_deadline_day = found.has("before_after") and span.unit == "day" and span.first.day > 1
    last = span.last if span.unit == "end" or is_deadline_day else span.first - DAY
    return replace(span, first=None, last=last)


def _is_denied_behind(found: Found) -> bool:
    """ "2027年前不会开工", "Vor 2030 wird nichts gebaut": the denial stands behind a date that leads."""
    is_leading = found.has("before_after") or found.previous_kind == "stop"
    return is_leading and any(found.kind_at(distance) == "negation" for distance in range(_DENIAL_REACH))


def _since(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    is_bound = found.has("since_after", "earliest") or found.get("since") in ("bound", "earliest")
    has_end = found.next_kind in _UP_TO and found.kind_at(1) in (*SPANS, "on", "in")
    if span.first is None or span.unit == "range" or (has_end and not is_bound):
        return None
    today = found.moment.published
    if found.get("since") == "past":  # "since 2004": where something began, not that it is still to come
        return in_year(span, span.first.year - 1) if span.floating and span.first > today else span
    # "From earlier today" ends today and is past for all that.
    is_past = span.last is not None and (span.last < today or (span.last == today and span.unit == "span"))
    if is_past and span.floating and _is_untold(found):
        return _next_of(found, span)
    if _is_left(found) or (found.has("since") and is_past and not is_bound):
        return span
    return replace(span, last=None, begins=None if is_bound or span.last is None else span.period)


def _is_untold(found: Found) -> bool:
    """No word tells that the beginning is past; where "from" is also "since", only a weekday is taken for one to come."""
    is_open = found.get("since") != "either" or _is_weekday(found)
    return is_open and found.moment.tenses.before(found.offset) is None


def _is_left(found: Found) -> bool:
    """ "Moved from 2026", "由2026年推迟到2028年", "2025年9月から26年4月に延期": the date that no longer holds."""
    if found.has("since_after"):
        return found.next_kind in SPANS
    is_plain = found.has("since") and not found.has("earliest") and found.get("since") not in ("bound", "earliest")
    return is_plain and (found.next_kind in _MOVES or found.governing(*_MOVES) is not None)


def _is_weekday(found: Found) -> bool:
    return any(atom.rule.startswith("weekday") for atom in found.atoms[found.start : found.end])


def _next_of(found: Found, span: Reading) -> Reading:
    """ "Names Abel chief from 1 January", "opens from Monday": what is yet to begin, unless it was but days ago."""
    first, last = span.first or found.moment.published, span.last or found.moment.published
    if _is_weekday(found):
        return replace(span, first=first + _WEEK, last=None, begins=Period(first=first + _WEEK, last=last + _WEEK))
    if (found.moment.published - last).days <= _JUST_BEGUN:
        return span
    meant = Shift(months=12).moved(span.period)
    return replace(span, first=meant.first, last=None, begins=meant)


def _since_short_year(found: Found) -> Reading | None:
    """27年以降, 2027年起: the words that open the period begin with the mark of the year."""
    atom = next(atom for atom in found.atoms[found.start : found.end] if atom.kind in ("number", "theyear"))
    year: Reading | None = found.get("theyear")
    if year is None and isinstance(atom.value, int) and len(atom.text) == 2 and atom.text.isascii():
        year = a_year(2000 + atom.value)
    return None if year is None else replace(year, last=None)


def _open(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    return None if span.first is None else replace(span, last=None, begins=span.period if span.last else None)


def _after(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    return None if span.last is None else replace(span, first=span.last + timedelta(days=1), last=None)


def _later_than(found: Found) -> Reading | None:
    return None if found.get("than") == -1 else _after(found)


BOUND_RULES = (
    Rule("since then on", "since span since_after", "自3月1日起", "from_period", _open),
    Rule("by", "(by|latest) (by|on|in|of|to)? span", "by end-June", "until_period", _by),
    Rule("until", "until (on|in|of|to)? span", "closed until March", "until_period", _until),
    Rule("by behind", "span of? (by_after|latest)", "2026年3月まで", "until_period", _by),
    Rule("before", "(before|ago) (on|in|of|to)? span", "before 2027", "until_period", _before),
    Rule("before behind", "span before_after", "年底前", "until_period", _before),
    Rule("since", "(since|earliest) (since|on|in|of|to|by)? span", "not before 2027", "from_period", _since),
    Rule(
        "since a short year",
        "(since theyear|since number|theyear|number) year_since",
        "27年以降",
        "from_period",
        _since_short_year,
    ),
    Rule("since behind", "span (since_after|earliest)", "December 2026 at the earliest", "from_period", _since),
    Rule("after", "after (on|in|of|to)? span", "after 2027", "from_period", _after),
    Rule("after behind", "span after_after", "2027年以后", "from_period", _after),
    Rule("later than", "(late|than) span", "later than 2027", "from_period", _later_than),
)
