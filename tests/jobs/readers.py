"""A reader of one small watch, with weights of its own, and rows for it."""

from __future__ import annotations

from functools import cache
from typing import Any

from monitor.jobs.answering import Reader
from tests.core.reading.builders import CAPACITY, LAUNCH, LICENCE, library, watch

ACME = watch(LAUNCH, CAPACITY, LICENCE, known={"launch": "2025-03", "capacity": "100000 vehicle/year"})


@cache
def reader() -> Reader:
    return Reader.build({"acme": ACME}, library())


def row(body: str, *, published: str = "2024-06-15", **rest: Any) -> dict[str, Any]:
    return {"id": f"{published} {body[:20]}", "published": published, "source": "outlet.com", "lang": "en", "body": body, **rest}
