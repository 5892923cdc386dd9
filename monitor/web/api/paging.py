"""Pages of long lists: a cursor names the last entry of the page before, so that what comes in meanwhile moves nothing."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from monitor.web.api.problems import refusal

T = TypeVar("T")
R = TypeVar("R")

Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=400, description="The `next` of the page before; without one, the first page.")]


class Page(BaseModel, Generic[T]):
    """A part of a list."""

    items: list[T]
    next: str | None = Field(description="The cursor of the page that follows; null on the last one.")


def page_of(found: Sequence[R], limit: int, *, shape: Callable[[R], T], place: Callable[[R], object]) -> Page[T]:
    """The page of what was found, which is one more than wanted where another page follows.

    Args:
        shape: Makes an answer of an entry.
        place: What a cursor remembers of an entry.
    """
    shown = found[:limit]
    following = write_cursor(str(place(shown[-1]))) if len(found) > limit else None
    return Page(items=[shape(one) for one in shown], next=following)


def write_cursor(place: str) -> str:
    """A place in a list, as clients carry it; what stands in it is none of their business."""
    return urlsafe_b64encode(place.encode()).decode().rstrip("=")


def read_cursor(text: str) -> str:
    """The place that a cursor names, still to be looked up.

    Raises:
        HTTPException: It is none of ours.
    """
    try:
        place = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        place = ""
    if not place or write_cursor(place) != text:
        raise wrong_cursor()
    return place


def read_number(text: str) -> int:
    """The number that a cursor names, where lists are numbered.

    Raises:
        HTTPException: It is none of ours.
    """
    place = read_cursor(text)
    if not (place.isascii() and place.isdecimal() and len(place) < 19):
        raise wrong_cursor()
    return int(place)


def wrong_cursor() -> Exception:
    """The answer to a cursor that leads nowhere."""
    return refusal(422, "query.cursor: none of ours; send the `next` of the page before, or nothing")
