"""What a second reader answered, taken apart with patience for its manners and none for its size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from monitor.core.reading.proposals import Proposal, Stance
from monitor.errors import ReaderTrouble

MOST_PROPOSALS = 60
_LONGEST = 2_000  # characters of one text
_MOST_WORDS = 8
_MOST_TRIES = 200  # places at which an object could begin


def read_answer(text: str) -> tuple[Proposal, ...]:
    """The proposals of an answer; an entry that lacks a key or has one of another kind is left out.

    Raises:
        ReaderTrouble: It holds no JSON object with the key ``facts``.
    """
    for answer in _objects(text):
        entries = answer.get("facts")
        if isinstance(entries, list):
            found = (_proposal(entry) for entry in entries[:MOST_PROPOSALS])
            return tuple(proposal for proposal in found if proposal is not None)
    raise ReaderTrouble("the second reader's answer is not in the form that was asked for")


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a text, those in fences and behind a model's thoughts too, from the left."""
    decoder, position = json.JSONDecoder(), text.find("{")
    for _ in range(_MOST_TRIES):
        if position < 0:
            return
        try:
            found, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            position = text.find("{", position + 1)
            continue
        if isinstance(found, dict):
            yield found
        position = text.find("{", end)


def _proposal(entry: Any) -> Proposal | None:
    if not isinstance(entry, dict):
        return None
    texts = {key: entry.get(key) or "" for key in ("fact", "quote", "state", "said_by")}
    value = entry.get("value") or []
    words = [value] if isinstance(value, str) else value
    is_sound = isinstance(words, list) and len(words) <= _MOST_WORDS
    if not is_sound or not all(isinstance(one, str) and len(one) <= _LONGEST for one in (*texts.values(), *words)):
        return None
    try:
        stance = Stance(str(entry.get("standing")).lower())
    except ValueError:
        return None
    return Proposal(
        fact=texts["fact"],
        quote=texts["quote"],
        words=tuple(one for one in words if one.strip()),
        state=texts["state"],
        stance=stance,
        speaker=texts["said_by"],
    )
