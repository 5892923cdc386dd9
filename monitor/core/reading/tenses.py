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
_COMMA = re.compile(r"[,，、]")
# From "will" to "completed" in "will finally be completed", in characters.
_AUXILIARY_REACH = 24
_VERB_GROUP = 6
_REACH_BEHIND = 48
# From "closed" to "within seven months", from "opens" to "on Monday".
_REACH_TO_LENGTH = 32
_REACH_TO_DAY = 40
_GROUPS = ("auxiliary", "future", "saying", "past", "coming", "infinitive")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Tense(Enum):
    """Where a clause looks."""

    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class TenseCues:
    """The words of a language that tell the tense.

    Attributes:
        pattern: With the groups ``past``, ``saying``, ``future`` and ``auxiliary``.
        coming: Verbs of events whose present tense tells of the next such day: "opens on Monday".
        infinitive: What puts a verb behind another: "agreed to close".
        verb_is_last: A date stands before the verb that tells its tense, as in Japanese.
    """

    pattern: re.Pattern[str]
    coming: re.Pattern[str]
    infinitive: re.Pattern[str]
    verb_is_last: bool = False


def build_cues(words: Mapping[str, Sequence[Any]], *, verb_is_last: bool = False) -> TenseCues:
    """Compile the cues of a language.

    Args:
        words: Lists of words under ``past``, ``saying`` (verbs of the past after which another verb tells the deed), ``future``,
            ``auxiliary`` (what makes a participle future), ``coming`` and ``infinitive``, and of word endings under
            ``past_endings``.
        verb_is_last: As the attribute of the cues.
    """
    forms = {name: [_bounded(str(word)) for word in words.get(name, ())] for name in _GROUPS}
    forms["past"] += [rf"\b\w{{2,}}{re.escape(str(ending))}\b" for ending in words.get("past_endings", ())]
    pattern = "|".join(f"(?P<{name}>{_any_of(forms[name])})" for name in ("auxiliary", "future", "saying", "past"))
    return TenseCues(
        pattern=re.compile(pattern),
        coming=re.compile(_any_of(forms["coming"])),
        infinitive=re.compile(_any_of(forms["infinitive"])),
        verb_is_last=verb_is_last,
    )


def _any_of(forms: Sequence[str]) -> str:
    return "|".join(forms) or "(?!)"


