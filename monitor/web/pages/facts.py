"""A fact: its whole history, as of any day, with every claim for and against."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from fastapi import APIRouter, Request
from fastapi.responses import Response

from monitor.core.claims import Claim
from monitor.core.facts import Fact
from monitor.core.judging.recollecting import steps_until
from monitor.core.telling.fitting import Quote, fit_quote
from monitor.core.telling.moves import describe_move
from monitor.core.watches import Watch
from monitor.errors import UserFault
from monitor.jobs.context import Context
from monitor.jobs.hearing import hear
from monitor.jobs.surveying import view_fact
from monitor.web.drawing import draw_signs, draw_timeline
from monitor.web.pages.watches import find_watch
from monitor.web.presenting import sheet_of, watch_path
from monitor.web.rendering import render
from monitor.web.troubles import NotFound

_A_PAGE = 50


def facts_router(context: Context) -> APIRouter:
    """The page at ``/watches/ID/FACT``, and its picture alone."""
    router = APIRouter()

    @router.get("/watches/{watch_id}/{fact_key}")
    def show_fact(request: Request, watch_id: str, fact_key: str, as_of: str = "", before: int | None = None) -> Response:
        watch = find_watch(context, watch_id)
        fact, moment, now = _find_fact(watch, fact_key), _read_moment(as_of), context.now()
        with context.store.reading() as connection:
            view = view_fact(connection, watch, fact)
            voices = hear(connection, view, moment)
        steps = steps_until(view.history, moment)
        shown = [step for step in reversed(steps) if before is None or step.sequence < before]
        return render(
            request,
            "fact.html",
            sheet=sheet_of(view, moment, now=now),
            voices=voices,
            steps=shown[:_A_PAGE],
            older=shown[_A_PAGE - 1].sequence if len(shown) > _A_PAGE else None,
            picture=draw_timeline(replace(view.history, changes=steps), fact, now=moment or now),
            signs=draw_signs(),
            as_of=moment.date() if moment else None,
            today=now.date(),
            watch_path=watch_path,
            describe_move=describe_move,
            quoted=_quoted,
        )

    @router.get("/watches/{watch_id}/{fact_key}/timeline")
    def show_timeline(request: Request, watch_id: str, fact_key: str) -> Response:
        watch = find_watch(context, watch_id)
        fact = _find_fact(watch, fact_key)
        with context.store.reading() as connection:
            view = view_fact(connection, watch, fact)
        return render(request, "timeline.html", fact=fact, picture=draw_timeline(view.history, fact, now=context.now()))

    return router


def _find_fact(watch: Watch, key: str) -> Fact:
    if key not in watch.facts:
        raise NotFound("This watch has no fact of this name; its rule may have been rewritten.")
    return watch.facts[key]


def _read_moment(text: str) -> datetime | None:
    """The end of a day; None where no day is given.

    Raises:
        UserFault: It is no day.
    """
    if not text.strip():
        return None
    try:
        return datetime.combine(date.fromisoformat(text.strip()), time.max, tzinfo=UTC)
    except ValueError:
        raise UserFault("as_of is no day; write year-month-day, for instance 2024-06-15") from None


def _quoted(claim: Claim) -> Quote:
    return fit_quote(claim.quote, claim.start, claim.end)
