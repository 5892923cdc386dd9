"""Taking phrases apart into words that know their forms and how they may stand beside each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from monitor.core.reading.folding import fold
from monitor.core.reading.inflecting import Form, inflect, joins_compounds
from monitor.core.reading.texts import normalise

GAP: Final = "…"
GAP_WORDS: Final = 4
_LONGEST_ACRONYM: Final = 5
_SHORTEST_SPOKEN: Final = 4
_SHORTEST_UNACCENTED: Final = 4
_CHARACTER_WEIGHT: Final = 3

# Scripts written without spaces, where a word has no edges to check.
_UNSPACED: Final = (
    r"\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fff\u3005-\u30ff\u3130-\u318f\u3400-\u9fff"
    r"\uac00-\ud7ff\uf900-\ufaff"
)
_LETTER: Final = rf"(?:[^\W{_UNSPACED}]|[\u0300-\u036f\u0900-\u0dff])"
LETTERS: Final = re.compile(f"{_LETTER}+")
_TOKEN: Final = re.compile(rf"[{_UNSPACED}]+|{_LETTER}+\*?|{GAP}|[^\s\w'\"()-]")
_UNSPACED_START: Final = re.compile(f"[{_UNSPACED}]")


@dataclass(frozen=True, slots=True, eq=False)
class Irregular:
    """Forms that no rule gives: "begin" has "began" and "begun", and each of them the others.

    One table serves for all books: phrases that were taken apart with it are remembered by its identity.

    Attributes:
        forms: By language and folded word; under the empty language those of all.
    """

    forms: Mapping[str, Mapping[str, tuple[str, ...]]]

    def of(self, folded: str, language: str) -> tuple[str, ...]:
        """The other forms of a word."""
        return self.forms.get(language, {}).get(folded, ())


NO_IRREGULAR: Final = Irregular(MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase.

    Attributes:
        weight: How rare it makes a hit: the letters of its shortest stem; a Chinese character says as much as three letters.
        cased: The spellings of which the text must have one, for acronyms ("ETIAS", which many papers print as "Etias");
            empty for any case.
        accented: The lower-case spelling whose accents the text must have; empty where they do not matter.
        is_unspaced: Its script has no word edges.
        is_glued: No space stands before it ("A股").
        is_hyphened: The phrase has a hyphen before it, which a text may leave out ("pre-order", "preorder").
        is_open: The phrase has a hyphen behind it.
        has_gap: Some words may stand before it ("put … on sale").
    """

    forms: tuple[Form, ...]
    weight: int
    cased: tuple[str, ...] = ()
    accented: str = ""
    is_compound: bool = False
    is_unspaced: bool = False
    is_glued: bool = False
    is_hyphened: bool = False
    is_open: bool = False
    has_gap: bool = False

    @property
    def begins_at_edge(self) -> bool:
        """Whether it stands only where a word of the text begins."""
        return not (self.is_compound or self.is_unspaced or self.is_glued or self.is_hyphened)


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase taken apart; ``anchor`` is the index of its rarest word, which the automaton looks for.

    The same phrase of a language is the same object, so that it is told by its identity.
    """

    text: str
    words: tuple[Word, ...]
    anchor: int

    @property
    def companion(self) -> tuple[str, ...]:
        """Stems of the rarest word beside the anchor, one of which the text must have; empty where the anchor stands alone."""
        others = [word for index, word in enumerate(self.words) if index != self.anchor]
        rarest = max(others, key=lambda word: word.weight, default=None)
        return tuple(dict.fromkeys(form.stem for form in rarest.forms)) if rarest else ()

    @property
    def reach(self) -> int:
        """How many words before the anchor the phrase may begin."""
        return sum(2 + (GAP_WORDS if word.has_gap else 0) for word in self.words[1 : self.anchor + 1])


@lru_cache(maxsize=1 << 18)  # about four times the phrases of the lexicons, which all watches share
def parse_phrase(phrase: str, language: str, irregular: Irregular, are_whole: bool) -> Phrase | None:
    """Take a phrase apart into words.

    Args:
        language: ISO 639-1, or empty where nobody named it.
        are_whole: Its words are no parts of compounds.

    Returns:
        None where nothing is left to look for.
    """
    plain = phrase if phrase.isascii() else normalise(phrase.replace(GAP, "\0")).plain.replace("\0", GAP)
    words: list[Word] = []
    has_gap = False
    last = 0
    for token in _TOKEN.finditer(plain):
        if token.group() == GAP:
            has_gap = bool(words)
            continue
        joint = plain[last : token.start()] if words else " "
        word = _word(token.group(), language, irregular, are_whole, plain.startswith("-", token.end()))
        words.append(_joined(word, joint, has_gap=has_gap))
        has_gap = False
        last = token.end()
    if not words:
        return None
    anchor = max(range(len(words)), key=lambda index: words[index].weight) if len(words) > 1 else 0
    return Phrase(phrase, tuple(words), anchor)


def _joined(word: Word, joint: str, *, has_gap: bool) -> Word:
    """A word with what stands between it and the one before."""
    if joint == " " and not has_gap:
        return word
    return replace(word, is_glued=not joint, is_hyphened="-" in joint, has_gap=has_gap)


@lru_cache(maxsize=1 << 17)  # a word is in several phrases
def _word(token: str, language: str, irregular: Irregular, is_whole: bool, is_open: bool) -> Word:
    """A word by itself."""
    folded = fold(token.lower())
    is_unspaced = not folded[0].isalnum() or _UNSPACED_START.match(folded) is not None
    is_acronym = 2 <= len(token) <= _LONGEST_ACRONYM and token.isalpha() and token.isupper() and not is_unspaced
    if is_unspaced:
        forms: tuple[Form, ...] = (Form(folded, None),)
    else:
        others = tuple(Form(form, frozenset({""})) for form in irregular.of(folded, language))
        whole = (Form(folded, frozenset({""})),) if is_open else ()  # "pre" in "preorder", where no ending can stand
        forms = (*whole, *inflect(token, folded, "" if is_acronym else language), *others)
    return Word(
        forms=forms,
        weight=min(len(form.stem) for form in forms) * (_CHARACTER_WEIGHT if is_unspaced else 1),
        cased=_spellings(token) if is_acronym else (),
        accented="" if token.isascii() or not _has_telling_accents(token, language) else token.lower(),
        is_compound=not is_whole and not is_acronym and not is_unspaced and joins_compounds(token, language),
        is_unspaced=is_unspaced,
        is_open=is_open,
    )


def _spellings(acronym: str) -> tuple[str, ...]:
    """An acronym, and as a name where it is long enough to be spoken as one."""
    return (acronym, acronym.capitalize()) if len(acronym) >= _SHORTEST_SPOKEN else (acronym,)


def _has_telling_accents(token: str, language: str) -> bool:
    """Whether a word without its accents is another word: "mål" and "mal", "würde" and "wurde"."""
    return language in {"vi", "de"} or len(token) <= _SHORTEST_UNACCENTED
