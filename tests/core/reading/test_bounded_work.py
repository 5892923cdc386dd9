"""Reading costs what a text is long: twice the text, about twice the work, whatever it is made of.

Work is counted in calls, not in seconds, so that a busy machine does not fail a test. The longest text that is read at all has an
end (``extracting``), so this bounds the work on one item.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.reading.builders import (
    CAPACITY,
    LAUNCH,
    LICENCE,
    PRICE,
    STAKE,
    credulous,
    item,
    reading,
    watch,
)

EVERYTHING = watch(LAUNCH, CAPACITY, PRICE, STAKE, LICENCE, known={"launch": "2025-03", "capacity": "100000 vehicle/year"})
LENGTH = 1_200
MOST = 2.6  # times the work for twice the text
WORDS = (
    "Acme|Acme moved the launch to 2026.|launch|in 2025|six months later|150,000 cars a year|$12bn|half|1|not|?|.|\n|，|,|(|-|“"
)
FRAGMENTS = f"{WORDS}|approved|极点|二期|月|by|from|to|Monday|the end of|next".split("|")


def work(text: str) -> int:
    """How many calls it takes to read a text."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    source, library = item(text), credulous()
    sys.setprofile(count)
    try:
        reading(EVERYTHING, source, with_library=library)
    finally:
        sys.setprofile(None)
    return calls


def grown(parts: Sequence[str], length: int) -> str:
    """A text of at least so many characters that repeats some parts."""
    text, size = [], 0
    for part in cycle(parts):
        if size >= length:
            break
        text.append(part)
        size += len(part)
    return "".join(text)


def growth(parts: Sequence[str]) -> float:
    work(grown(parts, LENGTH))  # what is made ready once for all texts of a language is no work on this one
    return work(grown(parts, 2 * LENGTH)) / work(grown(parts, LENGTH))


@settings(max_examples=12, deadline=None)
@given(parts=st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=6).map(lambda parts: [f"{part} " for part in parts]))
def test_twice_the_text_is_about_twice_the_work(parts: list[str]) -> None:
    assert growth(parts) <= MOST


@pytest.mark.parametrize("part", ["2026\n", ". By ", "Monday Monday\n", "from 1\n", "Acme 2026. ", "1 cars, ", "not "])
def test_a_table_of_values_is_no_more_work_than_a_report(part: str) -> None:
    assert growth([part]) <= MOST


@settings(max_examples=12, deadline=None)
@given(noise=st.text(min_size=1, max_size=60))
def test_any_characters_are_borne_at_length(noise: str) -> None:
    assert growth([noise, " Acme moved the launch to May 2026. "]) <= MOST
