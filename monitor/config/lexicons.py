"""The words of the languages: our YAML files, and the names of months and days from CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from monitor.core.reading.calendars import CalendarNames

_TABLES = frozenset({"concepts", "units"})


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
