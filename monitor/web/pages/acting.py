"""Links that act: a signed link in a message opens a page that asks once, and only its button accepts or dismisses."""

from __future__ import annotations

from asyncio import to_thread

from fastapi import APIRouter, Request
from fastapi.responses import Response

from monitor.jobs import reviewing
from monitor.jobs.context import Context
from monitor.jobs.signing import ACTING, Action, may_act
from monitor.web.doors import read_form
from monitor.web.pages.inboxes import load_detail
from monitor.web.rendering import render

_DECISIONS = {Action.ACCEPT: reviewing.accept, Action.DISMISS: reviewing.dismiss}


def acting_router(context: Context, key: bytes) -> APIRouter:
    """The pages that such links lead to: the signature stands in for a login, and a program that follows a link does nothing."""
    router = APIRouter(prefix=ACTING)

    @router.get("/{action}/{change:path}")
    async def ask(request: Request, action: Action, change: str, until: str = "", signature: str = "") -> Response:
        if not may_act(key, action, change, until=until, signature=signature, now=context.now()):
            return _refuse(request)
        detail = await to_thread(load_detail, context, change)
        return render(request, "act.html", detail=detail, action=action, until=until, signature=signature, is_done=False)

    @router.post("/{action}/{change:path}")
    async def act(request: Request, action: Action, change: str) -> Response:
        form = await read_form(request)
        until, signature = form.get("until", ""), form.get("signature", "")
        if not may_act(key, action, change, until=until, signature=signature, now=context.now()):
            return _refuse(request)
        await context.aside(_DECISIONS[action], context, change)
        detail = await to_thread(load_detail, context, change)
        return render(request, "act.html", detail=detail, action=action, until="", signature="", is_done=True)

    return router


def _refuse(request: Request) -> Response:
    words = "The link is over or not whole: it acts for two weeks, on one change. Open the change to decide it."
    return render(request, "trouble.html", status=403, title="This link does not act", words=words)
