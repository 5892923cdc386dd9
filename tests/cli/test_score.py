"""`factwatch score`: figures for people and machines, errors with their place, faults of the case files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.errors import FileFaults, UserFault
from tests.cli.test_assess import MOVED, RULE, SEED

LABEL = {
    "fact": "opening",
    "verdict": "changes",
    "value": "2026-03",
    "quote": "from March 2025 to March 2026",
    "alert": "yes",
    "old": "2025-03",
}
RIGHT = {**MOVED, "subject": "acme_plant", "expect": [LABEL], "baseline_moved": {}, "split": "dev"}
FALSE = {**RIGHT, "id": "2", "published": "2024-06-16", "expect": [], "split": "hidden"}
MISSED = {**RIGHT, "id": "3", "title": "Nothing", "body": "", "lang": "de"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name, text in (("rules", RULE), ("seeds", SEED)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "acme-plant.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def run(place: Path, *rows: object, flags: tuple[str, ...] = ()) -> str:
    file = place / "cases.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    arguments = ["score", "--rules", str(place / "rules"), *flags, str(file)]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def document(place: Path, *rows: object, flags: tuple[str, ...] = ()) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(place, *rows, flags=(*flags, "--format", "json")))
    return answer


def test_the_last_line_holds_the_figures(place: Path) -> None:
    shown = run(place, RIGHT, FALSE, MISSED)
    assert shown == (
        "items 3: 1 right, 1 false, 1 missed of 2 that must alert; precision 0.500, recall 0.500, F1 0.500; "
        "recall with any value 0.500\n"
    )


def test_machines_get_the_same_figures(place: Path) -> None:
    answer = document(place, RIGHT, FALSE, MISSED)
    assert (answer["mode"], answer["items"], answer["must_alert"]) == ("items", 3, 2)
    assert (answer["right"], answer["false"], answer["missed"]) == (1, 1, 1)
    assert (answer["precision"], answer["recall"], answer["groups"], answer["errors"]) == (0.5, 0.5, {}, [])
    assert json.loads(run(place, RIGHT, FALSE, MISSED, flags=("--format", "jsonl"))) == answer


def test_errors_are_shown_with_place_wish_and_answer(place: Path) -> None:
    shown = run(place, RIGHT, FALSE, MISSED, flags=("--errors", "2")).splitlines()
    assert shown[0].endswith(
        "cases.jsonl:2: false 2 [en] acme-plant/opening: wanted silence or another value, said changes 2026-03 (known 2025-03)"
    )
    assert shown[2].endswith(
        "cases.jsonl:3: missed 3 [de] acme-plant/opening: wanted changes 2026-03 (known 2025-03), said nothing"
    )
    assert shown[3] == "    “from March 2025 to March 2026”"


def test_no_more_errors_than_asked_for(place: Path) -> None:
    errors = document(place, RIGHT, FALSE, MISSED, flags=("--errors", "1"))["errors"]
    assert [(error["error"], error["line"], error["item"]) for error in errors] == [("false", 2, "2")]


@pytest.mark.parametrize(("by", "names"), [("watch", ["acme-plant"]), ("language", ["de", "en"]), ("kind", ["period"])])
def test_figures_are_told_apart(by: str, names: list[str], place: Path) -> None:
    assert list(document(place, RIGHT, MISSED, flags=("--by", by))["groups"]) == names
    shown = run(place, RIGHT, MISSED, flags=("--by", by))
    assert shown.startswith(by.capitalize())
    assert all(name in shown for name in names)


def test_a_split_is_taken_alone(place: Path) -> None:
    assert document(place, RIGHT, FALSE, flags=("--split", "hidden"))["items"] == 1
    with pytest.raises(UserFault, match="no item is of the split 'test'; the files have dev, hidden"):
        run(place, RIGHT, FALSE, flags=("--split", "test"))


def test_a_replay_tells_a_change_once(place: Path) -> None:
    again = {**RIGHT, "id": "2", "published": "2024-06-16", "expect": [{**LABEL, "verdict_seq": "confirms", "alert_seq": "no"}]}
    answer = document(place, again, RIGHT, flags=("--replay",))
    assert (answer["mode"], answer["right"], answer["false"], answer["must_alert"]) == ("replay", 1, 0, 1)


def test_all_faults_of_the_files_are_told_at_once(place: Path) -> None:
    with pytest.raises(FileFaults) as refused:
        run(place, RIGHT, {**RIGHT, "expect": [{**LABEL, "alert": "maybe"}]}, [])
    assert [fault.line for fault in refused.value.faults] == [2, 3]
    assert "it may be yes, optional or no" in str(refused.value)


def test_faults_against_the_rules_are_told_with_their_line(place: Path) -> None:
    with pytest.raises(FileFaults, match=r"cases\.jsonl:1: acme-plant has no fact 'openning'; did you mean 'opening'\?"):
        run(place, {**RIGHT, "expect": [{**LABEL, "fact": "openning"}]})


def test_empty_and_missing_files_are_the_users_fault(place: Path) -> None:
    with pytest.raises(UserFault, match="hold no items"):
        run(place)
    with pytest.raises(UserFault, match="cannot be read: No such file"):
        CliRunner().invoke(app, ["score", "--rules", str(place / "rules"), "none.jsonl"], catch_exceptions=False)
