"""Live: pages that are open hear when a change arrives; however many listen, the database is looked at once a second."""

from __future__ import annotations

import asyncio
import json
from asyncio import to_thread
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from time import monotonic

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from monitor.errors import StoreTrouble
from monitor.jobs.context import Context
from monitor.store import inbox

LOOK, KEEP_ALIVE = 1.0, 20.0
MOST_LISTENERS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What can be seen of the changes from afar.

    Attributes:
        newest: Grows with each change.
        unread: How many of the inbox nobody has opened yet.
    """

    newest: int
    unread: int


@dataclass(slots=True, kw_only=True)
class Lookout:
    """Looks for news when somebody asks, at most once a second for all who ask."""

    context: Context
    listeners: int = 0
    sight: Sight = field(default_factory=lambda: Sight(newest=0, unread=0))
    looked: float = float("-inf")
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def events(self, ending: asyncio.Event) -> AsyncIterator[str]:
        """Server-sent events until the event is set: what is seen now and whenever it changes, and from time to time a comment,
        so that proxies and browsers know the line to be alive."""
        told, spoke = None, monotonic()
        self.listeners += 1
        try:
            while not ending.is_set():
                sight = await self._look()
                if sight != told:
                    yield f"event: changes\ndata: {json.dumps(asdict(sight))}\n\n"
                    told, spoke = sight, monotonic()
                elif monotonic() - spoke > KEEP_ALIVE:
                    yield ": still here\n\n"
                    spoke = monotonic()
                with suppress(TimeoutError):
                    await asyncio.wait_for(ending.wait(), LOOK)
        finally:
            self.listeners -= 1

    async def _look(self) -> Sight:
        async with self.turn:
            if monotonic() - self.looked >= LOOK:
                # A database that cannot be read now shows nothing new; the health of the program says so elsewhere.
                with suppress(StoreTrouble):
                    self.sight = await to_thread(_see, self.context)
                self.looked = monotonic()
            return self.sight


def live_router(context: Context) -> APIRouter:
    """The stream that pages listen to."""
    router, lookout = APIRouter(), Lookout(context=context)

    @router.get("/live")
    async def listen(request: Request) -> Response:
        if lookout.listeners >= MOST_LISTENERS:
            return Response(status_code=503, headers={"Retry-After": "60"})
        headers = {"X-Accel-Buffering": "no"}
        events = lookout.events(request.app.state.ending)
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)

    return router


def _see(context: Context) -> Sight:
    with context.store.reading() as connection:
        return Sight(newest=inbox.newest_id(connection), unread=inbox.count_unread(connection, now=context.now()))
