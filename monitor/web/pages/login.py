"""Login and logout."""

from __future__ import annotations

from asyncio import to_thread

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from monitor.web.doors import bake, is_behind_tls, own_path, read_form
from monitor.web.rendering import render
from monitor.web.sessions import Keeper, Patience

_GUESSED_TOO_OFTEN = "Too many wrong passwords. Try again in {seconds} seconds."


def login_router(keeper: Keeper, *, public_url: str) -> APIRouter:
    """The form, its answer, and the way out."""
    router = APIRouter()
    patience = Patience(now=keeper.now)

    @router.get("/login")
    async def ask(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
        if request.state.session.is_person:
            return RedirectResponse(own_path(next), 303)
        return render(request, "login.html", next=own_path(next), trouble="")

    @router.post("/login")
    async def enter(request: Request) -> Response:
        form = await read_form(request)
        target = own_path(form.get("next", "/"))
        address = request.client.host if request.client else ""
        if seconds := patience.seconds_to_wait(address):
            words = _GUESSED_TOO_OFTEN.format(seconds=seconds)
            page = render(request, "login.html", status=429, next=target, trouble=words)
            page.headers["Retry-After"] = str(seconds)
            return page
        # Counted before it is looked at, so that tries at the same moment are no way round.
        patience.fail(address)
        if not await to_thread(keeper.is_password, form.get("password", "")):
            return render(request, "login.html", status=401, next=target, trouble="That is not the password.")
        patience.forgive(address)
        return _go(request, target, keeper.open_session(is_person=True).cookie)

    @router.post("/logout")
    async def leave(request: Request) -> Response:
        await to_thread(keeper.end_session, request.state.session)
        return _go(request, "/login", "")

    def _go(request: Request, target: str, cookie: str) -> Response:
        answer = RedirectResponse(target, 303)
        answer.headers["Set-Cookie"] = bake(cookie, is_behind_tls=is_behind_tls(request, public_url))
        return answer

    return router
