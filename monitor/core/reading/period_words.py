"""First pass of the date grammar: words and numbers to years, relative units, quarters and halves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from monitor.core.reading.period_divisions import part
from monitor.core.reading.period_fiscal import FISCAL_RULES, fiscal_step, japanese_start
from monitor.core.reading.period_grammar import RELATIVES, UNITS, Found, Rule
from monitor.core.reading.period_lengths import LENGTH_RULES, is_part_of_whole, span_of
from monitor.core.reading.resolving import SEASONS, Reading, a_year, advance, run_of_months, season, step

_WHEN = re.compile(r"([a-z]+)([+-]\d+)")
# What may follow the short year of a Chinese date; by itself "25年" is a length of time.
_AFTER_SHORT_YEAR = frozenset(
    ["number", "nth", "half", "quarter", "quarter_after", "year_part", "season", "part_after", "half_mark", "quarter_mark"]
)
# Where a year has a number of two digits by custom, it is one of about these; "50年の歴史" is a length of time.
_YEARS_BACK, _YEARS_AHEAD = 15, 30
# Behind these a counted number may still be a year: "from 2029 cars will cross", "summer of 2029".
_BEFORE_YEAR = frozenset(("since", "in", "until", "after", "before"))
_IN_SHORT_PARTS = ("quarter", "quarter_mark", "half", "half_mark", "month", "month_weak", "month_short", "season", "season_weak")
_BEFORE_YEAR_IN_SHORT = frozenset((*_IN_SHORT_PARTS, "since", "in", "until", "by"))
_YEAR_PARTS = frozenset(("season", "season_weak", "month", "month_weak", "quarter", "half", "part", "part_of", "feast"))


def _year(found: Found) -> Reading | None:
    year = found.get("year", "short_year")
    if found.previous_kind == "nth" or (found.has("unit") and found.get("unit") != "year"):
        return None
    return a_year(year)


def _year_in_short(found: Found) -> Reading | None:
    """Q1 '26, since '82; but "it said '26 people'" quotes."""
    before = found.atoms[max(0, found.start - 2)].kind
    return a_year(found.get("year_in_short")) if before in _BEFORE_YEAR_IN_SHORT else None


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
    year = 2000 + number if number < 70 else 1900 + number
    if found.get("year_mark") == "short" and atom.text.isascii() and found.next_kind not in ("before_after", "after_after"):
        this_year = found.moment.published.year
        return a_year(year) if this_year - _YEARS_BACK <= year <= this_year + _YEARS_AHEAD else None
    if atom.text[0] not in "0零〇" and found.next_kind not in _AFTER_SHORT_YEAR:
        return None
    return a_year(year)


def _short_year_part(found: Found) -> Reading | None:
    """27年半ば, 26年末: the phrase for the part of a year begins with the mark of the year."""
    atom, number = found.atoms[found.start], found.get("number")
    mark = found.atoms[found.start + 1].text[:1]
    if not isinstance(number, int) or len(atom.text) != 2 or not atom.text.isascii() or mark != "年":
        return None
    year = a_year(2000 + number)
    return None if year is None else part(year, found.get("year_part"))


def _relative_unit(found: Found) -> Reading | None:
    if is_part_of_whole(found):
        return None
    return step(found.get(*UNITS) or "year", found.get(*RELATIVES), found.moment)


def _when(found: Found) -> Reading | None:
    """A value of the lexicon: ``year+1``, ``day-2``, ``year+1..year+2``."""
    readings = [_one_when(found, form) for form in str(found.get("when")).split("..")]
    first, last = readings[0], readings[-1]
    if first is None or last is None:
        return None
    return first if len(readings) == 1 else replace(first, last=last.last, unit="span")


def _one_when(found: Found, form: str) -> Reading | None:
    parsed = _WHEN.fullmatch(form)
    if parsed is None:
        return None
    unit, count, moment = parsed[1], int(parsed[2]), found.moment
    if unit in SEASONS:  # "来春": the spring of next year
        return season(moment.published.year + count, unit)
    if unit == "fiscal":
        return fiscal_step(count, moment, japanese_start(moment))
    return step(unit, count, moment)


def _rest_of_unit(found: Found) -> Reading | None:
    """From the day of publication to the end of the year, month or quarter."""
    if found.previous_kind in ("number", "half_more") and found.atoms[found.start].text.startswith("年"):
        return None
    present = _one_when(found, f"{found.get('rest_unit')}+0")
    return None if present is None else replace(present, first=found.moment.published, unit="span")


def _within_years(found: Found) -> Reading | None:
    """三到五年内, 半年内: what is within the year by itself is within years behind a number."""
    numbers = found.all("number")
    is_of_years = found.atoms[found.end - 1].text.startswith("年")
    span = span_of(numbers[-1] if numbers else 0.5, "year") if is_of_years else None
    today = found.moment.published
    return None if span is None else Reading(first=today, last=advance(today, span))


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


def _decade_of_century(found: Found) -> Reading | None:
    """二十世纪九十年代; one before the calendar that we keep is none, rather than one of another century."""
    numbers = found.all("number")
    century, decade = found.get("century") or numbers[0], numbers[-1]
    if not isinstance(century, int) or not isinstance(decade, int) or decade % 10 or decade > 90:
        return None
    return run_of_months(100 * (century - 1) + decade, 1, 120, "decade")


def _is_old_decade(found: Found) -> bool | None:
    return True if found.all("number")[0] in range(1, 20) else None


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


def _counted(found: Found) -> bool | None:
    """ "2024 units" and "2000 cars a year" are no years, but "from 2029 cars will cross" begins with one."""
    is_rate = found.next_kind == "some" and found.kind_at(1) in UNITS
    if not found.has("year") or is_rate or found.get("counted") == "always":
        return True
    before_of = found.atoms[found.start - 2].kind if found.start > 1 else "stop"
    is_of_year = found.previous_kind == "of" and before_of in _YEAR_PARTS
    return None if found.previous_kind in _BEFORE_YEAR or is_of_year else True


WORD_RULES = (
    Rule("counted", "(year|number) counted", "2024 units", "word", _counted),
    Rule("compound number", "number number", "thirty two", "number", _compound_number),
    Rule("year in words", "number and? number number?", "two thousand and twenty", "theyear", _year_in_words),
    Rule("year", "year year_mark?", "2026", "theyear", _year),
    Rule("the year", "unit of? (year|short_year)", "the year 2026", "theyear", _year),
    Rule("short year", "short_year", "3Q26", "theyear", _year),
    Rule("year in short", "year_in_short", "since '82", "theyear", _year_in_short),
    Rule("short marked year", "number year_mark", "25年第三季度", "theyear", _short_marked_year),
    Rule("short year with part", "number year_part", "27年半ば", "period", _short_year_part),
    Rule("relative unit", "relative (unit|year_mark)", "next quarter", "span", _relative_unit),
    Rule("unit relative", "(unit|year_mark) relative_after", "l'année prochaine", "span", _relative_unit),
    Rule("when", "when", "tomorrow", "span", _when),
    Rule("rest of unit", "rest_unit", "年内", "period", _rest_of_unit),
    Rule("within years", "(number (to|dash) number|number|half_more) rest_unit", "三到五年内", "period", _within_years),
    Rule("within year", "year rest_unit", "2026年内", "theyear", _year),
    Rule("epoch", "epoch", "“十五五”期间", "period", _epoch),
    Rule("decade", "(number|year) decade_mark", "20年代", "period", _decade),
    Rule("decade of a century", "number century_mark number decade_mark", "20世纪90年代", "period", _decade_of_century),
    Rule("decade of this century", "century number decade_mark", "本世纪20年代", "period", _decade_of_century),
    Rule("decade before our calendar", "number century_mark number decade_mark", "十九世纪七十年代", "word", _is_old_decade),
    Rule("decade of year", "decade_before of? year", "les années 2030", "period", _decade),
    Rule("century", "ordinal unit", "the 21st century", "period", _century),
    Rule("ordinal quarter", "(ordinal|number dot) dash? fiscal? unit", "third quarter", "quarter", _ordinal_unit("quarter", 4)),
    Rule("ordinal half", "(ordinal|number dot) dash? unit", "second half", "half", _ordinal_unit("half", 2)),
    Rule("quarter ordinal", "unit (ordinal|number)", "quý III", "quarter", _ordinal_unit("quarter", 4)),
    Rule("half ordinal", "unit (ordinal|number)", "semester kedua", "half", _ordinal_unit("half", 2)),
    Rule("numbered quarter", "(nth number|number|ordinal) quarter_after", "第三季度", "quarter", _ordinal_unit("quarter", 4)),
    *FISCAL_RULES,
    *LENGTH_RULES,
)
