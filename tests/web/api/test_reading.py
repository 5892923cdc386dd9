"""What the API tells is what the ledger knows, page by page."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from monitor.jobs.reviewing import set_value
from monitor.web.api.paging import write_cursor
from tests.jobs.rooms import Room
from tests.web.api.callers import Caller, Desk

ARTICLE = '<script>alert(1)</script> =1+1, "x" ]]> BEGIN:VEVENT'


def test_the_rules_are_told(desk: Desk) -> None:
    (watch,) = desk.ask("/watches").json
    assert (watch["watch"], watch["title"], watch["accept"]) == ("bridge", "The Harbour Bridge", "auto")
    assert [fact["fact"] for fact in watch["facts"]] == ["opening", "cost"]
    assert watch["changes"]["accepted"] == 2
    assert desk.ask("/watches/bridge").json == watch


def test_facts_are_as_they_stood_on_a_day(desk: Desk) -> None:
    async def scene(caller: Caller) -> None:
        now, cost = (await caller.ask("/facts")).json["items"]
        assert (now["known"], now["change"], now["certainty"]) == ("2028-05", "bridge/opening#2", "official")
        assert (cost["known"], cost["change"], cost["certainty"]) == ("50000000 USD", None, None)
        for day, known, steps in (("2025-01-01", "unknown", 0), ("2026-06-01", "2027-06", 0), ("2026-06-02", "2027-09", 1)):
            fact = (await caller.ask(f"/facts/bridge/opening?as_of={day}")).json
            assert (fact["known"], len(fact["history"])) == (known, steps)
        whole = (await caller.ask("/facts/bridge/opening")).json
        assert [step["new"] for step in whole["history"]] == ["2027-09", "2028-05"]
        assert whole["baseline"]["known"] == "2027-06"

    desk.play(scene)


def test_a_change_comes_with_its_evidence_and_its_messages(desk: Desk) -> None:
    change = desk.ask("/changes/bridge/opening/2").json
    assert (change["old"], change["new"], change["move"], change["told"]) == ("2027-09", "2028-05", "8 months later", True)
    (piece,) = change["evidence"]
    assert piece["title"] == ARTICLE
    assert piece["quote"][piece["start"] : piece["end"]] == "May 2028"
    assert [delivery["key"] for delivery in change["deliveries"]] == ["bridge/opening#2"]
    assert change["snoozed_until"] is None


def test_an_item_tells_what_became_of_it(desk: Desk, room: Room) -> None:
    item = room.last().evidence[0].claim.item.id
    story = desk.ask(f"/items/{item}").json
    assert [change["change"] for change in story["changes"]] == ["bridge/opening#2"]
    (reading,) = story["readings"]
    assert reading["facts"][0]["told"] == ["bridge/opening#2"]
    assert reading["claims"][0]["value"] == "2028-05"
    assert story["versions"][0]["title"] == ARTICLE


def test_items_are_listed_with_what_was_made_of_each(desk: Desk) -> None:
    async def scene(caller: Caller) -> None:
        newest, oldest = (await caller.ask("/items")).json["items"]
        assert (newest["title"], newest["versions"], newest["publisher"]) == (ARTICLE, 1, "Outlet 1")
        (reading,) = newest["readings"]
        assert (reading["reader"], reading["facts"][0]["verdict"]) == ("bridge", "changes")
        assert reading["facts"][0]["told"] == ["bridge/opening#2"]
        for query, count in {
            "watch=bridge": 2,
            "watch=other": 0,
            f"feed={oldest['feed']}": 2,
            f"watch=bridge&feed={oldest['feed']}": 2,
            "feed=99": 0,
        }.items():
            assert len((await caller.ask(f"/items?{query}")).json["items"]) == count

    desk.play(scene)


def test_assessing_stores_nothing(desk: Desk, room: Room) -> None:
    question = {"title": "News", "body": "The Harbour Bridge will open in May 2030, the city said.", "published": "2026-07-01"}
    (claim,) = desk.ask("/assess", method="POST", json={**question, "known": {"bridge/opening": "2028-05"}}).json
    assert (claim["fact"], claim["verdict"], claim["value"], claim["alert"]) == ("opening", "changes", "2030-05", True)
    assert room.values() == ["2027-09", "2028-05"]


# --- paging -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name"), [("/changes", "change"), ("/deliveries", "id"), ("/items", "item"), ("/facts", "fact")]
)
def test_pages_put_together_are_the_whole_list(desk: Desk, path: str, name: str) -> None:
    async def scene(caller: Caller) -> None:
        whole = [entry[name] for entry in (await caller.ask(path)).json["items"]]
        seen: list[Any] = []
        cursor = ""
        while True:
            page = (await caller.ask(f"{path}?limit=1{cursor}")).json
            seen += [entry[name] for entry in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert seen == whole
        assert len(whole) == 2

    desk.play(scene)


def test_what_comes_in_meanwhile_moves_no_page(desk: Desk, room: Room) -> None:
    async def scene(caller: Caller) -> None:
        first = (await caller.ask("/changes?limit=1")).json
        room.clock.pass_by(days=1)
        await room.context.aside(set_value, room.context, "bridge", "opening", "2031", note="by hand")
        second = (await caller.ask(f"/changes?limit=1&cursor={first['next']}")).json
        assert [page["items"][0]["change"] for page in (first, second)] == ["bridge/opening#2", "bridge/opening#1"]

    desk.play(scene)


def test_a_cursor_of_nobody_is_refused(desk: Desk) -> None:
    strange = ("x", "%00", "====", "ä", write_cursor("bridge/opening#9"), write_cursor("-1"), write_cursor("9" * 30), "a" * 401)

    async def scene(caller: Caller) -> None:
        for path, cursor in product(("/changes", "/deliveries", "/items", "/facts"), strange):
            reply = await caller.ask(f"{path}?cursor={cursor}")
            assert reply.status == 422
            assert "cursor" in reply.json["detail"]

    desk.play(scene)


def test_changes_are_found_by_watch_fact_state_and_time(desk: Desk) -> None:
    async def scene(caller: Caller) -> None:
        for query, count in {
            "watch=bridge": 2,
            "watch=other": 0,
            "fact=cost": 0,
            "state=accepted": 2,
            "state=dismissed&state=conflict": 0,
            "since=2026-06-03T00:00:00Z": 1,
        }.items():
            assert len((await caller.ask(f"/changes?{query}")).json["items"]) == count

    desk.play(scene)


# --- refusals ---------------------------------------------------------------------------------------


_REFUSED = (
    ("/watches/brige", 404, "did you mean 'bridge'?"),
    ("/facts?watch=brige", 404, "did you mean 'bridge'?"),
    ("/facts/bridge/openning", 404, "did you mean 'opening'?"),
    ("/facts?as_of=9999-12-31", 422, "query.as_of"),
    ("/changes/bridge/opening/9", 404, "GET /api/v1/changes"),
    ("/changes?limit=201", 422, "query.limit"),
    ("/changes?limit=0", 422, "query.limit"),
    ("/changes?state=open", 422, "candidate"),
    ("/changes?since=2026-06-01", 422, "query.since"),
    ("/items/0", 422, "path.item"),
    ("/items/99", 404, "no item 99"),
    ("/items/9223372036854775808", 422, "path.item"),
    ("/schemas/%2e%2e%2fwebhook.schema.json", 404, "/api/v1/openapi.json"),
    ("/schemas/x", 404, "webhook.schema.json"),
    ("/exports/x", 422, "changes.atom"),
    ("/nothing", 404, "/api/v1/openapi.json"),
)


def test_a_refusal_is_a_problem_that_says_what_would_be_right(desk: Desk) -> None:
    async def scene(caller: Caller) -> None:
        for path, status, word in _REFUSED:
            reply = await caller.ask(path)
            assert (reply.status, reply.headers["Content-Type"]) == (status, "application/problem+json"), path
            assert reply.json["status"] == status
            assert word in reply.json["detail"]

    desk.play(scene)


def test_a_question_without_sense_is_a_problem(desk: Desk) -> None:
    async def scene(caller: Caller) -> None:
        for question in (
            {},
            {"title": "x", "published": "1000-01-01"},
            {"title": "x" * 1001, "published": "2026-01-01"},
            {"title": "The Harbour Bridge", "published": "2026-01-01", "known": {"bridge/opening": "soon"}},
            {"title": "x", "published": "2026-01-01", "more": 1},
        ):
            reply = await caller.ask("/assess", method="POST", json=question)
            assert (reply.status, reply.headers["Content-Type"]) == (422, "application/problem+json")

    desk.play(scene)
