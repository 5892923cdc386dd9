"""The doors: what is checked of every request before any page sees it, and what goes with every answer.

Three things keep strangers from acting through the browser of somebody who is let in: the Host list of ``web.app`` (a name of
theirs that leads to us), the browser's own word on where a request comes from, and a token that only our pages hold.
"""

from __future__ import annotations

from asyncio import to_thread
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.errors import StoreTrouble
from monitor.web.problems import problem
from monitor.web.sessions import LIFETIME, Keeper, Session

COOKIE = "factwatch"
TOKEN_FIELD, TOKEN_HEADER = "token", "X-CSRF-Token"
LARGEST_BODY = 1_000_000

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "")
# For supervisors and hubs, who know no password; none of it acts for whoever is logged in.
_OUTSIDE = ("/healthz", "/readyz", "/websub/", "/static/")
_WITHOUT_LOGIN = ("/login", "/act/")
_API = "/api/"
# For programs, who get no cookie, and are checked where they are answered.
_FOR_PROGRAMS = (_API, "/metrics")

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Doors:
    """A layer around the application.

    Pages find in ``request.state.session`` who asks. ``/api/`` and ``/metrics`` are let through to their own check, which takes
    an API token or a session that ``is_person``; what no form of a stranger can send there (JSON, an Authorization header) needs
    no form token.

    Attributes:
        app: What is behind them.
        keeper: Of the sessions.
        public_url: Under which the program is reached from outside, or empty.
    """

    app: ASGIApp
    keeper: Keeper
    public_url: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or let through with the session that belongs to the request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        path = request.url.path
        is_outside = path.startswith(_OUTSIDE)
        try:
            known = None if is_outside else await to_thread(self.keeper.read_session, request.cookies.get(COOKIE, ""))
        except StoreTrouble as trouble:
            await _refusal(request, 503, str(trouble))(scope, receive, self._dressing(send, request, None))
            return
        session = known or self.keeper.open_session(is_person=False)
        request.state.session = session
        gives_cookie = known is None and not is_outside and not path.startswith(_FOR_PROGRAMS)
        dressed = self._dressing(send, request, session if gives_cookie else None)
        if is_outside:
            await self.app(scope, receive, dressed)
            return
        if request.method not in _SAFE:
            body = await _read_body(request)
            if body is None:
                await _too_large(request)(scope, receive, dressed)
                return
            if refusal := self._refuse(request, session, body):
                await refusal(scope, receive, dressed)
                return
            receive = _replay(body, receive)
        if not session.is_person and not path.startswith((*_WITHOUT_LOGIN, *_FOR_PROGRAMS)):
            await _to_login(request)(scope, receive, dressed)
            return
        await self.app(scope, receive, dressed)

    def _refuse(self, request: Request, session: Session, body: bytes) -> Response | None:
        """The answer to what wants to change something and does not come from a page of ours; None for what does."""
        if not self._is_same_origin(request):
            return _refusal(request, 403, "This was sent by a page of another site; nothing was done.")
        if request.url.path.startswith(_API) and not _could_be_a_form(request):
            return None
        said = request.headers.get(TOKEN_HEADER) or read_fields(body).get(TOKEN_FIELD, "")
        if not self.keeper.is_token(session, said):
            return _refusal(request, 403, "This page is out of date; nothing was done. Load it again.")
        return None

    def _is_same_origin(self, request: Request) -> bool:
        """What the browser says of where the request comes from; who says nothing is no browser, or one of plain HTTP."""
        site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
        if site not in (None, "same-origin"):
            return False
        ours = {request.headers.get("Host", "").lower(), urlsplit(self.public_url).netloc.lower()} - {""}
        return origin is None or urlsplit(origin).netloc.lower() in ours

    def _dressing(self, send: Send, request: Request, session: Session | None) -> Send:
        """A way to answer on which each answer gets the headers, and a new session its cookie."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
                if session is not None and "Set-Cookie" not in headers:
                    headers["Set-Cookie"] = self.cookie(request, session)
            await send(message)

        return dressed

    def cookie(self, request: Request, session: Session) -> str:
        """The header that gives a browser its session."""
        return bake(session.cookie, is_behind_tls=is_behind_tls(request, self.public_url))


def bake(value: str, *, is_behind_tls: bool) -> str:
    """A cookie that no script reads and no other site's form sends; an empty one ends what there is."""
    seconds = int(LIFETIME.total_seconds()) if value else 0
    secure = "; Secure" if is_behind_tls else ""
    return f"{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"


def is_behind_tls(request: Request, public_url: str) -> bool:
    """Whether the browser speaks TLS with us or with a proxy before us: it asked for the host of a public ``https`` address."""
    public = urlsplit(public_url)
    return request.url.scheme == "https" or (public.scheme == "https" and request.url.hostname == public.hostname)


def read_fields(body: bytes) -> dict[str, str]:
    """The fields of a sent form; of one that is named twice the last."""
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100))
    except ValueError:
        return {}


async def read_form(request: Request) -> dict[str, str]:
    """The fields of the form that a request brings."""
    return read_fields(await request.body())


def own_path(wanted: str) -> str:
    """Where to go after a login: a path of ours, or the beginning where something else was asked for.

    Browsers read ``//host`` and ``/\\host`` as another site, and drop tabs and line breaks before they look.
    """
    is_ours = wanted.startswith("/") and wanted[1:2] not in ("/", "\\") and wanted.isprintable()
    return quote(wanted, safe="/?&=#%+:,;@~") if is_ours else "/"


def _could_be_a_form(request: Request) -> bool:
    """Whether a stranger's page could have sent it without asking us first, as browsers do for anything but plain forms."""
    media = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return request.method == "POST" and media in _FORMS and "Authorization" not in request.headers


def _to_login(request: Request) -> Response:
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if "HX-Request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    if request.method not in _SAFE:
        return PlainTextResponse("Log in first; nothing was done.", 401)
    return RedirectResponse(f"/login?next={quote(target, safe='')}", 303)


def _too_large(request: Request) -> Response:
    answer = _refusal(request, 413, f"More than {LARGEST_BODY:,} bytes; nothing was done.")
    answer.headers["Connection"] = "close"
    return answer


def _refusal(request: Request, status: int, words: str) -> Response:
    """A line for people, a problem for programs."""
    return problem(status, words) if request.url.path.startswith(_API) else PlainTextResponse(words, status)


async def _read_body(request: Request) -> bytes | None:
    """All that was sent; None once it is too much, however much more would come."""
    declared = request.headers.get("Content-Length", "0")
    if declared.isdecimal() and int(declared) > LARGEST_BODY:
        return None
    body = bytearray()
    with suppress(ClientDisconnect):
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST_BODY:
                return None
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A way to receive what was read already; after it comes what comes (the end of the connection)."""
    parts: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return parts.pop() if parts else await receive()

    return replayed
