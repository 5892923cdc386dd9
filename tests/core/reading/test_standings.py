"""Standings: what the other candidates of an item say of one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.facts import Fact
from monitor.core.reading.standings import BY_ITSELF, compare, probability_of
from tests.core.reading.builders import LAUNCH, OPENING, candidates, watch


def standings(body: str, odds: list[float], *facts: Fact) -> list[dict[str, float]]:
    return compare(candidates(watch(*(facts or (LAUNCH,))), body), odds)


def test_a_candidate_alone_has_no_rivals() -> None:
    assert standings("The launch is in 2027.", [0.7]) == [{"bias": 1.0, BY_ITSELF: 0.7, "no other value for the fact": 1.0}]


def test_another_value_of_the_fact_is_a_rival_by_its_probability_and_by_the_lead() -> None:
    first, second = standings("The launch is in 2027. It was 2025.", [1.0, -0.5])
    assert first["another value for the fact"] == probability_of(-0.5)
    assert (first["lead over other values"], second["lead over other values"]) == (1.5, -1.5)
    assert "value told again" not in first


def test_the_same_value_told_again_is_no_rival() -> None:
    first, _ = standings("The launch is in 2027. Yes, 2027.", [0.0, 2.0])
    assert first["value told again"] == probability_of(2.0)
    assert first["no other value for the fact"] == 1.0
    assert "another value for the fact" not in first


def test_another_fact_that_may_have_the_value_is_a_rival() -> None:
    launch, opening = standings("The launch is in 2027.", [0.5, 1.0], LAUNCH, OPENING)
    assert launch["another fact for the value"] == probability_of(1.0)
    assert (launch["lead over other facts"], opening["lead over other facts"]) == (-0.5, 0.5)


def test_the_sentence_the_sentence_before_and_the_headline_tell_the_fact_or_another() -> None:
    first, second = standings("The launch is in 2027. It was 2025.", [1.0, 0.0])
    assert "sentence before tells the fact" not in first
    assert second["sentence before tells the fact"] == probability_of(1.0)
    one, other = standings("The launch was 2025, is 2027.", [1.0, 0.0])
    assert (one["sentence tells the fact"], other["sentence tells the fact"]) == (probability_of(0.0), probability_of(1.0))


@given(st.lists(st.floats(-50, 50), min_size=3, max_size=3))
def test_no_lead_and_no_probability_is_out_of_bounds(odds: list[float]) -> None:
    for found in standings("The launch is in 2027. It was 2025. Or 2026.", odds):
        assert all(-2 <= value <= 2 for name, value in found.items() if name != BY_ITSELF)


@pytest.mark.parametrize(("odds", "probability"), [(0.0, 0.5), (1000.0, 1.0), (-1000.0, 0.0)])
def test_a_probability_follows_its_odds(odds: float, probability: float) -> None:
    assert probability_of(odds) == pytest.approx(probability, abs=1e-9)
