"""Consulting: second readers are asked about items before those are judged, outside of any transaction, and their answers kept.

Judging looks for a kept answer and never waits for one: what was not answered in time is judged by our own reading at once, and
asked about again later (``jobs.hearing_again``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from monitor.config.second_readers import SecondReader, second_reader_of
from monitor.core.items import Item
from monitor.core.reading.doubting import doubt_of
from monitor.core.reading.extracting import Reading
from monitor.core.reading.proposals import Hearing
from monitor.core.telling.wording import count_of
from monitor.core.values import Known
from monitor.core.watches import Ask, Watch
from monitor.errors import FactwatchError, ReaderTrouble
from monitor.jobs.context import Context, Network
from monitor.readers.answers import read_answer
from monitor.readers.calling import Endpoint, Reply
from monitor.readers.prompting import PROMPT, Question, question_key, question_of
from monitor.store import answers, facts, spending
from monitor.store.answers import KeptAnswer
from monitor.store.engine import Connection
from monitor.store.spending import Spent

PATIENCE = 90.0
"""Seconds for which the items of one visit wait for answers."""

_FOR_HISTORY = 2  # history may use up this part of a day's budget, so that the news of the day finds some left


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An item that a watch is about to read.

    Attributes:
        is_old: It is history and no news.
    """

    item: Item
    watch: Watch
    is_old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inquiry:
    wanted: Wanted
    second: SecondReader
    question: Question


# --- asking -----------------------------------------------------------------------------------------


async def consult(context: Context, network: Network, wanted: Iterable[Wanted]) -> None:
    """Ask about those items that need it and were not asked about before, the newest first.

    What cannot be answered in time, or within the budget, is left; nothing is raised for it.

    Raises:
        StoreTrouble: The database cannot be used.
    """
    try:
        await _ask_all(context, network, await context.aside(_inquiries, context, tuple(wanted)))
    except FactwatchError:
        raise
    except Exception:
        # A second reader is a help; a mistake about it must not keep a feed from being read.
        context.log.exception("the second reader was not asked, by a mistake of this program")


async def _ask_all(context: Context, network: Network, inquiries: Sequence[_Inquiry]) -> None:
    tasks = [asyncio.create_task(_ask(context, network, inquiry)) for inquiry in inquiries]
    if not tasks:
        return
    try:
        _, late = await asyncio.wait(tasks, timeout=PATIENCE)
    finally:
        for task in tasks:
            task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            raise outcome
    if late:
        context.log.warning("the second reader was not waited for any longer", questions=len(late))


def may_consult(context: Context) -> bool:
    """Whether rules or settings name any second reader; where they do not, nothing here costs anything."""
    return bool(context.settings.reader_url) or context.rules.current.wish_for_readers


def _inquiries(context: Context, wanted: Sequence[Wanted]) -> tuple[_Inquiry, ...]:
    with context.store.reading() as connection:
        in_force = {
            name: {fact: history.in_force for fact, history in facts.load_histories(connection, name).items()}
            for name in {one.watch.id for one in wanted}
        }
        newest_first = sorted(wanted, key=lambda one: one.item.published, reverse=True)
        inquiries = (_inquiry(context, one, in_force[one.watch.id]) for one in newest_first)
        found: dict[str, _Inquiry] = {}
        for inquiry in filter(None, inquiries):
            found.setdefault(inquiry.question.key, inquiry)
        known = answers.known_keys(connection, list(found))
    return tuple(inquiry for key, inquiry in found.items() if key not in known)


def _inquiry(context: Context, wanted: Wanted, known: Mapping[str, Known]) -> _Inquiry | None:
    second = second_reader_of(wanted.watch, context.settings)
    if second is None:
        return None
    if second.ask is Ask.UNSURE:
        reader = context.rules.current.reader
        if not doubt_of(reader.read(wanted.item, wanted.watch.id, known)):
            return None
    return _Inquiry(wanted=wanted, second=second, question=question_of(wanted.item, wanted.watch, known, model=second.model))


