"""The callback of WebSub: where hubs ask back whether we asked, and where they push."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import PlainTextResponse

from monitor.feeds.websub import LARGEST_PUSH
from monitor.jobs.context import Context
from monitor.jobs.subscribing import CALLBACKS, Push, confirm_intent, take_push

_LONGEST_CHALLENGE = 2_000

# A push that is wrongly signed is answered like a right one, so that nobody can try signatures out.
_STATUS = {Push.TAKEN: 202, Push.IGNORED: 202, Push.UNKNOWN: 410}


def websub_router(context: Context) -> APIRouter:
    """The two ends of a callback; it must be open to everybody, since hubs know no password."""
    router = APIRouter()

    @router.get(CALLBACKS + "{token}")
    async def verify(
        token: str,
        mode: Annotated[str, Query(alias="hub.mode")] = "",
        topic: Annotated[str, Query(alias="hub.topic")] = "",
        challenge: Annotated[str, Query(alias="hub.challenge", max_length=_LONGEST_CHALLENGE)] = "",
        lease: Annotated[str, Query(alias="hub.lease_seconds")] = "",
    ) -> Response:
        seconds = int(lease) if lease.isascii() and lease.isdecimal() and len(lease) < 12 else None
        is_ours = await context.aside(confirm_intent, context, token, mode=mode, topic=topic, lease_seconds=seconds)
        # As plain text, and never sniffed: the challenge is whatever the asker likes.
        headers = {"X-Content-Type-Options": "nosniff"}
        return PlainTextResponse(challenge if is_ours else "", status_code=200 if is_ours else 404, headers=headers)

    @router.post(CALLBACKS + "{token}")
    async def receive(token: str, request: Request, signature: Annotated[str, Header(alias="X-Hub-Signature")] = "") -> Response:
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST_PUSH:
                return Response(status_code=413)
        push = await context.aside(take_push, context, token, body=bytes(body), signature=signature)
        return Response(status_code=_STATUS[push])

    return router
