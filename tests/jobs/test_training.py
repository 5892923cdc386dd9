"""Training: which candidates are learned from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.core.reading.linking import family_of
from monitor.jobs.cases import Label, LabelledItem
from monitor.jobs.training import study, tabulate
from tests.core.reading.builders import item, library
from tests.jobs.readers import ACME


def case(body: str, *labels: Label, lenient: frozenset[str] = frozenset()) -> LabelledItem:
    source = replace(item(body), published=datetime(2024, 6, 15, tzinfo=UTC))
    return LabelledItem(item=source, watch="acme", known={}, labels=labels, lenient=lenient)


def label(value: str, *, fact: str = "launch", verdict: str = "changes") -> Label:
    return Label(fact=fact, verdict=verdict, value=value, alert="yes")


def learned_from(one: LabelledItem) -> list[tuple[str, bool]]:
    """Family and truth of each candidate that is learned from."""
    (found,) = study([one], {"acme": ACME}, library())
    return [
        (family_of(candidate), truth)
        for candidate, truth in zip(found.candidates, found.truths, strict=True)
        if truth is not None
    ]


BODY = "Acme moved the launch to March 2026."


def test_a_candidate_that_means_the_label_is_a_link_and_another_is_none() -> None:
    assert learned_from(case(BODY, label("2026-03"))) == [("period", True)]
    assert learned_from(case(BODY, label("2029"))) == [("period", False)]
    assert learned_from(case(BODY)) == [("period", False)]


@pytest.mark.parametrize("body", ["Acme confirmed the launch in March 2025.", "Will Acme move the launch to March 2026?"])
def test_what_would_move_nothing_is_not_learned_from(body: str) -> None:
    assert learned_from(case(body)) == []


def test_what_a_label_leaves_open_is_not_learned_from() -> None:
    assert learned_from(case(BODY, lenient=frozenset({"launch"}))) == []
    assert learned_from(case(BODY, label("2026-03"), lenient=frozenset({"launch"}))) == [("period", True)]
    assert learned_from(case(BODY, label("2026-03", verdict="denied_change"))) == []


def test_an_event_without_a_date_is_not_learned_from() -> None:
    assert learned_from(case("The launch was a success.", label("2024-06-14", verdict="completed"))) == []


def test_of_two_dates_that_pass_for_the_label_the_closer_one_is_meant() -> None:
    body = "Acme said on 28 February 2026 that the launch is in March 2026."
    assert learned_from(case(body, label("2026-03"))) == [("period", False), ("period", True)]


def test_a_date_that_covers_a_good_part_of_the_label_is_left_open_beside_the_label_itself() -> None:
    body = "The launch is in March 2026, so in the first quarter of 2026, Acme said."
    assert learned_from(case(body, label("2026-03"))) == [("period", True)]


def test_a_study_names_its_watch_and_describes_each_candidate() -> None:
    (found,) = study([case(BODY, label("2026-03"))], {"acme": ACME}, library())
    assert found.watch == "acme"
    assert len(found.candidates) == len(found.features) == len(found.truths)
    assert all(features["bias"] == 1.0 for features in found.features)


def test_the_table_of_weights_can_be_read_back() -> None:
    cases = [case(BODY, label("2026-03")), case(BODY)]
    studies = list(study(cases, {"acme": ACME}, library()))
    assert set(tabulate([replace(one, watch=name) for one in studies for name in "abcd"])["period"]) == {
        "threshold",
        "weights",
        "standings",
    }
