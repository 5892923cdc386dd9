"""Saving files that were not there: all of them or none, and never over one that is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from monitor.config.drafts import write_draft
from monitor.errors import UserFault


def ensure_absent(*paths: Path) -> None:
    """Refuse to go on where a file is there already.

    Raises:
        UserFault: One is.
    """
    for path in paths:
        if path.exists() or path.is_symlink():
            raise UserFault(f"{path} is there already and is not overwritten; name another, or move it away")


def save_new(files: Mapping[Path, str]) -> None:
    """Write files, and the folders that they need.

    Each text is complete under a name of its own before the first file gets its name, and whatever interrupts the naming, a
    fault or Ctrl-C, takes back what was named.

    Raises:
        UserFault: One is there already, or cannot be written.
    """
    ensure_absent(*files)
    drafts: dict[Path, Path] = {}
    named: list[Path] = []
    folders: list[Path] = []
    try:
        for path, text in files.items():
            folders += _make_folder(path.parent)
            drafts[path] = write_draft(path, text, dress=_as_new)
        for path, written in drafts.items():
            os.link(written, path)  # unlike a rename it fails where somebody else was quicker
            named.append(path)
    except OSError as error:
        _take_back(named, folders, drafts)
        raise UserFault(f"cannot write {error.filename2 or error.filename}: {error.strerror}") from error
    except BaseException:
        _take_back(named, folders, drafts)
        raise
    _remove(drafts.values())


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder; those that were made come back, the innermost last."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _as_new(draft: int) -> None:
    """Gives a draft the mode of any new file; a temporary one is for its owner alone."""
    os.fchmod(draft, 0o666 & ~_umask())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _take_back(named: list[Path], folders: list[Path], drafts: Mapping[Path, Path]) -> None:
    _remove([*named, *drafts.values()])
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(FileNotFoundError):
            path.unlink()
