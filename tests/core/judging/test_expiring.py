"""When a plan is overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monitor.core.judging.expiring import last_day_of, overdue_from
from monitor.core.values import Kind
from tests.core.judging.builders import fact, known


def test_a_plan_is_overdue_when_its_last_day_and_the_rules_days_have_passed() -> None:
    patient = replace(fact(), overdue_days=14)
    assert overdue_from(known("2024-H1"), patient) == date(2024, 7, 15)
    assert overdue_from(known("../2024-06"), replace(fact(), overdue_days=0)) == date(2024, 7, 1)


@pytest.mark.parametrize("text", ["2024-06 (done)", "2024-06/..", "unknown", "cancelled"])
def test_what_is_done_open_or_without_a_date_is_never_overdue(text: str) -> None:
    assert overdue_from(known(text), replace(fact(), overdue_days=14)) is None


def test_nothing_is_overdue_unless_the_rule_says_so() -> None:
    assert overdue_from(known("2024-H1"), fact()) is None


def test_a_status_is_never_overdue() -> None:
    assert overdue_from(known("applied", Kind.STATUS), replace(fact(Kind.STATUS), overdue_days=14)) is None


def test_a_plan_has_a_last_day_whether_or_not_the_rule_waits_for_it() -> None:
    assert last_day_of(known("2024-H1")) == date(2024, 6, 30)
    assert last_day_of(known("../2024-06")) == date(2024, 6, 30)


@pytest.mark.parametrize("text", ["2024-06 (done)", "2024-06/..", "unknown", "cancelled"])
def test_what_is_done_open_or_without_a_date_has_none(text: str) -> None:
    assert last_day_of(known(text)) is None
