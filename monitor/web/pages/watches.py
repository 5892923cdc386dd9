"""The watches: all of them, and each with its facts, how they stand and how they moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from monitor.core.changes import ChangeState
from monitor.core.judging.expiring import last_day_of
from monitor.core.watches import Watch
from monitor.jobs.context import Context
from monitor.jobs.surveying import view_watch
from monitor.store import changes, facts
from monitor.store.engine import Connection
from monitor.web.drawing import draw_signs, draw_timeline
from monitor.web.presenting import how_far, sheet_of, watch_path
from monitor.web.rendering import render
from monitor.web.troubles import NotFound

_DRAWN_AT_ONCE = 8
"""Pictures that come with the page; the others come when they are scrolled to, so that a watch of many facts stays light."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLine:
    """A watch in the list of all.

    Attributes:
        known: How many of its facts have a value.
        waiting: How many of its changes are candidates.
        next_day: The soonest last day of its plans that is still to come.
    """

    watch: Watch
    known: int
    waiting: int
    next_day: date | None


def watches_router(context: Context) -> APIRouter:
    """The pages at ``/watches`` and ``/watches/ID``."""
    router = APIRouter()

    @router.get("/watches")
    def list_watches(request: Request) -> Response:
        with context.store.reading() as connection:
            lines = list(_lines(connection, context.rules.current.watches, context.now().date()))
        today = context.now().date()
        return render(request, "watches.html", lines=lines, today=today, how_far=how_far, watch_path=watch_path)

    @router.get("/watches/{watch_id}")
    def show_watch(request: Request, watch_id: str) -> Response:
        watch, now = find_watch(context, watch_id), context.now()
        with context.store.reading() as connection:
            views = view_watch(connection, watch)
        sheets = [sheet_of(view, None, now=now) for view in views]
        moved = [view for view in views if view.history.changes]
        pictures = {view.fact.key: draw_timeline(view.history, view.fact, now=now) for view in moved[:_DRAWN_AT_ONCE]}
        later = {view.fact.key for view in moved[_DRAWN_AT_ONCE:]}
        return render(request, "watch.html", watch=watch, sheets=sheets, pictures=pictures, later=later, signs=draw_signs())

    return router


def find_watch(context: Context, watch_id: str) -> Watch:
    """The watch of an id.

    Raises:
        NotFound: The rules have none.
    """
    watch = context.rules.current.watches.get(watch_id)
    if watch is None:
        raise NotFound("The rules have no watch of this name; it may have been renamed, or its file removed.")
    return watch


def _lines(connection: Connection, watches: Mapping[str, Watch], today: date) -> Iterator[WatchLine]:
    in_force = facts.list_in_force(connection)
    numbers = changes.count(connection)
    for watch in watches.values():
        own = [one.known for one in in_force if one.watch == watch.id and one.fact in watch.facts]
        days = [day for known in own if (day := last_day_of(known)) and day >= today]
        yield WatchLine(
            watch=watch,
            known=sum(known.value is not None for known in own),
            waiting=numbers.get((watch.id, ChangeState.CANDIDATE), 0),
            next_day=min(days, default=None),
        )
