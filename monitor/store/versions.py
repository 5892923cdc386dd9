"""The wordings of items: as nouns, and as rows that items, readings and the ledger share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from monitor.core.items import Item
from monitor.store.tables import item_versions, items
from monitor.store.texts import storable

ITEM_COLUMNS = (
    item_versions.c.item_id,
    item_versions.c.title,
    item_versions.c.body,
    item_versions.c.url,
    item_versions.c.publisher,
    item_versions.c.published,
    item_versions.c.language,
)
"""What ``read_item`` needs of a row."""


class TextKind(StrEnum):
    """Where a version's text comes from."""

    SUMMARY = "summary"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One distinct wording of one item.

    Attributes:
        id: Of the version; grows in the order of storing.
        number: Counted from 1 in its item; above 1 it is an edit, or the article's text after the summary.
        first_seen: When the item was first seen, not this version.
    """

    id: int
    item: Item
    feed_id: int
    number: int
    kind: TextKind
    first_seen: datetime


def text_hash(title: str, body: str) -> str:
    """The fingerprint by which two wordings are the same."""
    return sha256(f"{storable(title)}\n{storable(body)}".encode()).hexdigest()


def find_version_id(connection: Connection, item: Item) -> int:
    """The version whose words an item holds.

    Raises:
        LookupError: It was never stored.
    """
    query = select(item_versions.c.id).where(
        item_versions.c.item_id == (int(item.id) if item.id.isdecimal() else -1),
        item_versions.c.text_hash == text_hash(item.title, item.body),
    )
    found: int | None = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise LookupError(f"item {item.id!r} ({item.title!r}) is not in the store in these words")
    return found


def select_versions() -> Select[Any]:
    """A query for the rows that ``read_version`` takes."""
    of_version = (item_versions.c.id, item_versions.c.number, item_versions.c.kind)
    return select(*ITEM_COLUMNS, *of_version, items.c.feed_id, items.c.first_seen).join_from(items, item_versions)


def read_version(row: Row[Any]) -> Version:
    """The version in a row of ``select_versions``."""
    return Version(
        id=row.id,
        item=read_item(row),
        feed_id=row.feed_id,
        number=row.number,
        kind=TextKind(row.kind),
        first_seen=row.first_seen,
    )


def read_item(row: Row[Any]) -> Item:
    """The item in a row that holds ``ITEM_COLUMNS``."""
    return Item(
        id=str(row.item_id),
        title=row.title,
        body=row.body,
        url=row.url,
        publisher=row.publisher,
        published=row.published,
        language=row.language,
    )
