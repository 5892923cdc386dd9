"""Callers of the API: the application is served on a free port, asked, and ended."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from monitor.jobs.granting import grant
from monitor.jobs.vitals import Vitals
from monitor.store.tokens import Scope
from monitor.web.app import build_app
from monitor.web.serving import open_listener, serving, url_of
from tests.jobs.rooms import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True, kw_only=True)
class Caller:
    """Somebody who asks, with what he always sends along."""

    session: aiohttp.ClientSession
    base: str
    headers: Mapping[str, str] = field(default_factory=dict)

    async def ask(self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, **more: Any) -> Reply:
        """Ask once; ``path`` goes on where the API begins."""
        url = f"{self.base}/api/v1{path}"
        async with self.session.request(method, url, headers={**self.headers, **(headers or {})}, **more) as answer:
            return Reply(status=answer.status, headers=answer.headers, body=await answer.read())


Scene = Callable[[Caller], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class Desk:
    """A room whose application is served while a scene lasts."""

    room: Room

    def token(self, scope: Scope = Scope.WRITE) -> str:
        """A token that was just given out."""
        return grant(self.room.context.store, "test", scope, now=self.room.clock())[1]

    def play(self, scene: Scene, *, token: str | None = None) -> None:
        """Serve while the scene lasts."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}

        async def main() -> None:
            with open_listener(self.room.context.settings) as listener:
                async with (
                    serving(build_app(self.room.context, Vitals()), listener),
                    aiohttp.ClientSession() as session,
                ):
                    await scene(Caller(session=session, base=url_of(listener), headers=headers))

        asyncio.run(main())

    @contextmanager
    def serve(self) -> Iterator[str]:
        """Serve in a thread of its own, for callers that are not asynchronous; gives where the API begins."""
        started, over, bases = threading.Event(), threading.Event(), list[str]()

        async def scene(caller: Caller) -> None:
            bases.append(f"{caller.base}/api/v1")
            started.set()
            await asyncio.to_thread(over.wait)

        thread = threading.Thread(target=self.play, args=[scene])
        thread.start()
        started.wait()
        try:
            yield bases[0]
        finally:
            over.set()
            thread.join()

    def ask(self, path: str, *, token: str | None = None, **more: Any) -> Reply:
        """One question."""
        replies: list[Reply] = []

        async def scene(caller: Caller) -> None:
            replies.append(await caller.ask(path, **more))

        self.play(scene, token=token)
        return replies[0]
