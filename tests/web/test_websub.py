"""WebSub between a feed, a hub and the daemon's web server, all on loopback."""

from __future__ import annotations

import asyncio
import hmac
import socket
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl

import aiohttp
import pytest

from monitor.feeds.websub import LARGEST_PUSH, LEASE
from monitor.jobs.context import Network
from monitor.jobs.polling import LEASE as VISIT
from monitor.jobs.polling import lease_feeds
from monitor.jobs.subscribing import REST, keep_subscriptions
from monitor.jobs.vitals import Vitals
from monitor.web.app import build_app
from monitor.web.serving import serving
from monitor.wiring import open_network
from tests.e2e.newsrooms import Newsroom
from tests.feeds.sites import Site
from tests.jobs.rooms import Room, open_room
from tests.servers.sinks import Answer, Sink, open_sink

CHALLENGE = "<b>say this</b>"


@dataclass(slots=True, kw_only=True)
class Stage:
    """A feed that names a hub, the hub, and a room whose callbacks are served."""

    room: Room
    hub: Sink
    topic: str
    listener: socket.socket

    def play(self, scene: Callable[[Network, aiohttp.ClientSession], Awaitable[None]]) -> None:
        """Serve while the scene lasts."""

        async def serve() -> None:
            async with (
                serving(build_app(self.room.context, Vitals()), self.listener.dup()),
                open_network(self.room.context.settings) as network,
                aiohttp.ClientSession() as session,
            ):
                await scene(network, session)

        asyncio.run(serve())

    @property
    def asked(self) -> list[dict[str, str]]:
        """The forms that the hub got."""
        return [dict(parse_qsl(request.body.decode())) for request in self.hub.requests]

    @property
    def form(self) -> dict[str, str]:
        """The last of them."""
        return self.asked[-1]

    async def verify(self, session: aiohttp.ClientSession, **other: str) -> tuple[int, str]:
        """Ask back as the hub does."""
        said = {"mode": "subscribe", "topic": self.topic, "challenge": CHALLENGE, "lease_seconds": "864000", **other}
        async with session.get(self.form["hub.callback"], params={f"hub.{name}": text for name, text in said.items()}) as answer:
            return answer.status, await answer.text()

    async def push(self, session: aiohttp.ClientSession, body: bytes = b"<feed/>", *, secret: str | None = None) -> int:
        """Push as the hub does."""
        key = (self.form["hub.secret"] if secret is None else secret).encode()
        headers = {"X-Hub-Signature": f"sha256={hmac.new(key, body, 'sha256').hexdigest()}"}
        async with session.post(self.form["hub.callback"], data=BytesIO(body), headers=headers) as answer:
            return answer.status

    def is_due(self) -> bool:
        """Whether the feed is to be visited now."""
        due = self.room.feed.next_due
        return due is not None and due <= self.room.clock()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Site() as site, open_sink() as hub, socket.create_server(("127.0.0.1", 0)) as listener:
        newsroom = Newsroom(site=site)
        links = f'<{hub.url("/hub", scheme="http")}>; rel="hub", <{newsroom.url}?self>; rel="self"'

        def answer(handler: BaseHTTPRequestHandler) -> None:
            send = handler.send_response_only

            def send_with_links(code: int, message: str | None = None) -> None:
                send(code, message)
                handler.send_header("Link", links)

            handler.send_response_only = send_with_links  # type: ignore[method-assign]
            newsroom.answer(handler)

        site.answers[newsroom.path] = answer
        public = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with open_room(tmp_path, newsroom.url, FACTWATCH_WEBSUB="on", FACTWATCH_PUBLIC_URL=public) as room:
            room.rewrite("every: 1s", "every: 12h")
            room.poll()
            yield Stage(room=room, hub=hub, topic=f"{newsroom.url}?self", listener=listener)


def test_a_feed_that_names_a_hub_is_subscribed_to_once_the_hub_has_asked_back(stage: Stage) -> None:
    async def scene(network: Network, session: aiohttp.ClientSession) -> None:
        await keep_subscriptions(stage.room.context, network)
        await keep_subscriptions(stage.room.context, network)
        assert len(stage.asked) == 1
        assert stage.form["hub.mode"] == "subscribe"
        assert stage.form["hub.topic"] == stage.topic
        assert stage.form["hub.lease_seconds"] == str(int(LEASE.total_seconds()))
        assert await stage.verify(session) == (200, CHALLENGE)

    stage.play(scene)


