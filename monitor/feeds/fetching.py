"""One conditional GET, politely: deadline, size cap, redirects checked hop by hop, one request in flight per host."""

from __future__ import annotations

import asyncio
import base64
import ssl
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from monitor import __version__
from monitor.errors import FeedTrouble
from monitor.feeds.answers import read_max_age, read_retry_after
from monitor.feeds.guarding import Allowance, check_url, guarded_sockets
from monitor.feeds.hosts import Hosts
from monitor.feeds.links import shown

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession
    from aiohttp.abc import AbstractResolver

FOR_FEEDS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
FOR_PAGES = "text/html, application/xhtml+xml, */*;q=0.5"

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_KEEPING_METHOD = frozenset({307, 308})
_READABLE = frozenset({200, 203})
_ASKING_PATIENCE = frozenset({429, 503})
_CONNECT_DEADLINE = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What to ask for.

    Attributes:
        url: May carry a user and password, which go into a header and nowhere else.
        etag: As an earlier ``FetchResult`` gave it; echoed byte for byte.
        last_modified: Likewise.
        authorization: Value of the Authorization header; sent to the host of ``url`` only, never to where that redirects.
        deadline: Seconds for the whole of it, waiting for our own turn apart.
        max_bytes: Of the body, after it is unpacked.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    authorization: str = ""
    accept: str = FOR_FEEDS
    deadline: float = 30.0
    max_bytes: int = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """What came back.

    Attributes:
        url: Where the body was found after all redirects.
        unchanged: The host says that nothing changed since the validators that we sent (304); there is no body.
        etag: To be sent the next time; empty where there is none, or none that could be echoed as it came.
        moved_to: The feed's new address, where the host says that it moved for good (301, 308).
        max_age: How long the host asks to keep the answer.
        link: The Link header as it came.
    """

    url: str
    unchanged: bool
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str | None = None
    max_age: timedelta | None = None
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    retry_after: float | None
    link: str


class Fetcher:
    """Asks hosts for feeds and pages; made by ``open_fetcher``.

    A host that answers 429 or 503 with Retry-After is left alone for so long, with all that it serves.
    """

    def __init__(self, *, guarded: ClientSession, unguarded: ClientSession, allowance: Allowance, hosts: Hosts) -> None:
        self._guarded = guarded
        self._unguarded = unguarded
        self._allowance = allowance
        self._hosts = hosts

    async def fetch(self, request: FetchRequest, *, permits: Callable[[str], Awaitable[bool]] | None = None) -> FetchResult:
        """Get what the request asks for, following redirects.

        Args:
            permits: Whether a redirect may be followed to an address; all may where there is none to ask.

        Raises:
            AddressRefused: It, or where it redirects, is no address that we open.
            FeedGone: The host answered 410.
            FeedTrouble: There is nothing to read, for any other reason; the message is one line for a person.
        """
        answer, url, moved_to = await self._follow(request, permits=permits)
        own = moved_to or _without_user(request.url)[0]
        return _result(answer, url, own=own, moved_to=moved_to, conditional=bool(request.etag or request.last_modified))

    async def submit(self, url: str, form: Mapping[str, str]) -> None:
        """Send a form (POST), also to where a redirect that keeps the method leads.

        Raises:
            FeedTrouble: It was not taken, or the address is none that we open.
        """
        from monitor.feeds.troubles import trouble_of_status

        answer, url, _ = await self._follow(FetchRequest(url=url, accept="*/*"), form=form)
        if not 200 <= answer.status < 300:
            raise trouble_of_status(answer.status, url, retry_after=answer.retry_after)

    async def _follow(
        self,
        request: FetchRequest,
        *,
        form: Mapping[str, str] | None = None,
        permits: Callable[[str], Awaitable[bool]] | None = None,
    ) -> tuple[_Answer, str, str | None]:
        """The last answer of a chain of redirects, its address, and where the first one moved to for good."""
        check_url(request.url, self._allowance)
        url, user = _without_user(request.url)
        authorization = request.authorization or user
        home, left, moving, moved_to = _origin(url), request.deadline, True, None
        seen = {url}
        while True:
            headers = _headers(request, authorization if _origin(url) == home else "")
            answer, took = await self._visit(url, headers, deadline=left, max_bytes=request.max_bytes, form=form)
            left -= took
            target = _redirected(answer, url, _REDIRECTS if form is None else _KEEPING_METHOD)
            if target is None:
                return answer, url, moved_to
            if target in seen:
                raise FeedTrouble(f"{shown(request.url)} redirects in a circle")
            if len(seen) > _MOST_REDIRECTS:
                raise FeedTrouble(f"{shown(request.url)} redirects more than {_MOST_REDIRECTS} times")
            if permits is not None and not await permits(target):
                raise FeedTrouble(f"{shown(request.url)} redirects to {shown(target)}, where we are not permitted")
            seen.add(target)
            moving = moving and answer.status in _PERMANENT and not (url.startswith("https:") and target.startswith("http:"))
            moved_to = target if moving else moved_to
            url = target

    async def _visit(
        self, url: str, headers: dict[str, str], *, deadline: float, max_bytes: int, form: Mapping[str, str] | None
    ) -> tuple[_Answer, float]:
        """One hop, and the seconds that it took."""
        import aiohttp

        from monitor.feeds.troubles import trouble_of_error

        check_url(url, self._allowance)
        host = urlsplit(url).hostname or ""
        proxy = _proxy_for(url, host)
        session = self._unguarded if proxy or self._allowance.has_name(host) else self._guarded
        async with self._hosts.turn(host):
            began = monotonic()
            try:
                async with (
                    asyncio.timeout(deadline),
                    session.request(
                        "GET" if form is None else "POST", url, data=form, headers=headers, proxy=proxy, allow_redirects=False
                    ) as response,
                ):
                    answer = await _read(response, url, max_bytes)
            except (aiohttp.ClientError, OSError, ValueError) as error:
                # Not "from error": that one holds the whole address, with the secrets that it may carry.
                raise trouble_of_error(error, url) from None
            if answer.retry_after:
                self._hosts.silence(host, answer.retry_after)
            return answer, monotonic() - began


