"""Feeds written into a rule file: in place, every comment kept, checked as a whole before it is saved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.config.documents import Document, Place, parse_document, read_text
from monitor.config.replacing import replace_file
from monitor.config.rules import read_rule
from monitor.errors import Fault, FileFaults, UserFault

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9:/._~%?=&+@;-]*[A-Za-z0-9/_~%=&+-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """A feed to be written.

    Attributes:
        title: Goes behind it as a comment; may be empty.
    """

    url: str
    title: str = ""

    def __str__(self) -> str:
        comment = " ".join("".join(c if c.isprintable() else " " for c in self.title).split())
        return f"- {_scalar(self.url)}" + (f"  # {comment}" if comment else "")


def add_to_rule(path: Path, feeds: Iterable[FeedLine]) -> tuple[FeedLine, ...]:
    """Write feeds into a rule file; where it is a symbolic link, into what that leads to.

    The file is replaced in one step by a checked one, or stays as it was.

    Returns:
        What was written; feeds that the rule has already are left out.

    Raises:
        FileFaults: The file has faults, or would have; those of the second kind name what was to be written.
    """
    target = path.resolve(strict=True)
    faults: list[Fault] = []
    text = read_text(target, str(path), faults)
    document = parse_document(text, str(path), faults) if text is not None else None
    if text is None or document is None:
        raise FileFaults(faults)
    known = set(_addresses(document))
    wanted = tuple({feed.url: feed for feed in feeds if feed.url not in known}.values())
    if wanted:
        _save(target, path, add_feeds(text, document, wanted))
    return wanted


def add_feeds(text: str, document: Document, feeds: Sequence[FeedLine]) -> str:
    """The text of a rule file with feeds at the end of its list.

    Raises:
        UserFault: The file is written in a way that this does not know how to add to.
    """
    entries = document.get("feeds")
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if text.endswith("\r\n") else "\n"
    if isinstance(entries, list):
        place = document.places[("feeds",)]
        if lines[place.line - 1][place.column - 1 :].startswith("["):
            changed = _add_to_flow(lines, place, feeds, is_empty=not entries)
        else:
            changed = _add_to_block(lines, document, feeds, count=len(entries), ending=ending)
    elif entries is None:
        changed = _add_list(lines, document, feeds, ending=ending)
    else:
        raise UserFault(f"{document.file}: feeds is no list; make it one first")
    _ensure_nothing_else_changed(changed, document, feeds)
    return changed


def _add_to_flow(lines: list[str], place: Place, feeds: Sequence[FeedLine], *, is_empty: bool) -> str:
    """``feeds: [a, b]``: the new ones stand first, since only the beginning of the list is known."""
    line = lines[place.line - 1]
    news = ", ".join(_scalar(feed.url) for feed in feeds) + ("" if is_empty else ", ")
    lines[place.line - 1] = line[: place.column] + news + line[place.column :]
    return "".join(lines)


def _add_to_block(lines: list[str], document: Document, feeds: Sequence[FeedLine], *, count: int, ending: str) -> str:
    """A list of dashes: behind the last line of its last entry, before the comments that follow."""
    first, last = document.places["feeds", 0], document.places["feeds", count - 1]
    dash = lines[first.line - 1].rindex("-", 0, first.column)
    end = last.line
    for number in range(last.line, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= dash:
            break
        if line.strip() and not line.lstrip().startswith("#"):
            end = number + 1
    return _insert(lines, end, [" " * dash + str(feed) for feed in feeds], ending)


def _add_list(lines: list[str], document: Document, feeds: Sequence[FeedLine], *, ending: str) -> str:
    """A rule without feeds: behind its empty ``feeds:``, or else at the end of the file."""
    news = [f"  {feed}" for feed in feeds]
    key = document.keys.get(("feeds",))
    return _insert(lines, key.line, news, ending) if key else _insert(lines, len(lines), ["feeds:", *news], ending)


def _insert(lines: list[str], place: int, news: Sequence[str], ending: str) -> str:
    before = lines[:place]
    if before and not before[-1].endswith("\n"):
        before[-1] += ending
    return "".join([*before, *(line + ending for line in news), *lines[place:]])


def _ensure_nothing_else_changed(changed: str, before: Document, feeds: Sequence[FeedLine]) -> None:
    """Read the new text back: it must say what the old one said, and the new feeds."""
    after = parse_document(changed, before.file, [])
    known = set(_addresses(before))
    is_whole = (
        after is not None
        and _without_feeds(after) == _without_feeds(before)
        and set(_addresses(after)) == known | {feed.url for feed in feeds}
    )
    if not is_whole:
        by_hand = "\n".join(f"  {feed}" for feed in feeds)
        raise UserFault(f"{before.file}: its feeds are written in a way that cannot be added to; write these by hand:\n{by_hand}")


def _without_feeds(document: Document) -> Mapping[str, object]:
    return {key: value for key, value in document.mapping().items() if key != "feeds"}


def _addresses(document: Document) -> Iterable[str]:
    entries = document.get("feeds")
    for entry in entries if isinstance(entries, list) else ():
        address = entry.get("url") or entry.get("page") if isinstance(entry, dict) else entry
        if isinstance(address, str):
            yield address


def _save(target: Path, path: Path, text: str) -> None:
    """Save once the file as it will be has no fault; its faults are told under the rule's own name."""

    def approve(draft: Path) -> None:
        faults = [Fault(file=str(path), line=f.line, column=f.column, message=f.message) for f in read_rule(draft).faults]
        if faults:
            raise FileFaults(faults)

    replace_file(target, text, approve=approve)


def _scalar(text: str) -> str:
    """The text as YAML, in quotes where it could be taken for something else."""
    return text if _PLAIN.fullmatch(text) and "://" in text else "'" + text.replace("'", "''") + "'"
