"""The failures of a request, each as one line that a person understands."""

from __future__ import annotations

import asyncio
import errno
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp

from monitor.errors import AddressRefused, FeedGone, FeedTrouble
from monitor.feeds.guarding import REFUSED, refusal
from monitor.feeds.links import shown

_HINTS = {
    401: "; it asks for credentials",
    403: "; it does not let us in",
    407: "; the proxy asks for credentials",
}


class BadStatus(FeedTrouble):
    """The host answered, but with a status that carries nothing to read."""

    def __init__(self, message: str, *, status: int, retry_after: float | None = None, host: str = "") -> None:
        super().__init__(message, retry_after=retry_after, host=host)
        self.status = status


def trouble_of_status(status: int, url: str, *, retry_after: float | None, is_own: bool = True) -> FeedTrouble:
    """The error for an answer that carries nothing to read.

    Args:
        is_own: The address is the feed's own, not one to which a redirect led for the time being; only there 410 is an end.
    """
    if status == HTTPStatus.GONE and is_own:
        return FeedGone(f"{shown(url)} answered 410: its publisher has ended it")
    try:
        phrase = f" {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = ""
    message = f"{shown(url)} answered {status}{phrase}{_HINTS.get(status, '')}"
    return BadStatus(message, status=status, retry_after=retry_after, host=urlsplit(url).hostname or "")


def trouble_of_error(error: Exception, url: str) -> FeedTrouble:
    """The error for a request that failed before there was a whole answer."""
    if isinstance(error, aiohttp.ClientConnectorError) and error.os_error.errno == REFUSED:
        return refusal(urlsplit(url).hostname or "", error.os_error.strerror or "its address is a special one")
    if isinstance(error, aiohttp.InvalidURL | UnicodeError):  # the second comes from the codec of names that are not ASCII
        return AddressRefused(f"{shown(url)} is not an address that can be opened")
    return FeedTrouble(f"{shown(url)} {_reason(error)}")


def _reason(error: Exception) -> str:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "cannot be reached: its host is not known"
        case aiohttp.ClientConnectorCertificateError():
            return f"cannot be trusted: {getattr(error.certificate_error, 'verify_message', '') or 'its certificate is wrong'}"
        case aiohttp.ClientSSLError():
            return "cannot be reached: no secure connection came about"
        case aiohttp.ClientHttpProxyError():
            return f"cannot be reached: the proxy answered {error.status}"
        case aiohttp.ClientProxyConnectionError():
            return "cannot be reached: the proxy does not answer"
        case aiohttp.ClientConnectorError() if error.os_error.errno == errno.ECONNREFUSED:
            return "cannot be reached: the connection was refused"
        case aiohttp.ClientConnectorError():
            return f"cannot be reached: {(error.os_error.strerror or 'no connection came about').lower()}"
        case asyncio.TimeoutError():
            return "took too long to answer"
        case aiohttp.ClientPayloadError():
            return "sent a body that broke off or cannot be unpacked"
        case aiohttp.ServerDisconnectedError() | OSError():
            return "closed the connection before it had answered"
        case _:
            return "did not answer in HTTP"
