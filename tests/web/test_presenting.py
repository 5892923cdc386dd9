"""How dates, lengths and addresses are put into words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from monitor.web.presenting import expected_in_words, fact_path, how_far, length_in_words
from tests.core.judging.builders import known

TODAY = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-H1", "by 30 June 2024, in 29 days"),
        ("../2024-06", "by 30 June 2024, in 29 days"),
        ("2024-06-01", "on 1 June 2024, today"),
        ("2024-05", "by 31 May 2024, 1 day ago"),
        ("2027/..", "not before 1 January 2027"),
        ("2024-03 (done)", ""),
        ("unknown", ""),
        ("cancelled", ""),
    ],
)
def test_a_plan_says_when_it_is_to_happen_and_nothing_else_does(text: str, words: str) -> None:
    assert expected_in_words(known(text), TODAY) == words


def test_a_day_is_as_far_ahead_as_it_was_ago() -> None:
    assert (how_far(date(2024, 8, 1), TODAY), how_far(date(2024, 4, 1), TODAY)) == ("in 2 months", "2 months ago")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (90, "90 seconds"), (900, "15 minutes"), (5_400, "90 minutes"), (7_200, "2 hours"), (86_400, "1 day")],
)
def test_a_length_is_said_in_the_largest_unit_that_goes_into_it(seconds: int, words: str) -> None:
    assert length_in_words(timedelta(seconds=seconds)) == words


def test_no_name_leads_to_another_page() -> None:
    assert fact_path("a/../b", "c?d#e") == "/watches/a%2F..%2Fb/c%3Fd%23e"
