"""`factwatch export`: the documents that other programs subscribe to or open."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import feedparser
import pytest

from tests.cli.conftest import Command

KINDS = ("atom", "jsonfeed", "ics", "csv")


@pytest.mark.usefixtures("store")
def test_the_feeds_tell_what_was_told_and_no_more(factwatch: Command) -> None:
    atom = feedparser.parse(factwatch("export", "atom").out.encode())
    assert not atom.bozo
    told = json.loads(factwatch("export", "jsonfeed").out)["items"]
    assert [item["_factwatch"]["change"] for item in told] == ["acme/opening#2", "acme/opening#1"]
    assert [entry.title for entry in atom.entries] == [item["title"] for item in told]
    assert [entry.id for entry in atom.entries] == [item["id"] for item in told]


@pytest.mark.usefixtures("store")
def test_the_calendar_has_what_is_expected(factwatch: Command) -> None:
    lines = factwatch("export", "ics", "--watch", "acme").out.splitlines()
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20250630" in lines
    assert "SUMMARY:Acme's new plant: Opening of the plant (last day of 2025-H1)" in lines
    assert lines.count("BEGIN:VEVENT") == 1


@pytest.mark.usefixtures("store")
def test_a_table_is_of_changes_or_of_facts(factwatch: Command) -> None:
    changes = list(csv.DictReader(factwatch("export", "csv").out.splitlines()))
    assert [row["change"] for row in changes] == ["acme/opening#3", "acme/opening#2", "acme/opening#1"]
    assert "\x1b" not in changes[0]["quote"]
    values = {row["fact"]: row["value"] for row in csv.DictReader(factwatch("export", "csv", "--of", "facts").out.splitlines())}
    assert values == {"opening": "2025-H1", "capacity": "", "permit": ""}


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_holds_what_would_be_printed(factwatch: Command, tmp_path: Path, kind: str) -> None:
    printed, file = factwatch("export", kind).out, tmp_path / "document"
    assert factwatch("export", kind, "-o", str(file)).out == ""
    assert file.read_bytes().decode().splitlines() == printed.splitlines()


@pytest.mark.usefixtures("store")
def test_a_wrong_watch_and_a_place_that_cannot_be_written_are_the_users_faults(factwatch: Command, tmp_path: Path) -> None:
    wrong = factwatch("export", "atom", "--watch", "acne")
    assert (wrong.status, "did you mean" in wrong.err) == (2, True)
    nowhere = factwatch("export", "atom", "-o", str(tmp_path / "no" / "file"))
    assert (nowhere.status, "cannot write" in nowhere.err) == (2, True)
