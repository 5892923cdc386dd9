"""Steps: a sentence that tells a value's old and its new end, "from November 2028 to June 2027"."""

from __future__ import annotations

import re

from monitor.core.reading.mentions import Mention, Role
from monitor.core.reading.passages import Passage
from monitor.core.reading.sentences import Sentence

_LENGTH = 40  # characters from one end to the other
_LEAD = 24  # characters in which the word stands that makes a value the old one
_ARTICLE = 5
_LITTLE = re.compile(r".{0,2}|\s?\w{1,3}\s")  # between the word and the value: "instead of in July"


def is_old_end(passage: Passage, sentence: Sentence, start: int, mention: Mention | None) -> bool:
    """Whether a word right before a value makes it the old one: "from", "instead of", 由.

    Args:
        start: Where the value begins.
        mention: Its expression; None for a state.
    """
    if mention and mention.role is Role.FROM:
        return True
    lead = passage.hits_of("modality.prior", max(sentence.start, start - _LEAD), start)
    is_led = any(_LITTLE.fullmatch(passage.text.plain, hit.end, max(hit.end, start)) for hit in lead)
    return is_led or _begins_step(passage, sentence, mention)


def origin_of(passage: Passage, sentence: Sentence, mention: Mention) -> Mention | None:
    """The old end of the step that a value is the new end of."""
    alike = [one for one in passage.mentions_in(sentence) if one.kind is mention.kind]
    if len(alike) < 2 or is_old_end(passage, sentence, mention.start, mention):
        return None
    close = (one for one in alike if one is not mention and _apart(one, mention) <= _LENGTH)
    old = (one for one in close if is_old_end(passage, sentence, one.start, one))
    return min(old, key=lambda one: _apart(one, mention), default=None)


def _apart(one: Mention, other: Mention) -> int:
    return max(one.start - other.end, other.start - one.end)


def _begins_step(passage: Passage, sentence: Sentence, mention: Mention | None) -> bool:
    """Whether it is the first of two values that something moved between: "from March 2025 to March 2026"."""
    if mention is None:
        return False
    origins = passage.hits_of("modality.origin", max(sentence.start, mention.start - _LENGTH), mention.start)
    if not any(hit.end >= mention.start - _ARTICLE for hit in origins):
        return False
    for other in passage.mentions_in(sentence):
        is_next = other.kind is mention.kind and 0 < other.start - mention.end <= _LENGTH
        if is_next and passage.has("modality.target", mention.end, other.start + 1):
            return passage.has("modality.changed", sentence.start, sentence.end)
    return False
