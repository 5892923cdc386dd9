"""What the buttons of the lab do."""

from __future__ import annotations

import asyncio
from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from monitor.config.second_readers import second_reader_of
from monitor.core.watches import Watch
from monitor.errors import FeedTrouble, UserFault
from monitor.jobs.context import Context
from monitor.jobs.editing import Draft, check_draft, load_saved, plain
from monitor.jobs.rewriting import ChangedMeanwhile, obstacle_to_writing, revise, rewrite
from monitor.web.pages.lab_faults import excerpts_of
from monitor.web.pages.lab_questions import ask_stored, ask_text, explain_draft
from monitor.web.trying import TimeLimit, run_tests, run_trial

_NOT_SHOWN = "This is not the difference that you were shown; look at it first. Nothing was written yet."


class Deed(StrEnum):
    """What the buttons of the lab do."""

    READ = "read"
    CHECK = "check"
    TRY = "try"
    REVIEW = "review"
    SAVE = "save"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the form holds.

    Attributes:
        rule: The YAML as it was edited.
        opened: Digest of the file that it was made from.
        text: What is to be read: a text or an address.
        published: Its day; may be empty.
        item: Id of the stored item that the text is of; may be empty.
        confirmed: Digest of the revision that was shown before it is saved.
    """

    rule: str
    opened: str
    text: str = ""
    published: str = ""
    item: str = ""
    confirmed: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Sheet:
        """From the fields that were sent."""
        given = {name: form.get(name, "") for name in ("rule", "opened", "text", "published", "item", "confirmed")}
        return cls(**{**given, "rule": plain(given["rule"]), "text": plain(given["text"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a deed led to: a part of the page, and the form as it is afterwards."""

    template: str
    sheet: Sheet
    status: int = 200
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where it is done.

    Attributes:
        turn: Of those that take long: each takes as much of the processor as it can get.
    """

    context: Context
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def do(self, watch: Watch, sheet: Sheet, deed: Deed, limit: TimeLimit) -> Outcome:
        """Do it; what a person can mend is an answer too.

        Raises:
            StoreTrouble: The database cannot be read now.
        """
        try:
            return await self._do(watch, sheet, deed, limit)
        except (UserFault, FeedTrouble) as trouble:
            return _refusal(sheet, str(trouble))

    async def _do(self, watch: Watch, sheet: Sheet, deed: Deed, limit: TimeLimit) -> Outcome:
        draft = await to_thread(check_draft, sheet.rule, watch, self.context)
        if draft.watch is None:
            return _faulty(sheet, draft, watch)
        match deed:
            case Deed.READ:
                return await self._read(watch, sheet, draft.watch)
            case Deed.CHECK:
                async with self.turn:
                    tests = await to_thread(run_tests, draft.watch, self.context, limit)
                return Outcome(template="lab_check.html", sheet=sheet, values={"draft": draft, "tests": tests})
            case Deed.TRY:
                # One at a time: each takes as much of the processor as it can get.
                async with self.turn:
                    trial = await to_thread(run_trial, draft.watch, watch, self.context, limit)
                    tests = await to_thread(run_tests, draft.watch, self.context, limit)
                is_alone = second_reader_of(watch, self.context.settings) is None
                values = {"draft": draft, "trial": trial, "tests": tests, "is_alone": is_alone}
                return Outcome(template="lab_trial.html", sheet=sheet, values=values)
            case Deed.REVIEW:
                return await to_thread(self._review, watch, sheet, draft, words="")
            case Deed.SAVE:
                written = await self.context.aside(self._save, watch, sheet, draft)
                if written is None:
                    return await to_thread(self._review, watch, sheet, draft, words=_NOT_SHOWN)
                return written

    async def _read(self, watch: Watch, sheet: Sheet, edited: Watch) -> Outcome:
        stored = await to_thread(ask_stored, sheet.item, sheet.text, edited, self.context) if sheet.item else None
        if sheet.item and stored is None and not sheet.text.strip():
            raise UserFault(f"There is no item {sheet.item!r} on record.")
        question = stored or await ask_text(sheet.text, sheet.published, self.context)
        reading = await to_thread(explain_draft, question, edited, watch, self.context)
        filled = replace(sheet, text=question.text, published=f"{question.item.published:%Y-%m-%d}", item=question.stored)
        return Outcome(template="lab_reading.html", sheet=filled, values={"reading": reading})

    def _review(self, watch: Watch, sheet: Sheet, draft: Draft, *, words: str) -> Outcome:
        saved = load_saved(watch)
        if saved.digest != sheet.opened:
            return _overtaken(sheet, f"{watch.file} was changed since it was opened here; nothing was written")
        revision = revise(saved, draft)
        values = {
            "draft": draft,
            "lines": revision.difference(),
            "confirmation": revision.digest,
            "obstacle": obstacle_to_writing(watch, self.context.settings),
            "words": words,
        }
        return Outcome(template="lab_review.html", sheet=sheet, status=409 if words else 200, values=values)

    def _save(self, watch: Watch, sheet: Sheet, draft: Draft) -> Outcome | None:
        """Write what was shown and confirmed; None where that was something else."""
        if obstacle := obstacle_to_writing(watch, self.context.settings):
            return _refusal(sheet, obstacle, status=403)
        if revise(load_saved(watch), draft).digest != sheet.confirmed:
            return None
        try:
            saved = rewrite(draft, watch, self.context, opened=sheet.opened)
        except ChangedMeanwhile as overtaken:
            return _overtaken(sheet, str(overtaken))
        return Outcome(template="lab_saved.html", sheet=replace(sheet, opened=saved.digest, confirmed=""))


def _faulty(sheet: Sheet, draft: Draft, watch: Watch) -> Outcome:
    values = {"excerpts": excerpts_of(draft, watch), "total": len(draft.faults)}
    return Outcome(template="lab_faults.html", sheet=sheet, status=422, values=values)


def _refusal(sheet: Sheet, words: str, *, status: int = 422) -> Outcome:
    return Outcome(template="lab_refusal.html", sheet=sheet, status=status, values={"words": words, "is_overtaken": False})


def _overtaken(sheet: Sheet, words: str) -> Outcome:
    return Outcome(template="lab_refusal.html", sheet=sheet, status=409, values={"words": words, "is_overtaken": True})
