"""Replacing a file that people wrote: in one step, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

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
        draft = _write_beside(target, text)
        approve(draft)
        draft.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise UserFault(f"{target} cannot be written ({error.strerror}); it is as it was") from error
    finally:
        if draft is not None:
            with suppress(FileNotFoundError):
                draft.unlink()


def _write_beside(target: Path, text: str) -> Path:
    # In the same folder, since what rules name is relative to it; the dot keeps it from being taken for a rule.
    with NamedTemporaryFile("wb", dir=target.parent, prefix=f".{target.stem}-", suffix=target.suffix, delete=False) as draft:
        path = Path(draft.name)
        try:
            draft.write(text.encode())
            draft.flush()
            old = target.stat()
            with suppress(PermissionError):
                os.fchown(draft.fileno(), old.st_uid, old.st_gid)
            os.fchmod(draft.fileno(), old.st_mode & 0o777)
            os.fsync(draft.fileno())
        except BaseException:
            path.unlink()
            raise
    return path


def _sync_folder(folder: Path) -> None:
    """Have the new name survive a power cut too; the file has its new text already, so no trouble here counts."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
