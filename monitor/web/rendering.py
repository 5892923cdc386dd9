"""Rendering: templates filled for a browser; whatever fills them is text and never mark-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from monitor.core.telling.inert import clean, web_link
from monitor.core.telling.wording import count_of, show_day, show_known
from monitor.web.doors import TOKEN_FIELD, TOKEN_HEADER


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the navigation."""

    path: str
    name: str
    sign: str


PLACES = (
    Place(path="/changes", name="Changes", sign="changes"),
    Place(path="/overview", name="Overview", sign="overview"),
    Place(path="/watches", name="Watches", sign="watches"),
    Place(path="/lab", name="Lab", sign="lab"),
    Place(path="/feeds", name="Feeds", sign="feeds"),
    Place(path="/deliveries", name="Deliveries", sign="deliveries"),
)


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Fill a template of ``web/templates``.

    Beside the values it finds ``request``, ``token`` (for forms: ``{{ token_field() }}``) and the navigation of ``base.html``.
    Filters: ``when`` (a moment, shown in the browser's zone), ``day`` (a date, which has no zone), ``known`` (a value with its
    standing), ``clean`` (a stranger's words without unseen characters), ``web_link`` (an address that may be linked, else
    nothing), ``change_path``, ``counted``.
    """
    session = request.state.session
    filling = {
        "request": request,
        "path": request.url.path,
        "places": PLACES,
        "token": session.token,
        "token_header": TOKEN_HEADER,
        "token_field": lambda: Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, session.token),
        "can_log_out": request.app.state.has_password and session.is_person,
        **values,
    }
    return HTMLResponse(_environment().get_template(template).render(filling), status_code=status)


def change_path(key: str) -> str:
    """The page of a change: ``/changes/xiaomi-ev/launch%233``."""
    return f"/changes/{quote(key, safe='/')}"


def static_path(name: str) -> str:
    """Where a file of ``web/static`` is served: under a name that changes with it, so that browsers may keep it for ever."""
    return f"/static/{name}?v={_fingerprint(name)}"


@lru_cache(maxsize=64)
def _fingerprint(name: str) -> str:
    return sha256(files("monitor.web").joinpath("static", name).read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("monitor.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = static_path
    environment.filters |= {
        "when": when,
        "day": show_day,
        "known": show_known,
        "clean": clean,
        "web_link": web_link,
        "change_path": change_path,
        "counted": count_of,
    }
    return environment


def when(moment: datetime | None, form: str = "near") -> Markup:
    """A moment that the browser shows in its own zone and language; without a script it stands there in UTC.

    Args:
        form: ``near`` ("3 hours ago", "in 2 days"), ``day`` or ``minute``.
    """
    if moment is None:
        return Markup('<span class="none">never</span>')
    written = f"{moment:%Y-%m-%d}" if form == "day" else f"{moment:%Y-%m-%d %H:%M} UTC"
    return Markup('<time datetime="{}" data-form="{}">{}</time>').format(moment.isoformat(), form, written)
