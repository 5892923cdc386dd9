"""Assessing: what an item would mean to the watches, alone and without being stored; as `factwatch assess` answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from monitor.core.values import EARLIEST, LATEST
from monitor.core.verdicts import Verdict
from monitor.jobs.answering import answer
from monitor.jobs.context import Context
from monitor.web.api.tokens import Gate


def _within_calendar(moment: AwareDatetime | date) -> AwareDatetime | date:
    if not EARLIEST.year < moment.year < LATEST.year:
        raise ValueError(f"must lie between {EARLIEST.year + 1} and {LATEST.year - 1}")
    return moment


class Question(BaseModel):
    """An item that need not be on record."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=1_000)
    body: str = Field(default="", max_length=100_000)
    published: Annotated[AwareDatetime | date, AfterValidator(_within_calendar)]
    source: str = Field(default="", max_length=200, description="The publisher.")
    lang: str = Field(default="", pattern="^([a-z]{2}(-[A-Za-z0-9]{1,8})*)?$", description="ISO 639-1; else it is recognised.")
    url: str = Field(default="", max_length=2_000)
    known: dict[str, str] = Field(
        default_factory=dict, max_length=200, description="Values in the place of the baseline's, by `WATCH/FACT`."
    )


class ClaimAnswer(BaseModel):
    """What the item says of one fact."""

    watch: str
    fact: str
    verdict: Verdict
    value: str | None
    known: str
    quote: str
    certainty: str
    confidence: float
    reasons: list[str]
    alert: bool = Field(description="The rule would tell it.")


def assessing_router(context: Context, gate: Gate) -> APIRouter:
    """Asking without consequence: whoever may read may ask, from a page of ours or with a token."""
    router = APIRouter(prefix="/assess", tags=["assess"], dependencies=[Depends(gate.may_read)])

    @router.post("")
    async def assess(question: Question) -> list[ClaimAnswer]:
        """Judge one item against the baseline, or against the values that are given as `known`."""
        return await context.aside(_answer, context, question)

    return router


def _answer(context: Context, question: Question) -> list[ClaimAnswer]:
    row: dict[str, Any] = {**question.model_dump(), "id": "", "published": question.published.isoformat()}
    return [ClaimAnswer.model_validate(found) for found in answer(row, context.rules.current.reader)]
