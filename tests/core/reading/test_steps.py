"""The two ends of a step are told apart, and the new one is read with the old one's help."""

from __future__ import annotations

import pytest

from monitor.core.facts import Fact
from tests.core.reading.builders import LAUNCH, PRICE, candidates, watch


def steps(fact: Fact, body: str) -> dict[str, str]:
    """By each new end of a step, the words of its old end."""
    found = candidates(watch(fact), body)
    return {str(one.value): one.origin.text for one in found if one.origin}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The launch is brought forward from November 2028 to June 2027.", {"2027-06": "November 2028"}),
        ("They moved the launch from 2027 to 2028.", {"2028": "2027"}),
        ("The launch is due in June 2027 instead of November 2028.", {"2027-06": "November 2028"}),
        ("The launch is in May 2027 instead of in July 2027.", {"2027-05": "July 2027"}),
        ("The launch in 2027 and the move in 2028.", {}),
        ("It ran from 2020 to 2024.", {}),
    ],
)
def test_the_new_end_of_a_step_knows_the_old_one(body: str, expected: dict[str, str]) -> None:
    assert steps(LAUNCH, body) == expected


def test_the_price_before_is_the_old_end_of_the_price_now() -> None:
    assert list(steps(PRICE, "Acme cut the price from 70,000 yuan to 50,000 yuan.")) == ["50000 CNY"]
