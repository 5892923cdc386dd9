"""First pass of the date grammar: fiscal years, pairs of years, and years that are counted from an era."""

from __future__ import annotations

from monitor.core.reading.period_grammar import RELATIVES, Found, Rule
from monitor.core.reading.resolving import Moment, Reading, a_year, fiscal_year, run_of_months

# Japanese fiscal years, which are named for the year that they begin in, begin in April.
_JAPANESE_START = 4


def _two_years(found: Found) -> Reading | None:
    """2026-27: one fiscal year where the words or the user say that years are such, else both."""
    first: int = found.get("two_years")
    if found.moment.fiscal_year_start > 1 or found.has("fiscal"):
        return fiscal_year(first + 1, found.moment)
    return run_of_months(first, 1, 24, "span")


def _fiscal(found: Found) -> Reading | None:
    naming = str(found.get("fiscal", "fiscal_after"))
    year = found.get("year", "short_year")
    if year is None:
        number = found.get("number")
        if not isinstance(number, int) or number > 99:
            return None
        year = 2000 + number
    if naming == "starts":
        return run_of_months(year, japanese_start(found.moment), 12, "year")
    if naming.isdigit():  # "26年3月期": the year that ends with March
        return run_of_months(year - (int(naming) < 12), int(naming) % 12 + 1, 12, "year")
    return fiscal_year(year, found.moment)


def _era_fiscal_year(found: Found) -> Reading | None:
    """令和8年度: from April 2026."""
    year = _era_year(found)
    if year is None or year.first is None:
        return None
    return run_of_months(year.first.year, japanese_start(found.moment), 12, "year")


def _relative_fiscal(found: Found) -> Reading | None:
    return fiscal_step(found.get(*RELATIVES), found.moment, found.moment.fiscal_year_start)


def _this_fiscal(found: Found) -> Reading | None:
    """The end of the fiscal year: the present one, as long as no other is named."""
    if found.next_kind in ("year", "short_year", "number", "two_years", "ordinal", "unit", "quarter", "half"):
        return None
    return fiscal_step(0, found.moment, found.moment.fiscal_year_start)


def _fiscal_end(found: Found) -> Reading | None:
    month = found.get("month", "month_weak", "month_short")
    year = found.get("year")
    return run_of_months(year - 1 if month < 12 else year, month % 12 + 1, 12, "year")


def fiscal_step(count: int, moment: Moment, start: int) -> Reading | None:
    """The fiscal year so many on from the present one."""
    begun = moment.published.year - (moment.published.month < start)
    return run_of_months(begun + count, start, 12, "year")


def japanese_start(moment: Moment) -> int:
    """The month in which a Japanese fiscal year begins, unless the rule of the user says another."""
    return moment.fiscal_year_start if moment.fiscal_year_start > 1 else _JAPANESE_START


def _era_year(found: Found) -> Reading | None:
    """民國115年 is 2026: years counted from the beginning of an era."""
    return a_year(found.get("era") + found.get("number")) if isinstance(found.get("number"), int) else None


FISCAL_RULES = (
    Rule("year of an era", "era number year_mark", "民國115年", "theyear", _era_year),
    Rule("fiscal year of an era", "era number fiscal_after", "令和8年度", "theyear", _era_fiscal_year),
    Rule("two years", "two_years", "2026-27", "period", _two_years),
    Rule("fiscal years", "fiscal two_years", "fiscal year 2025/26", "theyear", _two_years),
    Rule("fiscal year", "fiscal (year|short_year)", "fiscal 2026", "theyear", _fiscal),
    Rule("year fiscal", "(year|short_year) fiscal", "the 2026 fiscal year", "theyear", _fiscal),
    Rule("fiscal year at hand", "fiscal", "the fourth quarter of the fiscal year", "theyear", _this_fiscal, behind="of"),
    Rule("fiscal year behind", "(year|number) fiscal_after", "2026年度", "theyear", _fiscal),
    Rule("relative fiscal year", "relative fiscal", "next fiscal year", "theyear", _relative_fiscal),
    Rule(
        "fiscal year by its end",
        "fiscal_end (on|in)? any_month year",
        "fiscal year ending March 2026",
        "theyear",
        _fiscal_end,
    ),
)
