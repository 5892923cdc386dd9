"""Cutting a text into sentences and finding the places where a sentence breaks into parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.core.reading.texts import Text

_END = re.compile(r"[.!?。！？…;；]+[\"')\]」』]*|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|gen|sen|gov|rep|no|nos|vs|inc|corp|ltd|co|jr|sr|approx|est|fig|vol|art|sec|al|etc|e\.g|i\.e|cf|"
    r"bzw|ca|inkl|mio|mrd|nr|str|u\.a|z\.b|d\.h|evtl|usw|bn|mn|env|av|m|mme|sra|sr|dott|ing|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|"
    r"okt|nov|dec|dez|déc|janv|févr|juil|pp|kl|bl|dvs)|(?<![^\W_]|[/'])(?-i:[A-Z]))\.$",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(r"(?<![\d.,])\d{1,2}\.$")
_BREAK = re.compile(r"(?<!\d)[,，](?!\d)|(?<=\d)[,，](?=\s)|[:：;；、()（）]|\s-\s")
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
        low, high = sorted((left, right))
        return sum(low < at <= high for at in self.breaks)

    def clause_at(self, offset: int) -> tuple[int, int]:
        """Start and end of the part in which a place lies."""
        before = [at for at in self.breaks if at <= offset]
        after = [at for at in self.breaks if at > offset]
        return (before[-1] if before else self.start, after[0] if after else self.end)


def split_sentences(text: Text, *, has_ordinal_dot: bool = False) -> tuple[Sentence, ...]:
    """Cut a text at its full stops, but not behind abbreviations, initials, and numbers that the dot belongs to.

    Args:
        has_ordinal_dot: In this language "26. Mai" is a date, not the end of a sentence.
    """
    sentences: list[Sentence] = []
    start = 0
    for found in _END.finditer(text.plain):
        if _is_end(text.plain, start, found, has_ordinal_dot=has_ordinal_dot):
            _append(sentences, text.plain, start, found.end())
            start = found.end()
    _append(sentences, text.plain, start, len(text.plain))
    return tuple(sentences)


def _is_end(plain: str, start: int, found: re.Match[str], *, has_ordinal_dot: bool) -> bool:
    mark = found.group()
    if mark[0] in _FULL_STOPS:
        return True
    after = plain[found.end() : found.end() + 2]
    if after and not after[0].isspace():
        return False
    if not mark.startswith("."):
        return True
    following = plain[found.end() : found.end() + _LONGEST].lstrip()[:1]
    if following.islower():
        return False
    before = plain[max(start, found.start() - 8) : found.start() + 1]
    if has_ordinal_dot and _NUMBER_BEFORE.search(before):
        return False
    return not _ABBREVIATION.search(before)


def _append(sentences: list[Sentence], plain: str, start: int, end: int) -> None:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    while start < end:
        stop = end if end - start <= _LONGEST else _place_to_cut(plain, start)
        breaks = tuple(found.end() for found in _BREAK.finditer(plain, start, stop))
        sentences.append(Sentence(start=start, end=stop, index=len(sentences), breaks=breaks))
        start = stop


def _place_to_cut(plain: str, start: int) -> int:
    """Where an endless sentence is cut: behind its last space, or anywhere where it has none."""
    space = plain.rfind(" ", start, start + _LONGEST)
    return space + 1 if space > start else start + _LONGEST
