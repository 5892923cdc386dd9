"""Replacing a file that people wrote: in one step, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from monitor.config.drafts import write_draft
from monitor.errors import UserFault


def replace_file(target: Path, text: str, *, approve: Callable[[Path], None]) -> None:
    """Give a file another text; it keeps its mode, and its owner where we may give files away.

    The new text is on the disk before it takes the place of the old one, so whatever happens there is one of the two.

    Args:
        target: No symbolic link, or the link itself would be replaced.
        approve: Gets the finished draft, which lies beside the file; what it raises is the end of it.

    Raises:
        UserFault: It cannot be written, as on a full disk; the file is as it was.
    """
    draft: Path | None = None
    try:
        draft = write_draft(target, text, dress=_like(target))
        approve(draft)
        draft.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise UserFault(f"{target} cannot be written ({error.strerror}); it is as it was") from error
    finally:
        if draft is not None:
            with suppress(FileNotFoundError):
                draft.unlink()


def _like(target: Path) -> Callable[[int], None]:
    """Gives a draft the mode of a file, and its owner where we may."""

    def dress(draft: int) -> None:
        old = target.stat()
        with suppress(PermissionError):
            os.fchown(draft, old.st_uid, old.st_gid)
        os.fchmod(draft, old.st_mode & 0o777)

    return dress


def _sync_folder(folder: Path) -> None:
    """Have the new name survive a power cut too; the file has its new text already, so no trouble here counts."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
