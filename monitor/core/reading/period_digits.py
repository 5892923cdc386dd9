"""Dates that are written in digits alone, which every language shares: 2026-05-15, 15.05.2026, Q3 2026, 1H25, FY26, 2030s.

Every form answers (kind of atom, value, end); the lexer asks at the first digit, or at the letter of "Q3".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from monitor.core.reading.resolving import Reading, a_day, run_of_months

Answer = tuple[str, object, int]

YEARS = range(1900, 2101)
_CURRENCY = re.compile(r"(?:[$€£¥₩₹#+]|\b(?:rmb|usd|eur|no\.|nr\.)) ?$")
_RATIOS = frozenset(("24/7", "16/9"))
_GLUED_YEARS = re.compile(r"(?<=fy)(?:20)?(\d\d)[/-]\d\d(?!\d)")
_GLUED_YEAR = re.compile(r"(?:(?<=[qhy])|(?<=\d[ts]))(?:20)?(\d\d)(?![a-z0-9])")
_APOSTROPHE_YEAR = re.compile(r"\d\d(?![a-z0-9'%]|[.,]\d)")
_CENTURY_TURNS = 70
_PHONE = re.compile(r"\d[\d ()/-]{5,}\d")
_NUMBER = re.compile(r"[\d.,]*\d")
_PARTIAL = re.compile(r"[\w.,]*\d[.,]$|\.$")


def read_digits(lower: str, start: int, end: int, *, month_first: bool, after_month: bool = False) -> Answer:
    """Read what begins with a digit, or with the letters before one.

    Args:
        lower: The whole text.
        start: Where it begins.
        end: Where the run of letters and digits ends; it is passed over whole where no form fits.
        month_first: Whether 5/12 is the twelfth of May.
        after_month: The letters right before are a month's name: "Oct2".
    """
    before = lower[max(0, start - 5) : start]
    glued = before[-1:].isalnum() and before[-1:].isascii()
    if before.endswith("+") and (phone := _PHONE.match(lower, start)):
        return "word", None, phone.end()
    if (_CURRENCY.search(before) and not glued) or _PARTIAL.search(before):
        return "word", None, _past_number(lower, start, end)
    if glued and lower[start].isdigit() and not after_month:
        return _glued_year(lower, start, end)
    if before.endswith("'") and (short := _APOSTROPHE_YEAR.match(lower, start)):
        return "year_in_short", int(short[0]) + (2000 if int(short[0]) < _CENTURY_TURNS else 1900), short.end()
    for pattern, build in _FORMS:
        found = pattern.match(lower, start)
        if found and (answer := build(found, month_first)):
            return answer
    return "word", None, end


def _glued_year(lower: str, start: int, end: int) -> Answer:
    """The year of 3Q26, 3T26 or FY2026, the years of FY2025/26; any other digits behind letters are part of a name."""
    if both := _GLUED_YEARS.match(lower, start):
        return "two_years", 2000 + int(both[1]), both.end()
    found = _GLUED_YEAR.match(lower, start)
    return ("short_year", 2000 + int(found[1]), found.end()) if found else ("word", None, end)


def _past_number(lower: str, start: int, end: int) -> int:
    """The end of a number that is none of ours, its decimals and thousands included."""
    found = _NUMBER.match(lower, start)
    return max(end, found.end()) if found else end


def _year_month_day(found: re.Match[str], month_first: bool) -> Answer | None:
    """2026-05-15, 2026/5/15, 2026.05.15, 2026 05 15"""
    day = a_day(int(found[1]), int(found[3]), int(found[4]))
    return ("date", day, found.end()) if day else None


def _packed_date(found: re.Match[str], month_first: bool) -> Answer | None:
    """20260515"""
    day = a_day(int(found[1]), int(found[2]), int(found[3]))
    return ("date", day, found.end()) if day else None


def _numeric_date(found: re.Match[str], month_first: bool) -> Answer | None:
    """15.05.2026, 5/15/26, 15-5-2026"""
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        if found[2] == "." and not len(found[1]) == len(found[3]) == 2:
            return None  # a version: 2.0.15
        year += 2000 if year < _CENTURY_TURNS else 1900
    american = month_first and found[2] != "."
    orders = [(one, two), (two, one)] if american else [(two, one), (one, two)]
    day = next((day for month, number in orders if (day := a_day(year, month, number))), None)
    return ("date", day, found.end()) if day else None


def _short_date(found: re.Match[str], month_first: bool) -> Answer | None:
    """5/15, 15/5, 15.05.: a day whose year is not said."""
    one, two = int(found[1]), int(found[2])
    month, day = (one, two) if month_first and "/" in found[0] else (two, one)
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31) or (month_first and found[0].endswith(".") and len(found[2]) == 1):
        return None  # "rose to 22.4."
    # 5/12 may be a fraction or a score; 22/04 and 05/12 hardly, but for what is open 24/7 and screens of 16/9.
    is_plain = found[0].endswith(".") or found[1][0] == "0" or found[2][0] == "0" or (day > 12 and found[0] not in _RATIOS)
    return "date_in_short" if is_plain else "short_date", (month, day), found.end()


def _year_month(found: re.Match[str], month_first: bool) -> Answer | None:
    """2026-05, 2026/5; but 2026-27 and 2025/26 are two years."""
    year, number = int(found[1]), int(found[2])
    if year not in YEARS:
        return None
    if 1 <= number <= 12:
        return "date", run_of_months(year, number, 1, "month"), found.end()
    if len(found[2]) == 2 and number == (year + 1) % 100:
        return "two_years", year, found.end()
    if len(found[2]) == 2 and number > year % 100:
        last = year - year % 100 + number
        return "date", _years(year, last), found.end()
    return None


def _years(first: int, last: int) -> Reading | None:
    return run_of_months(first, 1, 12 * (last - first + 1), "span")


def _month_year(found: re.Match[str], month_first: bool) -> Answer | None:
    """05/2026, 5/2026, 05.2026"""
    month = run_of_months(int(found[2]), int(found[1]), 1, "month")
    return ("date", month, found.end()) if month and int(found[2]) in YEARS else None


def _quarter(found: re.Match[str], month_first: bool) -> Answer | None:
    """3Q, Q3, and T3 before a year: what stands behind it is read on its own."""
    return "quarter_mark", int(found[1] or found[2]), found.end()


def _half(found: re.Match[str], month_first: bool) -> Answer | None:
    """1H, H1, and S1 before a year"""
    return "half_mark", int(found[1] or found[2]), found.end()


def _week(found: re.Match[str], month_first: bool) -> Answer | None:
    """W23, KW23"""
    return "week_number", int(found[1]), found.end()


def _fiscal(found: re.Match[str], month_first: bool) -> Answer | None:
    """FY2026, FY26, CY2026"""
    return ("fiscal" if found[1] == "fy" else "skip"), None, found.end(1)


def _decade(found: re.Match[str], month_first: bool) -> Answer | None:
    """2030s, 2030's, 2040er, 2030-talet"""
    decade = int(found[1])
    return ("date", run_of_months(decade, 1, 120, "decade"), found.end()) if decade in YEARS else None


