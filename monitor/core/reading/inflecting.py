"""Inflecting words by the regular endings of their language, so that one spelling stands for all its forms.

Irregular forms are words of the lexicon. The rules are generous: a form that does not exist ("launchs") costs nothing,
a form that is missed costs a change that nobody is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LOOSE_MARK: Final = "*"
_LOOSE_LENGTH: Final = 6
_SHORT_ENDING: Final = 3
_LONG_ENDING: Final = 7
_SHORTEST_STEM: Final = 3
_STRIPPED: Final = frozenset(
    {"s", "ed", "ing", "en", "er", "re", "ir"}
)  # endings that leave no stem of a short word: "gas", "red"
_VOWELS: Final = frozenset("aeiouy")
_UNINFLECTED: Final = frozenset({"vi", "zh", "ja", "ko", "th"})
_AGGLUTINATIVE: Final = frozenset({"hu", "fi", "et", "tr"})
_PREFIXED_PARTICIPLES: Final = frozenset({"de", "nl"})


Rules = tuple[tuple[str, frozenset[str]], ...]
"""The ending of a lemma and the endings of its forms, the first that fits to be applied."""


@dataclass(frozen=True, slots=True)
class Form:
    """A stem and what may follow it up to the end of the word.

    Attributes:
        stem: Folded.
        endings: Allowed endings; None where any letters may follow, up to ``longest``.
        longest: Most letters that may follow where ``endings`` is None.
    """

    stem: str
    endings: frozenset[str] | None
    longest: int = 0

    def allows(self, ending: str) -> bool:
        """Whether the letters between the stem and the end of the word make a form of it."""
        return len(ending) <= self.longest if self.endings is None else ending in self.endings


def _table(rules: dict[str, str]) -> Rules:
    """Rules as lemma ending and the endings of its forms; ``-`` stands for none. The first that fits is applied."""
    return tuple((ending, _forms(forms)) for ending, forms in rules.items())


def _forms(listed: str) -> frozenset[str]:
    return frozenset("" if form == "-" else form for form in listed.split())


# All spellings are folded: French "é" is "e" here.
_ENGLISH = _table(
    {
        "eed": "eed eeds eeded eeding",
        "sses": "ss sses ssed ssing",  # passes: pass
        "ied": "y ies ied ying",
        "ies": "y ies ied ying",  # deliveries: delivery
        "ing": "ing ings",  # a ruling is not what somebody rules
        "ed": "ed",  # nor is "backed" any back
        "ss": "ss sses ssed ssing",  # process: processes
        "us": "us uses",  # status
        "is": "is es",  # crisis: crises
        "sis": "sis ses",
        "xes": "x xes xed xing",
        "ches": "ch ches ched ching",  # launches: launch
        "shes": "sh shes shed shing",
        "s": "- s",  # trains: train
        "ee": "ee ees eed eeing",
        "e": "e es ed ing",  # release: releasing
        "ay": "ay ays ayed aying",  # delay: delayed
        "ey": "ey eys eyed eying",
        "oy": "oy oys oyed oying",
        "uy": "uy uys uyed uying",
        "y": "y ies ied ying",  # delivery: deliveries
        "": "- s es ed ing",
    }
)
# An author's cue may be any form of what is meant.
_ENGLISH_CUE = (
    *_table(
        {
            "eed": "eed eeds eeded eeding",
            "ied": "y ies ied ying",
            "ing": "- e s es ed ing ings",  # opening: opens, opened
            "ed": "e s es ed ing",  # priced: price, pricing; but what is grounded is no ground
        }
    ),
    *_ENGLISH,
)
_GERMAN_NOUN = _table(
    {
        "ung": "ung ungen ungs",
        "e": "e en es er n",
        "": "- e en er es s n em ern nen se sen",
    }
)
_GERMAN = _table(
    {
        "ieren": "ieren iere iert ierte ierten ierter iertes iertem ierend ierende ieren",
        "eln": "eln elt elte elten elnd elnde",
        "ern": "ern ert erte erten ernd ernde ere",
        "en": "en e t et te ten ete eten st est end ende enden ener enes enen ene enem n",
        "e": "e en er es em n",
        "t": "t te ten ter tes tem",
        "": "- e en er es em s n st t te ten",
    }
)
_DUTCH = _table(
    {
        "en": "en e t te ten de den end ende",
        "": "- e en er s t te ten de den n es",
    }
)
_FRENCH = _table(
    {
        "er": "er ers e es ee ees ent ons ez a era eront erait eraient ait aient ant erent ere eres",
        "ir": "ir it is ie ies i issent issant issait ira iront irait iraient issement",
        "re": "- re t d ent u ue us ues ra ront rait raient res",  # suspendre: suspend
        "al": "al ale ales aux",
        "eur": "eur eurs euse euses",
        "if": "if ifs ive ives",
        "e": "e es ee ees er ent era ant a",
        "": "- s x e es",
    }
)
_SPANISH = _table(
    {
        "cion": "cion ciones",
        "ar": "ar a an o aron ado ada ados adas ando ara aran aria arian aba aban e en arse arlo arla",
        "er": "er e en io ieron ido ida idos idas era eran eria iendo ia ian erse",
        "ir": "ir e en io ieron ido ida idos idas ira iran iria iendo ia ian irse",
        "o": "o os a as",
        "a": "a as o os",
        "e": "e es",
        "": "- s es",
    }
)
_PORTUGUESE = _table(
    {
        "cao": "cao coes",
        "ao": "ao aos oes",
        "ar": "ar a am o ou aram ado ada ados adas ando ara arao aria ariam ava avam e em ar-se",
        "er": "er e em eu eram ido ida idos idas era erao eria endo ia iam",
        "ir": "ir e em iu iram ido ida idos idas ira irao iria indo ia iam",
        "l": "l is",
        "m": "m ns",
        "o": "o os a as",
        "a": "a as o os",
        "e": "e es",
        "": "- s es",
    }
)
_ITALIAN = _table(
    {
        "are": "are a ano o ato ata ati ate ando era eranno erebbe ava avano arono asse",
        "ere": "ere e ono uto uta uti ute era eranno erebbe endo eva evano",
        "ire": "ire e ono isce iscono ito ita iti ite ira iranno irebbe endo iva ivano i",
        "a": "a e o i",
        "o": "o i a e",
        "e": "e i",
        "": "-",
    }
)
_SCANDINAVIAN = _table(
    {
        "a": "a ar er ade ades as at ats ad ade ande an or orna t te s",
        "e": "e en et er es ede te t ende n ne r rne s ar",
        "": "- en et n t er r ar or erne erna arna orna ene s ens ets ernes ne e es ede te de",
    }
)
_INDONESIAN = _table({"": "- nya kan an i lah"})
_TABLES: Final = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "nl": _DUTCH,
    "fr": _FRENCH,
    "es": _SPANISH,
    "pt": _PORTUGUESE,
    "it": _ITALIAN,
    "sv": _SCANDINAVIAN,
    "da": _SCANDINAVIAN,
    "nb": _SCANDINAVIAN,
    "no": _SCANDINAVIAN,
    "id": _INDONESIAN,
    "ms": _INDONESIAN,
}
_COMPOUNDING: Final = frozenset({"de", "nl", "sv", "da", "nb", "no", "hu", "fi"})
_SHORTEST_COMPOUND: Final = 5
_CYRILLIC_ENDINGS: Final = "аеиоуыьйяюэ"
_UNKNOWN_ENDINGS: Final = frozenset({"e", "en", "er", "n", "t", "te", "ten", "em"})
_SHORTEST_UNKNOWN: Final = 7


def joins_compounds(word: str, language: str) -> bool:
    """Whether a word may be a part of a longer one ("Serienproduktion" in "Serienproduktionsstart").

    Args:
        word: As the lexicon or the rule spells it: a German noun is known by its capital, also in a rule's cue.
    """
    if len(word) < _SHORTEST_COMPOUND or word.endswith(LOOSE_MARK):
        return False
    if language in {"de", ""}:
        return word[0].isupper() and word[1:].islower()
    return language in _COMPOUNDING and word.isalpha()


@lru_cache(maxsize=1 << 17)
def inflect(word: str, folded: str, language: str) -> tuple[Form, ...]:
    """The forms of one word.

    Args:
        word: As spelled, for the capital of German nouns; a last ``*`` allows any ending.
        folded: The same word, folded.
        language: ISO 639-1, or empty for a word whose language nobody named.
    """
    if folded.endswith(LOOSE_MARK):
        return (Form(folded[:-1], None, _LOOSE_LENGTH),)
    if language in _UNINFLECTED or not folded.isalpha() or len(folded) < _SHORTEST_STEM:
        has_plural = language in {"en", ""} and folded.isalpha() and len(folded) > 1  # "phase I" is not in "phase is"
        return (Form(folded, frozenset({"", "s"} if has_plural else {""})),)
    if "\u0400" <= folded[0] <= "\u04ff":
        return (_slavic(folded, _CYRILLIC_ENDINGS),)
    if language in _AGGLUTINATIVE:
        return (Form(folded, None, min(_LONG_ENDING, 2 * len(folded) - 5)),)  # "bér" takes one letter: "bére", not "beruházás"
    if language == "":
        return _unknown(word, folded)
    if language not in _TABLES:
        return (_slavic(folded, "aeiouy"),)
    is_german_noun = language == "de" and word[0].isupper()
    forms = (_regular(folded, _GERMAN_NOUN if is_german_noun else _TABLES[language]),)
    if language in _PREFIXED_PARTICIPLES and not word[0].isupper():
        return (*forms, Form("ge" + forms[0].stem, forms[0].endings))  # liefern: geliefert
    return forms


def _regular(folded: str, rules: Rules) -> Form:
    """The form by the first rule that fits and leaves a stem."""
    for ending, forms in rules:
        if folded.endswith(ending) and len(folded) - len(ending) >= (
            _SHORTEST_STEM if ending in _STRIPPED else _SHORTEST_STEM - 1
        ):
            stem = folded[: len(folded) - len(ending)]
            return Form(stem, forms | _doubled(stem) if rules is _ENGLISH or rules is _ENGLISH_CUE else forms)
    return Form(folded, frozenset({""}))


def _doubled(stem: str) -> frozenset[str]:
    """Endings with a doubled or single last consonant: "stop" to "stopped", "scrapp" (of "scrapped") back to "scrap"."""
    last, middle = stem[-1], stem[-2:-1]
    if last in _VOWELS or last in "wx" or middle not in _VOWELS or stem[-3:-2] in _VOWELS:
        return frozenset()
    return frozenset({last + "ed", last + "ing"})


def _slavic(folded: str, vowels: str) -> Form:
    """A stem without its last vowels, and a short case or personal ending: "запуск" to "запуском", "завода"."""
    stem = folded
    while len(stem) > _SHORTEST_STEM + 1 and len(folded) - len(stem) < 2 and stem[-1] in vowels:
        stem = stem[:-1]
    return Form(stem, None, min(_SHORT_ENDING, len(stem) - 2))


def _unknown(word: str, folded: str) -> tuple[Form, ...]:
    """Forms of a rule's cue: German where it is a capitalised word, else English, with more endings on long words."""
    english = _regular(folded, _ENGLISH_CUE)
    if word[0].isupper() and word[1:].islower():
        return (english, _regular(folded, _GERMAN_NOUN))
    if not word.isascii():
        return (Form(folded, None, _SHORT_ENDING),)
    if len(folded) >= _SHORTEST_UNKNOWN:
        return (english, Form(folded, _UNKNOWN_ENDINGS))
    return (english,)
