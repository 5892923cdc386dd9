"""An edited rule is tried by call as it is in the lab: what would be told, its tests, its faults, and nothing else."""

from __future__ import annotations

from typing import Any

from tests.jobs.rooms import Room
from tests.web.api.callers import Caller, Desk


def test_an_edited_rule_is_tried_on_what_is_stored(desk: Desk, room: Room) -> None:
    rule = room.program.rule.read_text(encoding="utf-8")
    test = "tests: [{text: The Harbour Bridge opens in May 2029., published: 2026-05-01, expect: {}}]\n"

    async def scene(caller: Caller) -> None:
        async def attempt(edited: str) -> Any:
            reply = await caller.ask("/watches/bridge/trial", method="POST", json={"rule": edited})
            assert reply.status == 200
            return reply.json

        same = await attempt(rule)
        assert (same["faults"], same["tests"], same["outcome"]["cut"]) == ([], [], "")
        assert [alert["fact"] for alert in same["outcome"]["staying"]] == ["opening"] * len(room.values())
        quiet = await attempt(rule + "alert: {on: [cancelled]}\n" + test)
        assert quiet["outcome"]["staying"] == quiet["outcome"]["appearing"] == []
        assert [alert["new"] for alert in quiet["outcome"]["vanishing"]] == room.values()[::-1]
        assert [one["failures"] for one in quiet["tests"]] == [[]]
        broken = await attempt(rule.replace("kind: money", "kind: mony"))
        assert [(fault["line"], fault["column"]) for fault in broken["faults"]] == [(17, 11)]
        assert broken["outcome"] is None
        reply = await caller.ask("/watches/bridgee/trial", method="POST", json={"rule": rule})
        assert reply.status == 404

    before = room.values()
    desk.play(scene)
    assert (room.values(), room.program.rule.read_text(encoding="utf-8")) == (before, rule)
