"""Training: which candidates are learned from, and how a threshold is chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.jobs.cases import Label, LabelledItem
from monitor.jobs.training import Sample, choose_threshold, collect, odds
from tests.core.reading.builders import item, library
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


judged_lists = st.lists(st.tuples(st.floats(-5, 5), st.booleans()), min_size=1, max_size=30, unique_by=lambda pair: pair[0])


@given(judged=judged_lists, wanted=st.floats(0.1, 1.0))
def test_the_precision_above_a_chosen_threshold_is_the_wanted_one(judged: list[tuple[float, bool]], wanted: float) -> None:
    at, precision, recall = choose_threshold(judged, wanted)
    above = [truth for value, truth in judged if value >= at]
    if recall > 0:
        assert sum(above) / len(above) == pytest.approx(precision)
        assert precision >= wanted
        assert recall == pytest.approx(sum(above) / sum(truth for _, truth in judged))


def test_the_lowest_such_threshold_is_chosen() -> None:
    judged = [(3.0, True), (2.0, False), (1.0, True), (0.0, False)]
    assert choose_threshold(judged, 0.6) == (1.0, 2 / 3, 1.0)
    assert choose_threshold(judged, 1.0) == (3.0, 1.0, 0.5)
