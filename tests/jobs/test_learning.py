"""Learning: weights follow the truth of what was seen, and how a threshold is measured."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.reading.linking import odds_of
from monitor.jobs.learning import THRESHOLDS, Study, figures_at, fold_of, judge_held_out, learn
from tests.core.reading.builders import CAPACITY, FAMILIES, LAUNCH, candidates, watch

DATED = candidates(watch(LAUNCH), "The launch is in 2025.")[0]
COUNTED = candidates(watch(CAPACITY), "A capacity of 150,000 cars a year.")[0]


def studies() -> Iterator[Study]:
    """Twelve watches on which "good" is the truth, of dates and of amounts, and "rare" stands in one only."""
    for number in range(12):
        for candidate in (DATED, COUNTED):
            for truth in (True, False):
                features = {"bias": 1.0, "good" if truth else "bad": 1.0} | ({"rare": 1.0} if number == 0 and truth else {})
                yield Study(watch=f"watch-{number}", candidates=(candidate,), features=(features,), truths=(truth,))


def test_what_speaks_for_the_truth_weighs_for_it_in_both_families() -> None:
    weights, standings = learn(list(studies()))
    for family in ("period", "amount"):
        assert weights[family]["good"] > 0 > weights[family]["bad"]
        assert standings[family]["by itself"] > 0


def test_a_feature_of_one_watch_is_not_learned() -> None:
    weights, _ = learn(list(studies()))
    assert "rare" not in weights["period"]


def test_a_candidate_whose_truth_is_open_is_not_learned_from() -> None:
    open_ones = [
        Study(watch=f"watch-{n}", candidates=(DATED,), features=({"bias": 1.0, "open": 1.0},), truths=(None,)) for n in range(12)
    ]
    assert learn([*studies(), *open_ones]) == learn(list(studies()))


def test_learning_twice_gives_the_same_weights() -> None:
    assert learn(list(studies())) == learn(list(studies()))


def test_what_is_judged_is_judged_by_weights_of_other_watches() -> None:
    judged = judge_held_out(list(studies()))
    assert {family: len(found) for family, found in judged.items()} == {"period": 24, "amount": 24}
    assert figures_at(judged["period"], 0.5) == (1.0, 1.0)


def test_a_watch_stays_in_its_fold() -> None:
    assert [fold_of(f"watch-{number}") for number in range(12)] == [fold_of(f"watch-{number}") for number in range(12)]
    assert len({fold_of(f"watch-{number}") for number in range(12)}) > 1


def test_odds_are_the_sum_over_the_weights_that_exist() -> None:
    assert odds_of({"a": 1.0, "b": 2.0, "new": 5.0}, {"a": 0.5, "b": -1.0}) == -1.5


JUDGED = [(3.0, True), (2.0, False), (0.5, True), (-1.0, True)]


@pytest.mark.parametrize(
    ("threshold", "precision", "recall"), [(0.0, 3 / 4, 1.0), (0.5, 2 / 3, 2 / 3), (0.9, 1.0, 1 / 3), (1.0, 0.0, 0.0)]
)
def test_figures_are_those_of_the_links_believed_at_a_threshold(threshold: float, precision: float, recall: float) -> None:
    assert figures_at(JUDGED, threshold) == pytest.approx((precision, recall))


@given(threshold=st.floats(0, 1), judged=st.lists(st.tuples(st.floats(-5, 5), st.booleans()), max_size=30))
def test_a_higher_threshold_finds_no_more(threshold: float, judged: list[tuple[float, bool]]) -> None:
    assert figures_at(judged, threshold)[1] <= figures_at(judged, 0.0)[1] <= 1


def test_every_family_has_a_threshold() -> None:
    assert set(THRESHOLDS) == set(FAMILIES)
