"""Each promise that DESIGN.md makes names the test that holds it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
DESIGN = (TESTS.parent / "DESIGN.md").read_text(encoding="utf-8")
SECTION = DESIGN.partition("## 7a. Threat model and promises\n")[2].partition("\n## ")[0]
ROWS = [row for row in SECTION.splitlines() if row.startswith("| ") and not row.startswith(("| promise", "| **"))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_a_promise_names_a_test_that_is_there(row: str) -> None:
    held_by = re.findall(r"`([a-z0-9_/.]+)(?:::(\w+))?`", row.split("|")[2])
    assert held_by
    for place, name in held_by:
        path = TESTS / place
        assert path.exists(), place
        assert not name or f"def {name}(" in path.read_text(encoding="utf-8"), name
