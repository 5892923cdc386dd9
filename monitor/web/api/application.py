"""The API as an application of its own, so that its errors and its description are its own too."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Path, Response
from fastapi.openapi.utils import get_openapi

from monitor import __version__
from monitor.jobs.context import Context
from monitor.web.api.assessing import assessing_router
from monitor.web.api.changes import changes_router
from monitor.web.api.deliveries import deliveries_router
from monitor.web.api.exports import exports_router
from monitor.web.api.facts import facts_router
from monitor.web.api.feeds import feeds_router
from monitor.web.api.items import items_router
from monitor.web.api.problems import answer_problems, describe_problems
from monitor.web.api.tokens import Gate
from monitor.web.api.trials import trials_router
from monitor.web.api.watches import watches_router
from monitor.web.sessions import Keeper, Patience
from monitor.web.troubles import NotFound

PREFIX = "/api/v1"
_ROUTERS = (
    watches_router,
    facts_router,
    changes_router,
    items_router,
    feeds_router,
    deliveries_router,
    assessing_router,
    trials_router,
    exports_router,
)
_SCHEMAS = {
    "webhook.schema.json": "monitor.web.api.schemas",
    "watch.schema.json": "monitor.config",
    "seed.schema.json": "monitor.config",
    "delivery.schema.json": "monitor.config",
}
_DESCRIPTION = """\
What the commands of Factwatch do, for programs. Send `Authorization: Bearer TOKEN` (`factwatch tokens add NAME`); on a machine of
your own without a password, reading needs none. Refusals are `application/problem+json`. Lists go on at `next`.
"""


def build_api(context: Context, keeper: Keeper) -> FastAPI:
    """The API, to be mounted at ``PREFIX`` behind the doors."""
    api = FastAPI(title="Factwatch", version=__version__, description=_DESCRIPTION, openapi_url=None)
    gate = Gate(context=context, keeper=keeper, patience=Patience(now=context.now))
    answer_problems(api)
    for build in _ROUTERS:
        api.include_router(build(context, gate))
    api.include_router(_descriptions(api, gate))
    return api


def _descriptions(api: FastAPI, gate: Gate) -> APIRouter:
    """How to speak with the API, and what it sends, for programs."""
    router = APIRouter(dependencies=[Depends(gate.may_read)], include_in_schema=False)

    @cache
    def describe() -> dict[str, Any]:
        document = get_openapi(
            title=api.title,
            version=api.version,
            description=api.description,
            routes=api.routes,
            servers=[{"url": PREFIX}],
        )
        describe_problems(document)
        return document

    @router.get("/openapi.json")
    def openapi() -> dict[str, Any]:
        return describe()

    @router.get("/schemas/{name}")
    def schema(name: Annotated[str, Path(max_length=80)]) -> Response:
        if name not in _SCHEMAS:
            raise NotFound(f"no schema {name!r}; there are {', '.join(_SCHEMAS)}")
        text = files(_SCHEMAS[name]).joinpath(name).read_text(encoding="utf-8")
        return Response(json.dumps(json.loads(text)), media_type="application/schema+json")

    return router
