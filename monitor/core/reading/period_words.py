"""First pass of the date grammar: words and numbers to years, relative units, quarters, lengths of time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from monitor.core.reading.period_grammar import RELATIVES, UNITS, Found, Rule
from monitor.core.reading.resolving import (
    DAYS_OF_UNIT,
    MONTHS_OF_UNIT,
    Moment,
    Reading,
    Span,
    a_year,
    advance,
    fiscal_year,
    run_of_months,
    step,
)
from monitor.core.values import DAY

_WHEN = re.compile(r"([a-z]+)([+-]\d+)")
# What makes "30日" thirty days.
_AFTER_DAYS = frozenset(("within_after", "hence", "after_after"))
# "4 to 23 next month", "2021年的最后4个月": the number belongs to what stands before.
_NO_RUN_BEHIND = frozenset(("to", "dash", "and", "by", "when", "year_mark"))
# What "the last week of" may be a part of.
_WHOLES = frozenset(("month", "month_weak", "year", "relative", "when", "number", "season", "feast"))
# What may follow the short year of a Chinese date; by itself "25年" is a length of time.
_AFTER_SHORT_YEAR = frozenset(
    ["number", "nth", "half", "quarter", "quarter_after", "year_part", "season", "part_after", "half_mark", "quarter_mark"]
)


def _year(found: Found) -> Reading | None:
    year = found.get("year", "short_year")
    return None if found.has("unit") and found.get("unit") != "year" else a_year(year)


def _words_of(found: Found) -> list[int]:
    """The matched numbers, if all of them are words of letters."""
    atoms = [atom for atom in found.atoms[found.start : found.end] if atom.kind == "number"]
    return [atom.value for atom in atoms if atom.text[:1].isalpha() and isinstance(atom.value, int)]


def _compound_number(found: Found) -> int | None:
    match _words_of(found):
        case [tens, ones] if tens in range(20, 100, 10) and ones < 10:
            return tens + ones
    return None


def _year_in_words(found: Found) -> Reading | None:
    match _words_of(found):
        case [2000, rest] if rest < 100:
            return a_year(2000 + rest)
        case [2000, tens, ones] if tens in range(20, 100, 10) and ones < 10:
            return a_year(2000 + tens + ones)
        case [19 | 20 as century, rest] if 10 <= rest < 100 and not found.has("and"):
            return a_year(100 * century + rest)
        case [19 | 20 as century, tens, ones] if tens in range(20, 100, 10) and ones < 10 and not found.has("and"):
            return a_year(100 * century + tens + ones)
    return None


def _short_marked_year(found: Found) -> Reading | None:
    atom, number = found.atoms[found.start], found.get("number")
    if not isinstance(number, int) or number > 99 or len(atom.text) != 2 or "十" in atom.text:
        return None
    if atom.text[0] not in "0零〇" and found.next_kind not in _AFTER_SHORT_YEAR:
        return None
    return a_year(2000 + number if number < 70 else 1900 + number)


def _two_years(found: Found) -> Reading | None:
    first: int = found.get("two_years")
    if found.moment.fiscal_year_start > 1 or found.has("fiscal"):
        return fiscal_year(first + 1, found.moment)
    return run_of_months(first, 1, 24, "span")


def _fiscal(found: Found) -> Reading | None:
    named_by_start = found.get("fiscal", "fiscal_after") == "starts"
    year = found.get("year", "short_year")
    if year is None:
        number = found.get("number")
        if not isinstance(number, int) or number > 99:
            return None
        year = 2000 + number
    return fiscal_year(year, found.moment, named_by_start=named_by_start)


def _relative_fiscal(found: Found) -> Reading | None:
    moment = found.moment
    start = moment.fiscal_year_start
    begun = moment.published.year - (moment.published.month < start)
    return run_of_months(begun + found.get(*RELATIVES), start, 12, "year")


def _fiscal_end(found: Found) -> Reading | None:
    month = found.get("month", "month_weak", "month_short")
    year = found.get("year")
    return run_of_months(year - 1 if month < 12 else year, month % 12 + 1, 12, "year")


def _is_part_of_whole(found: Found) -> bool:
    """ "The last week of July", "the last four months of the year"."""
    return found.get(*RELATIVES) == -1 and found.next_kind in ("of", "in") and found.kind_at(1) in _WHOLES


def _relative_unit(found: Found) -> Reading | None:
    if _is_part_of_whole(found):
        return None
    return step(found.get(*UNITS) or "year", found.get(*RELATIVES), found.moment)


def _relative_run(found: Found) -> Reading | None:
    """So many units from tomorrow on, or until today."""
    if _is_part_of_whole(found) or found.previous_kind in _NO_RUN_BEHIND:
        return None
    number, unit, direction = found.get("number"), found.get(*UNITS) or "year", found.get(*RELATIVES)
    span = _span(number, unit)
    if span is None or direction == 0:
        return None
    today = found.moment.published
    if unit in ("quarter", "half", "decade"):
        return _run_of_whole(unit, round(number), direction, found.moment)
    if direction > 0:
        return Reading(first=today + DAY, last=advance(today, span))
    return Reading(first=advance(today, span, -1), last=today - DAY)


def _run_of_whole(unit: str, number: int, direction: int, moment: Moment) -> Reading | None:
    """The past two quarters: whole ones, without the present."""
    nearest, farthest = step(unit, direction, moment), step(unit, direction * number, moment)
    if nearest is None or farthest is None:
        return None
    first, last = (nearest, farthest) if direction > 0 else (farthest, nearest)
    return Reading(first=first.first, last=last.last)


def _when(found: Found) -> Reading | None:
    """A value of the lexicon: ``year+1``, ``day-2``, ``year+1..year+2``."""
    readings = [_one_when(found, form) for form in str(found.get("when")).split("..")]
    first, last = readings[0], readings[-1]
    if first is None or last is None:
        return None
    return first if len(readings) == 1 else replace(first, last=last.last, unit="span")


def _one_when(found: Found, form: str) -> Reading | None:
    parsed = _WHEN.fullmatch(form)
    return None if parsed is None else step(parsed[1], int(parsed[2]), found.moment)


def _rest_of_unit(found: Found) -> Reading | None:
    """From the day of publication to the end of the year, month or quarter."""
    present = step(found.get("rest_unit"), 0, found.moment)
    return None if present is None else replace(present, first=found.moment.published, unit="span")


def _epoch(found: Found) -> Reading:
    first, last = str(found.get("epoch")).split("..")
    return Reading(first=date.fromisoformat(first), last=date.fromisoformat(last))


def _decade(found: Found) -> Reading | None:
    decade = found.get("year", "number")
    if not isinstance(decade, int) or decade % 10:
        return None
    if decade < 100:
        decade += 2000 if decade < 50 else 1900
    return run_of_months(decade, 1, 120, "decade")


def _century(found: Found) -> Reading | None:
    number: int = found.get("ordinal")
    if found.get("unit") != "century" or number not in (20, 21):
        return None
    return Reading(first=date(100 * number - 100, 1, 1), last=date(100 * number - 1, 12, 31), unit="century")


def _ordinal_unit(unit: str, highest: int) -> Any:
    def build(found: Found) -> int | None:
        number = found.get("ordinal", "number")
        if found.previous_kind == "before_after":
            return None  # "前三季度" are three quarters
        if found.has("unit") and found.get("unit") != unit:
            return None
        return number if number in (*range(1, highest + 1), -1) else None

    return build


def _span(number: Any, unit: str) -> Span | None:
    """A number of units; halves of them as whole months or days."""
    if number is None or number <= 0:
        return None
    if unit in MONTHS_OF_UNIT:
        return Span(months=round(number * MONTHS_OF_UNIT[unit]), days=0, unit=unit)
    if unit in DAYS_OF_UNIT:
        return Span(months=0, days=round(number * DAYS_OF_UNIT[unit]), unit=unit)
    return None


def _duration(found: Found) -> Span | None:
    if found.previous_kind in ("nth", "month_mark") or (
        found.has("day_mark", "day_mark_weak") and found.next_kind not in _AFTER_DAYS
    ):
        return None  # "第一周", "3月28日"
    units = found.all(*UNITS, "year_mark", "day_mark", "day_mark_weak")
    unit = units[0] if units[0] is not None else ("year" if found.has("year_mark") else "day")
    numbers = found.all("number", "some")
    number = sum(numbers) if numbers else 0
    if found.has("half_more"):
        number += 0.5
    return _span(number, unit)


def _sum_of_durations(found: Found) -> Span | None:
    one, two = found.all("duration")
    if two.unit == one.unit:
        return None
    return Span(months=one.months + two.months, days=one.days + two.days, unit=two.unit)


def _keep_duration(found: Found) -> Span:
    span: Span = found.get("duration")
    return span


def _counted(found: Found) -> bool | None:
    """ "2024 units" are no year, but "from 2029 cars will cross" begins with one."""
    return None if found.previous_kind in ("since", "in", "until", "after", "before", "of") and found.has("year") else True


WORD_RULES = (
    Rule("counted", "(year|number) counted", "2024 units", "word", _counted),
    Rule("compound number", "number number", "thirty two", "number", _compound_number),
    Rule("year in words", "number and? number number?", "two thousand and twenty", "theyear", _year_in_words),
    Rule("year", "year year_mark?", "2026", "theyear", _year),
    Rule("the year", "unit of? (year|short_year)", "the year 2026", "theyear", _year),
    Rule("short year", "short_year", "3Q26", "theyear", _year),
    Rule("short marked year", "number year_mark", "25年第三季度", "theyear", _short_marked_year),
    Rule("two years", "two_years", "2026-27", "period", _two_years),
    Rule("fiscal years", "fiscal two_years", "fiscal year 2025/26", "theyear", _two_years),
    Rule("fiscal year", "fiscal (year|short_year)", "fiscal 2026", "theyear", _fiscal),
    Rule("fiscal year behind", "(year|number) fiscal_after", "2026年度", "theyear", _fiscal),
    Rule("relative fiscal year", "relative fiscal", "next fiscal year", "theyear", _relative_fiscal),
    Rule(
        "fiscal year by its end",
        "fiscal_end (on|in)? any_month year",
        "fiscal year ending March 2026",
        "theyear",
        _fiscal_end,
    ),
    Rule("relative unit", "relative (unit|year_mark)", "next quarter", "span", _relative_unit),
    Rule("unit relative", "(unit|year_mark) relative_after", "l'année prochaine", "span", _relative_unit),
    Rule("relative run", "relative number (any_unit|year_mark)", "the next three months", "period", _relative_run),
    Rule("run relative", "number (relative units|relative_either any_unit)", "les trois prochains mois", "period", _relative_run),
    Rule("run relative behind", "number any_unit relative_after", "3 bulan ke depan", "period", _relative_run),
    Rule("when", "when", "tomorrow", "span", _when),
    Rule("rest of unit", "rest_unit", "年内", "period", _rest_of_unit),
    Rule("within year", "year rest_unit", "2026年内", "theyear", _year),
    Rule("epoch", "epoch", "“十五五”期间", "period", _epoch),
    Rule("decade", "number decade_mark", "20年代", "period", _decade),
    Rule("decade of year", "decade_before of? year", "les années 2030", "period", _decade),
    Rule("century", "ordinal unit", "the 21st century", "period", _century),
    Rule("ordinal quarter", "ordinal dash? unit", "third quarter", "quarter", _ordinal_unit("quarter", 4)),
    Rule("ordinal half", "ordinal dash? unit", "second half", "half", _ordinal_unit("half", 2)),
    Rule("quarter ordinal", "unit (ordinal|number)", "quý III", "quarter", _ordinal_unit("quarter", 4)),
    Rule("half ordinal", "unit (ordinal|number)", "semester kedua", "half", _ordinal_unit("half", 2)),
    Rule("numbered quarter", "(nth number|number|ordinal) quarter_after", "第三季度", "quarter", _ordinal_unit("quarter", 4)),
    Rule("duration", "(number|some) dash? (any_unit|year_mark|any_day_mark) half_more?", "six months", "duration", _duration),
    Rule("and a half", "(number|some) and half_more any_unit", "two and a half years", "duration", _duration),
    Rule("half a unit", "half_more (any_unit|year_mark)", "半年", "duration", _duration),
    Rule("sum", "duration (and|comma)? duration", "six years and five months", "duration", _sum_of_durations),
    Rule("about so long", "about duration", "about six months", "duration", _keep_duration),
    Rule("so long about", "duration about_after", "三个月左右", "duration", _keep_duration),
)
