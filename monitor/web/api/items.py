"""Items: what became of one, from its versions to the messages that it led to, and why nothing more did."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from monitor.core.telling.inert import web_link
from monitor.feeds.links import shown
from monitor.jobs.accounts import ClaimAccount, FactAccount
from monitor.jobs.context import Context
from monitor.jobs.recalling import Consequence, Recalled, Story, recall
from monitor.store.versions import TextKind, Version
from monitor.web.api.deliveries import DeliveryShape, HeldShape, shape_delivery, shape_held
from monitor.web.api.shapes import ChangeShape, Number, shape_change
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
    claims: list[ClaimAccount]
    facts: list[FactAccount]


class ConsequenceShape(ChangeShape):
    """A change that the item is or was evidence of, with its messages."""

    held: list[HeldShape]
    deliveries: list[DeliveryShape]


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
        claims=list(account.claims),
        facts=list(account.facts),
    )


def _shape_consequence(one: Consequence, context: Context) -> ConsequenceShape:
    return ConsequenceShape(
        **dict(shape_change(one.change, context)),
        held=[shape_held(telling) for telling in one.held],
        deliveries=[shape_delivery(record) for record in one.deliveries],
    )
