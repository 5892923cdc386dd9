"""The circuit breaker: an endpoint that keeps failing is left alone for a while, and then tried with a single question."""

from __future__ import annotations

from dataclasses import dataclass, replace

PATIENCE = 5
"""Failures in a row before it opens."""

_FIRST_REST, _LONGEST_REST = 30.0, 1_800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """How an endpoint has been doing; a new one for each thing that happens.

    Attributes:
        failures: In a row.
        until: When it may be asked again, on the clock of whoever keeps it; 0 for now.
        why: Of the last failure; empty while all is well.
    """

    failures: int = 0
    until: float = 0.0
    why: str = ""

    def is_open(self, now: float) -> bool:
        """Whether it is left alone."""
        return now < self.until

    def held(self, until: float) -> Breaker:
        """While one question tries whether it is well again."""
        return replace(self, until=until)

    def after_failure(self, why: str, *, now: float, asked: float | None = None) -> Breaker:
        """One failure more.

        Args:
            asked: Seconds that the endpoint itself asked to be left alone.
        """
        failures = self.failures + 1
        rest = min(_LONGEST_REST, asked or 0.0)
        if failures >= PATIENCE:
            rest = max(rest, min(_LONGEST_REST, _FIRST_REST * 2.0 ** min(failures - PATIENCE, 10)))
        return Breaker(failures=failures, until=now + rest if rest else 0.0, why=why)
