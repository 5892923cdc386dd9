"""Books of phrases that are looked up where they begin or end in a text, by slices instead of patterns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

Tag = TypeVar("Tag")
_GAPS = (" ", "-", "\n")


class Phrasebook(Generic[Tag]):
    """Phrases with a tag each, found at a place in constant time.

    A phrase of an alphabetic script has to stand between word edges; one in Chinese, Japanese or Korean characters does not.

    Args:
        phrases: Lower-cased phrases; the longest that fits is taken.
        endings: What the last word may have behind it: Hungarian "forint" is also found in "forintról".
    """

    def __init__(self, phrases: Mapping[str, Tag], endings: Iterable[str] = ()) -> None:
        self._tags = {str(phrase): tag for phrase, tag in phrases.items() if phrase}
        self._endings = frozenset(map(str, endings))
        self._lengths_by_first = _lengths(self._tags, 0)
        self._lengths_by_last = _lengths(self._tags, -1)

    def __bool__(self) -> bool:
        return bool(self._tags)

    def starting_at(self, text: str, position: int) -> tuple[Tag, int] | None:
        """The phrase that begins here, or behind one space or hyphen: its tag and where it ends."""
        first = text[position : position + 1]
        for begin in (position, position + 1) if first in _GAPS else (position,):
            for length in self._lengths_by_first.get(text[begin : begin + 1], ()):
                end = begin + length
                tag = self._tags.get(text[begin:end])
                if tag is None or end > len(text):
                    continue
                if not is_inside_word(text, end):
                    return tag, end
                if self._endings and text[end : (stop := _word_end(text, end))] in self._endings:
                    return tag, stop
        return None

    def ending_at(self, text: str, position: int) -> tuple[Tag, int] | None:
        """The phrase that ends here, or before one space or hyphen: its tag and where it begins."""
        last = text[position - 1 : position] if position else ""
        for end in (position - 1, position) if last in _GAPS else (position,):
            for length in self._lengths_by_last.get(text[end - 1 : end], ()) if end > 0 else ():
                begin = end - length
                tag = self._tags.get(text[begin:end]) if begin >= 0 else None
                if tag is not None and not is_inside_word(text, begin):
                    return tag, begin
        return None


def _word_end(text: str, position: int) -> int:
    while position < len(text) and is_letter(text[position]):
        position += 1
    return position


def _lengths(phrases: Iterable[str], place: int) -> Mapping[str, tuple[int, ...]]:
    """For each character that phrases have at a place, how long those phrases are, the longest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        found.setdefault(phrase[place], set()).add(len(phrase))
    return {character: tuple(sorted(lengths, reverse=True)) for character, lengths in found.items()}


def is_inside_word(text: str, position: int) -> bool:
    """Whether letters of one alphabetic word stand on both sides; digits part from letters, Han and Hangul from all."""
    if not 0 < position < len(text):
        return False
    return is_letter(text[position - 1]) and is_letter(text[position])


def is_letter(character: str) -> bool:
    """Whether a character belongs to a script that parts its words: no Han, kana or Hangul."""
    return character.isalpha() and not is_east_asian(character)


def is_east_asian(character: str) -> bool:
    """Whether a character is Han, kana or Hangul."""
    return "\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" or "\u3400" <= character <= "\u4dbf"
