"""Training: which candidates are learned from, and how a threshold is chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.jobs.cases import Label, LabelledItem
from monitor.jobs.training import THRESHOLDS, Sample, collect, figures_at, odds
from tests.core.reading.builders import FAMILIES, item, library
from tests.jobs.readers import ACME


def case(body: str, *labels: Label, lenient: frozenset[str] = frozenset()) -> LabelledItem:
    source = replace(item(body), published=datetime(2024, 6, 15, tzinfo=UTC))
    return LabelledItem(item=source, watch="acme", known={}, labels=labels, lenient=lenient)


def label(value: str, *, fact: str = "launch", verdict: str = "changes") -> Label:
    return Label(fact=fact, verdict=verdict, value=value, alert="yes")


def samples(one: LabelledItem) -> list[tuple[str, bool]]:
    return [(sample.family, sample.is_link) for sample in collect([one], {"acme": ACME}, library())]


BODY = "Acme moved the launch to March 2026."


def test_a_candidate_that_means_the_label_is_a_link_and_another_is_none() -> None:
    assert samples(case(BODY, label("2026-03"))) == [("period", True)]
    assert samples(case(BODY, label("2029"))) == [("period", False)]
    assert samples(case(BODY)) == [("period", False)]


@pytest.mark.parametrize("body", ["Acme confirmed the launch in March 2025.", "Will Acme move the launch to March 2026?"])
def test_what_would_move_nothing_is_not_learned_from(body: str) -> None:
    assert samples(case(body)) == []


def test_what_a_label_leaves_open_is_not_learned_from() -> None:
    assert samples(case(BODY, lenient=frozenset({"launch"}))) == []
    assert samples(case(BODY, label("2026-03"), lenient=frozenset({"launch"}))) == [("period", True)]
    assert samples(case(BODY, label("2026-03", verdict="denied_change"))) == []


def test_an_undated_event_is_a_link_where_it_is_labelled_as_done_or_of_this_month() -> None:
    body = "The launch was a success."
    assert samples(case(body, label("2024-06-14", verdict="completed"))) == [("event", True)]
    assert samples(case(body, label("2024-06", verdict="refines"))) == [("event", True)]
    assert samples(case(body, label("2026-03"))) == [("event", False)]


def test_a_sample_names_its_watch_and_features() -> None:
    (sample,) = collect([case(BODY, label("2026-03"))], {"acme": ACME}, library())
    assert isinstance(sample, Sample)
    assert sample.watch == "acme"
    assert sample.features["bias"] == 1.0


def test_odds_are_the_sum_over_the_weights_that_exist() -> None:
    assert odds({"a": 1.0, "b": 2.0, "new": 5.0}, {"a": 0.5, "b": -1.0}) == -1.5


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
