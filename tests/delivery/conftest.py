"""What the tests of delivery share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.mail import Mailbox, open_mailbox
from tests.servers.sinks import Sink, open_sink
from tests.servers.slack import Slack, open_slack


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A JSON sink."""
    with open_sink() as running:
        yield running


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """An SMTP server."""
    with open_mailbox() as running:
        yield running


@pytest.fixture
def slack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slack]:
    """Slack behind the proxy that the environment names."""
    with open_slack(tmp_path) as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running
