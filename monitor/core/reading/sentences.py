"""Cutting a text into sentences and finding the places where a sentence breaks into parts."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from monitor.core.reading.abbreviations import keeps_going
from monitor.core.reading.bylines import begin_of_report, is_tail
from monitor.core.reading.texts import Text

_END = re.compile(r"[.!?。！？…;；]+[\"')\]」』]*|\n+")
_BREAK = re.compile(
    r"(?<!\d)[,，](?!\d)|(?<=\d)[,，](?=\s)|[:：;；、()（）]|\s-\s"
    r"|(?<=[\u3040-\u30ff\u4e00-\u9fff」』!?]) (?=[「『\u3040-\u30ff\u4e00-\u9fff])"  # "再延期 月面着陸は27年"
)
_FULL_STOPS = frozenset("。！？；;\n")
_LONGEST = 1_000  # characters; what runs on without a full stop is a list or an attack, and is read piece by piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A stretch of a text that one speaker says in one breath.

    Attributes:
        start: Offset in ``Text.plain``.
        end: Exclusive, without the white space that follows.
        index: Counted from 0; the headline is a text of its own.
        breaks: Offsets of the places where a new part begins, rising.
    """

    start: int
    end: int
    index: int
    breaks: tuple[int, ...] = ()

    def parts_between(self, left: int, right: int) -> int:
        """How many breaks lie between two places of the sentence."""
        low, high = (left, right) if left <= right else (right, left)
        return bisect_right(self.breaks, high) - bisect_right(self.breaks, low)

    def clause_at(self, offset: int) -> tuple[int, int]:
        """Start and end of the part in which a place lies."""
        index = bisect_right(self.breaks, offset)
        start = self.breaks[index - 1] if index else self.start
        return start, self.breaks[index] if index < len(self.breaks) else self.end


def split_sentences(text: Text, *, has_ordinal_dot: bool = False) -> tuple[Sentence, ...]:
    """Cut a text at its full stops, but not behind abbreviations, initials, and numbers that the dot belongs to.

    The names of the writers, the dateline of an agency and the lines under every article are no sentences and left out.

    Args:
        has_ordinal_dot: In this language "26. Mai" is a date, not the end of a sentence.
    """
    sentences: list[Sentence] = []
    plain = text.plain
    start = begin_of_report(plain)
    for found in _END.finditer(plain, start):
        if _is_end(plain, start, found, has_ordinal_dot=has_ordinal_dot):
            _append(sentences, plain, start, found.end())
            start = found.end()
    _append(sentences, plain, start, len(plain))
    return tuple(sentences)


def _is_end(plain: str, start: int, found: re.Match[str], *, has_ordinal_dot: bool) -> bool:
    mark = found.group()
    if mark[0] in _FULL_STOPS:
        return True
    after = plain[found.end() : found.end() + 2]
    if after and not after[0].isspace():
        return False
    if mark[0] == "?":
        return True
    following = plain[found.end() : found.end() + _LONGEST].lstrip()
    if following[:1].islower():
        return False
    is_dot = mark == "."
    return not (is_dot and keeps_going(plain, start, found.start(), following, has_ordinal_dot=has_ordinal_dot))


def _append(sentences: list[Sentence], plain: str, start: int, end: int) -> None:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    if is_tail(plain, start, end):
        return
    while start < end:
        stop = end if end - start <= _LONGEST else _place_to_cut(plain, start)
        breaks = tuple(found.end() for found in _BREAK.finditer(plain, start, stop))
        sentences.append(Sentence(start=start, end=stop, index=len(sentences), breaks=breaks))
        start = stop


def _place_to_cut(plain: str, start: int) -> int:
    """Where an endless sentence is cut: behind its last space, or anywhere where it has none."""
    space = plain.rfind(" ", start, start + _LONGEST)
    return space + 1 if space > start else start + _LONGEST
