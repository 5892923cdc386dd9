"""Deliveries: the messages on their way, those that are held back, and trying again what was given up."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from monitor.core.messages import Occasion
from monitor.jobs import nudging
from monitor.jobs.context import Context
from monitor.store import held, outbox
from monitor.store.held import HeldTelling
from monitor.store.outbox import DeliveryRecord, DeliveryState
from monitor.web.api.paging import Cursor, Limit, Page, page_of, read_number
from monitor.web.api.problems import refusal
from monitor.web.api.shapes import Number
from monitor.web.api.tokens import Gate
from monitor.web.troubles import NotFound


class DeliveryShape(BaseModel):
    """One message on its way to one destination."""

    id: int
    key: str = Field(description="Of the message; that of the change where it tells one.")
    occasion: Occasion
    title: str
    destination: str
    state: DeliveryState
    attempts: int
    created: datetime
    next_attempt: datetime | None
    settled: datetime | None
    detail: str


class HeldShape(BaseModel):
    """A change that is to be told later."""

    change: str
    occasion: Occasion
    destination: str | None = Field(description="Null for everybody whom the rule names.")
    reason: str
    until: datetime


def shape_delivery(record: DeliveryRecord) -> DeliveryShape:
    """A delivery without its message's text."""
    delivery = record.delivery
    return DeliveryShape(
        id=delivery.id,
        key=delivery.message.key,
        occasion=delivery.message.occasion,
        title=delivery.message.title,
        destination=delivery.destination,
        state=record.state,
        attempts=delivery.attempts,
        created=delivery.created,
        next_attempt=record.next_attempt if record.settled is None else None,
        settled=record.settled,
        detail=record.last_detail,
    )


def shape_held(telling: HeldTelling) -> HeldShape:
    """A telling that waits."""
    return HeldShape(
        change=telling.change_key,
        occasion=telling.occasion,
        destination=telling.destination or None,
        reason=telling.reason,
        until=telling.until,
    )


def deliveries_router(context: Context, gate: Gate) -> APIRouter:
    """Listing and retrying."""
    router = APIRouter(prefix="/deliveries", tags=["deliveries"])

    @router.get("", dependencies=[Depends(gate.may_read)])
    def list_deliveries(
        state: Annotated[DeliveryState | None, Query()] = None,
        destination: Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[DeliveryShape]:
        """Messages that were sent, wait or were given up, the newest first."""
        with context.store.reading() as connection:
            found = outbox.list_newest(
                connection,
                states=[state] if state else (),
                destination=destination,
                before=read_number(cursor) if cursor else None,
                limit=limit + 1,
            )
        return page_of(found, limit, shape=shape_delivery, place=lambda record: record.delivery.id)

    @router.get("/held", dependencies=[Depends(gate.may_read)])
    def list_held() -> list[HeldShape]:
        """What is held back, the soonest first, with the reason."""
        with context.store.reading() as connection:
            return [shape_held(telling) for telling in held.list_held(connection)]

    @router.post("/{delivery}/retry", status_code=202, dependencies=[Depends(gate.may_write)])
    async def retry(delivery: Number) -> DeliveryShape:
        """Have a dead delivery tried again from the first attempt."""
        return shape_delivery(await context.aside(_retry, context, delivery))

    return router


def _retry(context: Context, delivery_id: int) -> DeliveryRecord:
    with context.store.reading() as connection:
        record = outbox.find(connection, delivery_id)
    if record is None:
        raise NotFound(f"there is no delivery {delivery_id}")
    if record.state is not DeliveryState.DEAD:
        raise refusal(409, f"delivery {delivery_id} is {record.state}; only dead ones can be tried again")
    return nudging.retry(context, delivery_id)
