"""Checking labelled items: every name and value that does not fit the watches is told, with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.errors import FileFaults
from monitor.jobs.cases import LabelledItem
from monitor.jobs.checking_cases import check_cases
from tests.jobs.labelled import case, label
from tests.jobs.readers import reader


def faults(*cases: LabelledItem) -> list[str]:
    with pytest.raises(FileFaults) as refused:
        check_cases(cases, reader())
    return [str(fault) for fault in refused.value.faults]


def test_sound_cases_pass() -> None:
    check_cases([case(label("launch", "2026-03"), number="1", launch="2026 (done)"), case(number="2")], reader())


def test_an_unknown_watch_is_told_with_the_nearest() -> None:
    assert faults(replace(case(), watch="acne")) == ["cases.jsonl:1: there is no watch 'acne'; did you mean 'acme'?"]


def test_an_unknown_fact_is_told_wherever_it_stands() -> None:
    wrong = case(label("lunch", "2026"), lenient=("nothing",), capactiy="5")
    assert faults(wrong) == [
        "cases.jsonl:1: acme has no fact 'capactiy'; did you mean 'capacity'?",
        "cases.jsonl:1: acme has no fact 'lunch'; did you mean 'launch'?",
        "cases.jsonl:1: acme has no fact 'nothing'; it may be launch, capacity or licence",
    ]


def test_a_value_that_is_none_of_its_fact_is_told_with_what_would_be() -> None:
    (fault,) = faults(case(label("licence", "granted")))
    assert fault == "cases.jsonl:1: value of licence: 'granted' is no state of this fact; it has applied, approved"


def test_an_identity_is_given_once() -> None:
    assert faults(case(number="1"), replace(case(number="1"), line=2)) == [
        "cases.jsonl:2: the id '1' is also that of cases.jsonl:1; every item has its own"
    ]
