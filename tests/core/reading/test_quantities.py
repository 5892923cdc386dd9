"""The grammar of amounts, on a corpus of phrases and by its laws."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.reading.mentions import Mention
from monitor.core.reading.texts import normalise
from monitor.core.values import Kind, Period, parse_amount
from tests.core.reading.amounts import grammar, printed, read

GOLDEN = Path(__file__).parents[2] / "golden" / "amounts"
LANGUAGES = ("en", "zh", "de", "fr", "es", "it", "pt", "nl", "ja", "ko", "ru", "hu", "id", "sv", "da", "vi")


def cases() -> list[Any]:
    found = []
    for file in sorted(GOLDEN.glob("*.yaml")):
        for name, text, expected in yaml.safe_load(file.read_text(encoding="utf-8")):
            found.append(pytest.param(file.stem, text, [f"{value}" for value in expected], id=f"{file.stem}: {name}"))
    return found


def same(said: str, expected: str) -> bool:
    """Whether two printed values are one: 25% is printed as 1/4, and a golden file may write either."""
    if said == expected:
        return True
    value, _, role = expected.partition(" (")
    if said.partition(" (")[2] != role or "%" not in value:
        return False
    return str(parse_amount(value, "1")) == said.partition(" (")[0]


@pytest.mark.parametrize(("language", "text", "expected"), cases())
def test_a_phrase_reads_as_the_corpus_says(language: str, text: str, expected: list[str]) -> None:
    said = [printed(mention) for mention in read(text, language)]
    assert len(said) == len(expected), said
    assert all(same(one, other) for one, other in zip(said, expected, strict=True)), said


def test_the_corpus_is_broad_and_its_names_are_unique() -> None:
    names = [case.id for case in cases()]
    assert len(names) == len(set(names))
    assert len(names) > 560
    assert {name.partition(":")[0] for name in names} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@given(source=st.text(alphabet=st.sampled_from(list("0123456789.,-/%$€¥ abkmMn万亿三十分之年辆元조億и'\n()½~")), max_size=60))
def test_any_text_is_read_in_order_with_offsets_that_fit(language: str, source: str) -> None:
    text = normalise(source)
    end = 0
    for mention in grammar(language).find(text):
        assert mention.start >= end
        assert text.plain[mention.start : mention.end] == mention.text
        end = mention.end


@given(source=st.text(max_size=80))
def test_any_characters_are_borne(source: str) -> None:
    for language in ("en", "zh", "ru"):
        read(source, language)


@given(number=st.integers(min_value=2100, max_value=10**12))
def test_grouping_and_signs_do_not_change_a_number(number: int) -> None:
    for text in (f"${number}", f"${number:,}", f"USD {number:,}", f"{number:,} dollars"):
        (mention,) = read(f"It costs {text} now.")
        assert mention.value.low == number  # type: ignore[union-attr]
        assert mention.value.unit == "USD"  # type: ignore[union-attr]


@given(number=st.integers(min_value=1, max_value=999), scale=st.sampled_from([(" million", 6), ("bn", 9), (" trillion", 12)]))
def test_a_scale_multiplies(number: int, scale: tuple[str, int]) -> None:
    word, zeros = scale
    (mention,) = read(f"a loan of €{number}{word}")
    assert mention.value.low == number * 10**zeros  # type: ignore[union-attr]


@given(low=st.integers(min_value=1, max_value=500), more=st.integers(min_value=1, max_value=400))
def test_a_range_lends_its_unit_and_scale_to_both_ends(low: int, more: int) -> None:
    (mention,) = read(f"between {low} and {low + more} million euros")
    assert (mention.value.low, mention.value.high) == (low * 10**6, (low + more) * 10**6)  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_without_numbers_changes_nothing(language: str) -> None:
    alone = read("It cost €5 million.", language)
    followed = read("It cost €5 million. Nobody said so before.", language)
    assert [mention.value for mention in alone] == [mention.value for mention in followed]


def test_the_words_of_dates_are_not_read_again() -> None:
    text = normalise("It starts in 12 weeks with 12 cars.")
    taken = Mention(
        kind=Kind.PERIOD,
        value=Period(first=date(2024, 1, 1), last=date(2024, 1, 7)),
        start=10,
        end=21,
        text="in 12 weeks",
        rule="in-weeks",
    )
    assert [str(mention.value) for mention in grammar("en").find(text, dates=[taken])] == ["12 vehicle"]


def test_digits_with_symbols_and_codes_read_alike_in_every_language() -> None:
    for language in LANGUAGES:
        assert [str(mention.value) for mention in read("15 GWh, EUR 500, 25%", language)] == ["15 GWh", "500 EUR", "1/4"], (
            language
        )


def test_the_step_is_the_place_of_the_last_stated_digit() -> None:
    steps = {"13.2 billion euros": 10**8, "720,000 square metres": 10_000, "15 GWh": 1, "€529,900": 100}
    for text, step in steps.items():
        (mention,) = read(text)
        assert mention.value.step == step  # type: ignore[union-attr]


def test_a_bare_dollar_says_that_it_is_ambiguous() -> None:
    assert [mention.rule for mention in read("$5 million, US$5 million")] == ["money-ambiguous", "money"]


@pytest.mark.parametrize(
    "source",
    [
        "1" * 5000,
        "1," * 3000,
        "1" * 5000 + "万",
        "1万" * 2000,
        "1 000" * 1000,
        "1-" * 2000,
        "twenty " * 2000,
        "三十" * 3000,
        "a " * 4000,
        "$" * 5000,
    ],
)
def test_a_hostile_run_ends(source: str) -> None:
    for language in ("en", "zh", "de"):
        read(source, language)
