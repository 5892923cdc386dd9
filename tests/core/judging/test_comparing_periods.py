"""Comparing periods: closed ones by covering, deadlines by their last day, earliest dates by their first."""

from __future__ import annotations

import pytest
from hypothesis import given

from monitor.core.judging.comparing_periods import relate_periods
from monitor.core.judging.relations import Relation
from monitor.core.values import Period, parse_period
from tests.core.strategies import closed_periods, periods


@pytest.mark.parametrize(
    ("said", "known", "relation"),
    [
        pytest.param("2024", "2024-H1", "covers", id="a vaguer period covers"),
        pytest.param("2024-03", "2024-H1", "inside", id="a month lies inside its half"),
        pytest.param("2024-H2", "2024-H1", "differs", id="the other half"),
        pytest.param("2024-05/2024-08", "2024-H1", "differs", id="overlapping alone is no covering"),
        pytest.param("2025-12~", "2026-01-01", "same", id="year-end reaches New Year"),
        pytest.param("2025-12-19", "2025-12~", "inside", id="a day is sharper than year-end"),
        pytest.param("2025-09/2025-12~", "2025-09/2025-11", "same", id="two outlets cut autumn differently"),
        pytest.param("2026-01/2026-04~", "2026-01/2026-06", "covers", id="soft and hardly shorter is not sharper"),
        pytest.param("2025-09/2025-12~", "2025", "inside", id="a season is sharper than its year"),
        pytest.param("2025-07~", "2025-04", "differs", id="three months on is another date, soft or not"),
        pytest.param("../2026", "2025-06", "differs", id="by end-2026 does not confirm June 2025"),
        pytest.param("../2025-06", "2025-06", "same", id="a deadline with the known last day"),
        pytest.param("../2025-06", "2025", "inside", id="a deadline inside the known year"),
        pytest.param("../2024", "2025-06", "differs", id="a deadline before it"),
        pytest.param("2025-06", "../2025", "inside", id="a month before the deadline"),
        pytest.param("2025-12", "../2025", "covers", id="the month of the deadline"),
        pytest.param("2026-02", "../2025", "differs", id="after the deadline"),
        pytest.param("../2026", "../2025", "differs", id="a later deadline is another"),
        pytest.param("../2026", "2025/..", "inside", id="a deadline after the earliest date"),
        pytest.param("../2024", "2025/..", "differs", id="a deadline before the earliest date"),
        pytest.param("2029/..", "2029", "same", id="from 2029 on"),
        pytest.param("2029/..", "2029-06", "same", id="from 2029, said by the year"),
        pytest.param("2026-12/..", "2026-12", "same", id="in December at the earliest"),
        pytest.param("2034/..", "2029/2033", "differs", id="not before 2034"),
        pytest.param("2026-06/..", "2026", "inside", id="from June of the known year"),
        pytest.param("2025-03/..", "2025-09", "differs", id="from March is earlier than September"),
        pytest.param("2035/..", "2034/..", "differs", id="a later earliest date is another"),
        pytest.param("2026/..", "../2025-06", "differs", id="begins after the deadline"),
        pytest.param("2025/..", "../2026", "inside", id="an earliest date before the deadline"),
        pytest.param("2024-05", "2024-04/..", "inside", id="a month after the earliest date"),
        pytest.param("2027", "2027-03/..", "covers", id="the year of the earliest date"),
        pytest.param("2026", "2027/..", "differs", id="earlier than the earliest date"),
    ],
)
def test_a_period_lies_to_the_known_one_as_a_reader_would_say(said: str, known: str, relation: str) -> None:
    assert relate_periods(parse_period(said), parse_period(known)).relation == relation


@given(period=periods)
def test_every_period_is_itself(period: Period) -> None:
    assert relate_periods(period, period).relation is Relation.SAME


@given(said=closed_periods, known=closed_periods)
def test_refining_is_confirming_seen_from_the_other_side(said: Period, known: Period) -> None:
    refines = relate_periods(said, known).relation is Relation.INSIDE
    confirmed = relate_periods(known, said).relation in (Relation.SAME, Relation.COVERS)
    assert refines <= confirmed


@given(said=closed_periods, known=closed_periods)
def test_closed_periods_can_both_hold_or_not_whichever_is_said(said: Period, known: Period) -> None:
    assert relate_periods(said, known).is_compatible is relate_periods(known, said).is_compatible


@given(said=periods, known=periods)
def test_any_two_periods_can_be_compared(said: Period, known: Period) -> None:
    assert str(said) in relate_periods(said, known).why
