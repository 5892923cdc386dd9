"""What several answers have in common: a change, its evidence, and the names that they are asked by."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, Field, PlainSerializer, WithJsonSchema

from monitor.config.suggesting import mend
from monitor.core.changes import Change, ChangeState, Decider, Evidence
from monitor.core.claims import Certainty, Modality, Sight
from monitor.core.facts import Fact
from monitor.core.telling.inert import web_link
from monitor.core.telling.moves import describe_move
from monitor.core.verdicts import Verdict
from monitor.core.watches import Watch
from monitor.jobs.context import Context
from monitor.web.troubles import NotFound

CertaintyName = Annotated[
    Certainty,
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "enum": [str(certainty) for certainty in Certainty]}),
]
_ID, _LONGEST_ID = r"^[a-z0-9][a-z0-9_-]*$", 80
Name = Annotated[str, Path(pattern=_ID, max_length=_LONGEST_ID)]
OnlyOf = Annotated[str | None, Query(pattern=_ID, max_length=_LONGEST_ID, description="Only what is of this one.")]
Note = Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$", description="Why, for those who read the history.")]
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


def find_watch(context: Context, name: str) -> Watch:
    """The watch of an id.

    Raises:
        NotFound: The rules have none; the message says which is near.
    """
    watches = context.rules.current.watches
    if name not in watches:
        raise NotFound(f"no watch {name!r}; {mend(name, watches)}" if watches else f"no watch {name!r}; the rules have none")
    return watches[name]


def find_fact(context: Context, watch_name: str, name: str) -> tuple[Watch, Fact]:
    """The fact of a watch.

    Raises:
        NotFound: There is none; the message says which is near.
    """
    watch = find_watch(context, watch_name)
    if name not in watch.facts:
        raise NotFound(f"the watch {watch.id!r} has no fact {name!r}; {mend(name, watch.facts)}")
    return watch, watch.facts[name]


class ChangeShape(BaseModel):
    """One step of one fact."""

    change: str = Field(description="Its key, for ever: `xiaomi-ev/launch#3`.")
    watch: str
    fact: str
    sequence: int
    old: str = Field(description="What was in force when it was opened.")
    new: str = Field(description="What was said.")
    corrected: str | None = Field(description="What a person put in the place of `new` when accepting.")
    move: str = Field(description="How far and which way, in words.")
    verdict: Verdict
    certainty: CertaintyName
    state: ChangeState
    decided_by: Decider
    note: str
    said: datetime
    learned: datetime
    publishers: list[str]
    told: bool
    page: str | None = Field(description="Where people decide about it; null without FACTWATCH_PUBLIC_URL.")


def shape_change(change: Change, context: Context) -> ChangeShape:
    """A change without its evidence."""
    return ChangeShape(
        change=change.key,
        watch=change.watch,
        fact=change.fact,
        sequence=change.sequence,
        old=str(change.old),
        new=str(change.new),
        corrected=None if change.corrected is None else str(change.corrected),
        move=describe_move(change.old, change.brings, change.verdict),
        verdict=change.verdict,
        certainty=change.certainty,
        state=change.state,
        decided_by=change.decided_by,
        note=change.note,
        said=change.effective,
        learned=change.learned,
        publishers=sorted(change.publishers),
        told=change.is_told,
        page=context.stationery.change_link(change.key) or None,
    )


class EvidenceShape(BaseModel):
    """One claim that supports a change."""

    item: str
    publisher: str
    published: datetime
    title: str
    url: str | None = Field(description="Of the article; null where it is no web address.")
    quote: str
    start: int = Field(description="Where the value's words begin in the quote, in characters.")
    end: int
    value: str | None
    verdict: Verdict
    modality: Modality
    certainty: CertaintyName
    confidence: float
    seen_by: Sight = Field(description="Which reader saw it: our own, the second one, or both.")
    model: str = Field(description="Of the second reader, where there was one to see it; empty for none.")
    prompt: str = Field(description="The version of the words that it was asked with.")
    withdrawn: bool
    reasons: list[str]


def shape_evidence(piece: Evidence) -> EvidenceShape:
    """A piece of evidence; its texts are as the publisher wrote them."""
    claim = piece.claim
    return EvidenceShape(
        item=claim.item.id,
        publisher=piece.publisher,
        published=claim.item.published,
        title=claim.item.title,
        url=web_link(claim.item.url) or None,
        quote=claim.quote,
        start=claim.start,
        end=claim.end,
        value=None if claim.value is None else str(claim.value),
        verdict=piece.verdict,
        modality=claim.modality,
        certainty=claim.certainty,
        confidence=claim.confidence,
        seen_by=claim.seen_by,
        model=claim.model,
        prompt=claim.prompt,
        withdrawn=piece.is_withdrawn,
        reasons=list(claim.reasons),
    )
