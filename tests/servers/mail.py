"""A real SMTP server on loopback that keeps the mail that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


@dataclass(slots=True)
class Mailbox:
    """The running server.

    Attributes:
        refusal: What it answers to a message in place of taking it, such as ``550 no such user``.
    """

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refusal: str = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd calls it so
        """Take or refuse one mail."""
        if self.refusal:
            return self.refusal
        self.mails.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 taken"

    def url(self, *targets: str) -> str:
        """An Apprise address that sends to these people."""
        return f"mailto://127.0.0.1:{self.port}?from=factwatch@example.org&to={','.join(targets)}"


class _Controller(Controller):
    def _trigger_server(self) -> None:
        """Learn the port that the system gave before the controller greets its own server."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """Serve on a free port until the block ends."""
    mailbox = Mailbox()
    controller = _Controller(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    mailbox.port = controller.port
    try:
        yield mailbox
    finally:
        controller.stop()


def part(mail: EmailMessage, kind: str) -> str:
    """The text of a mail's part: ``plain`` or ``html``."""
    body = mail.get_body(preferencelist=(kind,))
    assert body is not None, f"the mail has no {kind} part"
    return str(body.get_content())
