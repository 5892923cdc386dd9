"""Facts: the values in force now or on any day, where they come from, and how they came to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from monitor.core.judging.recollecting import standing_at, step_at, steps_until, waiting_at
from monitor.core.telling.inert import web_link
from monitor.core.telling.vouching import link_behind, word_behind
from monitor.core.values import EARLIEST, LATEST, Kind, Standing
from monitor.jobs import reviewing
from monitor.jobs.context import Context
from monitor.jobs.surveying import FactView, view_fact, view_facts
from monitor.web.api.paging import Cursor, Limit, Page, page_of, read_cursor, wrong_cursor
from monitor.web.api.shapes import (
    CertaintyName,
    ChangeShape,
    EvidenceShape,
    Name,
    Note,
    OnlyOf,
    find_fact,
    find_watch,
    shape_change,
    shape_evidence,
)
from monitor.web.api.tokens import Gate

AsOf = Annotated[date | None, Query(ge=EARLIEST, le=LATEST, description="As it stood at the end of this day (UTC).")]


class FactShape(BaseModel):
    """A fact with its value."""

    watch: str
    fact: str
    title: str
    kind: Kind
    value: str | None = Field(description="Without its standing; null where none is known.")
    standing: Standing
    known: str = Field(description="The value with its standing, as it is printed: `2024-03-28 (done)`, `unknown`.")
    since: datetime | None = Field(description="When it was said; null before the baseline.")
    change: str | None = Field(description="The step that brought it; null for the baseline.")
    certainty: CertaintyName | None = Field(description="Null for the baseline.")
    source: str
    url: str | None
    waiting: list[ChangeShape] = Field(description="Values that were said and wait for more; only of the present.")


class Setting(BaseModel):
    """What a person knows of a fact."""

    model_config = ConfigDict(extra="forbid")

    value: str = Field(min_length=1, max_length=200, description="`2024-H2`, `~720000 m2`, `2024-03-28 (done)`, `unknown`.")
    note: Note = ""


class Step(ChangeShape):
    """A change with its evidence."""

    evidence: list[EvidenceShape]


class BaselineShape(BaseModel):
    """What a history began with."""

    known: str
    as_of: date
    source: str
    url: str | None
    note: str


class FactInFull(FactShape):
    """A fact with its whole history, up to the day that was asked for."""

    baseline: BaselineShape
    history: list[Step]


def shape_fact(view: FactView, moment: datetime | None, context: Context) -> FactShape:
    """A fact as it stood at a moment; None for now."""
    known, since = standing_at(view.history, moment)
    step = step_at(view.history, moment)
    is_known = since is not None
    return FactShape(
        watch=view.watch.id,
        fact=view.fact.key,
        title=view.fact.title,
        kind=view.fact.kind,
        value=None if known.value is None else str(known.value),
        standing=known.standing,
        known=str(known),
        since=since,
        change=step.key if step else None,
        certainty=step.certainty if step else None,
        source=word_behind(step, view.baseline) if is_known else "",
        url=(web_link(link_behind(step, view.baseline)) or None) if is_known else None,
        waiting=[shape_change(one, context) for one in waiting_at(view.history, moment)],
    )


def facts_router(context: Context, gate: Gate) -> APIRouter:
    """Looking at values, and setting them."""
    router = APIRouter(prefix="/facts", tags=["facts"])
    reads, writes = [Depends(gate.may_read)], [Depends(gate.may_write)]

    @router.get("", dependencies=reads)
    def list_facts(watch: OnlyOf = None, as_of: AsOf = None, cursor: Cursor = None, limit: Limit = 50) -> Page[FactShape]:
        """All facts, or those of a watch, in the order of the rules."""
        watches = [find_watch(context, watch)] if watch else context.rules.current.watches.values()
        names = {f"{each.id}/{fact.key}": (each, fact) for each in watches for fact in each.facts.values()}
        chosen = list(names)[_read_place(list(names), cursor) :][: limit + 1]
        with context.store.reading() as connection:
            views = view_facts(connection, [names[name] for name in chosen[:limit]])
        shapes = {view.name: shape_fact(view, end_of(as_of), context) for view in views}
        return page_of(chosen, limit, shape=shapes.__getitem__, place=str)

    @router.post("/{watch}/{fact}", dependencies=writes)
    async def set_fact(watch: Name, fact: Name, word: Setting) -> FactShape:
        """Put a value in force by a person's word, as `factwatch facts set` does; nothing is told of it."""
        return await context.aside(_set, context, watch, fact, word)

    @router.get("/{watch}/{fact}", dependencies=reads)
    def show_fact(watch: Name, fact: Name, as_of: AsOf = None) -> FactInFull:
        """One fact with every step and every claim for it."""
        moment = end_of(as_of)
        with context.store.reading() as connection:
            view = view_fact(connection, *find_fact(context, watch, fact))
        baseline = view.baseline
        return FactInFull(
            **dict(shape_fact(view, moment, context)),
            baseline=BaselineShape(
                known=str(baseline.known),
                as_of=baseline.as_of,
                source=baseline.source,
                url=web_link(baseline.source_url) or None,
                note=baseline.note,
            ),
            history=[
                Step(**dict(shape_change(step, context)), evidence=[shape_evidence(piece) for piece in step.evidence])
                for step in steps_until(view.history, moment)
            ],
        )

    return router


def _set(context: Context, watch: str, fact: str, word: Setting) -> FactShape:
    known = find_fact(context, watch, fact)
    reviewing.set_value(context, watch, fact, word.value, note=word.note)
    with context.store.reading() as connection:
        return shape_fact(view_fact(connection, *known), None, context)


def _read_place(names: Sequence[str], cursor: str | None) -> int:
    """Where the page begins; the rules may have lost the fact at which the page before ended."""
    if cursor is None:
        return 0
    last = read_cursor(cursor)
    if last not in names:
        raise wrong_cursor()
    return names.index(last) + 1


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day; None for no day."""
    return datetime.combine(day, time.max, tzinfo=UTC) if day else None
