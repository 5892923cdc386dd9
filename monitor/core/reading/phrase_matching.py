"""Matching one phrase where its rarest word stands: inflections, parts of compounds, and words between its parts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from monitor.core.reading.folding import fold
from monitor.core.reading.phrase_words import GAP_WORDS, LETTERS, Phrase, Word

_GAP_CHARACTERS: Final = 8
_LONGEST_WORD: Final = 80  # letters that are looked at, so that a text without spaces costs no more than another
_PARTS_APART: Final = 40  # characters between the parts of a phrase in a script without spaces
_SHORTEST_NEIGHBOUR: Final = 3  # letters that the other part of a compound has

_JOINT: Final = re.compile(r"[\s\-'/]*")
_GAP_JOINT: Final = re.compile(r"(?<=\d)(?:[.,](?=\d)|\. )|[\s\-'/]*")  # "tritt am 1. Juni in Kraft", "takes a 3.5 million stake"
_SPACE: Final = re.compile(r"[\s\-']+")
_STOPS: Final = frozenset(".!?;:,。，！？；：、\n()（）")
_ARTICLES: Final = frozenset(
    re.findall(
        r"\w+",
        "the a an its their his her this that our der die das den dem des ein eine einen einem einer seine seinen ihre "
        "ihren le la les l un une du son sa ses leur el los las una su sus lo il gli i o os as uma seu sua het een zijn "
        "en ett det az egy",
    )
)


@dataclass(frozen=True, slots=True)
class Region:
    """The searched stretch of a text: folded, as it is in both cases, and where its words begin."""

    folded: str
    lower: str
    plain: str
    starts: tuple[int, ...]
    edges: frozenset[int]


@lru_cache(maxsize=16)
def region_of(lower: str, plain: str) -> Region:
    """A stretch made ready; remembered, since several books are asked about the same text one after another."""
    folded = fold(lower)
    starts = tuple(found.start() for found in LETTERS.finditer(folded))
    return Region(folded, lower, plain, starts, frozenset(starts))


def match_around(region: Region, phrase: Phrase, anchor_at: int) -> tuple[int, int] | None:
    """Start and end of a phrase whose rarest word may stand at a place."""
    if phrase.anchor == 0:
        end = _match_rest(region, phrase.words, 0, anchor_at)
        return None if end is None else (anchor_at, end)
    for start in _starts_before(region, phrase, anchor_at):
        end = _match_rest(region, phrase.words, 0, start)
        if end is not None and end > anchor_at:
            return start, end
    return None


def _starts_before(region: Region, phrase: Phrase, anchor_at: int) -> Iterable[int]:
    """Places before the anchor where the phrase may begin, the nearest first."""
    first = phrase.words[0]
    if not first.is_unspaced:
        index = bisect_left(region.starts, anchor_at)
        return reversed(region.starts[max(0, index - phrase.reach) : index])
    stem = first.forms[0].stem
    window = range(max(0, anchor_at - _PARTS_APART), anchor_at)
    return [at for at in reversed(window) if region.folded.startswith(stem, at)]


def _match_rest(region: Region, words: tuple[Word, ...], index: int, at: int) -> int | None:
    """End of the phrase if its words from ``index`` on stand from a place on."""
    end = _match_word(region, words[index], at, is_first=index == 0)
    if end is None or index + 1 == len(words):
        return end
    for opening in _openings(region, words[index + 1], end):
        found = _match_rest(region, words, index + 1, opening)
        if found is not None:
            return found
    return None


def _match_word(region: Region, word: Word, at: int, *, is_first: bool) -> int | None:
    """End of a word, or of the part of a compound that is the word, if it stands at a place."""
    folded = region.folded
    if word.is_unspaced:
        stem = word.forms[0].stem
        return at + len(stem) if folded.startswith(stem, at) else None
    if word.cased and not region.plain.startswith(word.cased, at):
        return None
    before = _letters_before(region, at) if is_first or word.is_glued else 0
    if before and not (word.is_compound and before >= _SHORTEST_NEIGHBOUR):
        return None
    run = LETTERS.match(folded, at, at + _LONGEST_WORD)
    if run is None:
        return None
    for form in word.forms:
        if not folded.startswith(form.stem, at):
            continue
        stem_end = at + len(form.stem)
        if word.accented and word.accented[: len(form.stem)] != region.lower[at:stem_end]:
            continue
        if form.allows(folded[stem_end : run.end()]):
            return run.end()
        if word.is_open or (word.is_compound and run.end() - stem_end >= _SHORTEST_NEIGHBOUR):
            return stem_end
    return None


def _letters_before(region: Region, at: int) -> int:
    """How many letters of the same word stand before a place."""
    if at == 0 or not LETTERS.match(region.folded, at - 1, at):
        return 0
    index = bisect_left(region.starts, at) - 1
    return at - region.starts[index]


def _openings(region: Region, word: Word, end: int) -> Iterator[int]:
    """Places where the next word of a phrase may begin: at once, behind an article, or behind some words at a gap."""
    folded = region.folded
    if word.is_glued and not word.has_gap:
        yield end
        if end < len(folded) and folded[end] == " ":
            yield end + 1
        return
    if word.is_unspaced:
        yield from _unspaced_openings(folded, word, end)
        return
    space = (_JOINT if word.is_hyphened else _SPACE).match(folded, end)
    if space is None:
        return
    at = space.end()
    yield at
    for skipped in range(GAP_WORDS if word.has_gap else 1):
        run = LETTERS.match(folded, at, at + _LONGEST_WORD)
        if run is None or not (word.has_gap or (skipped == 0 and run.group() in _ARTICLES)):
            return
        space = (_GAP_JOINT if word.has_gap else _JOINT).match(folded, run.end())
        if space is None or space.end() == run.end():
            return
        at = space.end()
        yield at


def _unspaced_openings(folded: str, word: Word, end: int) -> Iterator[int]:
    """Places for a word without edges: behind a space, or behind some characters that end no clause."""
    at = end
    for _ in range(_GAP_CHARACTERS + 1 if word.has_gap else 2):
        yield at
        if at >= len(folded) or folded[at] in _STOPS or not (word.has_gap or folded[at].isspace()):
            return
        at += 1
