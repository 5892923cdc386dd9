"""Wholes: what a share is a part of, and what it goes to, where no concept of ours is told: "half of his time on the car"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.core.proposing.surveying import Spot
from monitor.core.reading.mentions import Mention

_WORD = re.compile(r"[^\W\d_][\w'-]*")
_LEAST = 3  # characters of a word that can say of what


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What a share is told of.

    Attributes:
        of: The noun of the whole: "time".
        to: What that part goes to or is spent on: "car"; may be empty.
    """

    of: str
    to: str = ""


def whole_of(spot: Spot, mention: Mention, *, before: Whole | None) -> Whole | None:
    """Read what a share is of.

    "Half of his time on the car" names it behind; a share that only carries on ("a quarter on phones") is of what the one
    before it was of.

    Args:
        before: Of the share before it in the sentence.
    """
    light = spot.survey.light_words
    behind = list(_content(spot, mention, light))
    if before is not None:
        return Whole(of=before.of, to=behind[0]) if behind else None
    return Whole(of=behind[0], to=behind[1] if len(behind) > 1 else "") if behind else None


def _content(spot: Spot, mention: Mention, light: frozenset[str]) -> Iterator[str]:
    """The words behind a share that say something, up to the next value or break of the sentence."""
    end = min((one.start for one in spot.mentions if one.start >= mention.end), default=spot.sentence.end)
    stop = min(end, next((place for place in spot.sentence.breaks if place > mention.end), end))
    for found in _WORD.finditer(spot.passage.text.plain, mention.end, stop):
        if len(found[0]) >= _LEAST and found[0].lower() not in light:
            yield found[0]


def noun_in_front(spot: Spot, mention: Mention) -> str:
    """The noun that a short word joins to a share: "a premium of 26.6 percent"; empty where there is none."""
    light = spot.survey.light_words
    start = max((one.end for one in spot.mentions if one.end <= mention.start), default=spot.sentence.start)
    words = [found[0] for found in _WORD.finditer(spot.passage.text.plain, start, mention.start)]
    if len(words) < 2 or len(words[-1]) > _LEAST or words[-1].lower() not in light or words[-2].lower() in light:
        return ""
    return words[-2] if len(words[-2]) >= _LEAST else ""
