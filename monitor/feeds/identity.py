"""Which entries are the same: the publisher's guid, else the link, else a hash of what is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from monitor.feeds.entries import ParsedEntry

_LONGEST_GUID = 500


def identify(guid: str, url: str, *words: str) -> str:
    """The identity of an entry, from the best that it has.

    A guid is taken as it stands, since to its publisher it is an opaque text; only one of unreasonable length is hashed.
    """
    stated = guid.strip() or url
    if not stated:
        return digest(*words)
    return stated if len(stated) <= _LONGEST_GUID else digest(stated)


def digest(*words: str) -> str:
    """A short stable name for texts that have no name of their own."""
    return "sha256:" + sha256("\0".join(words).encode("utf-8", "replace")).hexdigest()[:32]


def fingerprint(entry: ParsedEntry) -> str:
    """What an entry says, whatever it is called: the same for an entry that comes back under a new guid, another for an edit."""
    return digest(entry.title, entry.text)


def digest_of_body(body: bytes) -> str:
    """By which a document is known that has not changed."""
    return "sha256:" + sha256(body).hexdigest()


def merge_duplicates(entries: Iterable[ParsedEntry]) -> tuple[ParsedEntry, ...]:
    """Make identities unique within one document.

    Entries of one identity are revisions of one where they are alike or carry different times of an edit: the latest remains, at
    the place of the first. Otherwise the publisher has given one guid to several things, and link and title must part them.
    """
    merged: dict[str, ParsedEntry] = {}
    for entry in entries:
        earlier = merged.get(entry.id)
        if earlier is None:
            merged[entry.id] = entry
        elif _is_revision(entry, earlier):
            merged[entry.id] = max(earlier, entry, key=_edited)
        else:
            parted = replace(entry, id=digest(entry.id, entry.url, entry.title))
            merged.setdefault(parted.id, parted)
    return tuple(merged.values())


def _is_revision(entry: ParsedEntry, earlier: ParsedEntry) -> bool:
    if entry.updated and earlier.updated and entry.updated != earlier.updated:
        return True
    return (entry.url, entry.title) == (earlier.url, earlier.title)


def _edited(entry: ParsedEntry) -> float:
    return entry.updated.timestamp() if entry.updated else float("-inf")
