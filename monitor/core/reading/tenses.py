"""Whether the words around a date look back or ahead."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

# The dot of "am 6. März" ends no sentence.
_SENTENCE_END = re.compile(r"(?<![\s.]\d)(?<![\s.]\d\d)[.!?;:](?=\s|$)|[。！？；：\n]")
# From "will" to "completed" in "will finally be completed", in characters.
_AUXILIARY_REACH = 24
_VERB_GROUP = 6
_REACH_BEHIND = 48
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Tense(Enum):
    """Where a clause looks."""

    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class TenseCues:
    """The words of a language that tell the tense.

    Attributes:
        pattern: With the groups ``past``, ``future`` and ``auxiliary``.
        verb_is_last: A date stands before the verb that tells its tense, as in Japanese.
    """

    pattern: re.Pattern[str]
    verb_is_last: bool = False


def build_cues(words: Mapping[str, Sequence[Any]], *, verb_is_last: bool = False) -> TenseCues:
    """Compile the cues of a language.

    Args:
        words: Lists of words under ``past``, ``future`` and ``auxiliary`` (what makes a participle future), and of word endings
            under ``past_endings``.
        verb_is_last: As the attribute of the cues.
    """
    past = [_bounded(str(word)) for word in words.get("past", ())]
    past += [rf"\b\w{{2,}}{re.escape(str(ending))}\b" for ending in words.get("past_endings", ())]
    future = [_bounded(str(word)) for word in words.get("future", ())]
    auxiliary = [_bounded(str(word)) for word in words.get("auxiliary", ())]
    groups = {"auxiliary": auxiliary, "future": future, "past": past}
    pattern = re.compile("|".join(f"(?P<{name}>{'|'.join(forms) or '(?!)'})" for name, forms in groups.items()))
    return TenseCues(pattern, verb_is_last)


def _bounded(word: str) -> str:
    """A word with its edges; Chinese, Japanese and Korean words have none, and an apostrophe is its own."""
    if _IDEOGRAPH.search(word):
        return re.escape(word)
    return rf"{'' if word.startswith(chr(39)) else chr(92) + 'b'}{re.escape(word)}\b"


@dataclass(slots=True)
class Tenses:
    """The tenses of one text; found when first asked for, since most dates carry their year.

    Attributes:
        lower: The text, in lower case.
    """

    lower: str
    cues: TenseCues
    _found: list[tuple[int, Tense, bool]] | None = field(default=None, init=False)
    _stops: list[int] = field(default_factory=list, init=False)

    def at(self, offset: int) -> Tense | None:
        """The tense of the sentence around an offset: told by the nearest cue before it, else by the nearest behind."""
        return self.before(offset) or self.behind(offset)

    def before_verb(self, offset: int) -> Tense | None:
        """As ``before``, but None in a language whose verbs come last: what stands before a date tells nothing of it."""
        return None if self.cues.verb_is_last else self.before(offset)

    def behind(self, offset: int) -> Tense | None:
        """The tense by the nearest cue behind an offset, if it is near and in the same sentence."""
        cues, (_, end) = self._cues(), self._sentence(offset)
        at = bisect_left(cues, offset, key=lambda cue: cue[0])
        if at == len(cues) or cues[at][0] >= min(end, offset + _REACH_BEHIND):
            return None
        following = cues[at + 1] if at + 1 < len(cues) else cues[at]
        # "Has been scheduled" looks ahead though "been" does not.
        is_group = following[1] is Tense.FUTURE and following[0] - cues[at][0] <= _VERB_GROUP
        return Tense.FUTURE if is_group else cues[at][1]

    def before(self, offset: int) -> Tense | None:
        """The tense by the nearest cue before an offset in its sentence.

        A participle takes the tense of the auxiliary before it: "should be completed", "to be held".
        """
        cues, (begin, _) = self._cues(), self._sentence(offset)
        at = bisect_left(cues, offset, key=lambda cue: cue[0]) - 1
        if at < 0 or cues[at][0] < begin:
            return None
        if at and cues[at - 1][2] and cues[at - 1][0] >= max(begin, cues[at][0] - _AUXILIARY_REACH):
            return Tense.FUTURE
        return cues[at][1]

    def _cues(self) -> list[tuple[int, Tense, bool]]:
        """Where the cues stand, what they tell, and whether they govern the participle behind them."""
        if self._found is None:
            matches = self.cues.pattern.finditer(self.lower)
            self._found = [
                (m.start(), Tense.PAST if m.lastgroup == "past" else Tense.FUTURE, m.lastgroup == "auxiliary") for m in matches
            ]
            self._stops = [m.end() for m in _SENTENCE_END.finditer(self.lower)]
        return self._found

    def _sentence(self, offset: int) -> tuple[int, int]:
        """Where the sentence around an offset begins and ends; the cues have to be found before."""
        index = bisect_right(self._stops, offset)
        begin = self._stops[index - 1] if index else 0
        return begin, self._stops[index] if index < len(self._stops) else len(self.lower)
