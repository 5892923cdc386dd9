"""`factwatch changes`: looking at changes, and deciding them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.store import changes, facts, held, snoozes
from monitor.store.engine import Store
from tests.cli.conftest import Command


def in_force(store: Store) -> str:
    with store.reading() as connection:
        history = facts.load_history(connection, "acme", "opening")
    assert history is not None
    return str(history.in_force)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), [3, 2, 1]),
        (("--state", "candidate"), [3]),
        (("--state", "dismissed"), []),
        (("--since", "2024-06-01"), [3, 2]),
        (("--limit", "1"), [3]),
        (("--held",), [3]),
        (("--held", "--state", "accepted"), []),
        (("--watch", "acme"), [3, 2, 1]),
        (("--watch", "globex"), []),
    ],
)
def test_the_list_holds_what_was_asked_for(factwatch: Command, options: tuple[str, ...], found: list[int]) -> None:
    rows = factwatch("changes", "list", *options, "--format", "jsonl").rows
    assert [row["change"] for row in rows] == [f"acme/opening#{number}" for number in found]


@pytest.mark.usefixtures("store")
def test_what_is_held_back_says_what_it_waits_for(factwatch: Command) -> None:
    (row,) = factwatch("changes", "list", "--held", "--format", "json").json
    assert row["held"][0]["reason"] == "gathering sources"
    assert "gathering sources, until 20" in factwatch("changes", "list", "--held").out
    assert factwatch("changes", "list", "--state", "conflict").out == "no such changes\n"


@pytest.mark.usefixtures("store")
def test_one_change_is_shown_whole(factwatch: Command) -> None:
    answer = factwatch("changes", "show", "acme/opening#2", "--format", "json").json
    assert (answer["old"], answer["new"], answer["publishers"]) == ("2024-H1", "2025-H1", ["example.org"])
    assert answer["evidence"][0]["reasons"][1] == "planned: the date lies ahead"
    sent = {one["destination"]: (one["state"], one["detail"]) for one in answer["deliveries"]}
    assert sent == {"desk": ("sent", ""), "pager": ("dead", "404 Not Found")}
    shown = factwatch("changes", "show", "acme/opening#2").out
    for words in (
        "1 year later",
        "Acme now opens",
        "https://example.org/2",
        "planned: the date lies ahead",
        "change to pager: dead",
    ):
        assert words in shown


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("verb", ["show", "accept", "dismiss", "snooze"])
@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("acme/opening#9", "acme/opening#3, acme/opening#2, acme/opening#1"),
        ("acme/openning#2", "acme/opening#2"),
        ("opening#2", "acme/opening#2"),
    ],
)
def test_an_unknown_key_says_which_are_near(factwatch: Command, verb: str, key: str, near: str) -> None:
    answer = factwatch("changes", verb, key, *(("--for", "3d") if verb == "snooze" else ()))
    assert answer.status == 2
    assert answer.err.startswith(f"no change {key!r}; near are {near}")


def test_accepting_brings_a_candidate_into_force(factwatch: Command, store: Store) -> None:
    answer = factwatch("changes", "accept", "acme/opening#3", "--note", "seen the letter")
    assert (answer.status, answer.out) == (0, "acme/opening#3 accepted; acme/opening is 2026-Q1\n")
    assert in_force(store) == "2026-Q1"
    with store.reading() as connection:
        change = changes.find(connection, "acme/opening#3")
    assert change is not None
    assert (str(change.decided_by), change.note) == ("person", "seen the letter")


def test_accepting_may_correct_the_value(factwatch: Command, store: Store) -> None:
    assert factwatch("changes", "accept", "acme/opening#3", "--value", "2026-02").status == 0
    assert in_force(store) == "2026-02"
    assert "told as" in factwatch("changes", "show", "acme/opening#3").out


def test_a_correction_that_is_no_value_decides_nothing(factwatch: Command, store: Store) -> None:
    answer = factwatch("changes", "accept", "acme/opening#3", "--value", "soon")
    assert answer.status == 2
    assert "'soon' is no period" in answer.err
    assert in_force(store) == "2025-H1"


def test_dismissing_gives_back_the_value_before_and_tells_nothing_more(factwatch: Command, store: Store) -> None:
    answer = factwatch("changes", "dismiss", "acme/opening#2")
    assert (answer.status, answer.out) == (0, "acme/opening#2 dismissed; acme/opening is 2024-H1\n")
    assert factwatch("changes", "dismiss", "acme/opening#3").status == 0
    with store.reading() as connection:
        assert held.list_held(connection) == ()


@pytest.mark.parametrize("target", ["acme", "acme/opening", "acme/opening#3"])
def test_a_watch_a_fact_or_a_change_is_snoozed(factwatch: Command, store: Store, target: str) -> None:
    before = datetime.now(UTC)
    assert factwatch("changes", "snooze", target, "--for", "3d", "--note", "away").status == 0
    with store.reading() as connection:
        (snooze,) = snoozes.list_active(connection, now=before)
    assert (snooze.target, snooze.note) == (target, "away")
    assert before + timedelta(days=3) <= snooze.until <= datetime.now(UTC) + timedelta(days=3)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("acme",), "give one of --until DATE and --for TIME"),
        (("acme", "--for", "3d", "--until", "2099-01-01"), "give one of --until DATE and --for TIME"),
        (("acme", "--for", "soon"), "write a number with m, h, d or w"),
        (("acme", "--until", "2020-01-01"), "is over"),
        (("acme/openin", "--for", "3d"), "did you mean 'opening'?"),
        (("acne", "--for", "3d"), "did you mean 'acme'?"),
    ],
)
def test_a_snooze_without_a_moment_or_a_target_is_refused(factwatch: Command, arguments: tuple[str, ...], message: str) -> None:
    answer = factwatch("changes", "snooze", *arguments)
    assert answer.status == 2
    assert message in answer.err
