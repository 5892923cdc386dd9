"""Who may use the API: with and without a password, with right, wrong and revoked tokens, from our pages and from elsewhere."""

from __future__ import annotations

import re
from base64 import b64encode

from monitor.jobs.granting import revoke
from monitor.jobs.signing import key_of
from monitor.store import tokens
from monitor.store.tokens import Scope
from monitor.web.sessions import TRIES, Keeper
from tests.jobs.rooms import Room
from tests.web.api.callers import Caller, Desk

DISMISS = "/changes/bridge/opening/2/dismiss"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def basic(token: str) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'reader:{token}'.encode()).decode()}"}


def test_a_machine_for_itself_reads_without_a_token_and_writes_with_one(desk: Desk, room: Room) -> None:
    async def scene(caller: Caller) -> None:
        assert (await caller.ask("/changes")).status == 200
        refused = await caller.ask(DISMISS, method="POST", json={})
        assert (refused.status, "only a page of this program" in refused.json["detail"]) == (403, True)
        assert room.last().decided_by != "person"
        assert (await caller.ask(DISMISS, method="POST", json={}, headers=bearer(desk.token()))).status == 200

    desk.play(scene)


def test_a_page_of_ours_writes_without_a_token_and_a_page_of_others_does_not(desk: Desk, room: Room) -> None:
    async def scene(caller: Caller) -> None:
        cookie, csrf = await browse(caller, room)
        ours = {"Cookie": cookie, "X-CSRF-Token": csrf, "Origin": caller.base, "Sec-Fetch-Site": "same-origin"}
        for headers in (
            {**ours, "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
            {**ours, "X-CSRF-Token": "x"},
            {name: value for name, value in ours.items() if name != "X-CSRF-Token"},
            {name: value for name, value in ours.items() if name != "Cookie"},
        ):
            assert (await caller.ask(DISMISS, method="POST", json={}, headers=headers)).status == 403
        assert (await caller.ask(DISMISS, method="POST", json={}, headers=ours)).status == 200

    desk.play(scene)


def test_behind_a_password_every_call_needs_a_token(locked: Room) -> None:
    desk = Desk(room=locked)
    token = desk.token()

    async def scene(caller: Caller) -> None:
        document = (await caller.ask("/openapi.json", headers=bearer(token))).json
        calls = [(path, method) for path, methods in document["paths"].items() for method in methods]
        assert len(calls) > 15
        for path, method in [*calls, ("/openapi.json", "get"), ("/schemas/webhook.schema.json", "get")]:
            filled = re.sub(r"\{(\w+)\}", lambda found: "bridge" if found[1] in ("watch", "fact") else "1", path)
            filled = filled.replace("/exports/1", "/exports/changes.atom")
            reply = await caller.ask(filled, method=method.upper())
            assert (reply.status, reply.headers["Content-Type"]) == (401, "application/problem+json"), path
            assert reply.headers["WWW-Authenticate"].startswith(("Bearer", "Basic"))

    desk.play(scene)


def test_a_token_does_no_more_than_its_scope(locked: Room) -> None:
    desk = Desk(room=locked)
    reader, writer = desk.token(Scope.READ), desk.token(Scope.WRITE)

    async def scene(caller: Caller) -> None:
        for token in (reader, writer):
            assert (await caller.ask("/changes", headers=bearer(token))).status == 200
        question = {"title": "x", "published": "2026-01-01"}
        assert (await caller.ask("/assess", method="POST", json=question, headers=bearer(reader))).status == 200
        refused = await caller.ask(DISMISS, method="POST", json={}, headers=bearer(reader))
        assert (refused.status, "--scope write" in refused.json["detail"]) == (403, True)
        assert (await caller.ask(DISMISS, method="POST", json={}, headers=bearer(writer))).status == 200

    desk.play(scene)


def test_a_token_is_a_password_for_programs_that_know_no_other_way(locked: Room) -> None:
    desk = Desk(room=locked)
    token = desk.token(Scope.READ)

    async def scene(caller: Caller) -> None:
        assert (await caller.ask("/exports/changes.atom")).headers["WWW-Authenticate"].startswith("Basic")
        assert (await caller.ask("/exports/changes.atom", headers=basic(token))).status == 200
        assert (await caller.ask("/exports/changes.atom", headers=basic("open sesame"))).status == 401

    desk.play(scene)


def test_a_revoked_token_opens_nothing_at_once(locked: Room) -> None:
    desk = Desk(room=locked)
    token = desk.token()

    async def scene(caller: Caller) -> None:
        assert (await caller.ask("/changes")).status == 200
        with locked.context.store.reading() as connection:
            (record,) = tokens.list_all(connection)
        assert record.last_used == locked.clock()
        revoke(locked.context.store, record.id, now=locked.clock())
        assert (await caller.ask("/changes")).status == 401

    desk.play(scene, token=token)


def test_a_wrong_word_is_refused_even_where_none_is_needed(desk: Desk) -> None:
    async def scene(caller: Caller) -> None:
        for header in ("Bearer", "Basic !", "Digest x", "Basic eA==", ""):
            assert (await caller.ask("/changes", headers={"Authorization": header})).status == 401

    desk.play(scene)


def test_wrong_tokens_are_borne_a_few_times_and_right_ones_always(desk: Desk, room: Room) -> None:
    token = desk.token()

    async def scene(caller: Caller) -> None:
        statuses = [(await caller.ask("/changes", headers=bearer(f"fw_{number}"))).status for number in range(TRIES + 1)]
        assert statuses == [401] * TRIES + [429]
        assert 1 <= int((await caller.ask("/changes", headers=bearer("x"))).headers["Retry-After"]) <= 61
        assert (await caller.ask("/changes", headers=bearer(token))).status == 200
        room.clock.pass_by(minutes=2)
        assert (await caller.ask("/changes", headers=bearer("x"))).status == 401

    desk.play(scene)


async def browse(caller: Caller, room: Room) -> tuple[str, str]:
    """The cookie that a browser gets, and the token that our pages show to it."""
    async with caller.session.get(f"{caller.base}/login", allow_redirects=False) as page:
        cookie = page.headers["Set-Cookie"].partition(";")[0]
    context = room.context
    key = key_of(context.store)
    keeper = Keeper(key=key, password=context.settings.password, now=room.clock, store=context.store)
    session = keeper.read_session(cookie.partition("=")[2])
    assert session
    return cookie, session.token
