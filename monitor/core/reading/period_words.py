"""First pass of the date grammar: words and numbers to years, relative units, quarters, lengths of time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from monitor.core.reading.period_grammar import RELATIVES, Found, Rule
from monitor.core.reading.resolving import (
    DAYS_OF_UNIT,
    MONTHS_OF_UNIT,
    Reading,
    Span,
    a_year,
    advance,
    fiscal_year,
    run_of_months,
    step,
)
from monitor.core.values import DAY

_WHEN = re.compile(r"(rest )?([a-z]+)([+-]\d+)?")
# What may follow the short year of a Chinese date; by itself "25年" is a length of time.
_AFTER_DAYS = frozenset(("within_after", "hence", "after_after"))
_WHOLES = frozenset("month month_weak year relative when number season feast".split())
_AFTER_SHORT_YEAR = frozenset("number nth half quarter quarter_after year_part season part_after half_mark quarter_mark".split())


def _year(found: Found) -> Reading | None:
    year = found.get("year", "short_year")
    return None if found.has("unit") and found.get("unit") != "year" else a_year(year)


def _short_marked_year(found: Found) -> Reading | None:
    atom, number = found.atoms[found.start], found.get("number")
    if not isinstance(number, int) or number > 99 or not atom.text.isdigit() or len(atom.text) != 2:
        return None
    if not atom.text.startswith("0") and found.next_kind not in _AFTER_SHORT_YEAR:
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


def _relative_unit(found: Found) -> Reading | None:
    if found.get(*RELATIVES) == -1 and found.next_kind in ("of", "in") and found.kind_at(1) in _WHOLES:
        return None  # "the last week of July"
    return step(found.get("unit") or "year", found.get(*RELATIVES), found.moment)


def _relative_run(found: Found) -> Reading | None:
    """So many units from tomorrow on, or until today."""
    if found.previous_kind in ("to", "dash", "and", "by"):
        return None  # "4 to 23 next month"
    number, unit, direction = found.get("number"), found.get("unit") or "year", found.get(*RELATIVES)
    span = _span(number, unit)
    if span is None or direction == 0:
        return None
    today = found.moment.published
    if direction > 0:
        return Reading(first=today + DAY, last=advance(today, span))
    return Reading(first=advance(today, span, -1), last=today - DAY if span.days or span.months else today)


def _when(found: Found) -> Reading | None:
    """A value of the lexicon: ``year+1``, ``day-2``, ``rest year``, ``year+1..year+2``."""
    readings = [_one_when(found, form) for form in str(found.get("when")).split("..")]
    first, last = readings[0], readings[-1]
    if first is None or last is None:
        return None
    return first if len(readings) == 1 else replace(first, last=last.last, unit="span")


def _one_when(found: Found, form: str) -> Reading | None:
    parsed = _WHEN.fullmatch(form)
    if parsed is None:
        return None
    reading = step(parsed[2], int(parsed[3] or 0), found.moment)
    return replace(reading, first=found.moment.published, unit="span") if reading and parsed[1] else reading


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
    if found.previous_kind in ("nth", "month_mark") or (found.has("day_mark") and found.next_kind not in _AFTER_DAYS):
        return None  # "第一周", "3月28日"
    units = found.all("unit", "year_mark", "day_mark")
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


def _nothing(found: Found) -> bool:
    return True


WORD_RULES = (
    Rule(name="counted", pattern="(year|number) counted", example="2024 units", gives="word", build=_nothing),
    Rule(name="year", pattern="year year_mark?", example="2026", gives="theyear", build=_year),
    Rule(name="the year", pattern="unit of? (year|short_year)", example="the year 2026", gives="theyear", build=_year),
    Rule(name="short year", pattern="short_year", example="3Q26", gives="theyear", build=_year),
    Rule(name="short marked year", pattern="number year_mark", example="25年第三季度", gives="theyear", build=_short_marked_year),
    Rule(name="two years", pattern="two_years", example="2026-27", gives="period", build=_two_years),
    Rule(name="fiscal years", pattern="fiscal two_years", example="fiscal year 2025/26", gives="theyear", build=_two_years),
    Rule(name="fiscal year", pattern="fiscal (year|short_year)", example="fiscal 2026", gives="theyear", build=_fiscal),
    Rule(name="fiscal year behind", pattern="(year|number) fiscal_after", example="2026年度", gives="theyear", build=_fiscal),
    Rule(
        name="relative fiscal year",
        pattern="relative fiscal",
        example="next fiscal year",
        gives="theyear",
        build=_relative_fiscal,
    ),
    Rule(
        name="fiscal year by its end",
        pattern="fiscal_end (on|in)? (month|month_weak) year",
        example="the fiscal year ending March 2026",
        gives="theyear",
        build=_fiscal_end,
    ),
    Rule(name="relative unit", pattern="relative (unit|year_mark)", example="next quarter", gives="span", build=_relative_unit),
    Rule(
        name="unit relative",
        pattern="(unit|year_mark) relative_after",
        example="l'année prochaine",
        gives="span",
        build=_relative_unit,
    ),
    Rule(
        name="relative run",
        pattern="relative number (unit|year_mark)",
        example="the next three months",
        gives="period",
        build=_relative_run,
    ),
    Rule(
        name="run relative",
        pattern="number relative unit",
        example="les trois prochains mois",
        gives="period",
        build=_relative_run,
    ),
    Rule(
        name="run relative behind",
        pattern="number unit relative_after",
        example="3 bulan ke depan",
        gives="period",
        build=_relative_run,
    ),
    Rule(name="when", pattern="when", example="tomorrow", gives="span", build=_when),
    Rule(name="epoch", pattern="epoch", example="“十五五”期间", gives="period", build=_epoch),
    Rule(name="decade", pattern="number decade_mark", example="20年代", gives="period", build=_decade),
    Rule(name="decade of year", pattern="decade_before of? year", example="les années 2030", gives="period", build=_decade),
    Rule(name="century", pattern="ordinal unit", example="the 21st century", gives="period", build=_century),
    Rule(
        name="ordinal quarter",
        pattern="ordinal dash? unit",
        example="third quarter",
        gives="quarter",
        build=_ordinal_unit("quarter", 4),
    ),
    Rule(name="ordinal half", pattern="ordinal dash? unit", example="second half", gives="half", build=_ordinal_unit("half", 2)),
    Rule(
        name="quarter ordinal",
        pattern="unit (ordinal|number)",
        example="quý III",
        gives="quarter",
        build=_ordinal_unit("quarter", 4),
    ),
    Rule(
        name="half ordinal",
        pattern="unit (ordinal|number)",
        example="semester kedua",
        gives="half",
        build=_ordinal_unit("half", 2),
    ),
    Rule(
        name="numbered quarter",
        pattern="(nth number|number|ordinal) quarter_after",
        example="第三季度",
        gives="quarter",
        build=_ordinal_unit("quarter", 4),
    ),
    Rule(
        name="duration",
        pattern="(number|some) dash? (unit|year_mark|day_mark) half_more?",
        example="six months",
        gives="duration",
        build=_duration,
    ),
    Rule(
        name="and a half",
        pattern="(number|some) and (number|some) unit",
        example="two and a half years",
        gives="duration",
        build=_duration,
    ),
    Rule(name="half a unit", pattern="half_more (unit|year_mark)", example="半年", gives="duration", build=_duration),
    Rule(
        name="sum",
        pattern="duration (and|comma)? duration",
        example="six years and five months",
        gives="duration",
        build=_sum_of_durations,
    ),
    Rule(name="about so long", pattern="about duration", example="about six months", gives="duration", build=_keep_duration),
    Rule(name="so long about", pattern="duration about_after", example="三个月左右", gives="duration", build=_keep_duration),
)
