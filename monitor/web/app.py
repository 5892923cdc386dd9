"""The web application: whether the program is well and ready, for supervisors; the pages join it here."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Sequence
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

from monitor.config.settings import Settings
from monitor.jobs.context import Context
from monitor.jobs.vitals import Vitals, find_obstacles
from monitor.web.websub import websub_router

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


def build_app(context: Context, vitals: Vitals) -> FastAPI:
    """All that is served.

    Requests that name another host than ours are refused: a page of a stranger, opened in the browser of somebody who reaches
    this program, could otherwise speak to it under a name of its own (DNS rebinding).
    """
    app = FastAPI(title="Factwatch", openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts(context.settings), www_redirect=False)
    app.include_router(_probes(context, vitals))
    if context.settings.websub:
        app.include_router(websub_router(context))
    return app


def allowed_hosts(settings: Settings) -> tuple[str, ...]:
    """Under which names this program may be asked: those of this machine for itself, and that of the public URL."""
    public = urlsplit(settings.public_url).hostname
    return (*_LOOPBACK, public) if public else _LOOPBACK


def _probes(context: Context, vitals: Vitals) -> APIRouter:
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> JSONResponse:
        return _answer("healthy", vitals.ailments())

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        return _answer("ready", await to_thread(find_obstacles, context, vitals))

    return router


def _answer(word: str, reasons: Sequence[str]) -> JSONResponse:
    """200 while there is no reason against it, else 503 with all of them."""
    return JSONResponse({word: not reasons, "reasons": list(reasons)}, status_code=503 if reasons else 200)
