"""Refusals: whatever goes wrong in the API is answered as a problem, with what would be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from monitor.errors import StoreTrouble, UserFault
from monitor.web.problems import MEDIA_TYPE, Flaw, Problem, problem
from monitor.web.troubles import NotFound

_NO_SUCH_CALL = "there is no such call; /api/v1/openapi.json describes all that there are"
_SOON = 5  # seconds, for a database that is busy


def refusal(status: int, detail: str, *, headers: Mapping[str, str] | None = None) -> HTTPException:
    """What a route raises to be answered as a problem."""
    return HTTPException(status, detail, headers=dict(headers) if headers else None)


def answer_problems(api: FastAPI) -> None:
    """Have all that goes wrong in the API answered as problems."""

    @api.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        flaws = [Flaw(where=".".join(map(str, one["loc"])), message=one["msg"]) for one in error.errors()]
        return problem(422, "; ".join(f"{flaw.where}: {flaw.message}" for flaw in flaws), flaws=flaws)

    @api.exception_handler(NotFound)
    async def not_found(_: Request, fault: NotFound) -> JSONResponse:
        return problem(404, str(fault))

    @api.exception_handler(UserFault)
    async def wrong(_: Request, fault: UserFault) -> JSONResponse:
        return problem(422, str(fault))

    @api.exception_handler(StoreTrouble)
    async def trouble(_: Request, trouble: StoreTrouble) -> JSONResponse:
        return problem(503, str(trouble), headers={"Retry-After": str(_SOON)})

    @api.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> JSONResponse:
        is_bare = error.detail == HTTPStatus(error.status_code).phrase
        return problem(error.status_code, _NO_SUCH_CALL if is_bare else str(error.detail), headers=error.headers)

    @api.exception_handler(Exception)
    async def mistake(_: Request, mistake: Exception) -> JSONResponse:
        return problem(500, f"a mistake of this program ({type(mistake).__name__}); its log says more")


def describe_problems(document: dict[str, Any]) -> None:
    """Name in an OpenAPI document, with every operation, the refusals that it may meet."""
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schema.pop("$defs"))
    schemas["Problem"] = schema
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in document["paths"].values():
        for method, operation in path.items():
            for status in _statuses(method):
                operation["responses"][str(status)] = {"description": HTTPStatus(status).phrase, "content": content}


def _statuses(method: str) -> Sequence[int]:
    writing = (400, 409, 413) if method in ("post", "put", "delete") else ()
    return (401, 403, 404, 422, 429, 503, *writing)
