"""Rules from a ConfigMap: the kubelet brings new ones by leading a link elsewhere, which is as good as a file that is saved."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.conftest import newsroom, program, site
from tests.e2e.newsrooms import Newsroom
from tests.e2e.programs import Program

__all__ = ["newsroom", "program", "site"]


def project(volume: Path, revision: str, text: str) -> None:
    """Bring a revision of one file, as the kubelet does: files are links into ``..data``, which is a link to the revision."""
    last = (volume / "..data").resolve()
    (volume / revision).mkdir()
    (volume / revision / "bridge.yaml").write_text(text, encoding="utf-8")
    (volume / "..data_tmp").symlink_to(revision)
    (volume / "..data_tmp").rename(volume / "..data")
    if not (volume / "bridge.yaml").is_symlink():
        (volume / "bridge.yaml").symlink_to("..data/bridge.yaml")
    if last.name.startswith("..2026"):
        (last / "bridge.yaml").unlink()
        last.rmdir()


def test_a_new_revision_is_in_force_at_once(program: Program, newsroom: Newsroom, tmp_path: Path) -> None:
    text = program.rule.read_text(encoding="utf-8")
    volume, seeds = tmp_path / "etc" / "rules", tmp_path / "etc" / "seeds"
    volume.mkdir(parents=True)
    seeds.mkdir()
    project(volume, "..2026_06_01", text)
    project(seeds, "..2026_06_01", (tmp_path / "seeds" / "bridge.yaml").read_text(encoding="utf-8"))
    program.settings["FACTWATCH_RULES"] = str(volume)
    program.start()
    program.wait_for(lambda: newsroom.asked)
    for revision in ("..2026_06_02", "..2026_06_03"):
        reloads = program.errors.count("rules reloaded")
        project(volume, revision, text.replace("The Harbour Bridge", f"The bridge of {revision}"))
        program.wait_for(lambda reloads=reloads: program.errors.count("rules reloaded") > reloads)
    assert program.end() == 0
