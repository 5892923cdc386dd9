"""Problems: how a program is told why its request came to nothing (RFC 9457, ``application/problem+json``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"


class Flaw(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(description="The parameter or the field, such as `query.limit` or `body.until`.")
    message: str


class Problem(BaseModel):
    """Why a request came to nothing."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = Field(description="For people: what is wrong, and what would be right.")
    flaws: list[Flaw] = Field(default_factory=list)


def problem(status: int, detail: str, *, flaws: Sequence[Flaw] = (), headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer to such a request."""
    told = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, flaws=list(flaws))
    return JSONResponse(told.model_dump(), status, media_type=MEDIA_TYPE, headers=dict(headers) if headers else None)
