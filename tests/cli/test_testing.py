"""`factwatch test`: the tests that stand in the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.ledger import RULE, write_rules


def test_a_value_is_right_if_it_means_the_same(factwatch: Command) -> None:
    answer = factwatch("test")
    assert (answer.status, answer.out) == (0, "2 tests: all passed\n")


@pytest.mark.parametrize(
    ("said", "instead", "expected"),
    [
        ("value: 2025-07/2025-12", "value: 2025-Q3", "changes 2025-Q3"),
        ("verdict: changes", "verdict: refines", "refines 2025-H2"),
        ("{opening: {verdict: changes, value: 2025-07/2025-12}}", "{}", "silence"),
    ],
)
def test_a_failure_says_where_it_stands_what_was_expected_and_what_came(
    factwatch: Command, tmp_path: Path, said: str, instead: str, expected: str
) -> None:
    rules = write_rules(tmp_path, RULE.replace(said, instead))
    answer = factwatch("test")
    line = RULE.splitlines().index("tests:") + 2
    assert answer.status == 1
    assert answer.out.splitlines()[0] == f"{rules}/acme.yaml:{line}: opening: expected {expected}, came changes 2025-H2"
    assert "planned: the date lies ahead" in answer.out
    assert answer.out.endswith("2 tests: 1 failed, 1 passed\n")


def test_silence_where_something_was_expected_says_what_came_nearest(factwatch: Command, tmp_path: Path) -> None:
    write_rules(tmp_path, RULE.replace("expect: {}", "expect: {permit: {verdict: changes, value: granted}}"))
    answer = factwatch("test", "--format", "json")
    assert answer.status == 1
    (failure,) = [failure for row in answer.json for failure in row["failures"]]
    assert (failure["expected"], failure["came"]) == ("changes granted", "silence")
    assert failure["reasons"] == ["the text names none of the subject's names, so it is not read"]


def test_other_rules_can_be_named(factwatch: Command, tmp_path: Path) -> None:
    elsewhere = write_rules(tmp_path / "elsewhere", RULE.replace("value: 2025-07/2025-12", "value: 2029"))
    assert factwatch("test", "--rules", str(elsewhere)).status == 1
    assert factwatch("test").status == 0


def test_rules_without_tests_are_no_success(factwatch: Command, tmp_path: Path) -> None:
    write_rules(tmp_path, RULE.partition("tests:")[0])
    answer = factwatch("test")
    assert answer.status == 2
    assert "`tests:`" in answer.err
