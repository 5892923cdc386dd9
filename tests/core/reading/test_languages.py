"""A language is told by its script, then by the publisher, then by its commonest words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.reading.languages import language_of
from monitor.core.reading.texts import normalise
from tests.core.reading.builders import library

WORDS = library().function_words


def told(source: str, hint: str = "") -> str:
    return language_of(normalise(source).lower, WORDS, hint=hint)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("新车将于明年上市", "zh"),
        ("新車は来年発売される", "ja"),
        ("신차는 내년에 출시된다", "ko"),
        ("Завод откроется в следующем году", "ru"),
        ("Nhà máy sẽ đi vào hoạt động từ năm tới và mở rộng", "vi"),
    ],
)
def test_a_script_tells_the_language_whatever_the_publisher_says(source: str, code: str) -> None:
    assert told(source) == told(source, "en") == told(source, "de") == code


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("The plant will open in the first half of the year and not before.", "en"),
        ("Das Werk wird im nächsten Jahr nicht vor dem Sommer eröffnet.", "de"),
        ("L'usine sera ouverte dans la région avant la fin de l'année.", "fr"),
        ("La fábrica no se abrirá hasta el próximo año, según el gobierno.", "es"),
        ("De fabriek wordt volgend jaar niet voor de zomer geopend en dat is laat.", "nl"),
    ],
)
def test_common_words_tell_the_language_where_nobody_says(source: str, code: str) -> None:
    assert told(source) == code


def test_the_publisher_is_believed_where_the_script_does_not_contradict() -> None:
    assert told("Tesla Model 3", "sv") == told("Tesla Model 3", "sv-SE") == told("Tesla Model 3", "SV") == "sv"


@pytest.mark.parametrize("hint", ["zh", "ja", "ru", "xx", "zh-TW"])
def test_a_hint_of_another_script_or_of_no_language_we_have_is_passed_over(hint: str) -> None:
    assert told("The plant will open in the summer", hint) == "en"


def test_a_foreign_word_does_not_make_the_language() -> None:
    assert told("The carmaker Xiaomi (小米) will open the plant in the summer of the year") == "en"


@pytest.mark.parametrize("source", ["", "   ", "12345", "🙂"])
def test_a_text_without_words_is_english(source: str) -> None:
    assert told(source) == "en"


@settings(max_examples=50)
@given(source=st.text(max_size=200), hint=st.text(max_size=8))
def test_any_text_has_a_language_that_we_read(source: str, hint: str) -> None:
    assert told(source, hint) in WORDS


def test_one_language_without_words_is_still_an_answer() -> None:
    assert language_of("hello", {}) == "en"
