"""Units: one spelling each, and conversions that keep the amount."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.values import Amount
from tests.core.reading.amounts import read, table


def amount(number: object, unit: str) -> Amount:
    return Amount(low=Decimal(str(number)), high=Decimal(str(number)), unit=unit)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("cars/year", "vehicle/year"),
        ("EVs", "vehicle"),
        ("Vehicles", "vehicle"),
        ("people", "person"),
        ("workers", "employee"),
        ("copies", "copy"),
        ("planes", "aircraft"),
        ("sq m", "m2"),
        ("square metres", "m2"),
        ("hectares", "ha"),
        ("GWh/year", "GWh/year"),
        ("km/h", "km/h"),
        ("usd", "USD"),
        ("turnstiles", "turnstile"),
        ("years", "year"),
        ("1", "1"),
        ("", ""),
    ],
)
def test_a_unit_has_one_spelling(written: str, canonical: str) -> None:
    assert table().canonical(written) == canonical


@pytest.mark.parametrize(
    ("number", "said", "wanted", "answer"),
    [
        (72, "ha", "m2", "720000"),
        (2200, "MW", "GW", "2.2"),
        (2200000, "kW", "MW", "2200"),
        (60, "GWh/year", "MWh/year", "60000"),
        (10, "km", "m", "10000"),
        (2, "year", "month", "24"),
        (150000, "vehicle", "cars", "150000"),
        (150000, "/year", "vehicle/year", "150000"),
        (150000, "unit/year", "vehicle/year", "150000"),
        (150000, "vehicle/year", "unit/year", "150000"),
        (130000, "", "vehicle", "130000"),
        (300000, "", "vehicle/year", "300000"),
        (12000000000, "", "AUD", "12000000000"),
        (500, "employee", "job", "500"),
        (500, "person", "employee", "500"),
        (13, "unit", "console", "13"),
        (25, "pp", "pp", "25"),
        (172, "quarter", "year", "43"),
        (200, "delivery", "aircraft", "200"),
        (41, "building", "store", "41"),
    ],
)
def test_units_of_one_thing_convert(number: object, said: str, wanted: str, answer: str) -> None:
    converted = table().convert(amount(number, said), wanted)
    assert converted is not None
    assert (converted.low, converted.unit) == (Decimal(answer), wanted)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("m2", "MW"),
        ("vehicle/month", "vehicle/year"),
        ("vehicle", "store"),
        ("USD", "AUD"),
        ("", "1"),
        ("pp", "1"),
        ("bp", "1"),
        ("vehicle", "vehicle/year"),
        ("MW", "GWh"),
        ("unit", "m2"),
        ("unit", "USD"),
        ("day", "year"),
        ("visitor", "job"),
    ],
)
def test_units_of_two_things_do_not(said: str, wanted: str) -> None:
    assert table().convert(amount(1, said), wanted) is None


def test_a_unit_by_way_of_another_is_itself_again() -> None:
    converted = table().convert(read("44 feet")[0].value, "ft")  # type: ignore[arg-type]
    assert converted is not None
    assert str(converted) == "44 ft"


def test_a_rule_s_rate_is_lent_only_when_asked_for() -> None:
    converted = table().convert(amount(300000, "vehicle"), "cars/year", loosely=True)
    assert converted == amount(300000, "cars/year")
    assert table().convert(amount(300000, "vehicle/month"), "cars/year", loosely=True) is None


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("person", "job"), ("person", "visitor"), ("teacher", "employee"), ("soldier", "person")],
)
def test_people_are_whom_a_fact_speaks_of_only_where_asked_for(said: str, wanted: str) -> None:
    assert table().convert(amount(4000, said), wanted) is None
    assert table().convert(amount(4000, said), wanted, loosely=True) == amount(4000, wanted)


def test_a_bare_dollar_could_be_another_dollar() -> None:
    assert table().could_mean("USD", "AUD")
    assert not table().could_mean("USD", "EUR")


def test_bounds_and_precision_are_converted_too() -> None:
    said = Amount(low=None, high=Decimal(2), unit="GW", step=Decimal("0.1"), approximate=True)
    assert table().convert(said, "MW") == Amount(low=None, high=Decimal(2000), unit="MW", step=Decimal(100), approximate=True)


@given(
    number=st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10**9), places=2),
    pair=st.sampled_from(
        [("ha", "m2"), ("km2", "ha"), ("MW", "GW"), ("kWh", "TWh"), ("t", "kg"), ("year", "month"), ("km", "m")]
    ),
)
def test_converting_there_and_back_changes_nothing(number: Decimal, pair: tuple[str, str]) -> None:
    there = table().convert(amount(number, pair[0]), pair[1])
    assert there is not None
    back = table().convert(there, pair[0])
    assert back is not None
    assert back.low is not None
    assert abs(back.low - number) <= number * Decimal("1e-20")
