"""How far a cue reaches: its side, its clause, and what ends it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.core.reading.candidates import Candidate
from monitor.core.reading.scopes import Scope, cue_over, is_value_between
from tests.core.reading.builders import CAPACITY, candidates, watch

RECALL = Scope(label="modality.recalled")


def last(body: str) -> Candidate:
    """The candidate of the last value of a text."""
    return candidates(watch(CAPACITY), body)[-1]


@pytest.mark.parametrize(
    ("scope", "body", "reaches"),
    [
        (RECALL, "Originally the capacity was 150,000 cars a year.", True),
        (RECALL, "Originally, the capacity was 150,000 cars a year.", True),
        (RECALL, "Originally a bakery, the works have a capacity of 150,000 cars a year.", False),
        (replace(RECALL, whole_sentence=True), "Originally a bakery, the works have a capacity of 150,000 cars a year.", True),
        (replace(RECALL, before=False), "Originally the capacity was 150,000 cars a year.", False),
        (replace(RECALL, before=False), "A capacity of 150,000 cars a year was planned originally.", True),
        (replace(RECALL, behind=False), "A capacity of 150,000 cars a year was planned originally.", False),
        (replace(RECALL, ends=("reference.contrast",)), "Originally small but now it has 150,000 cars a year.", False),
        (replace(RECALL, ends_at_value=True), "Originally 100,000 cars a year and then 150,000 cars a year.", False),
        (replace(RECALL, ends_at_value=True), "Originally it had 300 MW and 150,000 cars a year.", True),
        (replace(RECALL, farthest=10), "Originally the capacity was 150,000 cars a year.", False),
        (replace(RECALL, excepted="modality.planned"), "Originally planned were 150,000 cars a year.", True),
        (replace(RECALL, excepted="modality.recalled"), "Originally there were 150,000 cars a year.", False),
    ],
)
def test_a_cue_reaches_as_far_as_its_scope_says(scope: Scope, body: str, reaches: bool) -> None:
    assert (cue_over(last(body), scope) is not None) is reaches


def test_the_nearest_cue_is_shown() -> None:
    candidate = last("Originally it was previously 150,000 cars a year.")
    hit = cue_over(candidate, RECALL)
    assert hit is not None
    assert hit.phrase == "previously"


def test_only_a_value_that_could_be_of_the_fact_lies_between() -> None:
    candidate = last("It has 300 MW, 40 jobs and 150,000 cars a year.")
    assert not is_value_between(candidate, 0, candidate.start)
    assert is_value_between(last("From 100,000 cars a year to 150,000 cars a year."), 0, 40)
