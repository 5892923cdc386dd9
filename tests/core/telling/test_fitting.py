"""Cutting texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.telling.fitting import below_title, fit, fit_lines, fit_quote


@given(text=st.text(max_size=300), limit=st.integers(0, 300))
def test_a_fitted_text_is_never_too_long_and_never_refused(text: str, limit: int) -> None:
    fitted = fit(text, limit)
    assert len(fitted) <= limit
    assert fitted == text or limit == 0 or fitted.endswith("…")


@pytest.mark.parametrize(
    ("text", "limit", "fitted"),
    [
        ("One line.\nAnother line.\nA third.", 26, "One line.\nAnother line.\n…"),
        ("One sentence. Another sentence. A third.", 36, "One sentence. Another sentence.…"),
        ("several words in a row", 15, "several words…"),
        ("这是一个很长的句子没有空格", 6, "这是一个很…"),
        ("short", 5, "short"),
    ],
)
def test_a_cut_is_made_where_a_reader_would_make_it(text: str, limit: int, fitted: str) -> None:
    assert fit(text, limit) == fitted


@given(text=st.text(alphabet="ab \n", max_size=300), limit=st.integers(2, 300))
def test_markup_is_cut_between_lines_alone(text: str, limit: int) -> None:
    fitted = fit_lines(text, limit)
    assert len(fitted) <= limit
    lines = fitted.removesuffix("\n…").split("\n")
    assert (
        fitted == text
        or "\n" not in text[1:limit]
        or {line.rstrip() for line in lines[:-1]} <= {line.rstrip() for line in text.split("\n")}
    )


def test_a_first_line_that_repeats_the_title_is_left_out() -> None:
    assert below_title("Subject: fact now 2024", "Subject\nfact: 2023 -> 2024") == "fact: 2023 -> 2024"
    assert below_title("A notice", "Something else\nmore") == "Something else\nmore"


def test_a_quote_is_trimmed_at_words_around_its_value() -> None:
    quote = "word " * 100 + "in the first half of 2024 " + "tail " * 100
    start = quote.index("first half")
    trimmed = fit_quote(quote, start, start + len("first half of 2024"), limit=80)
    assert trimmed.value == "first half of 2024"
    assert trimmed.before.startswith("… word ")
    assert trimmed.before.endswith("in the ")
    assert trimmed.after.startswith(" tail ")
    assert trimmed.after.endswith("tail …")


def test_a_short_quote_stays_whole() -> None:
    trimmed = fit_quote("Due in 2024, he said.", 7, 11)
    assert (trimmed.before, trimmed.value, trimmed.after) == ("Due in ", "2024", ", he said.")


@given(quote=st.text(max_size=500), start=st.integers(-5, 600), length=st.integers(0, 600))
def test_any_offsets_give_a_quote_of_sane_length(quote: str, start: int, length: int) -> None:
    trimmed = fit_quote(quote, start, start + length, limit=100)
    assert len(trimmed.before) + len(trimmed.value) + len(trimmed.after) <= 100 + len("…  …")
