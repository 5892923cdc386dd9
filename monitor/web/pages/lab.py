"""The lab: a text read by a rule as it is edited, the rule tried on stored items, and saved once it is in order."""

from __future__ import annotations

from asyncio import to_thread
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from monitor.core.watches import Watch
from monitor.jobs.context import Context
from monitor.jobs.editing import load_saved, plain
from monitor.jobs.rewriting import obstacle_to_writing
from monitor.web.doors import read_form
from monitor.web.pages.lab_deeds import Bench, Deed, Outcome, Sheet
from monitor.web.pages.watches import find_watch
from monitor.web.rendering import render
from monitor.web.trying import TimeLimit


def lab_router(context: Context) -> APIRouter:
    """The pages below ``/lab``; nothing but ``save`` changes anything."""
    router = APIRouter(prefix="/lab")
    bench = Bench(context=context)

    @router.get("")
    def choose(request: Request, watch: str = "") -> Response:
        watches = context.rules.current.watches
        chosen = watch or (next(iter(watches)) if len(watches) == 1 else "")
        if chosen:
            return RedirectResponse(lab_path(find_watch(context, chosen)), 303)
        return render(request, "lab_choice.html", watches=watches.values(), lab_path=lab_path)

    @router.get("/{watch_id}")
    async def open_(request: Request, watch_id: str, item: str = "") -> Response:
        watch = find_watch(context, watch_id)
        saved = await to_thread(load_saved, watch)
        sheet = Sheet(rule=plain(saved.text), opened=saved.digest, item=item)
        outcome = Outcome(template="lab_welcome.html", sheet=sheet)
        if item:
            outcome = await bench.do(watch, sheet, Deed.READ, TimeLimit(request.app.state.ending))
        return _page(request, watch, outcome)

    @router.post("/{watch_id}/{deed}")
    async def act(request: Request, watch_id: str, deed: Deed) -> Response:
        watch = find_watch(context, watch_id)
        outcome = await bench.do(watch, Sheet.of(await read_form(request)), deed, TimeLimit(request.app.state.ending))
        if "HX-Request" not in request.headers:
            return _page(request, watch, outcome)
        # A part that htmx is to put into the page is a success, also where it says what is wrong.
        return _render(request, watch, outcome, outcome.template, is_part=True)

    def _page(request: Request, watch: Watch, outcome: Outcome) -> Response:
        whole = {
            "result": outcome.template,
            "watches": context.rules.current.watches.values(),
            "refused": context.rules.refused,
            "cannot_save": obstacle_to_writing(watch, context.settings),
        }
        return _render(request, watch, outcome, "lab.html", is_part=False, status=outcome.status, **whole)

    return router


def lab_path(watch: Watch) -> str:
    """The lab of a watch."""
    return f"/lab/{quote(watch.id, safe='')}"


def _render(request: Request, watch: Watch, outcome: Outcome, template: str, **values: Any) -> Response:
    return render(request, template, watch=watch, lab=lab_path(watch), sheet=outcome.sheet, **values, **outcome.values)
