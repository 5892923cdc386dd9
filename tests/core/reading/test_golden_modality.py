"""The manner and the certainty in which news puts a value, phrase by phrase, in all languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.config.lexicons import languages
from monitor.core.claims import Certainty
from monitor.core.facts import Fact, State
from monitor.core.reading.attribution import attribution_of
from monitor.core.reading.candidates import Candidate
from monitor.core.reading.modality import modality_of
from monitor.core.values import Kind
from tests.core.reading.builders import PUBLISHED, candidates, library, reading, watch
from tests.core.reading.builders import item as item_of

GOLDEN = Path(__file__).parents[2] / "golden" / "modality"
COUNTED = ("vehicle", "aircraft", "turbine", "job", "store", "ticket", "plant", "flight")
CURRENCIES = ("EUR", "USD", "GBP", "CNY", "JPY", "KRW", "SEK", "DKK", "HUF", "RUB", "BRL", "IDR", "VND", "CHF")
LEAST = {"en": 90, "zh": 30, "de": 25, "fr": 15, "es": 15, "it": 15, "ja": 15}


def cases() -> Iterator[Any]:
    for path in sorted(GOLDEN.glob("*.yaml")):
        for name, case in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            yield pytest.param(path.stem, case, id=f"{path.stem}: {name}")


@cache
def facts() -> tuple[Fact, ...]:
    """One fact of each kind and unit, so that any value of a sentence is a candidate."""
    amounts = [
        Fact(key=unit, title="Number", kind=Kind.QUANTITY, about=("number",), unit=unit)
        for unit in (*COUNTED, "vehicle/year", "vehicle/day", "MW")
    ]
    sums = [Fact(key=code.lower(), title="Cost", kind=Kind.MONEY, about=("cost",), unit=code) for code in CURRENCIES]
    share = Fact(key="share", title="Share", kind=Kind.SHARE, about=("share",))
    return Fact(key="date", title="Date", kind=Kind.PERIOD, about=("xyzzy",)), *amounts, *sums, share


def marked(text: str) -> tuple[str, int, int]:
    """A text without the brackets around the value, and where the value stands."""
    before, _, rest = text.partition("[[")
    value, _, after = rest.partition("]]")
    return before + value + after, len(before), len(before) + len(value)


def candidate_of(language: str, case: Mapping[str, str]) -> Candidate:
    """The candidate that shares most with the marked words."""
    body, start, end = marked(case["text"])
    words = body[start:end]
    match case.get("as", "value"):
        case "state":
            states = (State(name="other", phrases=("plugh",)), State(name="said", phrases=(words,)))
            asked: tuple[Fact, ...] = (
                Fact(key="state", title="State", kind=Kind.STATUS, about=("xyzzy",), states=states, is_exact=True),
            )
        case "event":
            asked = (Fact(key="event", title="Event", kind=Kind.PERIOD, about=(words,), is_exact=True),)
        case _:
            asked = facts()
    found = [one for one in candidates(watch(*asked), body, language=language) if one.start < end and start < one.end]
    assert found, "the marked value is not read at all"
    return max(found, key=lambda one: min(one.end, end) - max(one.start, start))


@pytest.mark.parametrize(("language", "case"), [one for one in cases() if "standing" in one.values[1]])
def test_a_value_has_the_standing_that_a_reader_gives_it(language: str, case: Mapping[str, str]) -> None:
    candidate = candidate_of(language, case)
    manner = modality_of(candidate, PUBLISHED)
    assert str(manner.modality) == case["standing"], manner
    attribution = attribution_of(candidate, lead=None, cap=Certainty.OFFICIAL)
    assert str(attribution.certainty) == case.get("certainty", "official"), attribution


@pytest.mark.parametrize(("language", "case"), [one for one in cases() if "silent" in one.values[1]])
def test_what_only_looks_like_the_event_says_nothing_of_it(language: str, case: Mapping[str, str]) -> None:
    fact = Fact(key="event", title="Event", kind=Kind.PERIOD, about=(case["silent"],))
    claims = reading(watch(fact, known={"event": "2030"}), item_of(case["text"], language=language)).claims
    assert [str(claim.value) for claim in claims] == []


def test_every_language_has_cases() -> None:
    numbers = {path.stem: len(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in GOLDEN.glob("*.yaml")}
    assert set(numbers) == set(languages())
    assert all(numbers[code] >= LEAST.get(code, 5) for code in numbers), numbers


def test_each_rule_of_manner_is_shown_in_some_language() -> None:
    shown = {
        modality_of(candidate_of(one.values[0], one.values[1]), PUBLISHED).why for one in cases() if "standing" in one.values[1]
    }
    assert len(shown) >= 15, shown
    assert library().lexicons
