"""Trials: what an edited rule would tell of the stored items, beside today's; as the lab shows it."""

from __future__ import annotations

import asyncio
from asyncio import to_thread
from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from monitor.core.telling.inert import web_link
from monitor.core.verdicts import Verdict
from monitor.errors import Fault
from monitor.jobs.context import Context
from monitor.jobs.editing import LARGEST_DRAFT, Draft, check_draft
from monitor.jobs.rehearsing import Rehearsal
from monitor.jobs.trying_out import Alert, Trial
from monitor.web.api.shapes import CertaintyName, Name, find_watch
from monitor.web.api.tokens import Gate
from monitor.web.trying import TimeLimit, run_tests, run_trial


class EditedRule(BaseModel):
    """A rule that need not be saved."""

    model_config = ConfigDict(extra="forbid")

    rule: str = Field(max_length=LARGEST_DRAFT, description="The whole rule file, as YAML; it keeps the id of the watch.")


class FaultShape(BaseModel):
    """A defect, with its place; line and column are counted from 1, and 0 where the whole is meant."""

    file: str
    line: int
    column: int
    message: str


class AlertShape(BaseModel):
    """A change that would be told, and the item that would bring it."""

    item: str
    title: str
    url: str | None
    publisher: str
    published: datetime
    fact: str
    old: str
    new: str
    verdict: Verdict
    certainty: CertaintyName


class FailureShape(BaseModel):
    """Where a test and the reading part."""

    fact: str
    expected: str
    came: str
    reasons: list[str]


class RuleTestShape(BaseModel):
    """A test of the rule and how it went."""

    line: int
    text: str
    failures: list[FailureShape]


class OutcomeShape(BaseModel):
    """What the rules would have told of the stored items."""

    appearing: list[AlertShape] = Field(description="Told by the edited rule alone, the newest first, as are the others.")
    vanishing: list[AlertShape] = Field(description="Told by today's rule alone.")
    staying: list[AlertShape] = Field(description="Told by both.")
    looked_at: int = Field(description="Stored items of the feeds of either rule.")
    read: int = Field(description="Those that name the subject, and were read.")
    since: datetime | None = Field(description="When the first of these was published.")
    until: datetime | None = Field(description="When the last was.")
    cut: str = Field(description="Why not everything was tried; empty where it was.")
    unread_feeds: list[str] = Field(description="Feeds of the edited rule of which nothing is stored.")


class TrialShape(BaseModel):
    """What came of a trial."""

    faults: list[FaultShape]
    warnings: list[FaultShape]
    tests: list[RuleTestShape]
    outcome: OutcomeShape | None = Field(description="None where the rule has faults: then nothing is tried.")


def trials_router(context: Context, gate: Gate) -> APIRouter:
    """Trying without consequence: whoever may read may try."""
    router = APIRouter(prefix="/watches", tags=["watches"], dependencies=[Depends(gate.may_read)])
    turn = asyncio.Lock()

    @router.post("/{watch}/trial")
    async def try_rule(watch: Name, edited: EditedRule) -> TrialShape:
        """Run an edited rule and today's over the stored items, and the tests of the edited one; nothing is stored or told."""
        today = find_watch(context, watch)
        draft = await to_thread(check_draft, edited.rule, today, context)
        if draft.watch is None:
            return _shape(draft, (), None)
        limit = TimeLimit()
        async with turn:
            trial = await to_thread(run_trial, draft.watch, today, context, limit)
            tests = await to_thread(run_tests, draft.watch, context, limit)
        return _shape(draft, tests, trial)

    return router


def _shape(draft: Draft, tests: Sequence[Rehearsal], trial: Trial | None) -> TrialShape:
    return TrialShape(
        faults=[_shape_fault(fault) for fault in draft.faults],
        warnings=[_shape_fault(fault) for fault in draft.warnings],
        tests=[_shape_test(test) for test in tests],
        outcome=_shape_outcome(trial) if trial else None,
    )


def _shape_outcome(trial: Trial) -> OutcomeShape:
    return OutcomeShape(
        appearing=[_shape_alert(alert) for alert in trial.appearing],
        vanishing=[_shape_alert(alert) for alert in trial.vanishing],
        staying=[_shape_alert(alert) for alert in trial.staying],
        looked_at=trial.looked_at,
        read=trial.read,
        since=trial.since,
        until=trial.until,
        cut=trial.cut,
        unread_feeds=list(trial.unread_feeds),
    )


def _shape_fault(fault: Fault) -> FaultShape:
    return FaultShape(file=fault.file, line=fault.line, column=fault.column, message=fault.message)


def _shape_alert(alert: Alert) -> AlertShape:
    item, change = alert.item, alert.change
    return AlertShape(
        item=item.id,
        title=item.title,
        url=web_link(item.url) or None,
        publisher=item.publisher,
        published=item.published,
        fact=change.fact,
        old=str(change.old),
        new=str(change.brings),
        verdict=change.verdict,
        certainty=change.certainty,
    )


def _shape_test(one: Rehearsal) -> RuleTestShape:
    failures = [
        FailureShape(fact=failure.fact, expected=failure.expected, came=failure.came, reasons=list(failure.reasons))
        for failure in one.failures
    ]
    return RuleTestShape(line=one.test.line, text=one.test.text, failures=failures)
