"""`factwatch assess` and `factwatch backtest`: the lines that outside measurements rely on, and the table for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.errors import FileFaults, UserFault

KEYS = ["item", "watch", "fact", "verdict", "value", "known", "quote", "certainty", "confidence", "reasons", "alert"]
RULE = """\
version: 1
watch: acme-plant
title: Acme's plant
baseline: ../seeds/acme-plant.yaml
subject:
  names: [Acme]
facts:
  opening:
    {title: Opening of the plant, kind: period, about: [opening, opens], event: start}
"""
SEED = """\
version: 1
watch: acme-plant
as_of: 2024-01-01
source: {title: Annual report, publisher: Acme, date: 2024-01-01}
facts:
  opening: {value: 2025-03}
"""
MOVED = {
    "id": "1",
    "published": "2024-06-15",
    "source": "outlet.com",
    "lang": "en",
    "title": "Acme postpones opening of plant to March 2026",
    "body": "Acme said on Saturday that it had postponed the opening of the plant from March 2025 to March 2026.",
}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "acme-plant.yaml").write_text(RULE, encoding="utf-8")
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "acme-plant.yaml").write_text(SEED, encoding="utf-8")
    return folder


def run(command: str, rules: Path, *rows: dict[str, Any], form: str = "jsonl") -> str:
    file = rules.parent / "items.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    arguments = [command, "--rules", str(rules), "--format", form, str(file)]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def lines(command: str, rules: Path, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(command, rules, *rows).splitlines()]


def test_assess_prints_exactly_the_keys_of_the_interface(rules: Path) -> None:
    (one,) = lines("assess", rules, MOVED)
    assert list(one) == KEYS
    assert (one["item"], one["watch"], one["fact"], one["value"], one["known"]) == (
        "1", "acme-plant", "opening", "2026-03", "2025-03",
    )  # fmt: skip
    assert (one["verdict"], one["alert"]) == ("changes", True)


def test_assess_keeps_nothing_from_one_item_for_the_next(rules: Path) -> None:
    first, second = lines("assess", rules, MOVED, {**MOVED, "id": "2"})
    assert (first["item"], second["item"]) == ("1", "2")
    assert {**first, "item": ""} == {**second, "item": ""}


def test_known_of_the_line_replaces_the_baseline(rules: Path) -> None:
    (one,) = lines("assess", rules, {**MOVED, "body": "", "known": {"acme-plant/opening": "2026-03"}})
    assert (one["verdict"], one["known"], one["alert"]) == ("confirms", "2026-03", False)


def test_backtest_adds_the_change_and_tells_it_once(rules: Path) -> None:
    (one,) = lines("backtest", rules, MOVED, {**MOVED, "id": "2", "published": "2024-06-16"})
    assert list(one) == [*KEYS, "change"]
    assert (one["change"], one["item"]) == ("acme-plant/opening#1", "1")


def test_backtest_takes_a_value_that_a_person_sets(rules: Path) -> None:
    row = {"published": "2024-06-01", "set": {"acme-plant/opening": "2026-03"}}
    assert lines("backtest", rules, row, MOVED) == []


@pytest.mark.parametrize("command", ["assess", "backtest"])
def test_nothing_to_say_is_no_failure(command: str, rules: Path) -> None:
    assert run(command, rules, {**MOVED, "title": "Nothing", "body": ""}) == ""


@pytest.mark.parametrize("command", ["assess", "backtest"])
def test_people_get_a_table(command: str, rules: Path) -> None:
    shown = run(command, rules, MOVED, form="table")
    assert "acme-plant/opening" in shown
    assert "2026-03" in shown


def test_brackets_of_a_headline_are_shown_as_they_are(rules: Path) -> None:
    quote = "[bold]Acme[/b] postpones opening of plant to March 2026 [/]"
    assert quote in run("assess", rules, {**MOVED, "title": quote, "body": ""}, form="table")


def test_all_faulty_lines_are_told_at_once_with_a_right_one(rules: Path, tmp_path: Path) -> None:
    file = tmp_path / "faulty.jsonl"
    file.write_text('{"title": "no date"}\n\nnot json\n[]\n{"published": "2024-06-15"}\n', encoding="utf-8")
    with pytest.raises(FileFaults) as refused:
        CliRunner().invoke(app, ["assess", "--rules", str(rules), str(file)], catch_exceptions=False)
    assert [fault.line for fault in refused.value.faults] == [1, 3, 4, 5]
    assert '"published": "2026-01-31"' in refused.value.faults[0].message


def test_a_missing_file_is_the_users_fault(rules: Path) -> None:
    with pytest.raises(UserFault, match="no such file"):
        CliRunner().invoke(app, ["backtest", "--rules", str(rules), "none.jsonl"], catch_exceptions=False)


def test_items_are_read_from_standard_input(rules: Path) -> None:
    result = CliRunner().invoke(
        app, ["assess", "--rules", str(rules), "--format", "jsonl", "-"], input=json.dumps(MOVED), catch_exceptions=False
    )
    assert json.loads(result.stdout)["item"] == "1"
