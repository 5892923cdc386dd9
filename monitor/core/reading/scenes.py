"""A scene: an item and a watch side by side, as candidates are looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.core.reading.passages import Passage
from monitor.core.reading.watchwords import WatchWords
from monitor.core.values import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that a candidate is looked at with.

    Attributes:
        passages: Headline first, where there is one.
        known: By fact key.
    """

    words: WatchWords
    passages: Sequence[Passage]
    known: Mapping[str, Known]
    published: date

    @property
    def title(self) -> Passage | None:
        """The headline."""
        return next((passage for passage in self.passages if passage.is_title), None)
