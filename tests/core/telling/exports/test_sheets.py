"""Tables: read back as they were written, and no cell of them computes."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.core.telling.exports.sheets import CHANGE_COLUMNS, inert_cell, write_changes
from tests.core.telling.samples import CHANGE, evidence


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "\u200b=1", "＝1", '=HYPERLINK("https://evil.example")']
)
def test_what_would_compute_is_text(text: str) -> None:
    assert inert_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["-5", "+2.5%", "2024-H1", "~720000 m2", "<500 CNY", "", "a=b"])
def test_what_would_not_stays_as_it_is(text: str) -> None:
    assert inert_cell(text) == text


@given(st.text(), st.text())
@example('a"b', "x,y\r\n=1")
def test_a_table_is_read_back_whole(note: str, quote: str) -> None:
    change = replace(CHANGE, note=note, evidence=(evidence(quote=quote),))
    (row,) = csv.DictReader(StringIO(write_changes([change]).decode(), newline=""))
    assert tuple(row) == CHANGE_COLUMNS
    assert row["note"] == inert_cell(note)
    assert row["quote"] == inert_cell(quote)
