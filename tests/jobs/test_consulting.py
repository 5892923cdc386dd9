"""A second reader in the way of an item: asked before it is judged, waited for in bounds, heard again when it was late."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from monitor.core.claims import Sight
from monitor.jobs import consulting, hearing_again
from monitor.jobs.accounts import Account
from monitor.jobs.hearing_again import hear_again, lease_unheard
from monitor.readers.asking import SecondReaders
from monitor.store import readings, spending, unheard
from monitor.wiring import open_network
from tests.e2e.newsrooms import Newsroom, opening
from tests.feeds.sites import plain
from tests.jobs.rooms import Room, open_room
from tests.servers.models import Asked, Model, Told, completion, entries, entry, open_model, refusal

PARAPHRASE = "Cars will roll over the Harbour Bridge from May 2030, said the mayor."
TOLD = entries(entry("opening", "Cars will roll over the Harbour Bridge from May 2030", "from May 2030"))
KEY = "sk-0123456789"


@pytest.fixture
def model() -> Iterator[Model]:
    with open_model() as model:
        yield model


@pytest.fixture
def room(tmp_path: Path, newsroom: Newsroom, model: Model) -> Iterator[Room]:
    """A room whose rules have a second reader, which was polled once."""
    settings = {
        "FACTWATCH_READER_URL": model.url,
        "FACTWATCH_READER_MODEL": "tiny",
        "FACTWATCH_READER_KEY": KEY,
        "FACTWATCH_READER_DEADLINE": "1",
        "FACTWATCH_READER_CALLS": "8",
    }
    with open_room(tmp_path, newsroom.url, **settings) as room:
        room.context = replace(room.context, second_readers=impatient())
        room.poll()
        yield room


def impatient() -> SecondReaders:
    """Second readers that are asked again without a pause."""

    async def at_once(_seconds: float) -> None:
        await asyncio.sleep(0)

    return SecondReaders(jitter=lambda: 0.0, sleep=at_once)


def publish(room: Room, newsroom: Newsroom, text: str, *, title: str = "Harbour news") -> None:
    room.clock.pass_by(days=1)
    newsroom.publish(title, text, published=room.clock())
    room.poll()


def hear(room: Room) -> int:
    """Ask again about all that is due; how many that were."""

    async def ask() -> int:
        async with open_network(room.context.settings) as network:
            due = lease_unheard(room.context, limit=10)
            for one in due:
                await hear_again(room.context, network, one)
            return len(due)

    return asyncio.run(ask())


def account(room: Room, item: str) -> Account:
    """What was made of an item."""
    with room.context.store.reading() as connection:
        (record,) = readings.list_of_item(connection, item)
    return Account.of_row(record.account)


def waiting(room: Room) -> int:
    with room.context.store.reading() as connection:
        return unheard.count(connection)


# --- what it brings ---------------------------------------------------------------------------------


def test_what_only_the_second_reader_sees_is_told_and_marked(room: Room, newsroom: Newsroom, model: Model) -> None:
    model.behave(TOLD)
    publish(room, newsroom, PARAPHRASE)
    assert room.keys == ["bridge/opening#1"]
    claim = room.last().evidence[0].claim
    assert (claim.seen_by, claim.model, claim.prompt) == (Sight.MODEL, "tiny", "1")
    assert str(claim.value) == "2030-05/.."
    assert any("seen by tiny (prompt 1) alone" in reason for reason in claim.reasons)
    assert "This was seen by tiny (prompt 1) alone, not by our own reader." in room.messages[-1].text


def test_it_is_told_the_facts_and_the_item_and_nothing_else(room: Room, newsroom: Newsroom, model: Model) -> None:
    newsroom.publish("Ferry news", "The ferry opens in May 2030.", published=room.clock())
    publish(room, newsroom, PARAPHRASE)
    (asked,) = model.asked
    assert asked.item == {"title": "Harbour news", "published": f"{room.clock():%Y-%m-%d}", "text": PARAPHRASE}
    assert '"value_in_force": "2027-06"' in asked.instructions
    sent = str(asked.body)
    assert newsroom.url not in sent
    assert KEY not in sent
    assert asked.headers["authorization"] == f"Bearer {KEY}"


def test_a_rule_keeps_its_items_to_itself(room: Room, newsroom: Newsroom, model: Model) -> None:
    room.rewrite("facts:\n", "reader: {ask: never}\nfacts:\n")
    publish(room, newsroom, PARAPHRASE)
    assert not model.asked
    assert account(room, "1").alone == ""


def test_what_our_own_reader_is_sure_of_is_not_asked_about(room: Room, newsroom: Newsroom, model: Model) -> None:
    publish(room, newsroom, opening("March 2029"))
    asked = len(model.asked)
    room.rewrite("facts:\n", "reader: {ask: all}\nfacts:\n")
    publish(room, newsroom, opening("April 2029"))
    assert (asked, len(model.asked)) == (0, 1)


def test_no_words_are_asked_about_twice(room: Room, newsroom: Newsroom, model: Model) -> None:
    publish(room, newsroom, PARAPHRASE)
    publish(room, newsroom, PARAPHRASE)
    assert len(model.asked) == 1


def test_words_that_were_edited_are_asked_about_again(room: Room, newsroom: Newsroom, model: Model) -> None:
    model.behave(TOLD, entries(entry("opening", "from June 2030", "from June 2030")))
    publish(room, newsroom, PARAPHRASE)
    newsroom.items = [newsroom.items[0].replace("May 2030", "June 2030")]
    room.poll()
    assert room.values() == ["2030-05/..", "2030-06/.."]


def test_the_article_behind_a_summary_is_asked_about_too(room: Room, newsroom: Newsroom, model: Model) -> None:
    text = f"<p>{PARAPHRASE} {'The old ferry is sold and its quay becomes a park. ' * 20}</p>"
    newsroom.site.answers["/1"] = plain(f"<html><body><article><h1>Harbour Bridge</h1>{text}</article></body></html>".encode())
    model.behave(entries(), TOLD)
    publish(room, newsroom, "News of the Harbour Bridge.")
    assert [PARAPHRASE in asked.item["text"] for asked in model.asked] == [False, True]
    assert room.values() == ["2030-05/.."]


# --- when it is not heard ---------------------------------------------------------------------------

TROUBLES = {"500": refusal(500), "slow": completion("{}", after=1.5)}


@pytest.mark.parametrize("trouble", list(TROUBLES))
def test_what_it_is_not_heard_on_is_judged_at_once_and_again_when_it_answers(
    trouble: str, room: Room, newsroom: Newsroom, model: Model
) -> None:
    model.behave(TROUBLES[trouble])
    publish(room, newsroom, f"{PARAPHRASE} Its cost is 60 million dollars.")
    assert room.values("cost") == ["60000000 USD"]
    assert account(room, "1").alone == f"tiny at 127.0.0.1:{model.port} was not heard"
    model.behave(TOLD)
    room.clock.pass_by(minutes=6)
    room.context = replace(room.context, second_readers=impatient())
    assert hear(room) == 1
    assert room.values("opening") == ["2030-05/.."]
    assert room.values("cost") == ["60000000 USD"]
    assert account(room, "1").alone == ""
    assert waiting(room) == 0


def test_an_answer_in_no_form_is_not_asked_for_again(room: Room, newsroom: Newsroom, model: Model) -> None:
    model.behave(completion("I would rather not."))
    publish(room, newsroom, PARAPHRASE)
    assert account(room, "1").alone == "the second reader's answer is not in the form that was asked for"
    assert waiting(room) == 0


def test_a_newer_version_is_not_judged_by_an_older_answer(room: Room, newsroom: Newsroom, model: Model) -> None:
    model.behave(refusal(500))
    publish(room, newsroom, PARAPHRASE)
    newsroom.items = [newsroom.items[0].replace(PARAPHRASE, "The Harbour Bridge is painted.")]
    room.poll()
    model.behave(TOLD)
    room.context = replace(room.context, second_readers=impatient())
    room.clock.pass_by(minutes=6)
    hear(room)
    assert room.values() == []
    assert waiting(room) == 0


def test_what_is_never_answered_is_given_up(
    room: Room, newsroom: Newsroom, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing_again, "MOST_TRIES", 2)
    model.behave(refusal(403))
    publish(room, newsroom, PARAPHRASE)
    for _ in range(2):
        room.clock.pass_by(days=1)
        hear(room)
    assert waiting(room) == 0


def test_an_endpoint_that_keeps_failing_is_left_alone(room: Room, newsroom: Newsroom, model: Model) -> None:
    model.behave(refusal(500))
    publish(room, newsroom, PARAPHRASE)
    publish(room, newsroom, f"{PARAPHRASE} Soon.")
    asked = len(model.asked)
    publish(room, newsroom, f"{PARAPHRASE} Really.")
    assert (asked, len(model.asked)) == (5, 5)
    assert room.context.second_readers.troubles() == {
        f"tiny at 127.0.0.1:{model.port}": f"tiny at 127.0.0.1:{model.port} answered 500"
    }


def test_one_that_is_too_slow_for_a_visit_holds_it_up_for_so_long_and_no_longer(
    room: Room, newsroom: Newsroom, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consulting, "PATIENCE", 0.1)
    model.behave(completion("{}", after=0.8))
    publish(room, newsroom, f"{PARAPHRASE} Its cost is 60 million dollars.")
    assert room.values("cost") == ["60000000 USD"]
    assert waiting(room) == 1


# --- what it may cost -------------------------------------------------------------------------------


def test_a_days_budget_is_not_overdrawn_and_what_is_left_out_is_asked_about_tomorrow(
    room: Room, newsroom: Newsroom, model: Model
) -> None:
    room.clock.pass_by(days=1)
    for number in range(10):
        newsroom.publish(f"News {number}", f"{PARAPHRASE} {number}", published=room.clock())
    room.poll()
    assert len(model.asked) == 8
    assert waiting(room) == 2
    room.clock.pass_by(days=1)
    hear(room)
    assert len(model.asked) == 10
    assert waiting(room) == 0


def test_tokens_are_counted_and_bounded(room: Room, newsroom: Newsroom, model: Model) -> None:
    room.rewrite("facts:\n", "reader: {tokens: 1000}\nfacts:\n")
    model.behave(completion('{"facts": []}', tokens=(900, 200)))
    publish(room, newsroom, PARAPHRASE)
    newsroom.publish("More", f"{PARAPHRASE} Soon.", published=room.clock())
    room.poll()
    assert len(model.asked) == 1
    with room.context.store.reading() as connection:
        spent = spending.on_day(connection, room.clock().astimezone(UTC).date(), f"tiny at 127.0.0.1:{model.port}")
    assert (spent.calls, spent.failures, spent.tokens_in, spent.tokens_out) == (1, 0, 900, 200)


def test_history_uses_up_half_of_it_and_the_newest_comes_first(tmp_path: Path, newsroom: Newsroom, model: Model) -> None:
    asked: list[str] = []

    def note(question: Asked) -> Told:
        asked.append(question.item["title"])
        return entries()

    model.behaves = note
    settings = {"FACTWATCH_READER_URL": model.url, "FACTWATCH_READER_MODEL": "tiny", "FACTWATCH_READER_CALLS": "4"}
    with open_room(tmp_path, newsroom.url, **settings) as room:
        for number in range(4):
            room.clock.pass_by(hours=1)
            newsroom.publish(f"News {number}", f"{PARAPHRASE} {number}", published=room.clock())
        room.poll()
        assert sorted(asked) == ["News 2", "News 3"]
        assert waiting(room) == 0


def test_the_key_is_in_no_log_and_no_row(room: Room, newsroom: Newsroom, model: Model, capfd: pytest.CaptureFixture[str]) -> None:
    model.behave(refusal(401))
    publish(room, newsroom, PARAPHRASE)
    told = capfd.readouterr()
    state = b"".join(path.read_bytes() for path in room.program.folder.rglob("*.db*"))
    assert KEY not in told.out + told.err
    assert KEY.encode() not in state
