"""Values: their printed forms, and the calendar under them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from monitor.core.values import (
    Amount,
    Kind,
    Known,
    Period,
    Shift,
    Standing,
    Status,
    Value,
    add_months,
    months_of,
    parse_amount,
    parse_known,
    parse_period,
    parse_value,
    same_unit,
    stated_step,
)
from tests.core.strategies import amounts, calendar_units, knowns, periods, shifts


def kind_of(value: Value) -> tuple[Kind, str]:
    match value:
        case Period():
            return Kind.PERIOD, ""
        case Amount(unit=unit):
            return Kind.QUANTITY, unit
        case Status():
            return Kind.STATUS, ""


@given(period=periods)
def test_a_printed_period_reads_back_as_itself(period: Period) -> None:
    assert parse_period(str(period)) == period


@given(amount=amounts)
def test_a_printed_amount_reads_back_with_the_same_ends(amount: Amount) -> None:
    read = parse_amount(str(amount), amount.unit)
    assert (read.low, read.high, read.unit, read.approximate) == (amount.low, amount.high, amount.unit, amount.approximate)


@given(known=knowns)
def test_a_printed_standing_reads_back(known: Known) -> None:
    kind, unit = kind_of(known.value) if known.value else (Kind.PERIOD, "")
    read = parse_known(str(known), kind, unit)
    assert str(read) == str(known)
    assert read.standing is known.standing


@given(period=calendar_units)
def test_a_calendar_unit_prints_without_a_range(period: Period) -> None:
    assert "/" not in str(period)


@given(period=calendar_units, shift=shifts)
def test_a_shift_by_months_keeps_whole_units_whole(period: Period, shift: Shift) -> None:
    moved = Shift(months=shift.months).moved(period)
    assert moved.first is not None
    assert moved.last is not None
    assert moved.first.day == 1
    assert add_months(moved.first, 12).day == 1
    assert (moved.last.toordinal() + 1) == add_months(moved.last.replace(day=1), 1).toordinal()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-W23", date(2024, 6, 3), date(2024, 6, 9)),
        ("2024-06-15", date(2024, 6, 15), date(2024, 6, 15)),
        ("2024-06/2024-09", date(2024, 6, 1), date(2024, 9, 30)),
        ("../2024-06", None, date(2024, 6, 30)),
        ("2024-03/..", date(2024, 3, 1), None),
    ],
)
def test_each_form_of_a_period_means_its_days(text: str, first: date | None, last: date | None) -> None:
    assert parse_period(text) == Period(first=first, last=last)
    assert str(parse_period(text)) == text


@pytest.mark.parametrize("text", ["", "soon", "2024-13", "2024-06-31", "24", "2024-H3", "2024-09/2024-06", "../.."])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "unit", "printed"),
    [
        ("720000 m2", "m2", "720000 m2"),
        ("~720,000 m2", "m2", "~720000 m2"),
        ("15-60 GWh", "GWh", "15-60 GWh"),
        ("<500000 CNY", "CNY", "<500000 CNY"),
        ("413 stores", "store", "413 store"),
        ("1/2", "1", "1/2"),
        ("0.25%", "1", "0.25%"),
        ("0%-0.1%", "1", "0%-0.1%"),
    ],
)
def test_amounts_are_written_in_many_ways_and_printed_in_one(text: str, unit: str, printed: str) -> None:
    assert str(parse_amount(text, unit)) == printed


def test_an_amount_in_another_unit_is_refused_with_the_right_one() -> None:
    with pytest.raises(ValueError, match="measured in m2"):
        parse_amount("720000 km", "m2")


def test_a_status_outside_the_rule_is_refused_with_those_inside() -> None:
    with pytest.raises(ValueError, match="it has none, open"):
        parse_value("shut", Kind.STATUS, states=frozenset({"open", "none"}))


@pytest.mark.parametrize(
    ("number", "step"), [("720000", "10000"), ("13.2", "0.1"), ("200000", "100000"), ("1", "1"), ("34.10", "0.1")]
)
def test_the_stated_step_is_the_place_of_the_last_digit_told(number: str, step: str) -> None:
    assert stated_step(Decimal(number)) == Decimal(step)


@pytest.mark.parametrize(
    ("said", "unit"), [("stores", "store"), ("people", "person"), ("Vehicles/year", "vehicle/year"), ("factories", "factory")]
)
def test_a_plural_is_the_same_unit(said: str, unit: str) -> None:
    assert same_unit(said, unit)


def test_a_vaguer_period_holds_a_sharper_one_and_not_the_other_way_round() -> None:
    june, year = months_of(2024, 6, 1), months_of(2024, 1, 12)
    assert june in year
    assert year not in june


def test_a_done_value_keeps_its_standing_in_print() -> None:
    known = parse_known("2024-03-28 (done)", Kind.PERIOD)
    assert known == Known(value=parse_period("2024-03-28"), standing=Standing.DONE)
