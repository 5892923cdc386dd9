"""A file that is replaced has its old text or its new one, whatever happens, and keeps what it was otherwise."""

from __future__ import annotations

import resource
import stat
from pathlib import Path

import pytest

from monitor.config.replacing import replace_file
from monitor.errors import UserFault


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rule.yaml"
    path.write_text("old\n", encoding="utf-8")
    return path


def approve(_: Path) -> None:
    """Anything."""


def test_it_keeps_its_mode_and_nothing_lies_beside_it(file: Path) -> None:
    file.chmod(0o640)
    replace_file(file, "new: 年\n", approve=approve)
    assert file.read_text(encoding="utf-8") == "new: 年\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(file.parent.iterdir()) == [file]


def test_what_is_not_approved_is_not_there(file: Path) -> None:
    def refuse(draft: Path) -> None:
        assert draft.read_text(encoding="utf-8") == "new\n"
        raise UserFault("no")

    with pytest.raises(UserFault, match="no"):
        replace_file(file, "new\n", approve=refuse)
    assert file.read_text(encoding="utf-8") == "old\n"
    assert list(file.parent.iterdir()) == [file]


def test_without_room_for_the_new_text_the_old_one_stays(file: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))
    try:
        with pytest.raises(UserFault, match=r"cannot be written \(File too large\); it is as it was"):
            replace_file(file, "x" * 65, approve=approve)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert file.read_text(encoding="utf-8") == "old\n"
    assert list(file.parent.iterdir()) == [file]
