"""The deliveries: what was sent, what waits, what is held and why, and what was given up and can be tried again."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from monitor.errors import UserFault
from monitor.jobs.context import Context
from monitor.jobs.nudging import retry, retry_all
from monitor.store import held, outbox
from monitor.store.outbox import DeliveryState
from monitor.web.rendering import render

_A_PAGE = 50
_MOST_HELD = 100
_FAR = timedelta(days=3_650)  # what is held for so long waits for a person, not for a day
_STATES = ("held", *(str(state) for state in DeliveryState))


def deliveries_router(context: Context) -> APIRouter:
    """The page at ``/deliveries`` and its buttons."""
    router = APIRouter()

    @router.get("/deliveries")
    def list_deliveries(request: Request, state: str = "", before: int | None = None) -> Response:
        if state not in ("", *_STATES):
            raise UserFault(f"there is no such state; there are {', '.join(_STATES)}")
        wanted = [DeliveryState(state)] if state and state != "held" else []
        with context.store.reading() as connection:
            tellings = held.list_held(connection)
            backlogs = outbox.list_backlogs(connection)
            # One more than is shown tells whether there are others.
            found = outbox.list_newest(connection, states=wanted, before=before, limit=_A_PAGE + 1) if state != "held" else ()
        return render(
            request,
            "deliveries.html",
            state=state,
            counts={
                "held": len(tellings),
                "pending": sum(backlog.pending for backlog in backlogs),
                "sent": sum(backlog.sent for backlog in backlogs),
                "dead": sum(backlog.dead for backlog in backlogs),
            },
            backlogs=backlogs,
            far=context.now() + _FAR,
            tellings=tellings[:_MOST_HELD] if state in ("", "held") and before is None else (),
            records=found[:_A_PAGE],
            older=found[_A_PAGE - 1].delivery.id if len(found) > _A_PAGE else None,
        )

    @router.post("/deliveries/{delivery_id}/retry")
    async def try_again(request: Request, delivery_id: int) -> Response:
        record = await context.aside(retry, context, delivery_id)
        if "HX-Request" not in request.headers:
            return RedirectResponse("/deliveries", 303)
        return render(request, "delivery_row.html", record=record)

    @router.post("/deliveries/retry")
    async def try_all_again() -> Response:
        await context.aside(retry_all, context)
        return RedirectResponse("/deliveries?state=pending", 303)

    return router
