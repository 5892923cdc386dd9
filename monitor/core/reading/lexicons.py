"""The compiled words of one language, and the library of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.core.reading.concepts import Concepts
from monitor.core.reading.linking import Model
from monitor.core.reading.periods import PeriodGrammar
from monitor.core.reading.phrases import PhraseBook
from monitor.core.reading.quantities import AmountGrammar
from monitor.core.reading.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """One language, compiled.

    Attributes:
        cues: Phrases labelled ``section.name``, for instance ``modality.planned``.
        common: Lower-cased words that are no names though a sentence begins with them.
        has_ordinal_dot: "26. Mai": a dot behind a number does not end the sentence.
        nouns_are_capitalised: A capital letter does not make a name.
        dates_come_first: The date stands before what happens then: 2027年试点、2029年发行.
    """

    code: str
    periods: PeriodGrammar
    amounts: AmountGrammar
    cues: PhraseBook[str]
    common: frozenset[str]
    has_ordinal_dot: bool = False
    nouns_are_capitalised: bool = False
    dates_come_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All that reading needs to know of languages.

    Attributes:
        lexicons: By ISO 639-1 code; English is always there. May compile a language when it is first asked for.
        function_words: The words by which each language is recognised.
        models: The linker's, by family of candidates.
        stop_words: Words of a fact's title that say nothing about it.
    """

    lexicons: Mapping[str, Lexicon]
    function_words: Mapping[str, frozenset[str]]
    concepts: Concepts
    units: Units
    models: Mapping[str, Model]
    stop_words: frozenset[str]

    def lexicon(self, code: str) -> Lexicon:
        """The lexicon of a language, English's for one that we do not have."""
        return self.lexicons.get(code) or self.lexicons["en"]