def _short_decade(found: re.Match[str], month_first: bool) -> Answer | None:
    """the 70s; but no temperatures, which have no article."""
    before = found.string[max(0, found.start() - 5) : found.start()]
    if not before.endswith(("the ", "'", "in ") if "'" in found[0] else ("the ", "'")):
        return None
    return "date", run_of_months(1900 + int(found[1]), 1, 120, "decade"), found.end()


def _ordinal(found: re.Match[str], month_first: bool) -> Answer | None:
    """15th, 1er, 2º"""
    return "ordinal", int(found[1]), found.end()


def _not_a_date(found: re.Match[str], month_first: bool) -> Answer | None:
    """720,000; 18:00; 3.5.1; 40%; 555-1234"""
    return "word", None, found.end()


def _decimal(found: re.Match[str], month_first: bool) -> Answer | None:
    """1.5: of use in front of a unit of time."""
    return "number", float(found[0].replace(",", ".")), found.end()


def _year(found: re.Match[str], month_first: bool) -> Answer | None:
    """2026"""
    return ("year", int(found[0]), found.end()) if int(found[0]) in YEARS else ("word", None, found.end())


def _number(found: re.Match[str], month_first: bool) -> Answer | None:
    """15"""
    return "number", int(found[0]), found.end()


_BEFORE_YEAR = r"(?=[ /-]?20\d\d(?!\d)|[23]\d(?![a-z0-9]))"
_END = r"(?![a-z0-9]|[.,/:]\d)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], bool], Answer | None]], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:t\d[\d:.]*z?)?(?!\d|\2\d)", _year_month_day),
        (r"(20\d\d)( )(0[1-9]|1[0-2]) (\d\d)(?![\d:%]|[.,]\d)", _year_month_day),
        (r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d|\2\d)", _numeric_date),
        (r"(\d{4})[-/](\d{1,2})(?![\d%]|[-/.,]\d|[a-z])", _year_month),
        (r"(\d{1,2})[-/](\d{4})" + _END, _month_year),
        (r"(\d{2})\.(\d{4})" + _END, _month_year),
        (r"(\d{1,2})/(\d{1,2})" + _END, _short_date),
        (r"(\d{1,2})\.(0\d|1[0-2]|[1-9])\.(?!\d)", _short_date),
        (r"(?:([1-4])q|q([1-4]))(?=\d\d\b|20\d\d\b|fy\d|[^a-z0-9]|$)", _quarter),
        (r"(?:([12])h|h([12]))(?=[23]\d\b|20\d\d\b|fy\d|[^a-z0-9]|$)", _half),
        (rf"(?:([1-4])t|t([1-4])){_BEFORE_YEAR}", _quarter),
        (rf"(?:([12])s|s([12])){_BEFORE_YEAR}", _half),
        (r"k?w(\d{1,2})(?![a-z0-9])", _week),
        (r"([fc]y)(?=\d\d\b|20\d\d\b|\d\d/\d\d\b)", _fiscal),
        (r"(\d{3}0)(?:['-]?s|er|'?erne|-?tal(?:et|en)?|-as)(?![a-z0-9])", _decade),
        (r"(\d{4})(?=[qh][1-4](?![a-z0-9]))", _year),
        (r"([2-9]0)'?s(?![a-z0-9])", _short_decade),
        (r"(\d{1,2})(?:st|nd|rd|th|er|re|de|[eoa]|[ºª°])(?![a-z0-9])", _ordinal),
        (r"(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?![a-z0-9])", _packed_date),
        (r"\d{1,2}:\d\d(?::\d\d)?", _not_a_date),
        (r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:\.\d+){2,}|[\d.,]*\d ?%", _not_a_date),
        (r"\d{3,}(?:-\d{3,}){2,}|\d{3}-\d{4}(?!\d)|\d{4} \d{4}(?!\d)", _not_a_date),
        (r"\d{1,3}[.,]\d{1,2}(?![\d])(?=\s)", _decimal),
        (r"\d+[.,]\d+", _not_a_date),
        (r"\d{4}(?![a-z0-9])", _year),
        (r"\d{1,3}(?![a-z0-9])", _number),
    )
)
