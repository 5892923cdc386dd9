from __future__ import annotations

import os
from pathlib import Path

import pytest

from monitor.config.saving import save_new
from monitor.errors import UserFault


def test_all_files_are_there_or_none(tmp_path: Path) -> None:
    rule, seed = tmp_path / "rules" / "a.yaml", tmp_path / "seeds" / "a.yaml"
    seed.parent.mkdir()
    seed.write_text("mine")
    with pytest.raises(UserFault, match="is there already and is not overwritten"):
        save_new({rule: "rule", seed: "seed"})
    assert (seed.read_text(), rule.parent.exists()) == ("mine", False)
    seed.unlink()
    save_new({rule: "rule", seed: "seed"})
    assert (rule.read_text(), seed.read_text()) == ("rule", "seed")
    assert [path.name for path in (*rule.parent.iterdir(), *seed.parent.iterdir())] == ["a.yaml", "a.yaml"]


def test_ctrl_c_between_two_files_leaves_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def interrupted(source: Path, target: Path) -> None:
        if target.name == "b.yaml":
            raise KeyboardInterrupt
        link(source, target)

    monkeypatch.setattr(os, "link", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save_new({tmp_path / "new" / "a.yaml": "a", tmp_path / "new" / "b.yaml": "b"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserFault, match="cannot write"):
        save_new({tmp_path / "file" / "a.yaml": "a"})
