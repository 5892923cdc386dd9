"""One call of an OpenAI-compatible endpoint: bounded in time and size, without redirects, in the best form that it takes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from time import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from monitor import __version__
from monitor.errors import ReaderTrouble
from monitor.readers.prompting import Question

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession

MOST_TOKENS = 4_000
"""Of an answer; a longer one has run wild."""

AT_ONCE = 4
"""Questions that one endpoint is asked at the same time."""

_MOST_BYTES = 1_000_000
_FOR_NOW = frozenset({408, 409, 425, 429})
_OF_FORM = frozenset({400, 422})  # with which servers refuse an answer form that they do not know


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a second reader is asked. The operator named it himself, so it may be on this machine or in a private network.

    Attributes:
        url: Where the API begins, such as ``http://127.0.0.1:11434/v1``.
        key: For the Authorization header of this endpoint and of no other; empty for none.
        deadline: Seconds for one answer.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    deadline: float = 60.0

    @property
    def name(self) -> str:
        """How it is shown: model and host, no path and no key."""
        parts = urlsplit(self.url)
        return f"{self.model} at {parts.hostname or ''}" + (f":{parts.port}" if parts.port else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back.

    Attributes:
        text: The model's words.
        tokens_in: Of the question, as the server counted them; else estimated.
        tokens_out: Of the answer.
    """

    text: str
    tokens_in: int
    tokens_out: int


class Caller:
    """Calls endpoints, for as long as a loop runs; remembers which answer form each takes."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session
        self._forms: dict[str, int] = {}
        self._turns: dict[str, asyncio.Semaphore] = {}

    def turn(self, endpoint: Endpoint) -> asyncio.Semaphore:
        """To be held while an endpoint is asked; a few have it at the same time."""
        return self._turns.setdefault(endpoint.name, asyncio.Semaphore(AT_ONCE))

    async def call(self, endpoint: Endpoint, question: Question) -> Reply:
        """Ask once, with the strictest answer form that the endpoint is known or found to take.

        Raises:
            ReaderTrouble: There is no answer; the message holds neither the key nor any word of the item.
        """
        forms = (_schema(question), {"type": "json_object"}, None)
        first = self._forms.get(endpoint.name, 0)
        for number in range(first, len(forms)):
            try:
                reply = await self._post(endpoint, question, forms[number])
            except _FormRefused:
                continue
            self._forms[endpoint.name] = number
            return reply
        raise ReaderTrouble(f"{endpoint.name} takes no such request (400); is its address right?", is_for_good=True)

    async def _post(self, endpoint: Endpoint, question: Question, form: Mapping[str, Any] | None) -> Reply:
        import aiohttp

        body = {
            "model": endpoint.model,
            "messages": [
                {"role": "system", "content": question.instructions},
                {"role": "user", "content": question.item},
            ],
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
            **({"response_format": form} if form else {}),
        }
        headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
        address = f"{endpoint.url.rstrip('/')}/chat/completions"
        try:
            async with (
                asyncio.timeout(endpoint.deadline),
                self._session.post(address, json=body, headers=headers, allow_redirects=False) as response,
            ):
                content = await _read(response, endpoint)
        except TimeoutError:
            raise ReaderTrouble(f"{endpoint.name} did not answer within {endpoint.deadline:g} s") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # The error's own words may hold the address with what it carries.
            raise ReaderTrouble(f"{endpoint.name} cannot be reached ({type(error).__name__})") from None
        return _reply(content, question, endpoint)


class _FormRefused(Exception):
    """The endpoint does not take the answer form that it was asked for."""


@asynccontextmanager
async def open_caller() -> AsyncIterator[Caller]:
    """A caller for as long as the block lasts; HTTPS_PROXY and SSL_CERT_FILE are honoured."""
    import aiohttp

    timeout = aiohttp.ClientTimeout(total=None, sock_connect=10.0)
    async with aiohttp.ClientSession(
        timeout=timeout,
        trust_env=True,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"Factwatch/{__version__}"},
    ) as session:
        yield Caller(session)


def _schema(question: Question) -> Mapping[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "reading", "strict": True, "schema": question.form}}


async def _read(response: ClientResponse, endpoint: Endpoint) -> bytes:
    """The body of a good answer, up to the cap.

    Raises:
        ReaderTrouble: Any other answer.
        _FormRefused: One that may be due to the answer form.
    """
    content = await response.content.read(_MOST_BYTES + 1)
    while len(content) <= _MOST_BYTES and (more := await response.content.read(_MOST_BYTES + 1 - len(content))):
        content += more
    if response.status in _OF_FORM:
        raise _FormRefused
    if response.status != 200:
        is_for_good = response.status < 500 and response.status not in _FOR_NOW
        raise ReaderTrouble(
            f"{endpoint.name} answered {response.status}",
            retry_after=_seconds(response.headers.get("Retry-After", "")),
            is_for_good=is_for_good,
        )
    if len(content) > _MOST_BYTES:
        raise ReaderTrouble(f"{endpoint.name} sent more than {_MOST_BYTES / 1e6:g} MB")
    return content


def _reply(content: bytes, question: Question, endpoint: Endpoint) -> Reply:
    try:
        document = json.loads(content)
        text = document["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise ReaderTrouble(f"{endpoint.name} sent something that is no chat completion") from None
    if not isinstance(text, str):
        raise ReaderTrouble(f"{endpoint.name} sent a completion without words")
    usage = document.get("usage")
    counted = usage if isinstance(usage, dict) else {}
    return Reply(
        text=text,
        tokens_in=_count(counted.get("prompt_tokens"), question.instructions + question.item),
        tokens_out=_count(counted.get("completion_tokens"), text),
    )


def _count(said: Any, text: str) -> int:
    """The server's count, or a token for every three characters where it gives none that could be."""
    is_number = isinstance(said, int) and not isinstance(said, bool) and 0 <= said < 10**9
    return said if is_number else len(text) // 3 + 1


def _seconds(header: str) -> float | None:
    """Retry-After as seconds from now, in either of its forms; None where it is neither."""
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time())
    except (TypeError, ValueError, OverflowError):
        return None