def _bounded(word: str) -> str:
    """A word with its edges; Chinese, Japanese and Korean words have none, and an apostrophe is its own."""
    if _IDEOGRAPH.search(word):
        return re.escape(word)
    return rf"{'' if word.startswith(chr(39)) else chr(92) + 'b'}{re.escape(word)}\b"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells a tense.

    Attributes:
        is_auxiliary: It governs the participle behind it: "should be completed".
        is_saying: It says who spoke, not what was done.
    """

    start: int
    end: int
    tense: Tense
    is_auxiliary: bool
    is_saying: bool


@dataclass(slots=True)
class Tenses:
    """The tenses of one text; found when first asked for, since most dates carry their year.

    Attributes:
        lower: The text, in lower case.
    """

    lower: str
    cues: TenseCues
    _found: list[Cue] | None = field(default=None, init=False)
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
        at = bisect_left(cues, offset, key=_start)
        if at == len(cues) or cues[at].start >= min(end, offset + _REACH_BEHIND):
            return None
        following = cues[at + 1] if at + 1 < len(cues) else cues[at]
        # "Has been scheduled" looks ahead though "been" does not.
        is_group = following.tense is Tense.FUTURE and following.start - cues[at].start <= _VERB_GROUP
        return Tense.FUTURE if is_group else cues[at].tense

    def before(self, offset: int) -> Tense | None:
        """The tense by the nearest cue before an offset in its sentence.

        A participle takes the tense of the auxiliary before it: "should be completed", "to be held".
        """
        cues, (begin, _) = self._cues(), self._sentence(offset)
        at = bisect_left(cues, offset, key=_start) - 1
        if at < 0 or cues[at].start < begin:
            return None
        return Tense.FUTURE if self._is_governed(at, begin) else cues[at].tense

    def is_done(self, offset: int) -> bool:
        """Whether a length of time tells how long something took: "closed within seven months".

        Not "agreed to close within seven months", nor where the only verb is one of saying.
        """
        cues, (begin, end) = self._cues(), self._sentence(offset)
        at = bisect_left(cues, offset, key=_start)
        if not self.cues.verb_is_last and at and cues[at - 1].start >= begin and not cues[at - 1].is_saying:
            cue = cues[at - 1]
            if cue.tense is Tense.FUTURE or self._is_governed(at - 1, begin):
                return False
            if not _COMMA.search(self.lower, cue.end, offset):
                is_near = offset - cue.end <= _REACH_TO_LENGTH
                return is_near and not self.cues.infinitive.search(self.lower, cue.end, offset)
        reach = min(end, offset + _REACH_BEHIND)
        return at < len(cues) and cues[at].start < reach and self.behind(offset) is Tense.PAST and not cues[at].is_saying

    def is_coming(self, offset: int) -> bool:
        """Whether a verb in the present tense tells that a day is the next of its name: "opens on Monday", "am Montag startet".

        A verb of the past between the two, or before a day that leads, tells of the last such day.
        """
        cues, (begin, end) = self._cues(), self._sentence(offset)
        at = bisect_left(cues, offset, key=_start)
        past = cues[at - 1].end if at and cues[at - 1].start >= begin and cues[at - 1].tense is Tense.PAST else begin
        if not self.cues.verb_is_last:
            begin_of_part = max([past, offset - _REACH_TO_DAY, *(m.end() for m in _COMMA.finditer(self.lower, past, offset))])
            if self.cues.coming.search(self.lower, begin_of_part, offset):
                return True
            if past > begin:
                return False
        following = cues[at].start if at < len(cues) and cues[at].tense is Tense.PAST else end
        comma = _COMMA.search(self.lower, offset, min(following, end, offset + _REACH_TO_DAY))
        end_of_part = comma.start() if comma else min(following, end, offset + _REACH_TO_DAY)
        return bool(self.cues.coming.search(self.lower, offset, end_of_part))

    def is_ahead(self, start: int, end: int) -> bool:
        """Whether the words of a stretch are themselves a verb that looks ahead, or the present tense of an event."""
        own = self.between(start, end)
        return any(cue.tense is Tense.FUTURE for cue in own) or bool(self.cues.coming.match(self.lower, start, end))

    def governing(self, since: int, offset: int) -> Cue | None:
        """The auxiliary that looks ahead, if it is the last between two places that tells a tense."""
        cue = next(reversed(self.between(since, offset)), None)
        return cue if cue and cue.is_auxiliary else None

    def between(self, start: int, end: int) -> list[Cue]:
        """The words of a stretch that tell a tense."""
        cues = self._cues()
        return cues[bisect_left(cues, start, key=_start) : bisect_left(cues, end, key=_start)]

    def _is_governed(self, at: int, begin: int) -> bool:
        """Whether an auxiliary of the same sentence stands before a cue: "should be completed"."""
        cues = self._cues()
        return bool(at) and cues[at - 1].is_auxiliary and cues[at - 1].start >= max(begin, cues[at].start - _AUXILIARY_REACH)

    def _cues(self) -> list[Cue]:
        if self._found is None:
            self._found = [
                Cue(
                    start=m.start(),
                    end=m.end(),
                    tense=Tense.PAST if m.lastgroup in ("past", "saying") else Tense.FUTURE,
                    is_auxiliary=m.lastgroup == "auxiliary",
                    is_saying=m.lastgroup == "saying",
                )
                for m in self.cues.pattern.finditer(self.lower)
            ]
            self._stops = [m.end() for m in _SENTENCE_END.finditer(self.lower)]
        return self._found

    def _sentence(self, offset: int) -> tuple[int, int]:
        """Where the sentence around an offset begins and ends; the cues have to be found before."""
        index = bisect_right(self._stops, offset)
        begin = self._stops[index - 1] if index else 0
        return begin, self._stops[index] if index < len(self._stops) else len(self.lower)


def _start(cue: Cue) -> int:
    return cue.start
