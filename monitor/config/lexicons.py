"""The words of the languages: our YAML files, and the names of months and days from CLDR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from monitor.config.currencies import currency_names
from monitor.core.reading.calendars import CalendarNames
from monitor.core.reading.concepts import build_concepts
from monitor.core.reading.lexicons import Lexicon, Library
from monitor.core.reading.linking import build_models
from monitor.core.reading.periods import build_grammar
from monitor.core.reading.phrases import compile_phrases
from monitor.core.reading.quantities import build_amounts
from monitor.core.reading.units import Units

_TABLES = frozenset({"concepts", "states", "units", "linker", "proposals"})
_CUE_SECTIONS = ("modality", "attribution", "reference")


@cache
def languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that have a lexicon, in alphabetical order."""
    stems = (entry.name.removesuffix(".yaml") for entry in files("monitor.lexicon").iterdir() if entry.name.endswith(".yaml"))
    return tuple(sorted(set(stems) - _TABLES))


def load_language(code: str) -> Mapping[str, Any]:
    """The lexicon of one language, section by section."""
    return load_table(code)


@cache
def load_table(name: str) -> Mapping[str, Any]:
    """One file of the lexicon folder, by its name without the ending."""
    text = files("monitor.lexicon").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    table: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader) or {}
    return table


@cache
def calendar_names(code: str) -> CalendarNames:
    """Month and weekday names of a language, in all the widths and cases that CLDR lists but the one-letter ones."""
    from babel import Locale

    locale = Locale.parse(code)
    return CalendarNames(
        months=_spellings(locale.months),
        weekdays=_spellings(locale.days),
    )


def _spellings(table: Mapping[str, Mapping[str, Mapping[int, str]]]) -> Mapping[str, int]:
    """All spellings of a CLDR table of names, each with its number."""
    found: dict[str, int] = {}
    for widths in table.values():
        for width in ("abbreviated", "wide"):
            for number, name in widths.get(width, {}).items():
                spelling = name.lower()
                found.setdefault(spelling, number)
                found.setdefault(spelling.rstrip("."), number)
    return found


class _Lexicons(Mapping[str, Lexicon]):
    """All languages, each compiled when it is first asked for: most programs meet few of them."""

    def __getitem__(self, code: str) -> Lexicon:
        if code not in languages():
            raise KeyError(code)
        return load_lexicon(code)

    def __iter__(self) -> Iterator[str]:
        return iter(languages())

    def __len__(self) -> int:
        return len(languages())


@cache
def load_library() -> Library:
    """Everything that reading needs to know of languages, made once a process."""
    return Library(
        lexicons=_Lexicons(),
        function_words={code: _function_words(code) for code in languages()},
        concepts=build_concepts(load_table("concepts"), load_table("states")),
        units=load_units(),
        models=build_models(load_table("linker")),
        stop_words=_function_words("en"),
    )


@cache
def load_units() -> Units:
    """The table of units, which all languages share."""
    return Units(load_table("units"))


@cache
def load_lexicon(code: str) -> Lexicon:
    """One language, compiled."""
    words, names = load_language(code), calendar_names(code)
    traits = words.get("traits", {})
    return Lexicon(
        code=code,
        periods=build_grammar(code, words.get("periods", {}), names),
        amounts=build_amounts(code, words, load_units(), currency_names(code, load_units())),
        cues=compile_phrases(_cues(code, words), are_whole=True),
        common=_function_words(code) | names.months.keys() | names.weekdays.keys(),
        has_ordinal_dot=traits.get("has_ordinal_dot", False),
        nouns_are_capitalised=traits.get("nouns_are_capitalised", False),
        dates_come_first=traits.get("dates_come_first", False),
    )


def _function_words(code: str) -> frozenset[str]:
    return frozenset(load_language(code).get("traits", {}).get("function_words", ()))


def _cues(code: str, words: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every phrase of the sections about manner, source and reference, labelled ``section.name``."""
    for section in _CUE_SECTIONS:
        for name, phrases in words.get(section, {}).items():
            yield from ((f"{section}.{name}", str(phrase), code) for phrase in phrases)
