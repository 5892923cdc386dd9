"""Assessing an item: its claims against the histories of a watch."""

from __future__ import annotations

from monitor.core.changes import ChangeState
from monitor.core.claims import Certainty, Modality
from monitor.core.judging.assessing import Assessment, assess_item, judge_item, reassess_item
from tests.core.judging.builders import claim, history, item, known, on_day, watch

FIRST = item("a", day=1)
SECOND = item("a", day=1, body="Edited.")


def told(assessment: Assessment) -> list[str]:
    return [f"{change.state} {change.verdict} {change.new}" for change in assessment.told]


def test_an_item_moves_the_facts_it_speaks_of() -> None:
    assessment = assess_item([claim("2024-H2", source=FIRST)], {"launch": history()}, watch(), now=on_day(1))
    assert told(assessment) == ["accepted changes 2024-H2"]
    assert assessment.histories["launch"].in_force == known("2024-H2")
    assert assessment.reasons["launch"][-1] == "told"


def test_a_fact_without_a_history_is_left_alone() -> None:
    assessment = assess_item([claim("2024-H2")], {}, watch(), now=on_day(1))
    assert (assessment.histories, assessment.judgements, assessment.told) == ({}, (), ())


def test_judging_alone_stores_nothing_and_takes_a_missing_value_as_unknown() -> None:
    (judgement,) = judge_item([claim("2024")], {}, watch())
    assert judgement.verdict == "new_value"


def test_a_former_value_beside_the_one_in_force_is_the_old_end_of_the_step() -> None:
    moved = assess_item([claim("2025", source=FIRST)], {"launch": history("2024")}, watch(), now=on_day(1))
    later = item("b", publisher="other.com", day=2)
    again = [claim("2024", source=later, says_change=True), claim("2025", source=later, says_change=True)]
    assessment = assess_item(again, moved.histories, watch(), now=on_day(2))
    assert told(assessment) == []
    assert assessment.histories["launch"].in_force == known("2025")


def test_an_edited_item_that_drops_its_claim_is_told_as_withdrawn() -> None:
    before = assess_item([claim("2025", source=FIRST)], {"launch": history("2024")}, watch(), now=on_day(1))
    after = reassess_item("a", [], before.histories, watch(), now=on_day(2))
    assert told(after) == ["withdrawn changes 2025"]
    assert after.histories["launch"].in_force == known("2024")


def test_an_edited_item_with_another_value_is_told_once_with_it() -> None:
    before = assess_item([claim("2025", source=FIRST)], {"launch": history("2024")}, watch(), now=on_day(1))
    after = reassess_item("a", [claim("2026", source=SECOND)], before.histories, watch(), now=on_day(2))
    assert told(after) == ["accepted changes 2026"]
    assert [change.state for change in after.histories["launch"].changes] == [ChangeState.WITHDRAWN, ChangeState.ACCEPTED]


def test_an_edited_item_that_says_the_same_changes_nothing() -> None:
    before = assess_item([claim("2025", source=FIRST)], {"launch": history("2024")}, watch(), now=on_day(1))
    after = reassess_item("a", [claim("2025", source=SECOND)], before.histories, watch(), now=on_day(2))
    assert after.told == ()
    assert after.histories == before.histories


def test_a_story_runs_from_rumour_to_completion_with_one_alert_a_step() -> None:
    histories = {"launch": history("2024")}
    alerts = []
    for day, said in enumerate(
        [
            claim("2024-H2", certainty=Certainty.REPORTED, source=item("1", publisher="one.com", day=1)),
            claim("2024-H2", certainty=Certainty.REPORTED, source=item("2", publisher="two.com", day=2)),
            claim("2024-09", source=item("3", publisher="one.com", day=3)),
            claim("2024", source=item("4", publisher="three.com", day=4)),
            claim("2025-02", says_change=True, source=item("5", publisher="two.com", day=5)),
            claim("2024-09", source=item("6", publisher="four.com", day=6)),
            claim("2024-01-08", modality=Modality.ACHIEVED, source=item("7", publisher="one.com", day=7)),
        ],
        start=1,
    ):
        assessment = assess_item([said], histories, watch(text="2024"), now=on_day(day))
        histories = dict(assessment.histories)
        alerts += [f"{change.verdict} {change.new}" for change in assessment.told]
    assert alerts == ["refines 2024-H2", "refines 2024-09", "changes 2025-02", "completed 2024-01-08 (done)"]
