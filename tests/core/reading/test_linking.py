"""The linker's sum: which model judges a candidate, and what its probability is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.facts import Fact
from monitor.core.reading.linking import SHOWN_REASONS, Link, Model, build_models, family_of, is_groundless, link_all
from monitor.core.reading.standings import log_odds
from tests.core.reading.builders import CAPACITY, LAUNCH, LICENCE, PRICE, STAKE, candidates, model, watch

DATED = candidates(watch(LAUNCH), "The launch is in 2025.")[0]
numbers = st.floats(-50, 50)


def models(weights: dict[str, float], threshold: float = 0.5) -> dict[str, Model]:
    return {"period": model(weights, threshold)}


def link(features: dict[str, float], by: dict[str, Model]) -> Link:
    """One candidate alone in its item."""
    (one,) = link_all([DATED], [features], by)
    return one


@pytest.mark.parametrize(
    ("fact", "body", "family"),
    [
        (LAUNCH, "The launch is in 2025.", "period"),
        (CAPACITY, "A capacity of 150,000 cars a year.", "amount"),
        (PRICE, "The price is 200,000 yuan.", "amount"),
        (STAKE, "A stake of 20 percent.", "share"),
        (LICENCE, "It was approved.", "status"),
    ],
)
def test_each_sort_of_candidate_has_a_model_of_its_own(fact: Fact, body: str, family: str) -> None:
    assert {family_of(candidate) for candidate in candidates(watch(fact), body)} == {family}


@given(weights=st.dictionaries(st.sampled_from("abc"), numbers), features=st.dictionaries(st.sampled_from("abcd"), numbers))
def test_the_probability_rises_with_the_sum_of_the_parts_and_stays_one(
    weights: dict[str, float], features: dict[str, float]
) -> None:
    one = link(features, models(weights))
    odds = sum(weight for _, weight in one.parts)
    assert odds == pytest.approx(sum(weights[name] * features[name] for name in weights.keys() & features.keys()))
    assert 0 < one.probability < 1
    assert (one.probability > 0.5) == (odds > 0) or abs(odds) < 1e-9


def test_a_feature_without_weight_weighs_nothing_and_is_not_shown() -> None:
    assert link({"a": 1.0, "new": 9.0}, models({"a": 0.5})).parts == (("a", 0.5),)


def test_a_link_is_believed_from_the_threshold_on() -> None:
    assert link({}, models({}, threshold=0.5)).is_believed
    assert not link({"a": 1.0}, models({"a": -0.01}, threshold=0.5)).is_believed


def test_reasons_are_the_heaviest_parts_without_the_bias() -> None:
    weights = {"bias": -9.0, "a": 1.0, "b": -2.0}
    assert link(dict.fromkeys(weights, 1.0), models(weights)).reasons == ("b (-2.0)", "a (+1.0)")


def test_no_more_reasons_are_shown_than_a_person_reads() -> None:
    weights = {f"feature {number}": 1.0 for number in range(20)}
    assert len(link(dict.fromkeys(weights, 1.0), models(weights)).reasons) <= SHOWN_REASONS


def test_models_come_from_the_table_by_family() -> None:
    assert build_models({"period": {"weights": {"a": 1}, "standings": {"b": 2}, "threshold": "0.6"}}) == {
        "period": Model(weights={"a": 1}, standings={"b": 2}, threshold=0.6)
    }


def test_the_same_candidate_and_features_give_the_same_link() -> None:
    weights = models({"a": 1.0, "b": 1.0})
    assert link({"a": 1.0, "b": 1.0}, weights) == link({"b": 1.0, "a": 1.0}, weights)


def test_the_second_sum_keeps_the_parts_of_the_first_in_its_share() -> None:
    second = Model(
        weights={"a": 2.0}, standings={"by itself": 0.5, "bias": -0.25, "no other value for the fact": 1.0}, threshold=0.5
    )
    one = link({"a": 1.0}, {"period": second})
    assert dict(one.parts) == {"a": 1.0, "bias": -0.25, "no other value for the fact": 1.0}
    assert one.is_believed


def test_a_value_told_twice_is_believed_sooner_than_one_told_once() -> None:
    second = {"period": Model(weights={"a": 1.0}, standings={"by itself": 1.0, "value told again": 1.0}, threshold=0.5)}
    twice = candidates(watch(LAUNCH), "The launch is in 2025. Yes, in 2025. But 2026.")
    once, again, other = link_all(twice, [{"a": -0.2}] * 3, second)
    assert once.probability == again.probability > other.probability


@pytest.mark.parametrize(
    ("features", "groundless"),
    [
        ({"no cue": 1.0}, True),
        ({"no cue": 1.0, "words of the fact's title": 0.0}, True),
        ({"no cue": 1.0, "words of the fact's title": 0.5}, False),
        ({"no cue": 1.0, "value in force stands beside": 1.0}, False),
        ({"no cue": 1.0, "only fact that could move": 1.0}, False),
        ({"cue in sentence": 1.0}, False),
    ],
)
def test_what_no_word_speaks_for_must_be_likelier_to_be_believed(features: dict[str, float], groundless: bool) -> None:
    assert is_groundless(features) is groundless
    likely, likelier = ({**features, "weighs": odds} for odds in (log_odds(0.55), log_odds(0.65)))
    assert link(likely, models({"weighs": 1.0})).is_believed is not groundless
    assert link(likelier, models({"weighs": 1.0})).is_believed


@pytest.mark.parametrize(
    ("features", "told"),
    [
        (("in the headline", "subject named in the sentence", "achieved in the clause"), True),
        (("in the lead", "subject named in the sentence", "achieved in the clause"), True),
        (("in the headline", "achieved in the clause"), False),
        (("in the headline", "subject named in the sentence"), False),
        (("subject named in the sentence", "achieved in the clause"), False),
    ],
)
def test_an_event_without_a_date_is_believed_where_headline_or_lead_tell_it_of_the_subject(
    features: tuple[str, ...], told: bool
) -> None:
    (event,) = candidates(watch(LAUNCH), "The launch was a success.")
    (one,) = link_all([event], [dict.fromkeys(features, 1.0)], {})
    assert one.is_believed is told
    assert (one.probability > 0.5) is told
