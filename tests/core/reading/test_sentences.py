"""Sentences end where a reader hears them end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.reading.sentences import split_sentences
from monitor.core.reading.texts import normalise


def sentences(source: str, *, has_ordinal_dot: bool = False) -> list[str]:
    text = normalise(source)
    return [text.plain[one.start : one.end] for one in split_sentences(text, has_ordinal_dot=has_ordinal_dot)]


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("Work began on Monday. It ends in May.", 2),
        ("The U.S. agency met Mr. Smith at 4 p.m. on Monday.", 1),
        ("J. R. Smith said No. 3 is ready.", 1),
        ("It tops out at 210 km/h. The other does not.", 2),
        ("It costs 11.5 billion. That is all.", 2),
        ("Will it open? Nobody knows!", 2),
        ("二期已于6月23日竣工。接下来将进行验收。", 2),
        ('He said: "It is done." Then he left.', 2),
        ("One line\nanother line", 2),
        ("The first; the second", 2),
    ],
)
def test_a_full_stop_ends_a_sentence_and_an_abbreviation_does_not(source: str, count: int) -> None:
    assert len(sentences(source)) == count


def test_a_dot_behind_a_number_is_part_of_a_date_where_the_language_writes_so() -> None:
    source = "Das Spiel erscheint am 26. Mai 2026. Der Preis fehlt."
    assert len(sentences(source, has_ordinal_dot=True)) == 2


@given(source=st.text())
def test_sentences_are_in_order_and_lose_no_letter(source: str) -> None:
    text = normalise(source)
    found = split_sentences(text)
    assert all(left.end <= right.start for left, right in pairwise(found))
    inside = sum(sum(c.isalnum() for c in text.plain[one.start : one.end]) for one in found)
    assert inside == sum(c.isalnum() for c in text.plain)


def test_a_clause_ends_at_a_comma_but_not_inside_a_number() -> None:
    text = normalise("Output was 10,000 cars, and sales were weak")
    (only,) = split_sentences(text)
    start, end = only.clause_at(text.plain.index("10,000"))
    assert text.plain[start:end] == "Output was 10,000 cars,"


def test_a_sentence_that_never_ends_is_read_piece_by_piece() -> None:
    text = normalise("launch in 2025 and " * 500)
    pieces = split_sentences(text)
    assert max(piece.end - piece.start for piece in pieces) <= 1_000
    assert "".join(text.plain[piece.start : piece.end] for piece in pieces) == text.plain.strip()


def test_a_word_that_never_ends_is_cut_too() -> None:
    pieces = split_sentences(normalise("长" * 2_500))
    assert [piece.end - piece.start for piece in pieces] == [1_000, 1_000, 500]
