"""The calendar keeps the form that RFC 5545 demands, and its events stay the same while their dates move."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.core.telling.exports.icalendar import escape_text, fold_line, write_calendar
from monitor.core.telling.exports.positions import Position
from monitor.core.telling.stationery import Stationery
from monitor.core.values import Known
from tests.core.telling.samples import CHANGE, FACT, STATIONERY, WATCH, period

SAID = datetime(2024, 1, 10, 9, 30, tzinfo=UTC)


def position(known: Known, **other: object) -> Position:
    fields: dict[str, object] = {"step": None, "source": "Pandaily", "url": "https://pandaily.com/xiaomi"}
    return Position(watch=WATCH, fact=FACT, known=known, since=SAID, **{**fields, **other})  # type: ignore[arg-type]


def read(document: bytes) -> list[tuple[str, str]]:
    """Properties by the letter of the standard: unfolded, then parted at the first colon."""
    lines = document.decode().replace("\r\n ", "").split("\r\n")
    assert lines.pop() == ""
    return [(name, value) for name, _, value in (line.partition(":") for line in lines)]


def unescape(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


@given(st.text(st.characters(blacklist_characters="\r\n", blacklist_categories=("Cs",))))
@example("é" * 80)
@example("汽车" * 40)
@example("x" * 75)
def test_folding_is_undone_by_unfolding_and_no_line_is_too_long(line: str) -> None:
    folded = fold_line(line)
    assert folded.replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))


@given(st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp"))))
@example("a\\nb; c, d")
def test_escaping_is_undone_by_unescaping(text: str) -> None:
    assert unescape(escape_text(text)) == text


@given(st.text())
@example("x\r\nEND:VEVENT\r\nBEGIN:VEVENT")
@example("x\u2028y\x85z\x00")
def test_no_text_ends_its_line(text: str) -> None:
    assert len(escape_text(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("known", "first", "end", "summary"),
    [
        ("2024-06-15", "20240615", "20240616", "Start of mass production"),
        ("2024-06", "20240601", "20240701", "Start of mass production"),
        ("2024-H2", "20241231", "20250101", "Start of mass production (last day of 2024-H2)"),
        ("../2024-06", "20240630", "20240701", "Start of mass production (by 2024-06-30)"),
        ("2024-06/..", "20240601", "20240602", "Start of mass production (not before 2024-06-01)"),
    ],
)
def test_an_expected_date_is_an_event_of_whole_days(known: str, first: str, end: str, summary: str) -> None:
    properties = dict(read(write_calendar([position(period(known))], stationery=STATIONERY)))
    assert (properties["DTSTART;VALUE=DATE"], properties["DTEND;VALUE=DATE"]) == (first, end)
    assert properties["SUMMARY"] == f"Xiaomi's electric car: {summary}"
    assert unescape(properties["DESCRIPTION"]) == f"{known}, baseline: Pandaily"
    assert properties["STATUS"] == "CONFIRMED"


@pytest.mark.parametrize("known", ["2024-06-15 (done)", "2024-06-15 (cancelled)", "unknown", "cancelled"])
def test_what_is_no_longer_expected_is_no_event(known: str) -> None:
    assert b"VEVENT" not in write_calendar([position(period(known))], stationery=STATIONERY)


def test_an_event_that_moves_keeps_its_name_and_counts_up() -> None:
    before = dict(read(write_calendar([position(period("2024-06"))], stationery=STATIONERY)))
    after = dict(read(write_calendar([position(period("2024-09"), step=CHANGE)], stationery=STATIONERY)))
    assert before["UID"] == after["UID"] == "xiaomi-ev/mass-production@factwatch"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")


def test_the_link_is_the_page_of_the_change_where_there_is_one() -> None:
    page = Stationery(templates=STATIONERY.templates, public_url="https://watch.example.org")
    moved = position(period("2024-09"), step=CHANGE)
    assert dict(read(write_calendar([moved], stationery=page)))["URL"] == (
        "https://watch.example.org/changes/xiaomi-ev/mass-production%231"
    )
    assert dict(read(write_calendar([moved], stationery=STATIONERY)))["URL"] == "https://pandaily.com/xiaomi"


@given(st.text(), st.text())
@example("x\r\nEND:VEVENT", "https://example.org/\r\nATTACH:x")
@example("x", "javascript:alert(1)")
def test_hostile_words_add_no_property(source: str, url: str) -> None:
    document = write_calendar([position(period("2024-06"), source=source, url=url)], stationery=STATIONERY)
    names = [name for name, _ in read(document)]
    assert names.count("BEGIN") == names.count("END") == 2
    assert {"ATTACH", "javascript"}.isdisjoint(names)
    assert b"javascript:" not in document or "javascript:" in source
