"""Finding the names in a sentence: the subject's own, its officials', and those of anybody else."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.reading.phrases import Hit
from monitor.core.reading.texts import Text

_CAPITAL = r"(?=[^\W\d_a-zß-öø-ÿ])[^\W\d_][\w&'-]*"
_CAPITALISED = re.compile(rf"(?<!\w){_CAPITAL}(?:[ ](?:of |de |der |the )?{_CAPITAL})*")
_TWO_CAPITALS = re.compile(r"[A-Z].*[A-Z0-9]|[A-Z].*\d")


class Bearer(StrEnum):
    """Whom a name belongs to."""

    SUBJECT = "subject"
    OFFICIAL = "official"
    OTHER = "other"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name in a text; offsets are those of ``Text.plain``.

    ``OTHER`` is a name that the rule lists as something else, ``STRANGER`` one that the rule does not know.
    """

    start: int
    end: int
    bearer: Bearer

    @property
    def is_ours(self) -> bool:
        """Whether it speaks of the subject."""
        return self.bearer in (Bearer.SUBJECT, Bearer.OFFICIAL)


def find_names(
    text: Text,
    start: int,
    end: int,
    *,
    known: Sequence[Hit[str]],
    words: Sequence[Hit[str]],
    common: Collection[str],
    nouns_are_capitalised: bool,
) -> tuple[Name, ...]:
    """The names of a sentence, in order.

    Args:
        known: Hits of the watch's own names, with labels that are values of ``Bearer``.
        words: Hits of any other words that we know; a sentence that begins with one does not begin with a name.
        common: Lower-cased words that are no names though a sentence begins with them, names of months and days among them.
        nouns_are_capitalised: As in German, where only acronyms and model names can be told from nouns.
    """
    names = [Name(start=hit.start, end=hit.end, bearer=Bearer(hit.label)) for hit in known if start <= hit.start < end]
    for found in _CAPITALISED.finditer(text.plain, start, end):
        word = found.group()
        if not word[0].isupper() or len(word) < 2 or any(name.start < found.end() and found.start() < name.end for name in names):
            continue
        if nouns_are_capitalised and not _TWO_CAPITALS.match(word):
            continue
        at_start = found.start() == start
        if at_start and any(hit.start < found.end() and found.start() < hit.end for hit in words):
            continue
        if not _is_common(word, at_start=at_start, common=common):
            names.append(Name(start=found.start(), end=found.end(), bearer=Bearer.STRANGER))
    return tuple(sorted(names, key=lambda name: name.start))


def _is_common(word: str, *, at_start: bool, common: Collection[str]) -> bool:
    first, _, rest = word.partition(" ")
    folded = first.lower().removesuffix("'s")
    return folded in common and (at_start or not rest)
