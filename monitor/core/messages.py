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
class Particulars:
    """One change field by field, for programs; values are in their printed forms (DESIGN.md, section 1).

    Attributes:
        change: Its key.
        new: What it brings; where a person put another value in its place, that one.
        quote: The sentence that says so.
        source: Who published it.
        url: Of the article; None where it is no web address.
        published: ISO 8601.
        page: Where people decide it; as the next two None without a public address.
        accept: The link that accepts it, after asking once; None where that would change nothing.
        dismiss: Likewise.
    """

    change: str
    watch: str
    fact: str
    old: str
    new: str
    verdict: str
    certainty: str
    state: str
    quote: str | None
    source: str | None
    url: str | None
    published: str | None
    page: str | None
    accept: str | None
    dismiss: str | None


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
        changes: What it tells of, for programs.
    """

    occasion: Occasion
    key: str
    title: str
    text: str
    markdown: str
    html: str
    is_serious: bool = False
    changes: tuple[Particulars, ...] = ()


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