@asynccontextmanager
async def open_fetcher(
    *,
    contact: str = "",
    allowance: Allowance | None = None,
    connections_per_host: int = 1,
    resolver: AbstractResolver | None = None,
) -> AsyncIterator[Fetcher]:
    """A fetcher for as long as the block lasts.

    HTTPS_PROXY, HTTP_PROXY, NO_PROXY and SSL_CERT_FILE are honoured. A proxy is the operator's own choice: the addresses that it
    opens are its business, ours are only those that a URL spells out.

    Args:
        contact: Address or page of who runs this, for the User-Agent; may be empty.
        resolver: In place of the system's.
    """
    permitted = allowance or Allowance()
    async with AsyncExitStack() as stack:
        guarded = await stack.enter_async_context(_session(contact, resolver, socket_factory=guarded_sockets(permitted)))
        unguarded = await stack.enter_async_context(_session(contact, resolver))
        yield Fetcher(guarded=guarded, unguarded=unguarded, allowance=permitted, hosts=Hosts(at_once=connections_per_host))


def _session(contact: str, resolver: AbstractResolver | None, **options: Any) -> ClientSession:
    import aiohttp

    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(ssl=ssl.create_default_context(), resolver=resolver, **options),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"Factwatch/{__version__}" + (f" (+{contact})" if contact else "")},
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_DEADLINE),
    )


async def _read(response: ClientResponse, url: str, max_bytes: int) -> _Answer:
    """The head and, where it is worth reading, the body; it is unpacked piece by piece, so a bomb ends at the cap."""
    body = bytearray()
    if response.status in _READABLE:
        async for piece in response.content.iter_chunked(1 << 16):
            body += piece
            if len(body) > max_bytes:
                response.close()
                raise FeedTrouble(f"{shown(url)} sent more than {max_bytes / 1e6:g} MB")
    headers = {name.decode("ascii", "replace").lower(): _text(value) for name, value in response.raw_headers}
    asked = headers.get("retry-after", "") if response.status in _ASKING_PATIENCE else ""
    return _Answer(
        status=response.status,
        headers=headers,
        body=bytes(body),
        retry_after=read_retry_after(asked, datetime.now(UTC)),
        link=", ".join(response.headers.getall("Link", ())),
    )


def _text(value: bytes) -> str:
    """A header's value; empty where it is no UTF-8, since it could not be sent back as it came."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _result(answer: _Answer, url: str, *, own: str, moved_to: str | None, conditional: bool) -> FetchResult:
    from monitor.feeds.troubles import trouble_of_status

    unchanged = answer.status == 304 and conditional
    if not unchanged and answer.status not in _READABLE:
        raise trouble_of_status(answer.status, url, retry_after=answer.retry_after, is_own=url == own)
    return FetchResult(
        url=url,
        unchanged=unchanged,
        body=answer.body,
        content_type=answer.headers.get("content-type", ""),
        etag=answer.headers.get("etag", ""),
        last_modified=answer.headers.get("last-modified", ""),
        moved_to=moved_to,
        max_age=read_max_age(answer.headers.get("cache-control", "")),
        link=answer.link,
    )


def _redirected(answer: _Answer, url: str, kinds: frozenset[int]) -> str | None:
    """Where the answer sends us, without user, password or fragment; None where it does not."""
    location = answer.headers.get("location", "")
    if answer.status not in kinds or not location:
        return None
    try:
        return _without_user(urljoin(url, location))[0]
    except ValueError:
        raise FeedTrouble(f"{shown(url)} redirects to something that is no address") from None


def _headers(request: FetchRequest, authorization: str) -> dict[str, str]:
    headers = {
        "Accept": request.accept,
        "If-None-Match": request.etag,
        "If-Modified-Since": request.last_modified,
        "Authorization": authorization,
    }
    return {name: value for name, value in headers.items() if value}


def _without_user(url: str) -> tuple[str, str]:
    """The URL without user, password and fragment, and the header that the two make."""
    parts = urlsplit(url)
    user, _, place = parts.netloc.rpartition("@")
    header = "Basic " + base64.b64encode(unquote(user).encode()).decode() if user else ""
    return urlunsplit((parts.scheme, place, parts.path, parts.query, "")), header


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _proxy_for(url: str, host: str) -> str | None:
    if urllib.request.proxy_bypass(host):
        return None
    return urllib.request.getproxies().get(urlsplit(url).scheme)
