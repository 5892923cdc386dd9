"""Watches: what the rules in force are about."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from monitor.core.changes import ChangeState
from monitor.core.facts import Fact
from monitor.core.values import Kind
from monitor.core.watches import Acceptance, FeedSource, Tier, Watch
from monitor.feeds.links import shown
from monitor.jobs import reviewing
from monitor.jobs.context import Context
from monitor.store import changes
from monitor.web.api.shapes import ChangeShape, Name, find_watch, shape_change
from monitor.web.api.tokens import Gate


class FactRule(BaseModel):
    """A fact as its rule defines it."""

    fact: str
    title: str
    kind: Kind
    unit: str | None
    states: list[str] = Field(description="Of a status, in their usual course.")


class FeedRule(BaseModel):
    """Where a watch looks."""

    url: str
    select: str | None = Field(description="CSS selector, for a page.")
    tier: Tier


class WatchShape(BaseModel):
    """A watch of the rules in force."""

    watch: str
    title: str
    names: list[str]
    since: date
    accept: Acceptance
    facts: list[FactRule]
    feeds: list[FeedRule]
    changes: dict[ChangeState, int] = Field(description="How many of its changes stand where.")


def watches_router(context: Context, gate: Gate) -> APIRouter:
    """Looking at rules, and letting go what was held back of one."""
    router = APIRouter(prefix="/watches", tags=["watches"])
    reads, writes = [Depends(gate.may_read)], [Depends(gate.may_write)]

    @router.get("", dependencies=reads)
    def list_watches() -> list[WatchShape]:
        """All watches, in the order of the rules."""
        with context.store.reading() as connection:
            counts = changes.count(connection)
        return [_shape(watch, counts) for watch in context.rules.current.watches.values()]

    @router.get("/{watch}", dependencies=reads)
    def show_watch(watch: Name) -> WatchShape:
        """One watch."""
        found = find_watch(context, watch)
        with context.store.reading() as connection:
            return _shape(found, changes.count(connection))

    @router.post("/{watch}/release", dependencies=writes)
    async def release(watch: Name) -> list[ChangeShape]:
        """Let all that is held back of a watch, since too many changes came at once, take its usual course."""
        find_watch(context, watch)
        released = await context.aside(reviewing.release, context, watch)
        return [shape_change(change, context) for change in released]

    return router


def _shape(watch: Watch, counts: dict[tuple[str, ChangeState], int]) -> WatchShape:
    return WatchShape(
        watch=watch.id,
        title=watch.title,
        names=list(watch.subject.names),
        since=watch.since,
        accept=watch.acceptance,
        facts=[_shape_fact(fact) for fact in watch.facts.values()],
        feeds=[_shape_feed(feed) for feed in watch.feeds],
        changes={state: counts.get((watch.id, state), 0) for state in ChangeState},
    )


def _shape_fact(fact: Fact) -> FactRule:
    return FactRule(
        fact=fact.key,
        title=fact.title,
        kind=fact.kind,
        unit=fact.unit or None,
        states=[state.name for state in fact.states],
    )


def _shape_feed(feed: FeedSource) -> FeedRule:
    return FeedRule(url=shown(feed.url), select=feed.select, tier=feed.tier)
