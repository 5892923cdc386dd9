"""Feeds: how each fares, and asking one now."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from monitor.feeds.links import shown
from monitor.jobs import nudging
from monitor.jobs.context import Context
from monitor.store import feeds, items
from monitor.store.feeds import Feed
from monitor.web.api.problems import refusal
from monitor.web.api.shapes import Number
from monitor.web.api.tokens import Gate
from monitor.web.troubles import NotFound


class FeedShape(BaseModel):
    """A feed with its health."""

    id: int
    url: str = Field(description="As the rules write it, without secrets.")
    select: str | None
    current_url: str
    title: str
    health: str = Field(description="`well`, `failing`, `ended` or `not read yet`.")
    last_success: datetime | None
    next_due: datetime | None
    failures: int
    failing_since: datetime | None
    last_error: str | None
    ended: datetime | None
    items: int = Field(description="How many were ever seen.")


def feeds_router(context: Context, gate: Gate) -> APIRouter:
    """Looking and asking."""
    router = APIRouter(prefix="/feeds", tags=["feeds"])

    @router.get("", dependencies=[Depends(gate.may_read)])
    def list_feeds() -> list[FeedShape]:
        """All feeds of the rules, by address."""
        with context.store.reading() as connection:
            counts = items.count_by_feed(connection)
            return [_shape(feed, counts.get(feed.id, 0)) for feed in feeds.list_all(connection)]

    @router.post("/{feed}/poll", status_code=202, dependencies=[Depends(gate.may_write)])
    async def poll_now(feed: Number) -> FeedShape:
        """Have a feed asked within a second or two, whatever its rhythm says."""
        return await context.aside(_poll_now, context, feed)

    return router


def _poll_now(context: Context, feed_id: int) -> FeedShape:
    with context.store.reading() as connection:
        feed = feeds.find(connection, feed_id)
        count = items.count_by_feed(connection).get(feed_id, 0)
    if feed is None:
        raise NotFound(f"there is no feed {feed_id}; GET /api/v1/feeds lists them")
    if feed.ended_at or feed.retired_at or feed.next_due is None:
        raise refusal(409, f"{shown(feed.url)} is not asked any more: it has ended, or no rule names it")
    return _shape(nudging.poll_now(context, feed_id), count)


def _shape(feed: Feed, count: int) -> FeedShape:
    return FeedShape(
        id=feed.id,
        url=shown(feed.url),
        select=feed.select,
        current_url=shown(feed.current_url),
        title=feed.title,
        health=feed.health,
        last_success=feed.last_ok_at,
        next_due=feed.next_due,
        failures=feed.failures,
        failing_since=feed.first_failure_at,
        last_error=feed.last_error or None,
        ended=feed.ended_at,
        items=count,
    )
