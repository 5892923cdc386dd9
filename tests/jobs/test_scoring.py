"""Scoring: what counts as right, false, found and missed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from monitor.jobs.cases import LabelledItem
from monitor.jobs.scoring import Alert, Entry, Mark, count, figures_by, figures_of, score
from tests.core.reading.builders import library
from tests.jobs.labelled import case, label
from tests.jobs.readers import ACME, reader


def alert(fact: str, value: str | None, verdict: str = "changes") -> Alert:
    return {"fact": fact, "verdict": verdict, "value": value, "known": "unknown", "quote": "said"}


def entries(one: LabelledItem, *alerts: Alert) -> list[Entry]:
    return list(count(one, alerts, one.labels, ACME.facts, library().units))


def marks(one: LabelledItem, *alerts: Alert) -> list[Mark]:
    return [entry.mark for entry in entries(one, *alerts)]


LATER = label("launch", "2026-03")


def test_an_alert_that_a_label_wants_is_right_and_the_label_found() -> None:
    assert marks(case(LATER), alert("launch", "2026-03")) == [Mark.FOUND, Mark.RIGHT]


def test_silence_where_an_alert_must_come_is_missed() -> None:
    assert marks(case(LATER)) == [Mark.MISSED]


def test_another_value_is_both_missed_and_false() -> None:
    assert marks(case(LATER), alert("launch", "2027-03")) == [Mark.MISSED, Mark.FALSE]


def test_an_alert_that_may_come_is_right_but_not_missed_where_it_does_not() -> None:
    optional = case(label("launch", "2026-03", alert="optional"))
    assert marks(optional, alert("launch", "2026-03")) == [Mark.RIGHT]
    assert marks(optional) == []


def test_an_alert_where_the_label_wants_silence_is_false() -> None:
    silent = case(label("launch", "2026-03", verdict="confirms", alert="no"))
    assert marks(silent, alert("launch", "2026-03")) == [Mark.FALSE]


def test_an_alert_on_what_is_lenient_is_not_counted() -> None:
    assert marks(case(lenient=("launch",)), alert("launch", "2026-03"), alert("capacity", "5")) == [Mark.FALSE]


def test_two_right_alerts_for_one_label_count_once() -> None:
    twice = [alert("launch", "2026-03"), alert("launch", "2026-03-10", "refines")]
    assert marks(case(LATER), *twice) == [Mark.FOUND, Mark.RIGHT]


def test_two_labels_on_one_fact_are_found_each_but_their_alerts_count_once() -> None:
    both = case(LATER, label("launch", "2028"))
    assert marks(both, alert("launch", "2026-03"), alert("launch", "2028")) == [Mark.FOUND, Mark.FOUND, Mark.RIGHT]


def test_a_wrong_alert_beside_a_right_one_is_false() -> None:
    said = [alert("launch", "2030"), alert("launch", "2026-03")]
    assert marks(case(LATER), *said) == [Mark.FOUND, Mark.FALSE, Mark.RIGHT]


@pytest.mark.parametrize("verdict", ["changes", "refines", "completed"])
def test_between_changes_refines_and_completed_the_value_decides(verdict: str) -> None:
    assert marks(case(label("launch", "2026-03", verdict="refines")), alert("launch", "2026-03", verdict))[0] is Mark.FOUND


def test_a_first_value_is_not_a_change_unless_the_label_accepts_it() -> None:
    first = alert("launch", "2026-03", "new_value")
    assert marks(case(LATER), first) == [Mark.MISSED, Mark.FALSE]
    assert marks(case(label("launch", "2026-03", accept=("new_value",))), first) == [Mark.FOUND, Mark.RIGHT]


def test_a_cancellation_needs_no_value() -> None:
    given_up = alert("launch", None, "cancelled")
    assert marks(case(label("launch", "2026", verdict="cancelled")), given_up) == [Mark.FOUND, Mark.RIGHT]
    assert marks(case(label("launch", "2026", accept=("cancelled",))), given_up) == [Mark.FOUND, Mark.RIGHT]
    assert marks(case(LATER), given_up) == [Mark.MISSED, Mark.FALSE]


def test_a_change_to_no_value_is_no_value_of_the_label() -> None:
    assert marks(case(LATER), alert("launch", None)) == [Mark.MISSED, Mark.FALSE]


WORKED_EXAMPLE: Sequence[tuple[LabelledItem, Sequence[Alert]]] = (
    # Found and right; a second alert on the same fact adds nothing.
    (case(LATER), [alert("launch", "2026-03"), alert("launch", "2026-Q1", "refines")]),
    # One of two found; the false alert is on the other fact, so that one is told with another value.
    (case(LATER, label("capacity", "150000")), [alert("launch", "2026-03-20"), alert("capacity", "200000")]),
    # Missed in silence.
    (case(label("licence", "approved")), []),
    # Right though it need not come.
    (case(label("capacity", "150000", alert="optional")), [alert("capacity", "151000")]),
    # Not counted, and false.
    (case(lenient=("launch",)), [alert("launch", "2031"), alert("licence", "approved")]),
)


def test_figures_are_those_counted_by_hand() -> None:
    counted = [entry for one, said in WORKED_EXAMPLE for entry in entries(one, *said)]
    figures = figures_of(counted)
    assert (figures.right, figures.false, figures.found, figures.missed) == (3, 2, 2, 2)
    assert (figures.wanted, figures.told) == (4, 3)
    assert figures.precision == 3 / 5
    assert figures.recall == 2 / 4
    assert figures.f1 == pytest.approx(6 / 11)
    assert figures.told_part == 3 / 4


def test_groups_add_up_to_the_whole() -> None:
    counted = [entry for one, said in WORKED_EXAMPLE for entry in entries(one, *said)]
    groups = figures_by(counted, lambda entry: entry.fact.key)
    assert list(groups) == ["capacity", "launch", "licence"]
    assert (groups["launch"].right, groups["launch"].found) == (2, 2)
    assert (groups["capacity"].right, groups["capacity"].false, groups["capacity"].missed) == (1, 1, 1)
    assert (groups["licence"].false, groups["licence"].missed) == (1, 1)


def test_nothing_said_and_nothing_wanted_is_no_fault() -> None:
    figures = figures_of([])
    assert (figures.precision, figures.recall, figures.f1) == (1.0, 1.0, 1.0)


# --- with the reading -------------------------------------------------------------------------------

FIRST = case(LATER, body="Acme moved the launch to March 2026.", number="1", published="2024-06-15")
SECOND = case(
    LATER,
    body="Acme moved the launch to March 2026, it confirmed.",
    number="2",
    published="2024-06-20",
    replayed=(label("launch", "2026-03", verdict="confirms", alert="no"),),
)


def test_each_item_alone_is_held_against_the_baseline() -> None:
    assert [entry.mark for entry in score([FIRST, SECOND], reader())] == [Mark.FOUND, Mark.RIGHT] * 2


def test_a_case_that_says_what_was_known_is_held_against_that() -> None:
    known = case(label("launch", "2026-03", verdict="confirms", alert="no"), body=FIRST.item.body, launch="2026-03")
    assert score([known], reader()) == []


def test_a_replay_goes_in_the_order_of_dates_and_by_its_own_labels() -> None:
    assert [entry.mark for entry in score([SECOND, FIRST], reader(), is_replay=True)] == [Mark.FOUND, Mark.RIGHT]


def test_a_replay_sets_the_values_that_no_item_brought() -> None:
    back = case(label("launch", "2026-03"), body=FIRST.item.body, number="3", published="2024-09-01", launch="2027")
    (found, right) = score([back], reader(), is_replay=True)
    assert right.alerts[0]["known"] == "2027"
    assert found.mark is Mark.FOUND


def test_a_replay_does_not_set_what_an_earlier_item_brought() -> None:
    """The item's word is enough: were it set, a reading that missed it would be helped."""
    missed = case(LATER, body="Nothing to read here.", number="1")
    after = case(label("launch", "2026-03", verdict="confirms", alert="no"), body=FIRST.item.body, number="2", launch="2026-03")
    assert [entry.mark for entry in score([missed, after], reader(), is_replay=True)] == [Mark.MISSED, Mark.FALSE]
