"""What the other side answered to a send, which Apprise itself reduces to true or false.

Nearly all of Apprise's services speak HTTP through requests, so the answers are overheard there: status, Retry-After and the
service's own error name. For the rest (mail above all) Apprise's log lines are read. Both are kept per thread of a send.
"""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from monitor.core.messages import Outcome, Result

# Client errors that pass by themselves: timeout, conflict, misdirected, locked, too early, too many requests.
_PASSING = frozenset({408, 409, 421, 423, 425, 429})
_PERMANENT_MOVES = frozenset({301, 308})
_SERVICE_ERROR = re.compile(rb'"error"\s*:\s*"([a-z_]{3,40})"')
_BODY_RETRY_AFTER = re.compile(rb'"retry_after"\s*:\s*(\d{1,6}(?:\.\d{1,6})?)')
_HOPELESS_ERRORS = frozenset(
    {
        "account_inactive", "channel_not_found", "invalid_auth", "is_archived", "missing_scope", "no_permission",
        "not_authed", "not_in_channel", "token_expired", "token_revoked",
    }
)  # fmt: skip
_SMTP_CODE = re.compile(r"\((\d{3}), b['\"]")


@dataclass(slots=True)
class Heard:
    """All that was overheard during one send.

    Attributes:
        statuses: Of the HTTP answers, in order.
        retry_after: Seconds; the longest that was asked for.
        error: The service's own name for what is wrong, such as ``invalid_auth``.
        trouble: Class name of the exception that ended a request.
        lines: Of Apprise's log: level and text.
    """

    statuses: list[int] = field(default_factory=list)
    retry_after: float | None = None
    error: str = ""
    trouble: str = ""
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def smtp_code(self) -> int | None:
        """The first SMTP status that the log tells of."""
        found = next((code for _, line in self.lines if (code := _SMTP_CODE.search(line))), None)
        return int(found[1]) if found else None


_heard: ContextVar[Heard | None] = ContextVar("heard", default=None)


@contextmanager
def listening() -> Iterator[Heard]:
    """Overhear what is answered to the sends of this thread."""
    heard = Heard()
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


class _LogListener(logging.Filter):
    """Takes Apprise's log lines to the send that they are about, and to nobody else: they may hold secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep one line and let none pass."""
        heard = _heard.get()
        if heard is not None:
            heard.lines.append((record.levelno, record.getMessage()))
        return False


@functools.cache
def overhear() -> None:
    """Have every request and log line report to the send that it belongs to; once a process.

    Session.send is wrapped because requests has no hook that sees failures too.
    """
    from apprise.logger import logger
    from requests import RequestException
    from requests.sessions import Session

    logger.setLevel(logging.DEBUG)
    logger.addFilter(_LogListener())
    logging.getLogger("urllib3").setLevel(logging.WARNING)  # below, it logs whole addresses

    send = Session.send

    @functools.wraps(send)
    def overheard(session: Session, request: Any, **options: Any) -> Any:
        heard = _heard.get()
        try:
            response = send(session, request, **options)
        except RequestException as trouble:
            if heard is not None:
                heard.trouble = type(trouble).__name__
            raise
        if heard is not None:
            _note(heard, response.status_code, response.headers, response.content)
        return response

    Session.send = overheard  # type: ignore[method-assign, assignment]


def _note(heard: Heard, status: int, headers: Any, body: bytes) -> None:
    heard.statuses.append(status)
    asked = _seconds(headers.get("Retry-After", ""), headers.get("Date", ""))
    if asked is None and (in_body := _BODY_RETRY_AFTER.search(body[:2000])):  # Telegram's way
        asked = float(in_body[1])
    if asked is not None:
        heard.retry_after = max(asked, heard.retry_after or 0.0)
    if named := _SERVICE_ERROR.search(body[:2000]):
        heard.error = named[1].decode("ascii")


def _seconds(asked: str, sent: str) -> float | None:
    """A Retry-After in seconds; its other form is a date, taken against the answer's own clock."""
    if asked.strip().isdecimal():
        return float(asked)
    until = _date(asked)
    return max(0.0, (until - (_date(sent) or datetime.now(UTC))).total_seconds()) if until else None


def _date(header: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, TypeError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


# --- judging ----------------------------------------------------------------------------------------


def outcome_of(is_sent: bool, heard: Heard, *, kind: str) -> Outcome:
    """Judge a send by its answers.

    Args:
        is_sent: What Apprise says; not believed where a redirect was answered, for what was sent elsewhere is not delivered.
        heard: What was overheard.
        kind: The service, for people.
    """
    status = next((s for s in heard.statuses if not 200 <= s < 300), None)
    if is_sent and (status is None or status >= 400):
        return Outcome(result=Result.SENT)
    if heard.error and (status is None or heard.error in _HOPELESS_ERRORS):
        result = Result.REFUSED if heard.error in _HOPELESS_ERRORS else Result.FAILED
        return Outcome(result=result, detail=f"{kind} answered {heard.error}", retry_after=heard.retry_after)
    if status is not None:
        return Outcome(result=_judge_status(status), detail=f"{kind} answered {_named(status)}", retry_after=heard.retry_after)
    if heard.trouble:
        return Outcome(result=Result.FAILED, detail=f"{kind}: {_TROUBLES.get(heard.trouble, 'the connection failed')}")
    if code := heard.smtp_code:
        result = Result.REFUSED if code >= 500 else Result.FAILED
        return Outcome(result=result, detail=f"{kind}: the mail server answered {code}")
    return Outcome(result=Result.FAILED, detail=f"{kind} could not be reached or did not take the message")


_TROUBLES = {
    "ConnectTimeout": "no connection in time",
    "ReadTimeout": "no answer in time",
    "SSLError": "its TLS certificate was not accepted",
    "ProxyError": "the proxy could not reach it",
}


def _judge_status(status: int) -> Result:
    if 400 <= status < 500:
        return Result.FAILED if status in _PASSING else Result.REFUSED
    return Result.REFUSED if status in _PERMANENT_MOVES else Result.FAILED


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
