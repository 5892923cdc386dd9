"""Answering: each item alone, against the baseline or the values that its row gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from monitor.errors import UserFault
from monitor.jobs.answering import answer, item_of, moment_of
from tests.jobs.readers import reader, row

KEYS = ["item", "watch", "fact", "verdict", "value", "known", "quote", "certainty", "confidence", "reasons", "alert"]


def answered(body: str, **rest: Any) -> list[dict[str, Any]]:
    return list(answer(row(body, **rest), reader()))


def test_an_answer_has_the_keys_of_the_interface_in_their_order() -> None:
    (one,) = answered("Acme moved the launch to March 2026.")
    assert list(one) == KEYS


def test_an_item_is_held_against_the_baseline() -> None:
    (one,) = answered("Acme moved the launch to March 2026.")
    assert (one["watch"], one["fact"], one["verdict"], one["value"], one["known"]) == (
        "acme", "launch", "changes", "2026-03", "2025-03",
    )  # fmt: skip
    assert one["alert"] is True
    assert one["quote"] == "Acme moved the launch to March 2026."


def test_known_replaces_the_baselines_value_and_only_for_that_row() -> None:
    body = "Acme moved the launch to March 2026."
    (one,) = answered(body, known={"acme/launch": "2026-03"})
    assert (one["verdict"], one["known"], one["alert"]) == ("confirms", "2026-03", False)
    assert answered(body)[0]["known"] == "2025-03"


@pytest.mark.parametrize("known", ["unknown", "cancelled", "2024-03-28 (done)"])
def test_known_is_read_in_every_printed_form(known: str) -> None:
    for one in answered("Acme moved the launch to March 2026.", known={"acme/launch": known}):
        assert one["known"] == known


def test_known_is_read_in_another_unit() -> None:
    (one,) = answered("Acme has a capacity of 150,000 cars a year.", known={"acme/capacity": "150000 cars/year"})
    assert (one["verdict"], one["known"]) == ("confirms", "150000 vehicle/year")


def test_a_value_never_carries_a_standing() -> None:
    (one,) = answered("Acme began the launch in March 2024.", published="2024-06-15")
    assert one["verdict"] == "completed"
    assert one["value"] == "2024-03"


def test_values_known_of_other_watches_and_facts_are_passed_over() -> None:
    body = "Acme moved the launch to March 2026."
    assert answered(body, known={"other/launch": "nonsense", "acme/none": "nonsense"}) == answered(body)


def test_a_known_value_of_the_wrong_form_is_the_users_fault_by_name() -> None:
    with pytest.raises(UserFault, match="acme/launch"):
        answered("Acme moved the launch to March 2026.", known={"acme/launch": "soon"})


@pytest.mark.parametrize("body", ["Zenith moved the launch to March 2026.", "Acme is a company.", ""])
def test_an_item_about_nothing_of_ours_has_no_answer(body: str) -> None:
    assert answered(body) == []


def test_a_fact_has_one_answer_an_item() -> None:
    found = answered("Acme moved the launch to March 2026. Again: Acme moved the launch to March 2026.")
    assert [one["fact"] for one in found] == ["launch"]


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2024-06-15", datetime(2024, 6, 15, tzinfo=UTC)),
        ("2024-06-15T08:30:00Z", datetime(2024, 6, 15, 8, 30, tzinfo=UTC)),
        ("2024-06-15T08:30:00", datetime(2024, 6, 15, 8, 30, tzinfo=UTC)),
        ("2024-06-15T08:30:00+08:00", datetime(2024, 6, 15, 8, 30, tzinfo=timezone(timedelta(hours=8)))),
    ],
)
def test_a_date_without_zone_is_utc(published: str, moment: datetime) -> None:
    assert moment_of({"published": published}) == moment


@pytest.mark.parametrize("fields", [{}, {"published": "yesterday"}, {"published": None}])
def test_a_row_without_a_date_is_the_users_fault_by_its_id(fields: dict[str, Any]) -> None:
    with pytest.raises(UserFault, match="'x'"):
        moment_of({"id": "x", **fields})


def test_a_row_without_id_is_named_by_its_address_or_its_headline() -> None:
    assert item_of({"published": "2024-06-15", "url": "https://a.example", "title": "T"}).id == "https://a.example"
    assert item_of({"published": "2024-06-15", "title": "T"}).id == "T"


def test_fields_that_a_row_leaves_empty_are_empty() -> None:
    item = item_of({"published": "2024-06-15", "title": "T", "body": None})
    assert (item.body, item.url, item.publisher, item.language) == ("", "", "", "")
