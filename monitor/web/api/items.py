"""Items: all that were stored, and what became of one, from its versions to the messages that it led to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from monitor.core.telling.inert import web_link
from monitor.feeds.links import shown
from monitor.jobs.accounts import ClaimAccount, FactAccount
from monitor.jobs.context import Context
from monitor.jobs.recalling import Consequence, Recalled, Story, recall, recalled
from monitor.store import catalogue
from monitor.store.catalogue import CatalogueEntry
from monitor.store.versions import TextKind, Version
from monitor.web.api.deliveries import DeliveryShape, HeldShape, shape_delivery, shape_held
from monitor.web.api.paging import Cursor, Limit, Page, page_of, read_number
from monitor.web.api.shapes import ChangeShape, Number, OnlyOf, shape_change
from monitor.web.api.tokens import Gate
from monitor.web.troubles import NotFound


class VersionShape(BaseModel):
    """One wording of an item."""

    number: int
    kind: TextKind
    title: str
    body: str
    url: str | None
    publisher: str
    published: datetime
    language: str


class ReadingShape(BaseModel):
    """A version as a watch read it then."""

    reader: str = Field(description="The watch, or `watch/fact` for a fact that was added to it later.")
    version: int
    read: datetime
    is_silent: bool = Field(description="It was history: what it moved went into a digest.")
    mistake: str = Field(description="The kind of our own error for which it was not read; empty where it was.")
    alone: str = Field(description="Why our own reader read it without the second one; empty where it did not.")
    claims: list[ClaimAccount]
    facts: list[FactAccount]


class ConsequenceShape(ChangeShape):
    """A change that the item is or was evidence of, with its messages."""

    held: list[HeldShape]
    deliveries: list[DeliveryShape]


class ItemLine(BaseModel):
    """An item in its newest wording, with what was made of that."""

    item: str
    feed: int
    first_seen: datetime
    versions: int
    title: str
    url: str | None
    publisher: str
    published: datetime
    language: str
    readings: list[ReadingShape] = Field(description="Empty where no watch has read it: none that listens is named in it.")


class ItemStory(BaseModel):
    """All that is on record of an item."""

    item: str
    feed: str | None
    first_seen: datetime
    versions: list[VersionShape] = Field(description="Oldest first.")
    readings: list[ReadingShape]
    passed_over: dict[str, str] = Field(description="Why watches have not read it, by watch.")
    changes: list[ConsequenceShape]


def items_router(context: Context, gate: Gate) -> APIRouter:
    """Looking back."""
    router = APIRouter(prefix="/items", tags=["items"], dependencies=[Depends(gate.may_read)])

    @router.get("")
    def list_items(
        watch: OnlyOf = None,
        feed: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="Only items of the feed of this id.")] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[ItemLine]:
        """Items by when their newest wording was stored, the last first; of a watch those whose newest wording it has read."""
        before = read_number(cursor) if cursor else None
        with context.store.reading() as connection:
            found = catalogue.list_entries(connection, feed_id=feed, watch=watch, before=before, limit=limit + 1)
        return page_of(found, limit, shape=_shape_line, place=lambda entry: entry.version.id)

    @router.get("/{item}")
    def show_item(item: Number) -> ItemStory:
        """What became of an item, as `factwatch explain --item` tells it."""
        with context.store.reading() as connection:
            story = recall(connection, str(item), context.rules.current)
        if story is None:
            raise NotFound(f"there is no item {item}; the evidence of a change names its items")
        return _shape(story, context)

    return router


def _shape(story: Story, context: Context) -> ItemStory:
    return ItemStory(
        item=story.versions[-1].item.id,
        feed=shown(story.feed.url) if story.feed else None,
        first_seen=story.versions[0].first_seen,
        versions=[_shape_version(version) for version in story.versions],
        readings=[_shape_reading(one) for one in story.readings],
        passed_over=story.passed_over,
        changes=[_shape_consequence(one, context) for one in story.consequences],
    )


def _shape_line(entry: CatalogueEntry) -> ItemLine:
    version = entry.version
    item = version.item
    return ItemLine(
        item=item.id,
        feed=version.feed_id,
        first_seen=version.first_seen,
        versions=version.number,
        title=item.title,
        url=web_link(item.url) or None,
        publisher=item.publisher,
        published=item.published,
        language=item.language,
        readings=[_shape_reading(recalled(one)) for one in entry.readings],
    )


def _shape_version(version: Version) -> VersionShape:
    item = version.item
    return VersionShape(
        number=version.number,
        kind=version.kind,
        title=item.title,
        body=item.body,
        url=web_link(item.url) or None,
        publisher=item.publisher,
        published=item.published,
        language=item.language,
    )


def _shape_reading(one: Recalled) -> ReadingShape:
    account = one.account
    return ReadingShape(
        reader=one.reader,
        version=one.number,
        read=one.read_at,
        is_silent=account.is_silent,
        mistake=account.mistake,
        alone=account.alone,
        claims=list(account.claims),
        facts=list(account.facts),
    )


def _shape_consequence(one: Consequence, context: Context) -> ConsequenceShape:
    return ConsequenceShape(
        **dict(shape_change(one.change, context)),
        held=[shape_held(telling) for telling in one.held],
        deliveries=[shape_delivery(record) for record in one.deliveries],
    )