async def _ask(context: Context, network: Network, inquiry: _Inquiry) -> None:
    endpoint = endpoint_of(inquiry.second)
    async with network.caller.turn(endpoint):
        troubles = context.second_readers.troubles()
        why = troubles.get(endpoint.name) or await context.aside(_take_from_budget, context, inquiry, endpoint)
        if why:
            context.log.info("the second reader is not asked", why=why)
            return
        try:
            reply = await context.second_readers.ask(network.caller, endpoint, inquiry.question)
        except ReaderTrouble as trouble:
            await context.aside(_note_failure, context, endpoint)
            context.log.warning("the second reader was not heard", why=str(trouble))
        else:
            await context.aside(_keep, context, endpoint, inquiry.question.key, reply)


def endpoint_of(second: SecondReader) -> Endpoint:
    """Where a second reader is asked."""
    key = second.key.get_secret_value() if second.key else ""
    return Endpoint(url=second.url, model=second.model, key=key, deadline=second.deadline.total_seconds())


# --- budget and answers -----------------------------------------------------------------------------


def _take_from_budget(context: Context, inquiry: _Inquiry, endpoint: Endpoint) -> str:
    """Count a question before it is sent out; the answer is why it may not be, empty where it may."""
    today = context.now().astimezone(UTC).date()
    with context.store.transaction() as connection:
        spent = spending.on_day(connection, today, endpoint.name)
        if why := exhausted(inquiry.second, spent, is_old=inquiry.wanted.is_old):
            return why
        spending.add(connection, today, Spent(reader=endpoint.name, calls=1))
    return ""


def exhausted(second: SecondReader, spent: Spent, *, is_old: bool = False) -> str:
    """Which part of a day's budget is used up; empty where none is."""
    part = _FOR_HISTORY if is_old else 1
    if spent.calls >= second.calls // part:
        return f"the {count_of(second.calls // part, 'question')} of today are asked"
    if spent.tokens_in + spent.tokens_out >= second.tokens // part:
        return f"the {count_of(second.tokens // part, 'token')} of today are spent"
    return ""


def _note_failure(context: Context, endpoint: Endpoint) -> None:
    with context.store.transaction() as connection:
        spending.add(connection, context.now().astimezone(UTC).date(), Spent(reader=endpoint.name, failures=1))


def _keep(context: Context, endpoint: Endpoint, key: str, reply: Reply) -> None:
    now = context.now()
    spent = Spent(reader=endpoint.name, tokens_in=reply.tokens_in, tokens_out=reply.tokens_out)
    answer = KeptAnswer(key=key, reader=endpoint.name, text=reply.text, tokens_in=reply.tokens_in, tokens_out=reply.tokens_out)
    with context.store.transaction() as connection:
        answers.keep(connection, answer, now=now)
        spending.add(connection, now.astimezone(UTC).date(), spent)


# --- hearing ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a kept answer comes to.

    Attributes:
        hearing: None where there is none that can be read.
        is_final: Asking again would bring nothing else.
        why: Why there is none.
    """

    hearing: Hearing | None = None
    is_final: bool = True
    why: str = ""


def heard_of(connection: Connection, item: Item, watch: Watch, second: SecondReader) -> Heard:
    """The second reader's kept answer about an item for a watch; for any transaction."""
    kept = answers.find(connection, question_key(item, watch, model=second.model))
    if kept is None:
        return Heard(is_final=False, why=f"{endpoint_of(second).name} was not heard")
    return heard_in(kept.text, second)


def heard_in(text: str, second: SecondReader) -> Heard:
    """What an answer comes to that was given now or long ago."""
    try:
        proposals = read_answer(text)
    except ReaderTrouble as trouble:
        return Heard(why=str(trouble))
    return Heard(hearing=Hearing(model=second.model, prompt=PROMPT, trust=second.trust, proposals=proposals))


def why_unheard(second: SecondReader | None, heard: Heard | None, reading: Reading) -> str:
    """Why our own reader has read alone although the second one should have had a word; empty where that is not so."""
    if second is None or heard is None or heard.hearing is not None:
        return ""
    return heard.why if second.ask is Ask.ALL or doubt_of(reading) else ""


def wanted_of(context: Context, item: Item, listening: Collection[str], *, is_old: bool) -> Iterator[Wanted]:
    """An item for those of the watches that listen whose subject it names and that have a second reader."""
    rules = context.rules.current
    for name in rules.reader.router.route(item):
        watch = rules.watches[name]
        if name in listening and item.published.date() >= watch.since and second_reader_of(watch, context.settings):
            yield Wanted(item=item, watch=watch, is_old=is_old)
