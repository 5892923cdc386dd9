"""The inbox of changes: a list, the change that is open, and what a person decides about it."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from monitor.core.changes import ChangeState
from monitor.errors import UserFault
from monitor.jobs import reviewing
from monitor.jobs.context import Context
from monitor.store import inbox
from monitor.store.inbox import View
from monitor.web.doors import read_form
from monitor.web.pages.inboxes import TABS, Detail, load_detail, load_inbox
from monitor.web.rendering import change_path, render

SNOOZES = {"1": "a day", "3": "3 days", "7": "a week", "30": "a month"}
_LONGEST_WORDS = 2_000


def changes_router(context: Context) -> APIRouter:
    """The pages below ``/changes``."""
    router = APIRouter(prefix="/changes")

    @router.get("")
    async def list_(
        request: Request, view: View = View.INBOX, watch: str = "", page: Annotated[int, Query(ge=1, le=100_000)] = 1
    ) -> Response:
        shown = await to_thread(load_inbox, context, view, watch=watch, page=page)
        template = "changes_list.html" if _wants(request, "list") else "changes.html"
        return render(request, template, inbox=shown, tabs=TABS, detail=None, snoozes=SNOOZES)

    @router.get("/{key:path}")
    async def show(request: Request, key: str) -> Response:
        detail = await to_thread(load_detail, context, key)
        if _wants(request, "detail"):
            return render(request, "changes_detail.html", detail=detail, snoozes=SNOOZES)
        shown = await to_thread(load_inbox, context, View.INBOX)
        return render(request, "changes.html", inbox=shown, tabs=TABS, detail=detail, snoozes=SNOOZES)

    @router.post("/read")
    async def read_all(request: Request) -> Response:
        form = await read_form(request)
        await context.aside(_read_all, context, form.get("watch", ""))
        return RedirectResponse("/changes", 303)

    @router.post("/{key:path}/read")
    async def read(request: Request, key: str) -> Response:
        await context.aside(_read, context, key)
        return await _answer(request, key, "")

    @router.post("/{key:path}/accept")
    async def accept(request: Request, key: str) -> Response:
        form = await read_form(request)
        value, note = form.get("value", "").strip() or None, _note(form)
        change = await _decide(key, lambda: reviewing.accept(context, key, value=value, note=note))
        return await _answer(request, key, f"Accepted: {change.row.new}.", is_decision=True)

    @router.post("/{key:path}/dismiss")
    async def dismiss(request: Request, key: str) -> Response:
        note = _note(await read_form(request))
        change = await _decide(key, lambda: reviewing.dismiss(context, key, note=note))
        return await _answer(request, key, f"Dismissed: {change.row.new}.", is_decision=True)

    @router.post("/{key:path}/undo")
    async def undo(request: Request, key: str) -> Response:
        await _decide(key, lambda: reviewing.undo(context, key))
        return await _answer(request, key, "Undone.")

    @router.post("/{key:path}/release")
    async def release(request: Request, key: str) -> Response:
        released = await _decide(key, lambda: reviewing.release(context, key))
        words = "accepted" if released.change.state is ChangeState.ACCEPTED else "to be told in its turn"
        return await _answer(request, key, f"Released; {words}.")

    @router.post("/{key:path}/snooze")
    async def snooze(request: Request, key: str) -> Response:
        form = await read_form(request)
        days, target = form.get("days", ""), _target(key, form.get("what", "change"))
        if days not in SNOOZES:
            raise UserFault(f"for how long? {', '.join(SNOOZES)} days can be chosen")
        until = context.now() + timedelta(days=int(days))
        await _decide(key, lambda: reviewing.snooze(context, target, until=until, note=_note(form)))
        return await _answer(request, key, f"Silent for {SNOOZES[days]}.")

    @router.post("/{key:path}/wake")
    async def wake(request: Request, key: str) -> Response:
        await _decide(key, lambda: [reviewing.wake(context, _target(key, what)) for what in ("change", "fact", "watch")])
        return await _answer(request, key, "Heard again.")

    async def _decide(key: str, decision: Callable[[], object]) -> Detail:
        await to_thread(load_detail, context, key)
        await context.aside(decision)
        return await to_thread(load_detail, context, key)

    async def _answer(request: Request, key: str, words: str, *, is_decision: bool = False) -> Response:
        """The change as it is now with its row and the counts, for htmx; without it, the way to the change's page."""
        if "HX-Request" not in request.headers:
            return RedirectResponse(change_path(key), 303)
        detail = await to_thread(load_detail, context, key)
        shown = await to_thread(load_inbox, context, View.INBOX)
        can_undo = is_decision and detail.can_undo
        shared: dict[str, Any] = {"inbox": shown, "tabs": TABS, "snoozes": SNOOZES}
        return render(request, "changes_decided.html", detail=detail, words=words, can_undo=can_undo, **shared)

    return router


def _wants(request: Request, target: str) -> bool:
    """Whether a script asks for one part of the page; what it restores from its history it wants whole."""
    return request.headers.get("HX-Target") == target and "HX-History-Restore-Request" not in request.headers


def _note(form: dict[str, str]) -> str:
    return form.get("note", "").strip()[:_LONGEST_WORDS]


def _target(key: str, what: str) -> str:
    """What a snooze silences: the change, its fact or its watch."""
    match what:
        case "fact":
            return key.partition("#")[0]
        case "watch":
            return key.partition("/")[0]
        case _:
            return key


def _read(context: Context, key: str) -> None:
    with context.store.transaction() as connection:
        inbox.mark_read(connection, key, now=context.now())


def _read_all(context: Context, watch: str) -> None:
    with context.store.transaction() as connection:
        inbox.mark_all_read(connection, watch=watch or None, now=context.now())
