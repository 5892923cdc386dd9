"""Positions: a fact with the value it has, as tables and calendars show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.core.changes import Change
from monitor.core.facts import Fact
from monitor.core.values import Known
from monitor.core.watches import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a fact stands.

    Attributes:
        since: When the value was said.
        step: What brought it; None for the baseline.
        source: On whose word, in one line.
        url: Where that stands, as published; may be empty.
    """

    watch: Watch
    fact: Fact
    known: Known
    since: datetime
    step: Change | None
    source: str
    url: str

    @property
    def name(self) -> str:
        """``xiaomi-ev/launch``."""
        return f"{self.watch.id}/{self.fact.key}"

    @property
    def certainty(self) -> str:
        """How much stands behind it; ``baseline`` where nothing has moved it."""
        return str(self.step.certainty) if self.step else "baseline"