def test_what_we_did_not_ask_for_is_not_confirmed(stage: Stage) -> None:
    async def scene(network: Network, session: aiohttp.ClientSession) -> None:
        await keep_subscriptions(stage.room.context, network)
        assert await stage.verify(session, topic="https://elsewhere.example/") == (404, "")
        assert await stage.verify(session, mode="unsubscribe") == (404, "")
        assert await stage.verify(session) == (200, CHALLENGE)
        assert await stage.verify(session) == (404, "")
        async with session.get(f"{stage.form['hub.callback']}x", params={"hub.mode": "subscribe"}) as answer:
            assert answer.status == 404

    stage.play(scene)


def test_a_signed_push_brings_a_visit_now_and_any_other_none(stage: Stage) -> None:
    async def scene(network: Network, session: aiohttp.ClientSession) -> None:
        await keep_subscriptions(stage.room.context, network)
        await stage.verify(session)
        stage.room.clock.pass_by(seconds=REST.total_seconds())
        assert await stage.push(session, secret="guessed") == 202
        async with session.post(stage.form["hub.callback"], data=b"<feed/>") as unsigned:
            assert unsigned.status == 202
        assert not stage.is_due()
        assert await stage.push(session, b"x" * (LARGEST_PUSH + 1)) == 413
        assert not stage.is_due()
        assert await stage.push(session) == 202
        assert stage.is_due()

    stage.play(scene)


def test_a_push_during_a_visit_or_right_after_one_brings_another_later(stage: Stage) -> None:
    async def scene(network: Network, session: aiohttp.ClientSession) -> None:
        context = stage.room.context
        await keep_subscriptions(context, network)
        await stage.verify(session)
        await stage.push(session)
        assert not stage.is_due()
        stage.room.clock.pass_by(seconds=REST.total_seconds())
        await keep_subscriptions(context, network)
        assert stage.is_due()
        assert len(lease_feeds(context, limit=1)) == 1
        await stage.push(session)
        await keep_subscriptions(context, network)
        stage.room.clock.pass_by(seconds=VISIT.total_seconds())
        await keep_subscriptions(context, network)
        assert len(lease_feeds(context, limit=1)) == 1

    stage.play(scene)


def test_a_lease_is_prolonged_before_it_ends_with_the_same_callback_and_secret(stage: Stage) -> None:
    async def scene(network: Network, session: aiohttp.ClientSession) -> None:
        await keep_subscriptions(stage.room.context, network)
        await stage.verify(session, lease_seconds="86400")
        stage.room.clock.pass_by(hours=19)
        await keep_subscriptions(stage.room.context, network)
        assert len(stage.asked) == 1
        stage.room.clock.pass_by(hours=1)
        await keep_subscriptions(stage.room.context, network)
        assert stage.asked[0] == stage.asked[1]
        assert await stage.push(session) == 202
        assert await stage.verify(session) == (200, CHALLENGE)

    stage.play(scene)


def test_a_hub_that_fails_or_denies_is_asked_again_ever_more_seldom(stage: Stage) -> None:
    stage.hub.answers["/hub"] = Answer(status=500)

    async def scene(network: Network, session: aiohttp.ClientSession) -> None:
        waits = []
        for number in range(1, 5):
            while len(stage.asked) < number:
                stage.room.clock.pass_by(minutes=15)
                await keep_subscriptions(stage.room.context, network)
            waits.append(stage.room.clock())
        gaps = [later - earlier for earlier, later in pairwise(waits)]
        assert gaps == [timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1)]
        assert await stage.verify(session, mode="denied") == (200, CHALLENGE)
        stage.room.clock.pass_by(hours=23)
        await keep_subscriptions(stage.room.context, network)
        assert len(stage.asked) == 4

    stage.play(scene)


def test_pushes_for_a_feed_that_no_rule_names_any_more_are_ended(stage: Stage) -> None:
    async def scene(network: Network, session: aiohttp.ClientSession) -> None:
        await keep_subscriptions(stage.room.context, network)
        await stage.verify(session)
        stage.room.rewrite("/feed'", "/other'")
        await keep_subscriptions(stage.room.context, network)
        assert await stage.push(session) == 410

    stage.play(scene)


def test_it_is_off_unless_it_is_asked_for(tmp_path: Path) -> None:
    with open_room(tmp_path, "https://news.example/feed") as room:
        paths = {getattr(route, "path", "") for route in build_app(room.context, Vitals()).routes}
    assert not any("websub" in path for path in paths)
