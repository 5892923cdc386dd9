"""A printed value is read in the fact's unit or in one that converts to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.core.facts import Fact
from monitor.core.reading.knowns import read_known
from tests.core.reading.builders import CAPACITY, LAUNCH, LICENCE, PRICE, STAKE, library

AREA = replace(CAPACITY, key="area", unit="m2")


@pytest.mark.parametrize(
    ("text", "fact", "printed"),
    [
        ("150000 vehicle/year", CAPACITY, "150000 vehicle/year"),
        ("150000 vehicles/year", CAPACITY, "150000 vehicle/year"),
        ("150000 cars/year", CAPACITY, "150000 vehicle/year"),
        ("150000", CAPACITY, "150000 vehicle/year"),
        ("~72 ha", AREA, "~720000 m2"),
        ("<5 km2", AREA, "<5000000 m2"),
        ("1-2 ha", AREA, "10000-20000 m2"),
        ("150000 cars/year (done)", CAPACITY, "150000 vehicle/year (done)"),
        ("72 ha (cancelled)", AREA, "720000 m2 (cancelled)"),
        ("72 ha (expected)", AREA, "720000 m2"),
        ("215900-299900 CNY", PRICE, "215900-299900 CNY"),
        ("1/2", STAKE, "1/2"),
        ("50%", STAKE, "1/2"),
        ("2024-03-28 (done)", LAUNCH, "2024-03-28 (done)"),
        ("2024-H1", LAUNCH, "2024-H1"),
        ("2024~", LAUNCH, "2024~"),
        ("approved", LICENCE, "approved"),
        ("unknown", CAPACITY, "unknown"),
        ("  unknown ", LAUNCH, "unknown"),
        ("cancelled", PRICE, "cancelled"),
        ("cancelled", LAUNCH, "cancelled"),
    ],
)
def test_a_value_is_read_in_any_unit_that_converts(text: str, fact: Fact, printed: str) -> None:
    assert str(read_known(text, fact, library().units)) == printed


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("150000 m2", CAPACITY),
        ("72 kg", AREA),
        ("72 USD", PRICE),
        ("many cars", CAPACITY),
        ("72 furlongs", AREA),
        ("soon", LAUNCH),
        ("refused", LICENCE),
        ("", CAPACITY),
    ],
)
def test_what_measures_something_else_or_nothing_is_refused(text: str, fact: Fact) -> None:
    with pytest.raises(ValueError, match=r"no amount|no period|no state|measured in"):
        read_known(text, fact, library().units)


@pytest.mark.parametrize("fact", [CAPACITY, PRICE, AREA, LAUNCH])
@pytest.mark.parametrize("standing", ["", " (done)"])
def test_what_is_printed_is_read_again(fact: Fact, standing: str) -> None:
    body = "2024-Q3" if fact is LAUNCH else f"12000-13000 {fact.unit}"
    known = read_known(body + standing, fact, library().units)
    assert read_known(str(known), fact, library().units) == known
