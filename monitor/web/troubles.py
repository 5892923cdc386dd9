"""Troubles: what a person or a program is told when a request comes to nothing."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.exceptions import HTTPException

from monitor.errors import StoreTrouble, UserFault
from monitor.web.problems import problem
from monitor.web.rendering import render

_WORDS = {
    404: ("There is nothing here", "The address is wrong, or what it named is gone."),
    405: ("Not that way", "This address does not take such a request."),
}


class NotFound(UserFault):
    """What was asked for is not there; the message says what is."""


def answer_troubles(app: FastAPI) -> None:
    """Have the application answer our own errors: programs with JSON, htmx with a line for its toast, people with a page."""

    @app.exception_handler(NotFound)
    async def not_found(request: Request, trouble: NotFound) -> Response:
        return _answer(request, 404, "There is nothing here", str(trouble))

    @app.exception_handler(UserFault)
    async def fault(request: Request, trouble: UserFault) -> Response:
        return _answer(request, 422, "That does not work", str(trouble))

    @app.exception_handler(StoreTrouble)
    async def store(request: Request, trouble: StoreTrouble) -> Response:
        return _answer(request, 503, "The database cannot be used now", str(trouble))

    @app.exception_handler(HTTPException)
    async def other(request: Request, trouble: HTTPException) -> Response:
        status = trouble.status_code
        title, words = _WORDS.get(status, (HTTPStatus(status).phrase, str(trouble.detail)))
        answer = _answer(request, status, title, words)
        answer.headers.update(trouble.headers or {})
        return answer


def _answer(request: Request, status: int, title: str, words: str) -> Response:
    if request.url.path.startswith("/api/"):
        return problem(status, words)
    if "HX-Request" in request.headers or "text/html" not in request.headers.get("Accept", ""):
        return PlainTextResponse(words, status)
    return render(request, "trouble.html", status=status, title=title, words=words)
