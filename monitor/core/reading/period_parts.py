"""Third pass of the date grammar: parts of years, months and other stretches of days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.core.reading.period_days import month_of
from monitor.core.reading.period_divisions import division, half_of, part
from monitor.core.reading.period_grammar import RELATIVES, SPANS, Found, Rule
from monitor.core.reading.resolving import MONTHS_OF_UNIT, Reading, Span, advance, run_of_months, step
from monitor.core.reading.tenses import Tense
from monitor.core.values import DAY


def _division(found: Found) -> Reading | None:
    """The last week of July: also where "last" is a relative word."""
    number = found.get("ordinal", "number", *RELATIVES)
    if number == 0 or (found.has(*RELATIVES) and number > 0) or not isinstance(number, int):
        return None
    return division(found.get(*SPANS), found.get("unit"), number)


def _last_of_unit(found: Found) -> Reading | None:
    """The last quarter of the year at hand; the larger unit may stand before it: "årets sidste kvartal"."""
    units = sorted(found.all("unit"), key=lambda unit: MONTHS_OF_UNIT.get(unit, 0))
    whole = step(units[-1], 0, found.moment)
    if found.get(*RELATIVES) != -1 or units[0] == units[-1] or units[-1] not in MONTHS_OF_UNIT or whole is None:
        return None
    return division(whole, units[0], -1)


def _run_in(found: Found) -> Reading | None:
    """The first nine or the last four months of a year; of the present one where none is named."""
    span: Span = found.get("duration")
    whole = found.get(*SPANS) or step(found.get("unit") or "year", 0, found.moment)
    direction = found.get("ordinal", *RELATIVES) if found.has("ordinal", *RELATIVES) else 1
    if whole is None or whole.first is None or whole.last is None or direction not in (1, -1):
        return None
    if direction == 1:
        run = Reading(first=whole.first, last=advance(whole.first, span) - DAY)
    else:
        run = Reading(first=advance(whole.last + DAY, span, -1), last=whole.last)
    return run if run.first and run.last and run.first >= whole.first and run.last <= whole.last else None


def _run_at_edge(found: Found) -> Reading | None:
    """6 tháng đầu năm 2026: so many months at the beginning or the end of a year."""
    span, name = found.get("duration"), found.get("year_part")
    year: Reading | None = found.get("theyear") or step("year", 0, found.moment)
    if year is None or year.first is None or year.last is None or name not in ("early", "end") or not 0 < span.months < 12:
        return None
    if name == "early":
        return Reading(first=year.first, last=advance(year.first, span) - DAY)
    return Reading(first=advance(year.last + DAY, span, -1), last=year.last)


def _first_quarters(found: Found) -> Reading | None:
    number, year = found.get("number"), found.get("theyear") or step("year", 0, found.moment)
    if year is None or year.first is None or number not in (2, 3):
        return None
    return run_of_months(year.first.year, year.first.month, 3 * number, "span")


def _half_of(found: Found) -> Reading | None:
    whole: Reading = found.get(*SPANS)
    number: int = found.get("half", "quarter")
    if found.has("quarter"):
        return division(whole, "quarter", number)
    return division(whole, "half", number) if whole.unit == "year" else half_of(whole, number)


def _month_half(found: Found) -> Reading | None:
    """The second half of August, in one word with the month."""
    month: int = found.get("month_half")
    year, number = found.year, found.get("ordinal")

    def build(year: int) -> Reading | None:
        whole = run_of_months(year, month, 1, "month")
        return half_of(whole, number) if whole else None

    return build(year) if year is not None else found.once_a_year(build)


def _half_of_unit(found: Found) -> Reading | None:
    whole = step(found.get("unit"), 0, found.moment)
    if whole is None:
        return None
    number: int = found.get("half", "quarter")
    if found.has("quarter"):
        return division(whole, "quarter", number)
    return division(whole, "half", number) if whole.unit == "year" else half_of(whole, number)


def _part(found: Found) -> Reading | None:
    return part(found.get(*SPANS), found.get("part", "part_of", "part_after", "year_part", "month_part"))


def _part_of_unit(found: Found) -> Reading | None:
    unit = found.get("unit") or "year"
    if unit == "day":
        return None
    whole = step(unit, 0, found.moment)
    return None if whole is None else part(whole, found.get("part", "part_of"))


def _parts(found: Found) -> Reading | None:
    """Mid to late February."""
    first, last = (part(found.get(*SPANS), name) for name in found.all("part", "part_of", "part_after"))
    return None if first is None or last is None else replace(first, last=last.last)


def _year_part(found: Found) -> Reading | None:
    name: str = found.get("year_part")
    year, direction = found.get("theyear"), found.get(*RELATIVES)
    if year is None and direction is not None:
        year = step("year", direction, found.moment)
    if year is not None:
        return _part_of_year(year, name)
    return found.once_a_year(lambda y: _part_of_year(run_of_months(y, 1, 12, "year"), name), otherwise=Tense.FUTURE)


def _part_of_year(year: Reading | None, name: str) -> Reading | None:
    if year is None or year.first is None:
        return None
    if name == "turn":
        return Reading(first=year.first.replace(month=12, day=15), last=date(year.first.year + 1, 1, 15), approximate=True)
    return part(year, name)


def _month_part(found: Found) -> Reading | None:
    month = month_of(found) if found.has("number") else found.get("themonth") or step("month", 0, found.moment)
    return None if month is None else part(month, found.get("month_part"))


def _later_in(found: Found) -> Reading | None:
    """Later this year, the rest of the month: from the day of publication to the end."""
    whole = found.get(*SPANS) or step(found.get("unit"), 0, found.moment)
    today = found.moment.published
    if whole is None or whole.first is None or whole.last is None:
        return None
    return replace(whole, first=max(today, whole.first), unit="span") if whole.last >= today else whole


def _earlier_in(found: Found) -> Reading | None:
    whole = found.get(*SPANS) or step(found.get("unit"), 0, found.moment)
    today = found.moment.published
    if whole is None or whole.first is None or whole.last is None:
        return None
    return replace(whole, last=min(today, whole.last), unit="span") if whole.first <= today else whole


PART_RULES = (
    Rule("division", "(ordinal|relative) unit (of|in)? span", "the last week of July", "span", _division),
    Rule("division behind", "span of? (nth number|ordinal) unit", "2021年的第一周", "span", _division),
    Rule("last of unit", "relative unit of unit", "the last quarter of the year", "span", _last_of_unit),
    Rule("last of unit before", "unit relative unit", "årets sidste kvartal", "span", _last_of_unit),
    Rule("first of many", "(ordinal|relative) duration (of|in)? span", "first nine months of 2025", "period", _run_in),
    Rule("first of many of unit", "(ordinal|relative) duration (of|in) unit", "last three months of the year", "period", _run_in),
    Rule("first of many, alone", "ordinal duration", "the first nine months", "period", _run_in),
    Rule("first of many behind", "span of? (before_after|relative) duration", "今年前9个月", "period", _run_in),
    Rule("first of many at an edge", "duration year_part theyear?", "6 tháng đầu năm 2026", "period", _run_at_edge),
    Rule("first quarters", "theyear before_after number quarter_after", "2025年前三季度", "period", _first_quarters),
    Rule("first quarters, alone", "before_after number quarter_after", "前三季度", "period", _first_quarters),
    Rule("half of span", "(half|quarter) of? span", "first half of June", "span", _half_of),
    Rule("half of unit", "(half|quarter) of unit", "second half of the decade", "span", _half_of_unit),
    Rule("half of a month", "ordinal month_half", "zweite Augusthälfte", "period", _month_half),
    Rule("half of a month of year", "ordinal month_half theyear", "zweite Augusthälfte 2026", "period", _month_half),
    Rule("part", "(part (of|in|dash)?|part_of) span", "end of 2026", "period", _part),
    Rule("part behind", "span of? part_after", "今年底", "period", _part),
    Rule("part of unit", "(part of?|part_of) (unit|year_mark)", "the end of the year", "period", _part_of_unit),
    Rule("parts", "part (to|dash|and|until) (part (of|dash)?|part_of) span", "mid to late February", "period", _parts),
    Rule("parts with dashes", "part dash to dash part span", "mid-to-late 2026", "period", _parts),
    Rule("year part of year", "year_part (of|comma)? theyear", "year-end 2026", "period", _year_part),
    Rule("year with part", "theyear of? year_part", "2026年底", "period", _year_part),
    Rule("year part relative", "year_part relative_after", "cuối năm sau", "period", _year_part),
    Rule("relative year part", "relative year_part", "next year-end", "period", _year_part),
    Rule("year part", "year_part", "year-end", "period", _year_part),
    Rule("month with part", "number month_part", "6月底", "period", _month_part),
    Rule("month of year with part", "theyear number month_part", "2026年6月底", "period", _month_part),
    Rule("known month with part", "themonth month_part", "本月月底", "period", _month_part),
    Rule("month part", "month_part", "月底", "period", _month_part),
    Rule("later in", "(later_in|later|rest) (of|in)? span", "later this year", "period", _later_in),
    Rule("later in unit", "(later_in|later|rest) (of|in)? unit", "the rest of the year", "period", _later_in),
    Rule("earlier in", "earlier_in (of|in)? span", "earlier this year", "period", _earlier_in),
    Rule("earlier in unit", "earlier_in (of|in)? unit", "earlier in the year", "period", _earlier_in),
)
