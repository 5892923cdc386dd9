"""What currencies are called in each language: their names in CLDR, in full and as the bare noun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from monitor.core.reading.units import Units

_NOUN_LEADS = frozenset(("es", "fr", "id", "it", "pt", "vi"))  # "francs suisses", "rupiah Indonesia"
_GERMAN_ADJECTIVE = re.compile(r"(?P<stem>[^\W\d_]+)e[rs]? (?P<noun>.+)")  # "Millionen indonesischer Rupiah"
_BRACKET = re.compile(r" ?[(（].*")  # "CFA-Franc (BEAC)"
_GAPS = {"ja": ("", "・"), "ko": ("",)}  # スイスフラン, スイス・フラン and 스위스프랑 where CLDR has a space


@cache
def currency_names(language: str, units: Units) -> Mapping[str, str]:
    """Lower-cased names of currencies in a language, each with its code.

    A bare noun that several of them share ("rupees") has the name of their family in the table of units; it is left out where
    they have none in common.
    """
    names: dict[str, str] = {}
    nouns: dict[str, set[str]] = {}
    for code, name in _listed(language, units):
        for variant in _variants(name, language):
            names[variant] = code
            nouns.setdefault(_noun(variant, language), set()).add(code)
    families = {noun: units.family(codes) for noun, codes in nouns.items() if noun not in names}
    return {**{noun: family for noun, family in families.items() if family}, **names}


def _listed(language: str, units: Units) -> Iterator[tuple[str, str]]:
    """Each code with the names that CLDR has for it, in all their plurals."""
    from babel import Locale, numbers

    locale = Locale.parse(language)
    for code in sorted(units.currency_codes):
        plurals = (numbers.get_currency_name(code, count, locale) for count in (1, 2, 5, 1.5))
        names = {_BRACKET.sub("", name).lower() for name in (locale.currencies.get(code, code), *plurals)}
        yield from ((code, name) for name in sorted(names) if name != code.lower())


def _variants(name: str, language: str) -> Iterator[str]:
    """A name as it may be spelled in a text."""
    yield name
    yield from (name.replace(" ", gap) for gap in _GAPS.get(language, ()))
    if language == "hu" and name.endswith("a"):
        yield f"{name[:-1]}á"  # "rúpiára"
    if language == "de" and (inflected := _GERMAN_ADJECTIVE.match(name)):
        yield from (f"{inflected['stem']}{ending} {inflected['noun']}" for ending in ("e", "er", "en", "em", "es"))


def _noun(name: str, language: str) -> str:
    """The bare noun of a name: "francs" of "Swiss francs", "francs suisses" and "Schweizer Franken"."""
    words = name.replace("-", " ").split()
    return words[0] if language in _NOUN_LEADS else words[-1]
