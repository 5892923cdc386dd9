"""Normalising a text while keeping the way back to where its words stand in the source."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u3000": " ", "\t": " ",
        "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
    }
)  # fmt: skip
_UNPLAIN = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")


@dataclass(frozen=True, slots=True)
class Text:
    """A normalised text: NFKC, plain quotes, dashes and spaces.

    Attributes:
        source: As published.
        plain: Normalised, case kept.
        lower: ``plain`` in lower case, of the same length, so that offsets serve both.
        offsets: For each character of ``plain`` its offset in ``source``; empty where they are the same.
    """

    source: str
    plain: str
    lower: str
    offsets: tuple[int, ...] = ()

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the source of a stretch of the normalised text."""
        if not self.offsets:
            return start, end
        after = self.offsets[end] if end < len(self.offsets) else len(self.source)
        first = self.offsets[start] if start < len(self.offsets) else len(self.source)
        return first, max(first, after)

    def from_source(self, offset: int) -> int:
        """Offset in the normalised text of a character of the source."""
        return max(0, bisect_right(self.offsets, offset) - 1) if self.offsets else offset


def normalise(source: str) -> Text:
    """Bring a text into the form that the grammars read."""
    if unicodedata.is_normalized("NFKC", source) and not _UNPLAIN.search(source):
        return Text(source, source, _lowered(source))
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(source):
        form = unicodedata.normalize("NFKC", character.translate(_PLAIN)).translate(_PLAIN)
        characters.append(form)
        offsets.extend([offset] * len(form))
    plain = "".join(characters)
    moved = len(offsets) != len(source) or any(at != offset for at, offset in enumerate(offsets))
    return Text(source, plain, _lowered(plain), tuple(offsets) if moved else ())


def _lowered(plain: str) -> str:
    """A text in lower case, with the same length: the İ whose lower case is two characters stays."""
    lower = plain.lower()
    return lower if len(lower) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
