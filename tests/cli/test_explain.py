"""`factwatch explain`: every step of a reading."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from monitor.store import changes, facts
from monitor.store.engine import Store
from tests.cli.conftest import Command
from tests.feeds.sites import Site

SENTENCE = "Acme will open its plant in the second half of 2025, Ada Brown said."
PAGE = f"""<html lang="en"><head><title>Acme waits</title>
<meta property="article:published_time" content="2024-03-05"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Acme waits</h1><p>{SENTENCE}</p>
<p>The company named the supply of steel as the reason, and added that the price of the whole would stay the same.</p>
</article></body></html>"""


def opening_of(answer: Any) -> dict[str, Any]:
    (watch,) = answer
    found: dict[str, Any] = next(fact for fact in watch["facts"] if fact["fact"] == "opening")
    return found


def test_a_text_is_held_against_the_baseline_where_there_is_no_database(factwatch: Command, tmp_path: Path) -> None:
    opening = opening_of(factwatch("explain", SENTENCE, "--published", "2024-01-10", "--format", "json").json)
    assert (opening["known"], opening["verdict"], opening["said"]) == ("2024", "changes", "2025-H2")
    assert (opening["certainty"], opening["alert"]) == ("official", True)
    assert not (tmp_path / "factwatch.db").exists()


@pytest.mark.usefixtures("store")
def test_a_text_is_held_against_the_values_in_force(factwatch: Command) -> None:
    opening = opening_of(factwatch("explain", SENTENCE, "--published", "2024-06-25", "--format", "json").json)
    assert (opening["known"], opening["verdict"], opening["alert"]) == ("2025-H1", "changes", True)


@pytest.mark.usefixtures("store")
def test_what_the_ledger_would_not_tell_is_no_alert_and_says_why(factwatch: Command) -> None:
    opening = opening_of(factwatch("explain", SENTENCE, "--published", "2024-03-01", "--format", "json").json)
    assert opening["alert"] is False
    assert "said before 2025-H1 was, and so overtaken" in opening["reasons"]


def test_sentences_come_with_their_names_values_and_cues_at_their_places(factwatch: Command) -> None:
    (watch,) = factwatch("explain", SENTENCE, "--published", "2024-01-10", "--format", "jsonl").rows
    (sentence,) = watch["sentences"]
    assert all(sentence["text"][span["start"] : span["end"]] == span["text"] for span in sentence["spans"])
    found = {(span["sort"], span["text"], span["label"]) for span in sentence["spans"]}
    assert found >= {
        ("name", "Acme", "subject"),
        ("name", "Ada Brown", "official"),
        ("manner", "will", "planned"),
        ("fact", "open", "opening (about)"),
    }
    assert "2025-H2" in {span["label"] for span in sentence["spans"] if span["sort"] == "value"}


def test_every_candidate_has_its_weights_and_those_believed_their_manner(factwatch: Command) -> None:
    opening = opening_of(factwatch("explain", SENTENCE, "--published", "2024-01-10", "--format", "json").json)
    best = opening["candidates"][0]
    assert (best["value"], best["believed"], best["modality"], best["verdict"]) == ("2025-H2", True, "planned", "changes")
    weights = [abs(feature["weight"]) for feature in best["features"]]
    assert weights == sorted(weights, reverse=True)
    assert weights


def test_people_see_the_same(factwatch: Command) -> None:
    shown = factwatch("explain", SENTENCE, "--published", "2024-01-10").out
    for words in (
        "read as en",
        "“Ada Brown” official",
        "+ 2025-H2",
        "believed",
        "planned: the date lies ahead",
        "= changes 2025-H2",
    ):
        assert words in shown
    assert "alert" in shown


def test_a_text_may_come_from_standard_input(factwatch: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"Acme waits\n{SENTENCE}\n"))
    (watch,) = factwatch("explain", "-", "--published", "2024-01-10", "--format", "json").json
    assert watch["title"] == "Acme waits"
    assert [sentence["headline"] for sentence in watch["sentences"]] == [True, False]


def test_an_address_is_fetched_and_its_article_read(factwatch: Command, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.give("/1", PAGE.encode(), headers={"Content-Type": "text/html"})
    monkeypatch.setenv("FACTWATCH_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    answer = factwatch("explain", site.url("/1"), "--format", "json").json
    assert (answer[0]["published"], answer[0]["title"]) == ("2024-03-05T00:00:00Z", "Acme waits")
    assert opening_of(answer)["verdict"] == "changes"
    assert site.requests[0][0] == "/robots.txt"


def test_a_stored_item_is_read_against_what_was_known_when_it_came(factwatch: Command, store: Store) -> None:
    with store.reading() as connection:
        change = changes.find(connection, "acme/opening#2")
        history = facts.load_history(connection, "acme", "opening")
    assert change is not None
    assert history is not None
    answer = factwatch("explain", "--item", change.evidence[0].claim.item.id, "--format", "json").json
    assert str(history.in_force) == "2025-H1"
    assert opening_of(answer["read_now"])["known"] == "2024-H1"


def test_of_a_stored_item_it_is_told_first_what_became_of_it(factwatch: Command, store: Store) -> None:
    with store.reading() as connection:
        change = changes.find(connection, "acme/opening#2")
    assert change is not None
    item = change.evidence[0].claim.item.id
    shown = factwatch("explain", "--item", item).out
    for words in (f"item {item}", "not read for acme: not read yet", "acme/opening#2", "change to desk: sent", "read now:"):
        assert words in shown
    answer = factwatch("explain", "--item", item, "--format", "jsonl").rows[0]
    assert [row["destination"] for row in answer["changes"][0]["deliveries"]] == ["pager", "desk"]
    assert answer["feed"] == "https://example.org/feed.xml"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give a text, an address or -"),
        (("Acme waits.", "--item", "1"), "give a text, an address or -"),
        (("Globex waits.",), "choose one with --watch: acme"),
        (("Acme waits.", "--watch", "acne"), "did you mean 'acme'?"),
        (("--item", "999"), "no item '999' in the database"),
        ((" ",), "there is no text to explain"),
    ],
)
def test_a_question_without_an_object_is_refused(factwatch: Command, arguments: tuple[str, ...], message: str) -> None:
    answer = factwatch("explain", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err


def test_a_watch_can_be_chosen_that_the_text_does_not_name(factwatch: Command) -> None:
    answer = factwatch("explain", "The plant opens in 2025.", "--watch", "acme", "--published", "2024-01-10", "--format", "json")
    assert [watch["watch"] for watch in answer.json] == ["acme"]


def test_an_address_that_cannot_be_read_is_a_failure(factwatch: Command, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTWATCH_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    answer = factwatch("explain", site.url("/none"))
    assert answer.status == 3
    assert answer.err.startswith("factwatch: ")
