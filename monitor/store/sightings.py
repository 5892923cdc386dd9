"""Entries of a document as they were just seen, and which of them are known already: by name, or by their words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from monitor.store.tables import item_versions, items
from monitor.store.texts import storable
from monitor.store.versions import text_hash

# SQLite allows some 32,000 variables in a statement; a hostile feed may have more entries than that.
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One entry of a feed as it was just seen.

    Attributes:
        identity: What the feed knows it by: guid, else link, else a hash.
        published: The publisher's date, bounded by now.
        is_dated: Whether that is what the publisher stated; else it is when the entry was seen.
    """

    identity: str
    title: str
    body: str
    url: str
    publisher: str
    published: datetime
    language: str = ""
    is_dated: bool = True


def find_known(connection: Connection, feed_id: int, identities: Collection[str]) -> Mapping[str, frozenset[str]]:
    """The fingerprints of all wordings on record of each identity; an identity that is missing was never seen.

    For any transaction.
    """
    known: dict[str, set[str]] = {}
    for batch in _batches(sorted({storable(identity) for identity in identities})):
        query = (
            select(items.c.identity, item_versions.c.text_hash)
            .join_from(items, item_versions)
            .where(items.c.feed_id == feed_id, items.c.identity.in_(batch))
        )
        for identity, fingerprint in connection.execute(query):
            known.setdefault(identity, set()).add(fingerprint)
    return {identity: frozenset(fingerprints) for identity, fingerprints in known.items()}


def rename_reissued(connection: Connection, feed_id: int, entries: Sequence[Sighting], known: Collection[str]) -> frozenset[str]:
    """Give items the new names under which their publisher has republished them; for the transaction that stores the rest.

    An entry of an unknown identity in the words of a stored item is that item where it is dated no later, where it is undated and
    links to the same place, or where the whole document got new names at once. Otherwise it is news, though in known words: what
    was true in June may come true again in July.

    Args:
        entries: The whole document.
        known: The identities that ``find_known`` knows.

    Returns:
        The identities that are such new names.
    """
    strangers = [entry for entry in entries if storable(entry.identity) not in known]
    twins = _find_twins(connection, feed_id, strangers)
    is_renamed_whole = not known and len(twins) > 1 and 2 * len(twins) >= len({text_hash(e.title, e.body) for e in entries})
    in_use = {storable(entry.identity) for entry in entries}
    reissued = set()
    for entry in strangers:
        twin = twins.get(text_hash(entry.title, entry.body))
        if twin is None or not (is_renamed_whole or _is_no_later(entry, twin)):
            continue
        reissued.add(entry.identity)
        if twin.identity not in in_use:
            connection.execute(update(items).where(items.c.id == twin.id).values(identity=storable(entry.identity)))
            del twins[text_hash(entry.title, entry.body)]
    return frozenset(reissued)


def _is_no_later(entry: Sighting, twin: Row[Any]) -> bool:
    if entry.is_dated:
        return bool(entry.published <= twin.published)
    return bool(entry.url) and entry.url == twin.url


def _find_twins(connection: Connection, feed_id: int, strangers: Sequence[Sighting]) -> dict[str, Row[Any]]:
    """The newest items of a feed that have these words, by the fingerprint of the words."""
    twins: dict[str, Row[Any]] = {}
    for batch in _batches(sorted({text_hash(entry.title, entry.body) for entry in strangers})):
        query = (
            select(items.c.id, items.c.identity, item_versions.c.text_hash, item_versions.c.url, item_versions.c.published)
            .join_from(items, item_versions)
            .where(items.c.feed_id == feed_id, item_versions.c.text_hash.in_(batch))
            .order_by(items.c.id)
        )
        twins |= {row.text_hash: row for row in connection.execute(query)}
    return twins


def _batches(rows: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]
