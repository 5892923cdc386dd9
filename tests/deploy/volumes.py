"""A volume of a ConfigMap, brought and changed as the kubelet does it."""

from __future__ import annotations

from pathlib import Path

_FIRST = "..revision-"


def project(volume: Path, number: int, name: str, text: str) -> None:
    """Bring a revision of one file: it is a link into ``..data``, a link to the revision that is led elsewhere in one step."""
    volume.mkdir(parents=True, exist_ok=True)
    last = (volume / "..data").resolve()
    revision = volume / f"{_FIRST}{number}"
    revision.mkdir()
    (revision / name).write_text(text, encoding="utf-8")
    (volume / "..data_tmp").symlink_to(revision.name)
    (volume / "..data_tmp").rename(volume / "..data")
    if not (volume / name).is_symlink():
        (volume / name).symlink_to(f"..data/{name}")
    if last.name.startswith(_FIRST):
        (last / name).unlink()
        last.rmdir()
