"""The files that pages are made with; nothing of them comes from another host."""

from __future__ import annotations

import os
from importlib.resources import files
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"


class Assets(StaticFiles):
    """The folder ``web/static``; what is asked for by its fingerprint (``rendering.static_path``) may be kept for ever."""

    def __init__(self) -> None:
        super().__init__(directory=str(files("monitor.web").joinpath("static")))

    def file_response(self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, *rest: Any) -> Response:
        """One file."""
        answer = super().file_response(full_path, stat_result, scope, *rest)
        answer.headers["Cache-Control"] = _FOR_EVER if scope["query_string"].startswith(b"v=") else _ASK_EACH_TIME
        return answer
