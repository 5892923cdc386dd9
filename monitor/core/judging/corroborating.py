"""Counting independent sources: a publisher is one, and copies of one text are one, whoever prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from monitor.core.changes import Change, Evidence
from monitor.core.claims import Certainty
from monitor.core.items import Item

# Scripts without spaces are counted by the character, all others by the word.
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_SHINGLE = 5
_SHORT = 20
_COPIED = 0.6


def count_sources(evidence: Iterable[Evidence], *, least: Certainty = Certainty.RUMOUR) -> int:
    """How many independent sources stand behind a change.

    Args:
        evidence: Withdrawn pieces do not count.
        least: Pieces below this certainty do not count either.
    """
    standing = [piece for piece in evidence if not piece.is_withdrawn and piece.claim.certainty >= least]
    if len({piece.publisher for piece in standing}) < 2:
        return len(standing[:1])
    groups: list[list[Evidence]] = []
    for piece in standing:
        related = [group for group in groups if any(_is_same_source(piece, other) for other in group)]
        merged = [piece, *(other for group in related for other in group)]
        groups = [*(group for group in groups if group not in related), merged]
    return len(groups)


def what_suffices(change: Change) -> str:
    """Why a change's value may come into force by itself, in words; empty where it may not."""
    if change.certainty is Certainty.OFFICIAL:
        return "said officially"
    if count_sources(change.evidence, least=Certainty.REPORTED) >= 2:
        return "two independent publishers say it"
    return ""


def is_copy(one: Item, other: Item) -> bool:
    """Whether two items carry one text, shortened or under another headline.

    A change has a handful of pieces of evidence, so the texts are compared whole; fingerprints would save nothing.
    """
    said, known = _tokens(one), _tokens(other)
    if min(len(said), len(known)) < _SHORT:
        return said == known
    shared, smaller = _shingles(said), _shingles(known)
    return len(shared & smaller) >= _COPIED * min(len(shared), len(smaller))


def _is_same_source(one: Evidence, other: Evidence) -> bool:
    return one.publisher == other.publisher or is_copy(one.claim.item, other.claim.item)


def _tokens(item: Item) -> Sequence[str]:
    """The words of the body, or of all there is where the body is short."""
    body = _TOKEN.findall(item.body.casefold())
    return body if len(body) >= _SHORT else _TOKEN.findall(f"{item.title} {item.body}".casefold())


def _shingles(tokens: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(tokens[at : at + _SHINGLE]) for at in range(len(tokens) - _SHINGLE + 1))
