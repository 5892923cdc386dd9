"""What reached a sink, in the order in which it came."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tests.servers.sinks import Sink

_KEY = re.compile(r"Key: (\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One message that Apprise posted as JSON."""

    key: str
    title: str
    text: str


def alerts(sink: Sink) -> list[Alert]:
    """All alerts, repetitions included."""
    posted = [request.json for request in list(sink.requests)]
    found = []
    for one in posted:
        key = _KEY.search(one["message"])
        found.append(Alert(key=key[1] if key else "", title=one["title"], text=one["message"]))
    return found


def keys(sink: Sink) -> Counter[str]:
    """How often each message came."""
    return Counter(alert.key for alert in alerts(sink))
