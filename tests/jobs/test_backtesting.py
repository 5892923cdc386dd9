"""Backtesting: the ledger moves with the items, in the order of their dates, and tells a change once."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.errors import UserFault
from monitor.jobs.backtesting import backtest
from tests.jobs.readers import reader, row
from tests.jobs.test_answering import KEYS


def told(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return list(backtest(rows, reader()))


def short(*rows: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["verdict"], one["known"], one["value"]) for one in told(*rows)]


MOVED = row("Acme moved the launch to March 2026.", published="2024-06-15")
AGAIN = row("Acme moved the launch to March 2026, it confirmed.", published="2024-06-20", source="other.com")
LATER = row("Acme moved the launch to May 2027.", published="2024-09-01")


def test_an_alert_has_the_keys_of_an_answer_and_the_change() -> None:
    (one,) = told(MOVED)
    assert list(one) == [*KEYS, "change"]
    assert (one["change"], one["alert"], one["item"]) == ("acme/launch#1", True, MOVED["id"])


def test_a_change_is_told_once_however_many_say_it() -> None:
    assert short(MOVED, AGAIN) == [("changes", "2025-03", "2026-03")]


def test_the_ledger_moves_so_that_the_next_change_is_told_against_the_new_value() -> None:
    assert short(MOVED, LATER) == [("changes", "2025-03", "2026-03"), ("changes", "2026-03", "2027-05")]


def test_items_are_played_in_the_order_of_their_dates() -> None:
    assert short(LATER, AGAIN, MOVED) == short(MOVED, AGAIN, LATER)


def test_what_confirms_is_not_told() -> None:
    assert short(row("Acme confirmed the launch in March 2025.")) == []


def test_a_new_backtest_begins_at_the_baseline() -> None:
    assert short(MOVED) == short(MOVED)


def set_to(value: str, *, published: str, fact: str = "acme/launch") -> dict[str, Any]:
    return {"published": published, "set": {fact: value}}


def test_a_person_sets_a_value_without_an_alert_and_the_next_item_is_held_against_it() -> None:
    assert short(set_to("2026-03", published="2024-06-01"), MOVED) == []
    assert short(set_to("2028", published="2024-06-01"), MOVED) == [("changes", "2028", "2026-03")]


def test_a_value_set_later_does_not_reach_back() -> None:
    assert short(set_to("2026-03", published="2024-07-01"), MOVED) == [("changes", "2025-03", "2026-03")]


def test_a_set_of_what_no_rule_has_is_passed_over() -> None:
    rows = [set_to("x", published="2024-06-01", fact=fact) for fact in ("other/launch", "acme/none", "launch")]
    assert short(*rows, MOVED) == short(MOVED)


def test_a_set_value_of_the_wrong_form_is_the_users_fault_by_name() -> None:
    with pytest.raises(UserFault, match="acme/launch"):
        told(set_to("soon", published="2024-06-01"))


def test_items_that_name_no_subject_are_passed_over() -> None:
    assert short(row("Zenith moved the launch to March 2026.")) == []
