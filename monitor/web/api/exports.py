"""Exports: changes, dates and tables for feed readers, calendars and spreadsheets; an ETag says what is had already."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import StreamingResponse

from monitor.jobs.context import Context
from monitor.jobs.exporting import Export, export, stream_changes
from monitor.web.api.shapes import OnlyOf, find_watch
from monitor.web.api.tokens import Gate

_CONTENT = {kind.media_type: {"schema": {"type": "object" if kind is Export.JSON_FEED else "string"}} for kind in Export}
_RESPONSES: dict[int | str, dict[str, Any]] = {200: {"content": _CONTENT}, 304: {"description": "As you have it"}}


def exports_router(context: Context, gate: Gate) -> APIRouter:
    """What other programs subscribe to."""
    router = APIRouter(prefix="/exports", tags=["exports"], dependencies=[Depends(gate.may_subscribe)])

    @router.get("/{document}", response_class=Response, responses=_RESPONSES)
    def serve(
        request: Request,
        document: Export,
        watch: OnlyOf = None,
        if_none_match: Annotated[str, Header()] = "",
    ) -> Response:
        """A document of changes, facts or expected dates. Readers that know no tokens send one as a password."""
        only = find_watch(context, watch) if watch else None
        headers = {"Cache-Control": "private, max-age=60", "Content-Disposition": f"inline; filename={document}"}
        if document is Export.CHANGES:
            # Long, so it comes in parts, and nobody knows its hash before its end.
            parts = stream_changes(context.store, only.id if only else None)
            return StreamingResponse(parts, media_type=f"{document.media_type}; charset=utf-8", headers=headers)
        with context.store.reading() as connection:
            content = export(
                connection,
                document,
                context.rules.current.watches,
                only=only,
                stationery=context.stationery,
                address=_address(request, context, document, watch),
            )
        tag = f'"{sha256(content).hexdigest()[:32]}"'
        headers["ETag"] = tag
        if tag in if_none_match:
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=f"{document.media_type}; charset=utf-8", headers=headers)

    return router


def _address(request: Request, context: Context, document: Export, watch: str | None) -> str:
    """Where the document is served, under the name that others know."""
    base = context.settings.public_url or f"{request.url.scheme}://{request.url.netloc}"
    return f"{base}/api/v1/exports/{document}{f'?watch={watch}' if watch else ''}"
