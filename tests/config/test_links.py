"""Rules behind symbolic links are read, as mounted configuration lies there; links that lead to no file are faults."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from monitor.config.rulebook import load_rulebook
from monitor.errors import FileFaults
from tests.cli.ledger import write_rules


def test_a_folder_of_links_is_a_folder_of_rules(tmp_path: Path) -> None:
    folder = write_rules(tmp_path)
    (tmp_path / "mounted").mkdir()
    (tmp_path / "mounted" / "acme.yaml").symlink_to(folder / "acme.yaml")
    (tmp_path / "linked").symlink_to(folder)
    for links in ("mounted", "linked"):
        assert list(load_rulebook(tmp_path / links).watches) == ["acme"]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("nowhere", "cannot be read: No such file or directory"),
        ("odd.yaml", "cannot be read: Too many levels of symbolic links"),
        ("/dev/zero", "is no file"),
        ("pipe", "is no file"),
        (".", "is no file"),
    ],
)
def test_a_link_that_leads_to_no_file_is_a_fault_and_holds_nobody_up(tmp_path: Path, target: str, reason: str) -> None:
    folder = write_rules(tmp_path)
    os.mkfifo(folder / "pipe")
    (folder / "odd.yaml").symlink_to(target)
    with pytest.raises(FileFaults, match=rf"odd\.yaml: {reason}"):
        load_rulebook(folder)
