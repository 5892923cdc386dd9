"""The web application: the pages, the API and the probes, behind their doors."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Sequence
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from monitor.config.settings import Settings
from monitor.jobs.context import Context
from monitor.jobs.costing import remarks_of
from monitor.jobs.signing import key_of
from monitor.jobs.vitals import Vitals, find_obstacles
from monitor.web.api.application import PREFIX as API
from monitor.web.api.application import build_api
from monitor.web.api.tokens import Gate
from monitor.web.assets import Assets
from monitor.web.doors import Doors
from monitor.web.live import live_router
from monitor.web.metrics import metrics_router
from monitor.web.pages.acting import acting_router
from monitor.web.pages.changes import changes_router
from monitor.web.pages.deliveries import deliveries_router
from monitor.web.pages.facts import facts_router
from monitor.web.pages.feeds import feeds_router
from monitor.web.pages.lab import lab_router
from monitor.web.pages.login import login_router
from monitor.web.pages.overview import overview_router
from monitor.web.pages.watches import watches_router
from monitor.web.sessions import Keeper, Patience
from monitor.web.troubles import answer_troubles
from monitor.web.websub import websub_router

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
_ASKED_BY_ADDRESS = frozenset({"/healthz", "/readyz", "/metrics"})


def build_app(context: Context, vitals: Vitals) -> FastAPI:
    """All that is served.

    Requests that name another host than ours are refused (``OwnNames``): a page of a stranger, opened in the browser of somebody
    who reaches this program, could otherwise speak to it under a name of its own (DNS rebinding).
    """
    settings = context.settings
    key = key_of(context.store)
    keeper = Keeper(key=key, password=settings.password, now=context.now, store=context.store)
    app = FastAPI(title="Factwatch", openapi_url=None)
    app.state.has_password = settings.password is not None
    # The last that is added is the first that is asked.
    app.add_middleware(Doors, keeper=keeper, public_url=settings.public_url)
    app.add_middleware(OwnNames, allowed_hosts=allowed_hosts(settings), is_open=settings.password is None)
    answer_troubles(app)
    app.mount("/static", Assets(), name="static")
    app.mount(API, build_api(context, keeper), name="api")
    app.include_router(_probes(context, vitals))
    gate = Gate(context=context, keeper=keeper, patience=Patience(now=context.now))
    app.include_router(metrics_router(context, vitals, gate))
    app.include_router(login_router(keeper, public_url=settings.public_url))
    app.include_router(_beginning())
    app.include_router(changes_router(context))
    app.include_router(live_router(context))
    app.include_router(acting_router(context, key))
    app.include_router(overview_router(context))
    app.include_router(watches_router(context))
    app.include_router(facts_router(context))
    app.include_router(lab_router(context))
    app.include_router(feeds_router(context))
    app.include_router(deliveries_router(context))
    if settings.websub:
        app.include_router(websub_router(context))
    return app


class OwnNames(TrustedHostMiddleware):
    """Refuses requests under names that are none of ours, but for probes and metrics where a password is set.

    Supervisors of containers and Prometheus ask by an address that nobody knows beforehand. With a password, others reach this
    program anyway, the probes tell them no more than that, and the metrics ask for a token, which no stranger's page has.
    """

    def __init__(self, app: ASGIApp, *, allowed_hosts: Sequence[str], is_open: bool) -> None:
        """Remember whether all who reach this program may read."""
        super().__init__(app, allowed_hosts=allowed_hosts, www_redirect=False)
        self._is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or let through."""
        if not self._is_open and scope.get("path") in _ASKED_BY_ADDRESS:
            await self.app(scope, receive, send)
            return
        await super().__call__(scope, receive, send)


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
        return _answer("ready", await to_thread(find_obstacles, context, vitals), remarks=remarks_of(context))

    return router


def _beginning() -> APIRouter:
    router = APIRouter()

    @router.get("/")
    async def begin() -> RedirectResponse:
        return RedirectResponse("/changes", 303)

    return router


def _answer(word: str, reasons: Sequence[str], *, remarks: Sequence[str] = ()) -> JSONResponse:
    """200 while there is no reason against it, else 503 with all of them; remarks are told beside them."""
    told = {word: not reasons, "reasons": list(reasons)} | ({"remarks": list(remarks)} if remarks else {})
    return JSONResponse(told, status_code=503 if reasons else 200)
