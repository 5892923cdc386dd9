"""Normalising keeps the way back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.reading.texts import normalise


@given(source=st.text())
def test_lower_case_has_the_length_of_the_plain_text(source: str) -> None:
    text = normalise(source)
    assert len(text.lower) == len(text.plain)


@given(source=st.text())
def test_every_stretch_leads_back_into_the_source(source: str) -> None:
    text = normalise(source)
    start, end = text.to_source(0, len(text.plain))
    assert 0 <= start <= end <= len(source)


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("“EDF’s” cost — €13\u00a0bn", '"EDF\'s" cost - €13 bn'),
        ("72万㎡,2024年", "72万m2,2024年"),
        ("soft\u00adhyphen", "softhyphen"),
        ("plain text", "plain text"),
    ],
)
def test_quotes_dashes_spaces_and_wide_forms_become_plain(source: str, plain: str) -> None:
    assert normalise(source).plain == plain


def test_a_stretch_behind_a_widened_character_points_at_its_source() -> None:
    text = normalise("㎡ 2024")
    at = text.plain.index("2024")
    start, end = text.to_source(at, at + 4)
    assert text.source[start:end] == "2024"


@given(source=st.text(alphabet="ab “”㎡ﬁ\u00ad"), at=st.integers(0, 30))
def test_offsets_go_to_the_source_and_come_back(source: str, at: int) -> None:
    text = normalise(source)
    if at < len(text.plain):
        start, _ = text.to_source(at, at + 1)
        assert text.to_source(text.from_source(start), at + 1)[0] == start
