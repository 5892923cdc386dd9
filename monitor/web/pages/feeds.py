"""The feeds: their health, what they bring and how often, and a way to have one asked now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from monitor.feeds.links import shown
from monitor.jobs.context import Context
from monitor.jobs.nudging import poll_now
from monitor.jobs.pacing import pace_of
from monitor.jobs.ruling import Audience
from monitor.store import feeds, items
from monitor.store.engine import Connection
from monitor.store.feeds import Feed
from monitor.store.items import Tally
from monitor.web.presenting import length_in_words, watch_path
from monitor.web.rendering import render

A_PAGE = 50

_WEEK = timedelta(days=7)
_ORDER = ("ended", "failing", "not read yet", "well")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """A feed in the list.

    Attributes:
        audience: Who listens to it; None where the rules in force no longer name it.
        tally: What it has brought; None where nothing.
        pace: How often it is asked while all goes well, in words.
        is_asked: It is due, and will be asked at once.
    """

    feed: Feed
    audience: Audience | None
    tally: Tally | None
    pace: str
    is_asked: bool

    @property
    def address(self) -> str:
        """Its address without secrets."""
        return shown(self.feed.url)

    @property
    def name(self) -> str:
        """What people call it."""
        return _name(self.feed, self.audience)


def feeds_router(context: Context) -> APIRouter:
    """The page at ``/feeds`` and its button."""
    router = APIRouter()

    @router.get("/feeds")
    def list_feeds(request: Request, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
        begin = (page - 1) * A_PAGE
        with context.store.reading() as connection:
            found = _in_order(context, feeds.list_all(connection))
            lines = _lines(connection, context, found[begin : begin + A_PAGE])
        return render(
            request,
            "feeds.html",
            lines=lines,
            total=len(found),
            ill=sum(feed.health in ("ended", "failing") for feed in found),
            page=page,
            is_last=begin + A_PAGE >= len(found),
            watch_path=watch_path,
        )

    @router.post("/feeds/{feed_id}/poll")
    async def poll(request: Request, feed_id: int) -> Response:
        feed = await context.aside(poll_now, context, feed_id)
        if "HX-Request" not in request.headers:
            return RedirectResponse("/feeds", 303)
        return render(request, "feed_row.html", line=await context.aside(_line, context, feed), watch_path=watch_path)

    return router


def _line(context: Context, feed: Feed) -> FeedLine:
    with context.store.reading() as connection:
        return _lines(connection, context, [feed])[0]


def _in_order(context: Context, found: Iterable[Feed]) -> Sequence[Feed]:
    """The ill ones first, then by name."""
    audiences = context.rules.current.audiences

    def place(feed: Feed) -> tuple[int, str]:
        return _ORDER.index(feed.health), _name(feed, audiences.get((feed.url, feed.select))).casefold()

    return sorted(found, key=place)


def _lines(connection: Connection, context: Context, found: Sequence[Feed]) -> Sequence[FeedLine]:
    now = context.now()
    tallies = items.tally_by_feed(connection, [feed.id for feed in found], since=now - _WEEK)
    return [_line_of(feed, context, tallies.get(feed.id), now) for feed in found]


def _name(feed: Feed, audience: Audience | None) -> str:
    """What people call a feed."""
    return (audience.source.label if audience else "") or feed.title or shown(feed.url)


def _line_of(feed: Feed, context: Context, tally: Tally | None, now: datetime) -> FeedLine:
    audience = context.rules.current.audiences.get((feed.url, feed.select))
    return FeedLine(
        feed=feed,
        audience=audience,
        tally=tally,
        pace=length_in_words(pace_of(audience.source, feed.hints)) if audience else "",
        is_asked=feed.next_due is not None and feed.next_due <= now,
    )
