"""Units: what they are called in each language, which of them measure the same, and how one is turned into another."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import cached_property
from typing import Any

from monitor.core.reading.folding import fold
from monitor.core.values import Amount, singular

GENERIC = "unit"
_PRECISION = 28
_ROUNDED = 20  # digits; 44 feet by way of metres are 44 feet again


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One unit of measure.

    Attributes:
        symbol: As it is printed: ``m2``, ``GWh``, ``year``.
        dimension: Units of one dimension convert into each other.
        factor: How many of the dimension's base unit it makes.
        read_as: The symbol that readings are given in: acres and mu become ``m2``.
    """

    symbol: str
    dimension: str
    factor: Decimal
    read_as: str


class Units:
    """The table of units, built from ``units.yaml``.

    Args:
        table: ``measures`` (symbol: dimension, factor, as, symbols, names by language), ``counted`` (singular: words by
            language, ``*`` closing a stem), ``near`` (lists of nouns that a rule may use for one another), ``near_loosely``
            (lists of those that the fact alone tells apart), ``rated`` (spelling: measure with its rate, as in "bpd"), ``signs``,
            ``scaled_signs`` ("M€": "1_000_000 EUR"), ``codes`` and ``ambiguous`` of currencies.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._entries: Mapping[str, Any] = table.get("measures") or {}
        self._counted: Mapping[str, Mapping[str, list[str]]] = table.get("counted") or {}
        self._rated: Mapping[str, str] = table.get("rated") or {}
        self._near = _groups(table.get("near") or ())
        self._near_loosely = _groups([*(table.get("near") or ()), *(table.get("near_loosely") or ())])
        self.ambiguous: Mapping[str, Mapping[str, list[str]]] = table.get("ambiguous") or {}
        self.currency_signs: Mapping[str, str] = {str(sign): str(code) for sign, code in (table.get("signs") or {}).items()}
        self.scaled_signs = {str(sign): _scaled_code(str(written)) for sign, written in (table.get("scaled_signs") or {}).items()}
        self.currency_codes = frozenset(map(str, table.get("codes") or ()))
        self.measures = {symbol: _measure(symbol, entry, self._entries) for symbol, entry in self._entries.items()}

    @cached_property
    def symbols(self) -> Mapping[str, str]:
        """Spelling to symbol, for the spellings that hold in every language; case matters ("m" is no "M")."""
        found: dict[str, str] = {}
        for symbol, entry in self._entries.items():
            for spelling in (symbol, *entry.get("symbols", ())):
                found[str(spelling)] = symbol
        return found

    @cached_property
    def rated_symbols(self) -> Mapping[str, tuple[str, str]]:
        """Spellings that have the time in them, each with its measure and rate: "bpd" is ``barrel`` and ``day``."""
        parts = {str(spelling): str(unit).partition("/") for spelling, unit in self._rated.items()}
        return {spelling: (symbol, rate) for spelling, (symbol, _, rate) in parts.items()}

    def measure_names(self, language: str) -> Mapping[str, str]:
        """Lower-cased names of measures in a language, spaced and hyphenated ("square-foot"), each with its symbol."""
        spell = spelling_of(language)
        names = {
            spell(str(name)): symbol
            for symbol, entry in self._entries.items()
            for name in (entry.get("names") or {}).get(language, ())
        }
        return {**{name.replace(" ", "-"): symbol for name, symbol in names.items()}, **names}

    def counted_words(self, language: str) -> Mapping[str, str]:
        """Lower-cased words for counted things in a language, each with its English singular; ``*`` closes a stem."""
        spell = spelling_of(language)
        found: dict[str, str] = {}
        for noun, words in self._counted.items():
            if language == "en":
                found.setdefault(noun, noun)
            for word in words.get(language, ()):
                found[spell(str(word))] = noun
        return found

    def canonical(self, unit: str) -> str:
        """The one spelling of a unit: "cars/year" is ``vehicle/year``, "sq m" is ``m2``, "people" is ``person``.

        A noun that the table lacks is only brought into the singular; a currency code stays as it is.
        """
        noun, slash, rate = unit.strip().partition("/")
        noun, rate = noun.strip(), rate.strip()
        if slash and unit.strip() in self.symbols:
            return self.symbols[unit.strip()]
        return f"{self._canonical_noun(noun)}{slash}{singular(rate.casefold())}"

    def convert(self, amount: Amount, to_unit: str, *, loosely: bool = False) -> Amount | None:
        """The same amount in another unit, or None where the two do not measure one thing.

        A number without a noun takes any noun ("a target of 130,000"; "150,000 a year" takes any noun per year), but it never
        becomes a share. ``unit`` stands for any counted thing. Rates have to agree: vehicles a month are no vehicles a year.

        Args:
            amount: As it was read.
            to_unit: The rule's unit; the answer carries it as it is spelled here.
            loosely: Let an amount without a rate take the rule's ("capacity of 300,000 cars" for ``vehicle/year``), and people
                be whom the rule speaks of ("4,000 people" for ``job``).
        """
        said, wanted = self.canonical(amount.unit), self.canonical(to_unit)
        if said == wanted:
            return replace(amount, unit=to_unit)
        said_noun, _, said_rate = said.partition("/")
        wanted_noun, _, wanted_rate = wanted.partition("/")
        is_rateless_bare = not said
        if said_rate != wanted_rate and not (is_rateless_bare or (loosely and not said_rate)):
            return None
        if said in self.measures and wanted in self.measures:
            return self._scaled(amount, self.measures[said], self.measures[wanted], to_unit)
        if self._are_one(said_noun, wanted_noun, self._near_loosely if loosely else self._near):
            return replace(amount, unit=to_unit)
        if said_noun in self.measures and wanted_noun in self.measures:
            return self._scaled(amount, self.measures[said_noun], self.measures[wanted_noun], to_unit)
        return None

    def could_mean(self, said: str, wanted: str) -> bool:
        """Whether an ambiguous sign that was read as one currency might be another: a bare dollar of an Australian paper."""
        return any(said in family and wanted in family for family in self.ambiguous.values())

    def family(self, codes: Collection[str]) -> str | None:
        """What a noun means that several currencies share: the ambiguous name that has most of them, or the only code."""
        if len(codes) == 1:
            return next(iter(codes))
        shared = {name: len(members.keys() & set(codes)) for name, members in self.ambiguous.items()}
        name = max(shared, key=lambda name: (shared[name], -len(self.ambiguous[name])), default="")
        return name if shared.get(name, 0) > 1 else None

    def is_counted(self, noun: str) -> bool:
        """Whether a noun is a thing that is counted rather than a measure, a currency or a share."""
        return bool(noun) and noun not in self.measures and noun not in self.currency_codes and noun not in ("1", "pp", "bp")

    def _canonical_noun(self, noun: str) -> str:
        if noun in self.symbols:
            return self.symbols[noun]
        if noun.upper() in self.currency_codes and len(noun) == 3:
            return noun.upper()
        folded = noun.casefold()
        english = self._english
        return english.get(folded) or english.get(singular(folded)) or singular(folded)

    def _are_one(self, said: str, wanted: str, near: Mapping[str, frozenset[str]]) -> bool:
        """Whether two canonical nouns may stand for one another."""
        if not said:
            return wanted != "1"
        if said == wanted or wanted in near.get(said, ()):
            return True
        return GENERIC in (said, wanted) and self.is_counted(said) and self.is_counted(wanted)

    @cached_property
    def _english(self) -> Mapping[str, str]:
        return {**self.counted_words("en"), **self.measure_names("en")}

    def _scaled(self, amount: Amount, said: Measure, wanted: Measure, to_unit: str) -> Amount | None:
        if said.dimension != wanted.dimension:
            return None
        return scaled(amount, said.factor / wanted.factor, to_unit)


def spelling_of(language: str) -> Callable[[str], str]:
    """How the words of a language are spelled for amounts: Chinese ones in simplified characters, others as they are."""
    return fold if language == "zh" else str


def scaled(amount: Amount, factor: Decimal, unit: str) -> Amount:
    """The amount with all its numbers multiplied, in another unit."""
    with localcontext() as context:
        context.prec = _PRECISION
        low, high = (None if end is None else end * factor for end in (amount.low, amount.high))
        step = amount.step * factor
        context.prec = _ROUNDED
        return replace(amount, low=None if low is None else +low, high=None if high is None else +high, step=+step, unit=unit)


def _measure(symbol: str, entry: Mapping[str, Any], entries: Mapping[str, Any]) -> Measure:
    return Measure(
        symbol=symbol,
        dimension=str(entry["dimension"]),
        factor=_factor(entry["factor"]),
        read_as=str(entry.get("as", symbol)),
    )


def _factor(written: object) -> Decimal:
    """A factor as the table writes it: a number, or a quotient such as "2000/3" where no decimal is exact."""
    top, _, bottom = str(written).partition("/")
    return Decimal(top) / Decimal(bottom or 1)


def _scaled_code(written: str) -> tuple[Decimal, str]:
    """A factor and a currency: "1_000_000 EUR"."""
    factor, _, code = written.partition(" ")
    return Decimal(factor.replace("_", "")), code


def _groups(groups: Iterable[list[str]]) -> Mapping[str, frozenset[str]]:
    """Each noun with the nouns near it."""
    near: dict[str, frozenset[str]] = {}
    for group in groups:
        for noun in group:
            near[noun] = near.get(noun, frozenset()) | frozenset(group)
    return near


_STEM = re.compile(r"\*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nouns:
    """The counted nouns of one language, ready to be looked up.

    Attributes:
        exact: Word to noun.
        stems: Beginnings of words ("автомобил"), the longest first, each with its noun.
        has_compounds: A word that ends with a known noun is one ("Elektroautos").
    """

    exact: Mapping[str, str]
    stems: tuple[tuple[str, str], ...] = ()
    has_compounds: bool = False

    def noun(self, word: str) -> str | None:
        """The English singular of a lower-cased word, or None where the language's list lacks it."""
        if found := self.exact.get(word):
            return found
        for stem, noun in self.stems:
            if word.startswith(stem):
                return noun
        if self.has_compounds:
            for cut in range(2, len(word) - 3):
                if found := self.exact.get(word[cut:]):
                    return found
        return None


def build_nouns(words: Mapping[str, str], *, has_compounds: bool = False) -> Nouns:
    """Part the exact words from the stems."""
    stems = {_STEM.sub("", word): noun for word, noun in words.items() if word.endswith("*")}
    return Nouns(
        exact={word: noun for word, noun in words.items() if not word.endswith("*")},
        stems=tuple(sorted(stems.items(), key=lambda item: -len(item[0]))),
        has_compounds=has_compounds,
    )
