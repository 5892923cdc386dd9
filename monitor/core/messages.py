"""Messages: what is told, to whom, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Occasion(StrEnum):
    """Why a message is sent."""

    CHANGE = "change"
    WITHDRAWN = "withdrawn"
    DIGEST = "digest"
    OVERDUE = "overdue"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message in the three dresses that destinations take.

    Attributes:
        key: Stable over retries, shown in the message, so that a reader can tell a repetition.
        title: One line, plain.
        text: Plain.
        markdown: For chat (Slack's dialect is derived by Apprise from Markdown); feed text in it is escaped.
        html: For mail; feed text in it is escaped.
        is_serious: Shown as a warning where a destination has such a thing.
    """

    occasion: Occasion
    key: str
    title: str
    text: str
    markdown: str
    html: str
    is_serious: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message on its way to one destination: a row of the outbox.

    Attributes:
        destination: A name; addresses and secrets stay in the Apprise configuration.
        order_key: Deliveries of one destination with the same key are sent one after the other.
        attempts: Sends that were tried so far.
        revived: When a person had it tried again after it was given up.
    """

    id: int
    destination: str
    message: Message
    order_key: str
    attempts: int
    created: datetime
    revived: datetime | None = None

    @property
    def begun(self) -> datetime:
        """Since when it is tried; giving up counts from here."""
        return self.revived or self.created


class Result(StrEnum):
    """How a send ended: ``sent``; ``failed``, worth another try; ``refused``, for good."""

    SENT = "sent"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one send.

    Attributes:
        detail: For people, free of secrets.
        retry_after: Seconds that the other side asked for, where known.
    """

    result: Result
    detail: str = ""
    retry_after: float | None = None
