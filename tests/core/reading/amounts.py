"""Grammars of amounts for the tests, one a language."""

from __future__ import annotations

from functools import cache

from monitor.config.currencies import currency_names
from monitor.config.lexicons import load_language, load_table
from monitor.core.reading.mentions import Mention
from monitor.core.reading.quantities import AmountGrammar, build_amounts
from monitor.core.reading.texts import normalise
from monitor.core.reading.units import Units


@cache
def table() -> Units:
    return Units(load_table("units"))


@cache
def grammar(language: str) -> AmountGrammar:
    return build_amounts(language, load_language(language), table(), currency_names(language, table()))


def read(text: str, language: str = "en") -> list[Mention]:
    return grammar(language).find(normalise(text))


def printed(mention: Mention) -> str:
    """The value as golden files write it, with its role where it has one."""
    return f"{mention.value}".strip() + (f" ({mention.role})" if mention.role else "")
