"""Rewriting: a rule file gets the text of a draft, if it may be written and is still the file that was edited."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path

from monitor.config.replacing import replace_file
from monitor.config.settings import Settings
from monitor.core.watches import Watch
from monitor.errors import UserFault
from monitor.jobs.context import Context
from monitor.jobs.editing import Draft, Saved, load_saved

_AROUND = 3  # lines of context


class ChangedMeanwhile(UserFault):
    """The file is no longer the one that was edited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What saving would do to a file.

    Attributes:
        before: As the file is.
        after: As it would be written, with the file's own line ends.
    """

    before: str
    after: str

    @property
    def digest(self) -> str:
        """Of both: whoever confirms it has seen this change of this file."""
        return sha256(f"{self.before}\0{self.after}".encode()).hexdigest()

    def difference(self) -> tuple[str, ...]:
        """The lines of a unified diff without the two that name the files; empty where nothing changes. May take a second."""
        # By line feeds alone: what else Python takes for the end of a line may stand within one.
        before, after = (list(StringIO(text, newline="\n")) for text in (self.before, self.after))
        _, _, *lines = [*difflib.unified_diff(before, after, n=_AROUND)] or ("", "")
        return tuple(_ended(lines))


def obstacle_to_writing(watch: Watch, settings: Settings) -> str:
    """Why the file of a watch is not written from a page, in a sentence; empty where it may be."""
    path, rules = Path(watch.file), settings.rules
    folder = rules if rules.is_dir() else rules.parent
    if settings.password is None:
        return "Rules are saved from this page only behind a password: set FACTWATCH_PASSWORD and start again."
    if path.is_symlink():
        return f"{watch.file} is a symbolic link; rules behind links are not written from this page. Edit what it leads to."
    if path.parent.resolve() != folder.resolve():
        return f"{watch.file} lies outside of the rules folder; only what lies in it is written from this page."
    if not _is_writable(path.parent):
        return f"The folder {path.parent} is read-only for this program, so nothing is saved from this page."
    return ""


def revise(saved: Saved, draft: Draft) -> Revision:
    """What would become of the file."""
    ending = "\r\n" if saved.text.count("\r\n") * 2 > saved.text.count("\n") else "\n"
    return Revision(before=saved.text, after=draft.text.replace("\n", ending))


def _ended(lines: Iterable[str]) -> Iterator[str]:
    """Lines without their ends; that a file does not end with a line's end is said as ``diff`` says it."""
    for line in lines:
        yield line.rstrip("\r\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def rewrite(draft: Draft, watch: Watch, context: Context, *, opened: str) -> Saved:
    """Write a sound draft; in the writer's thread, so that no two are written at once.

    Args:
        opened: Digest of the file when it was opened for editing.

    Returns:
        The file as it is now.

    Raises:
        ChangedMeanwhile: Somebody else has saved it since.
        UserFault: It may not or cannot be written. In either case it is as it was.
    """
    if obstacle := obstacle_to_writing(watch, context.settings):
        raise UserFault(obstacle)

    def ensure_unchanged(_: Path) -> None:
        """At the last moment: between this look and the replacing lies nothing that waits."""
        if Path(watch.file).is_symlink() or load_saved(watch).digest != opened:
            raise ChangedMeanwhile(f"{watch.file} was changed since it was opened here; nothing was written")

    replace_file(Path(watch.file), revise(load_saved(watch), draft).after, approve=ensure_unchanged)
    context.log.info("rule saved from the page", watch=watch.id, file=watch.file)
    return load_saved(watch)


def _is_writable(folder: Path) -> bool:
    # By the rights that writing would have, where the system can tell.
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
