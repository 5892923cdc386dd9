"""Changes: what was said to change, on what evidence, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from monitor.core.changes import Change, ChangeState
from monitor.jobs import reviewing
from monitor.jobs.context import Context
from monitor.store import changes, held, outbox, snoozes
from monitor.store.engine import Connection
from monitor.web.api.deliveries import DeliveryShape, HeldShape, shape_delivery, shape_held
from monitor.web.api.paging import Cursor, Limit, Page, page_of, read_cursor, wrong_cursor
from monitor.web.api.problems import refusal
from monitor.web.api.shapes import ChangeShape, EvidenceShape, Name, Note, OnlyOf, shape_change, shape_evidence
from monitor.web.api.tokens import Gate
from monitor.web.troubles import NotFound

_ONE = "/{watch}/{fact}/{sequence}"
_LONGEST_SNOOZE = timedelta(days=3660)
_OLDEST = datetime.fromisoformat("1900-01-01T00:00:00Z")

Sequence = Annotated[int, Path(ge=1, le=999_999_999, description="Counted from 1 in its fact.")]


class ChangeInFull(ChangeShape):
    """A change with its evidence and what was told of it."""

    evidence: list[EvidenceShape]
    deliveries: list[DeliveryShape]
    held: list[HeldShape]
    snoozed_until: datetime | None


class Acceptance(BaseModel):
    """A word with a yes."""

    model_config = ConfigDict(extra="forbid")

    value: str | None = Field(
        default=None, min_length=1, max_length=200, description="Hold this in the place of what was said: `2024-03-28 (done)`."
    )
    note: Note = ""


class Dismissal(BaseModel):
    """A word with a no."""

    model_config = ConfigDict(extra="forbid")

    note: Note = ""


class Silence(BaseModel):
    """For how long nothing is to be heard."""

    model_config = ConfigDict(extra="forbid")

    until: AwareDatetime
    note: Note = ""


def changes_router(context: Context, gate: Gate) -> APIRouter:
    """Looking and deciding."""
    router = APIRouter(prefix="/changes", tags=["changes"])
    reads, writes = [Depends(gate.may_read)], [Depends(gate.may_write)]

    @router.get("", dependencies=reads)
    def list_changes(
        *,
        watch: OnlyOf = None,
        fact: OnlyOf = None,
        state: Annotated[list[ChangeState] | None, Query(max_length=5)] = None,
        since: Annotated[AwareDatetime | None, Query(description="Only changes learned at or after this moment.")] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[ChangeShape]:
        """Changes, those learned last first."""
        with context.store.reading() as connection:
            found = changes.list_newest(
                connection,
                watch=watch,
                fact=fact,
                states=state or (),
                since=max(since, _OLDEST) if since else None,
                after=_read_place(connection, cursor) if cursor else None,
                limit=limit + 1,
            )
        return page_of(found, limit, shape=lambda change: shape_change(change, context), place=lambda change: change.key)

    @router.get(_ONE, dependencies=reads)
    def show_change(watch: Name, fact: Name, sequence: Sequence) -> ChangeInFull:
        """One change with its evidence, the messages that told it, and what is held back of it."""
        return _show(context, watch, fact, sequence)

    @router.post(f"{_ONE}/accept", dependencies=writes)
    async def accept(watch: Name, fact: Name, sequence: Sequence, word: Acceptance | None = None) -> ChangeInFull:
        """Bring a change into force, or uphold it; a value corrects it."""
        said = word or Acceptance()
        decide = partial(reviewing.accept, context, value=said.value, note=said.note)
        return await context.aside(_decide, context, watch, fact, sequence, decide)

    @router.post(f"{_ONE}/dismiss", dependencies=writes)
    async def dismiss(watch: Name, fact: Name, sequence: Sequence, word: Dismissal | None = None) -> ChangeInFull:
        """Say no: the value before it is in force again, and stays until something firmer repeats this one."""
        decide = partial(reviewing.dismiss, context, note=(word or Dismissal()).note)
        return await context.aside(_decide, context, watch, fact, sequence, decide)

    @router.post(f"{_ONE}/undo", dependencies=writes)
    async def undo(watch: Name, fact: Name, sequence: Sequence) -> ChangeInFull:
        """Take the last decision back: it stands as before, and what was still to be told of it is told after all."""
        return await context.aside(_decide, context, watch, fact, sequence, partial(reviewing.undo, context))

    @router.post(f"{_ONE}/release", dependencies=writes)
    async def release(watch: Name, fact: Name, sequence: Sequence) -> ChangeInFull:
        """Let it take its usual course, where it was held back since too many came at once: into force, and told."""
        return await context.aside(_decide, context, watch, fact, sequence, partial(reviewing.release, context))

    @router.post(f"{_ONE}/snooze", dependencies=writes)
    async def snooze(watch: Name, fact: Name, sequence: Sequence, silence: Silence) -> ChangeInFull:
        """Hear nothing of it until a moment; what comes meanwhile is told then."""
        if silence.until > context.now() + _LONGEST_SNOOZE:
            raise refusal(422, "body.until: more than ten years ahead; dismiss the change instead")
        decide = partial(reviewing.snooze, context, until=silence.until, note=silence.note)
        return await context.aside(_decide, context, watch, fact, sequence, decide)

    @router.delete(f"{_ONE}/snooze", status_code=204, dependencies=writes)
    async def wake(watch: Name, fact: Name, sequence: Sequence) -> Response:
        """End its snooze early, if it has one."""
        await context.aside(_decide, context, watch, fact, sequence, partial(reviewing.wake, context))
        return Response(status_code=204)

    return router


def _decide(context: Context, watch: str, fact: str, sequence: int, decide: Callable[[str], object]) -> ChangeInFull:
    """Have a decision made about a change that is there, and show what it came to."""
    with context.store.reading() as connection:
        key = _find(connection, watch, fact, sequence).key
    decide(key)
    return _show(context, watch, fact, sequence)


def _show(context: Context, watch: str, fact: str, sequence: int) -> ChangeInFull:
    with context.store.reading() as connection:
        change = _find(connection, watch, fact, sequence)
        sent = outbox.list_newest(connection, message_key=change.key)
        waiting = [telling for telling in held.list_held(connection) if telling.change_key == change.key]
        snoozed = snoozes.snoozed_until(connection, watch, fact, change.key, now=context.now())
    return ChangeInFull(
        **dict(shape_change(change, context)),
        evidence=[shape_evidence(piece) for piece in change.evidence],
        deliveries=[shape_delivery(record) for record in sent],
        held=[shape_held(telling) for telling in waiting],
        snoozed_until=snoozed,
    )


def _find(connection: Connection, watch: str, fact: str, sequence: int) -> Change:
    key = f"{watch}/{fact}#{sequence}"
    change = changes.find(connection, key)
    if change is None:
        raise NotFound(f"there is no change {key!r}; GET /api/v1/changes lists them")
    return change


def _read_place(connection: Connection, cursor: str) -> str:
    """The key of the last change of the page before; the ledger only grows, so it is still there."""
    key = read_cursor(cursor)
    if changes.find(connection, key) is None:
        raise wrong_cursor()
    return key
