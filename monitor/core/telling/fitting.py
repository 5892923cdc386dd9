"""Cutting texts to a length where a reader would cut them, never in a word."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from monitor.core.telling.inert import clean

ELLIPSIS = "…"
QUOTE_LENGTH = 360
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence around its value, trimmed and clean.

    Attributes:
        value: Empty where no words of the sentence carry it.
    """

    before: str
    value: str
    after: str


def fit(text: str, limit: int) -> str:
    """The text itself, or its beginning with "…", cut at the end of a line, else of a sentence, else of a word.

    The result is never longer than the limit.
    """
    if len(text) <= limit:
        return text
    if limit <= len(ELLIPSIS):
        return ELLIPSIS[:limit]
    room = text[: limit - len(ELLIPSIS)]
    least = len(room) // 2
    line = room.rfind("\n")
    if line >= max(least, 1):
        return f"{room[:line].rstrip()}\n{ELLIPSIS}"
    sentences = [found.end() for found in _SENTENCE_END.finditer(room) if found.end() >= least]
    cut = sentences[-1] if sentences else _word_end(room, least)
    return room[:cut].rstrip() + ELLIPSIS


def fit_lines(text: str, limit: int) -> str:
    """The text itself, or its first whole lines with "…": for mark-up, which a cut in a line could leave open.

    A first line that is too long by itself is cut like any text.
    """
    if len(text) <= limit:
        return text
    line = text[: max(0, limit - len(ELLIPSIS))].rfind("\n")
    return f"{text[:line].rstrip()}\n{ELLIPSIS}" if line > 0 else fit(text, limit)


def below_title(title: str, text: str) -> str:
    """A text to be shown right below its title, without a first line that only repeats a part of it."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if first.strip() in title else text


def fit_quote(quote: str, start: int, end: int, limit: int = QUOTE_LENGTH) -> Quote:
    """Trim a sentence around its value, which stays whole unless it alone is too long.

    Args:
        quote: As published.
        start: Offset of the value in it.
        end: Exclusive.
        limit: Length of the result in characters, roughly.
    """
    start = max(0, min(start, len(quote)))
    end = max(start, min(end, len(quote)))
    value = fit(clean(quote[start:end]), limit)
    before, after = quote[:start], quote[end:]
    room = max(0, limit - len(value))
    left = max(room // 2, room - len(after))
    right = room - min(left, len(before))
    return Quote(before=_tail(_loose(before), left), value=value, after=_head(_loose(after), right))


def _loose(text: str) -> str:
    """Clean, with the space that parts it from the value kept."""
    shown = clean(text)
    if not shown:
        return " " if text and text.isspace() else ""
    return f"{' ' if text[0].isspace() else ''}{shown}{' ' if text[-1].isspace() else ''}"


def _tail(text: str, limit: int) -> str:
    """The end of a text, from a word's beginning."""
    shown = text.lstrip()
    if len(shown) <= limit:
        return shown
    kept = shown[len(shown) - limit :]
    cut = next((at for at in range(len(kept)) if _is_edge(kept, at)), len(kept))
    return f"{ELLIPSIS} {kept[cut:].lstrip()}"


def _head(text: str, limit: int) -> str:
    """The beginning of a text, up to a word's end."""
    shown = text.rstrip()
    if len(shown) <= limit:
        return shown
    return f"{shown[: _word_end(shown[: limit + 1], 0)].rstrip()} {ELLIPSIS}"


def _word_end(text: str, least: int) -> int:
    """Where the last whole word ends, or the end itself where the text has no edge after ``least``."""
    if text and _is_wide(text[-1]):
        return len(text)
    return next((at for at in range(len(text) - 1, least, -1) if _is_edge(text, at)), len(text))


def _is_edge(text: str, at: int) -> bool:
    """Whether a cut before this character parts no word; Chinese and Japanese may be cut anywhere."""
    return at > 0 and (text[at].isspace() or text[at - 1].isspace() or (_is_wide(text[at]) and _is_wide(text[at - 1])))


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
