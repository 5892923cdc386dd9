"""Each file of tests/bad_rules has one defect; its exact message stands beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.rulebook import load_rulebook
from monitor.errors import FileFaults

BAD_RULES = Path(__file__).parent.parent / "bad_rules"


@pytest.mark.parametrize("rule", sorted(BAD_RULES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_defect_is_told_with_its_place_and_what_would_be_right(rule: Path) -> None:
    with pytest.raises(FileFaults) as caught:
        load_rulebook(rule)
    told = str(caught.value).replace(f"{BAD_RULES}/", "")
    assert told == rule.with_suffix(".txt").read_text(encoding="utf-8").strip()


def test_all_defects_of_a_folder_are_told_at_once() -> None:
    expected = {line for path in BAD_RULES.glob("*.txt") for line in path.read_text(encoding="utf-8").splitlines()}
    with pytest.raises(FileFaults) as caught:
        load_rulebook(BAD_RULES)
    assert expected <= set(str(caught.value).replace(f"{BAD_RULES}/", "").splitlines())


def test_no_message_repeats_a_password() -> None:
    with pytest.raises(FileFaults) as caught:
        load_rulebook(BAD_RULES)
    assert "hunter2" not in str(caught.value)
