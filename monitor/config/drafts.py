"""Drafts: a text that is whole and on the disk under another name, before it takes the name that it is for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_draft(target: Path, text: str, *, dress: Callable[[int], None]) -> Path:
    """Write a text beside the file that it is for, since what rules name is relative to it; a fault leaves nothing behind.

    Args:
        dress: Gets the open file's descriptor, to give it its mode and owner.

    Returns:
        The draft; its leading dot keeps it from being taken for a rule.

    Raises:
        OSError: It cannot be written.
    """
    with NamedTemporaryFile("wb", dir=target.parent, prefix=f".{target.stem}-", suffix=target.suffix, delete=False) as draft:
        path = Path(draft.name)
        try:
            draft.write(text.encode())
            draft.flush()
            dress(draft.fileno())
            os.fsync(draft.fileno())
        except BaseException:
            path.unlink()
            raise
    return path
