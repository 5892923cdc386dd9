"""`factwatch values`: what it answers, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.errors import FileFaults, UserFault


def answers(file: Path) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, ["values", "--format", "jsonl", str(file)], catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        {
            "id": "a",
            "text": "It\u2019s due by\u00a0June\u00a02026, six months later than planned.",
            "published": "2025-05-20",
            "lang": "en",
        },
        {"id": "b", "text": "从2027年起实施，产能30万辆。", "published": "2025-05-20T08:00:00", "lang": "zh"},
        {"id": "c", "text": "Nothing at all.", "published": "2025-05-20", "lang": "xx"},
    ]
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_every_line_is_answered_in_order(file: Path) -> None:
    assert [row["id"] for row in answers(file)] == ["a", "b", "c"]


def test_offsets_are_those_of_the_given_text(file: Path) -> None:
    given = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for row, answer in zip(given, answers(file), strict=True):
        for value in answer["values"]:
            assert row["text"][value["start"] : value["end"]] == value["text"]


def test_a_deadline_and_a_shift_and_an_open_period_are_told_apart(file: Path) -> None:
    english, chinese, _ = answers(file)
    deadline, shift = english["values"]
    assert (deadline["first"], deadline["last"], deadline["bound"], deadline["value"]) == (None, "2026-06-30", "by", "../2026-06")
    assert (shift["shift"], shift["first"], shift["last"]) == ("+P6M", None, None)
    opening = chinese["values"][0]
    assert (opening["first"], opening["last"], opening["bound"]) == ("2027-01-01", None, "from")


def test_amounts_stand_beside_the_periods(file: Path) -> None:
    (amount,) = [value for value in answers(file)[1]["values"] if value["kind"] == "quantity"]
    assert (amount["low"], amount["high"], amount["unit"]) == (300000, 300000, "vehicle")


def test_all_faulty_lines_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": "a"}\n\nnot json\n{"id": "b", "text": "x", "published": "yesterday"}\n', encoding="utf-8")
    with pytest.raises(FileFaults) as refused:
        CliRunner().invoke(app, ["values", str(path)], catch_exceptions=False)
    assert [fault.line for fault in refused.value.faults] == [1, 3, 4]


def test_a_missing_file_is_the_users_fault(tmp_path: Path) -> None:
    with pytest.raises(UserFault):
        CliRunner().invoke(app, ["values", str(tmp_path / "none.jsonl")], catch_exceptions=False)


def test_people_get_a_table(file: Path) -> None:
    result = CliRunner().invoke(app, ["values", str(file)], catch_exceptions=False)
    assert "../2026-06" in result.stdout
    assert "delayed" not in result.stdout
