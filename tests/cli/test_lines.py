"""Lines of JSON as commands read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.cli.lines import read_rows
from monitor.errors import FileFaults, UserFault

ROW = {"id": "a", "text": "one\u2028two\x85three", "published": "2024-01-01"}


def test_only_line_ends_part_lines(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(ROW, ensure_ascii=False) + "\r\n", encoding="utf-8", newline="")
    assert read_rows(file, needed=("id", "text"), example="…") == [ROW]


def test_a_row_may_be_whole_by_another_key(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"published": "2024-01-01", "set": {}}\n', encoding="utf-8")
    assert len(read_rows(file, needed=("id",), example="…", instead="set")) == 1
    with pytest.raises(FileFaults, match=r"rows\.jsonl:1:1: no line of texts; write …"):
        read_rows(file, needed=("id",), example="…", wanted="line of texts")


def test_a_file_that_is_no_text_is_the_users_fault(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UserFault, match="it is not UTF-8 text"):
        read_rows(file, needed=(), example="…")
    with pytest.raises(UserFault, match="cannot be read"):
        read_rows(tmp_path, needed=(), example="…")
