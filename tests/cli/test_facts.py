"""`factwatch facts`: what is in force, what was, and what a person puts there."""

from __future__ import annotations

import pytest

from monitor.store.engine import Store
from monitor.store.facts import load_history
from tests.cli.conftest import Command
from tests.cli.ledger import HOSTILE


@pytest.mark.usefixtures("store")
def test_each_fact_has_its_value_with_its_source_and_what_waits(factwatch: Command) -> None:
    opening, capacity, permit = factwatch("facts", "--format", "json").json
    assert (opening["known"], opening["since"], opening["certainty"]) == ("2025-H1", "2024-06-01T09:00:00Z", "official")
    assert (opening["source"], opening["url"], opening["change"]) == ("example.org", "https://example.org/2", "acme/opening#2")
    assert [(one["change"], one["value"], one["certainty"]) for one in opening["candidates"]] == [
        ("acme/opening#3", "2026-Q1", "rumour")
    ]
    assert (capacity["value"], capacity["known"]) == (None, "unknown")
    assert permit["candidates"] == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("day", "known"),
    [("2023-12-31", "unknown"), ("2024-01-31", "2024"), ("2024-02-01", "2024-H1"), ("2024-06-01", "2025-H1")],
)
def test_as_of_shows_what_was_said_by_the_end_of_that_day(factwatch: Command, day: str, known: str) -> None:
    (row,) = factwatch("facts", "acme/opening", "--as-of", day, "--format", "jsonl").rows
    assert row["known"] == known
    assert row["candidates"] == []


@pytest.mark.usefixtures("store")
def test_a_history_tells_every_step_with_its_evidence(factwatch: Command) -> None:
    begin, *steps = factwatch("facts", "acme/opening", "--history", "--format", "jsonl").rows
    assert (begin["state"], begin["new"]) == ("baseline", "2024")
    assert begin["source"].startswith("Acme, Annual report")
    assert [(step["old"], step["new"], step["state"], step["decided_by"]) for step in steps] == [
        ("2024", "2024-H1", "accepted", "auto"),
        ("2024-H1", "2025-H1", "accepted", "auto"),
        ("2025-H1", "2026-Q1", "candidate", "auto"),
    ]
    assert steps[0]["said"] == "2024-02-01T09:00:00Z"
    assert steps[0]["learned"] == "2024-02-01T09:05:00Z"
    (piece,) = steps[0]["evidence"]
    assert (piece["publisher"], piece["url"]) == ("example.org", "https://example.org/1")
    assert piece["quote"] == "Acme opens its plant in the first half of 2024"


@pytest.mark.usefixtures("store")
def test_people_get_lines_that_are_not_broken_when_piped(factwatch: Command) -> None:
    heading, opening, *_ = factwatch("facts").out.splitlines()
    assert heading.split() == ["Fact", "Value", "Since", "Certainty", "Source", "Waiting"]
    assert opening.split("  ")[0] == "acme/opening"
    assert "(2026-Q1, rumour, #3)" in opening
    history = factwatch("facts", "acme", "--history").out
    assert "2024-H1 -> 2025-H1  changes, official, accepted by auto <- in force" in history


@pytest.mark.usefixtures("store")
def test_the_words_of_strangers_do_not_steer_the_terminal(factwatch: Command) -> None:
    shown = factwatch("facts", "acme/opening", "--history").out
    assert "\x1b" in HOSTILE
    assert "\x1b" not in shown
    assert "a rumour says" in shown


def test_a_value_in_another_unit_comes_into_force_as_a_persons_step(factwatch: Command, store: Store) -> None:
    answer = factwatch("facts", "set", "acme/capacity", "150,000 cars/year", "--note", "from the desk")
    assert answer.status == 0
    assert answer.out == "acme/capacity is 150,000 vehicle/year now; it was unknown (acme/capacity#1)\n"
    with store.reading() as connection:
        history = load_history(connection, "acme", "capacity")
    assert history is not None
    assert (str(history.in_force), history.changes[0].note) == ("150000 vehicle/year", "from the desk")
    again = factwatch("facts", "set", "acme/capacity", "150000 vehicle/year")
    assert again.out == "acme/capacity is 150,000 vehicle/year already; nothing changed\n"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("set", "acme/opening", "June"), "'June' is no period; write 2024, 2024-H1"),
        (("set", "acme/permit", "lost"), "'lost' is no state of this fact; it has granted, none"),
        (("set", "acme/capacity", "5 km"), "this fact is measured in vehicle/year"),
        (("set", "acme/openings", "2025"), "did you mean 'opening'?"),
        (("set", "acme", "2025"), "write WATCH/FACT, for instance acme/opening"),
        (("acmee",), "no watch 'acmee'; did you mean 'acme'?"),
        (("acme/opening", "--as-of", "June"), "'June' is no day; write year-month-day"),
    ],
)
def test_a_wrong_word_is_answered_with_what_would_be_right(factwatch: Command, arguments: tuple[str, ...], message: str) -> None:
    answer = factwatch("facts", *arguments)
    assert answer.status == 2
    assert answer.out == ""
    assert message in answer.err


def test_without_a_database_the_way_to_one_is_told(factwatch: Command) -> None:
    answer = factwatch("facts")
    assert (answer.status, answer.out) == (2, "")
    assert "factwatch run" in answer.err


def test_looking_does_not_wait_for_a_daemon_that_is_writing(factwatch: Command, store: Store) -> None:
    with store.transaction():
        assert factwatch("facts", "acme/opening").status == 0
