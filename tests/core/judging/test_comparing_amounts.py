"""Comparing amounts: at the coarser stated precision, and never further apart than the proportion allows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from monitor.core.judging.comparing_amounts import relate_amounts
from monitor.core.judging.relations import Relation
from monitor.core.values import SHARE_UNIT, Amount, parse_amount
from tests.core.judging.builders import all_amounts


@pytest.mark.parametrize(
    ("said", "known", "relation"),
    [
        pytest.param("718000", "~720000", "same", id="nearly 720,000"),
        pytest.param("700000", "~720000", "same", id="about, three in a hundred off"),
        pytest.param("150000", "200000", "differs", id="closing zeros alone do not make numbers equal"),
        pytest.param("130000", "120000", "differs", id="a raised target"),
        pytest.param("11500000000", "~11000000000", "differs", id="half a billion more on eleven"),
        pytest.param("11900000000", "12000000000", "same", id="rounded to the billion"),
        pytest.param("11600000000", "12000000000", "differs", id="three in a hundred off"),
        pytest.param("20000000000", "19000000000", "differs", id="a billion more, for all its zeros"),
        pytest.param("770", "800", "differs", id="thirty of eight hundred"),
        pytest.param("2200", "2000", "differs", id="a tenth more"),
        pytest.param("21", "20", "differs", id="small counts are not rounded"),
        pytest.param("<57000000000", "49000000000-56600000000", "same", id="up to 57 billion is the upper end"),
        pytest.param(">215900", "215900-299900", "same", id="from 215,900 is the lower end"),
        pytest.param(">229900", "215900-299900", "differs", id="from another price"),
        pytest.param("215900", "215900-299900", "covers", id="one end of the range named alone"),
        pytest.param("245900", "215900-299900", "inside", id="a number inside the range"),
        pytest.param("100000-200000", "150000", "covers", id="a range round the number"),
        pytest.param("7-8", "8", "covers", id="a range that ends in the number"),
        pytest.param("200000-300000", "215900-299900", "covers", id="a wider range"),
        pytest.param("87700000000-102700000000", "49000000000-56600000000", "differs", id="another range"),
        pytest.param(">100000", "150000", "covers", id="more than 100,000 is in keeping with 150,000"),
        pytest.param(">130000", "120000", "differs", id="more than 130,000 is not 120,000"),
        pytest.param("<500000", "450000", "covers", id="less than half a million"),
        pytest.param("13000000000", ">12000000000", "inside", id="beyond the known bound"),
        pytest.param("12000000000", ">12000000000", "same", id="the known bound itself"),
        pytest.param("215900-299900", ">215900", "inside", id="the range behind a starting price"),
        pytest.param("10000000000", ">12000000000", "differs", id="short of the known bound"),
        pytest.param("100-300", ">200", "covers", id="a range round the bound"),
        pytest.param("<300", ">200", "inside", id="bounded from the other side"),
        pytest.param("<100", ">200", "differs", id="bounds that leave no room"),
    ],
)
def test_an_amount_lies_to_the_known_one_as_a_reader_would_say(said: str, known: str, relation: str) -> None:
    assert relate_amounts(parse_amount(said, "CNY"), parse_amount(known, "CNY")).relation == relation


def test_rates_a_quarter_point_apart_are_two_rates() -> None:
    said, known = parse_amount("5.25%", SHARE_UNIT), parse_amount("5%", SHARE_UNIT)
    assert relate_amounts(said, known).relation is Relation.DIFFERS


def test_a_half_is_fifty_percent() -> None:
    said, known = parse_amount("50%", SHARE_UNIT), parse_amount("1/2", SHARE_UNIT)
    assert relate_amounts(said, known).relation is Relation.SAME


def test_the_rules_own_tolerance_takes_the_place_of_the_stated_precision() -> None:
    said, known = parse_amount("150000", "vehicle"), parse_amount("153000", "vehicle")
    assert relate_amounts(said, known, tolerance=Decimal("0.01")).relation is Relation.DIFFERS
    assert relate_amounts(said, known, tolerance=Decimal("0.02")).relation is Relation.SAME


def test_a_step_that_was_stated_goes_before_the_one_that_zeros_suggest() -> None:
    known = parse_amount("150000", "vehicle")
    exact = Amount(low=Decimal(150000), high=Decimal(150000), unit="vehicle", step=Decimal(1))
    said = Amount(low=Decimal(153000), high=Decimal(153000), unit="vehicle", step=Decimal(1000))
    assert relate_amounts(said, known).relation is Relation.SAME
    assert relate_amounts(said, exact).relation is Relation.DIFFERS


def test_small_differences_count_where_the_sentence_says_that_the_number_moved() -> None:
    said, known = parse_amount("11600000000", "EUR"), parse_amount("12000000000", "EUR")
    assert relate_amounts(said, known, says_change=True).relation is Relation.DIFFERS


def test_a_number_that_is_said_to_be_exceeded_no_longer_holds() -> None:
    said, known = parse_amount(">12000000000", "AUD"), parse_amount("12000000000", "AUD")
    assert relate_amounts(said, known).relation is Relation.SAME
    assert relate_amounts(said, known, says_change=True).relation is Relation.DIFFERS


@given(amount=all_amounts)
def test_every_amount_is_itself(amount: Amount) -> None:
    assert relate_amounts(amount, amount).relation is Relation.SAME


@given(said=all_amounts, known=all_amounts)
def test_refining_is_confirming_seen_from_the_other_side(said: Amount, known: Amount) -> None:
    if None in (said.low, said.high, known.low, known.high):
        return
    refines = relate_amounts(said, known).relation is Relation.INSIDE
    confirmed = relate_amounts(known, said).relation in (Relation.SAME, Relation.COVERS)
    assert refines <= confirmed
