"""Lines of labelled items: whatever is wrong with one is told, all at once and with what would be right."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.jobs.case_lines import faults_of
from tests.jobs.labelled import ROW

LABEL = ROW["expect"][0]


def with_label(**changed: Any) -> dict[str, Any]:
    return {**ROW, "expect": [{**LABEL, **changed}]}


def without(key: str, row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != key}


@pytest.mark.parametrize("row", [ROW, without("lenient", ROW), without("baseline_moved", ROW), with_label(accept_seq=None)])
def test_a_sound_line_has_no_faults(row: dict[str, Any]) -> None:
    assert list(faults_of(row)) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ([], "a line is one object"),
        (without("title", ROW), "'title' is missing"),
        (without("expect", ROW), "'expect' is missing"),
        ({**ROW, "id": 7}, "'id' wants text in double quotes"),
        ({**ROW, "published": "June"}, "'published' is 'June'; write a date such as 2024-06-15"),
        ({**ROW, "baseline_moved": ["launch"]}, "'baseline_moved' wants an object"),
        ({**ROW, "lenient": "launch"}, "'lenient' wants a list of facts"),
        ({**ROW, "lenient": [{"verdict": "changes"}]}, "names no fact"),
        ({**ROW, "expect": {}}, "'expect' wants a list of labels"),
        ({**ROW, "expect": ["launch"]}, "label 1 is no object"),
        ({**ROW, "expect": [LABEL, without("value", LABEL)]}, "label 2: 'value' is missing"),
        (with_label(fact=1), "label 1: 'fact' wants the name of a fact"),
        (with_label(verdict="change"), "label 1: 'verdict' is 'change'; did you mean 'changes'?"),
        (with_label(alert_seq="maybe"), "label 1: 'alert_seq' is 'maybe'; it may be yes, optional or no"),
        (with_label(accept="refines"), "label 1: 'accept' wants a list of verdicts"),
    ],
)
def test_a_fault_is_told_with_what_would_be_right(row: object, fault: str) -> None:
    (found,) = faults_of(row)
    assert fault in found
