"""Each file of tests/weak_rules is valid and weak; what is said of it, and where, stands beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.rulebook import load_rulebook

WEAK_RULES = Path(__file__).parent.parent / "weak_rules"


@pytest.mark.parametrize("rule", sorted(WEAK_RULES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_weakness_is_told_with_its_place_and_what_would_be_better(rule: Path) -> None:
    told = [str(warning).replace(f"{WEAK_RULES}/", "") for warning in load_rulebook(rule).warnings]
    assert told == rule.with_suffix(".txt").read_text(encoding="utf-8").splitlines()


def test_the_rules_that_come_with_the_program_have_none() -> None:
    assert load_rulebook(Path(__file__).parents[2] / "rules").warnings == ()
