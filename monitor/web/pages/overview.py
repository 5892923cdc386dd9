"""The overview: what changed this week, what is due soon, what is overdue, what is unhealthy."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from monitor.core.telling.moves import describe_move
from monitor.core.telling.rendering import fact_title
from monitor.core.telling.vouching import sources_of
from monitor.feeds.links import shown
from monitor.jobs.context import Context
from monitor.jobs.summarising import OF_LATE, SOON, summarise
from monitor.web.presenting import fact_path, how_far, watch_path
from monitor.web.rendering import render


def overview_router(context: Context) -> APIRouter:
    """The page at ``/overview``."""
    router = APIRouter()

    @router.get("/overview")
    def look_over(request: Request) -> Response:
        with context.store.reading() as connection:
            summary = summarise(connection, context)
        rules = context.rules
        return render(
            request,
            "overview.html",
            summary=summary,
            watches=rules.current.watches,
            refused=rules.refused,
            of_late=OF_LATE.days,
            soon=SOON.days,
            today=context.now().date(),
            shown=shown,
            how_far=how_far,
            fact_path=fact_path,
            watch_path=watch_path,
            fact_title=fact_title,
            sources_of=sources_of,
            describe_move=describe_move,
        )

    return router
