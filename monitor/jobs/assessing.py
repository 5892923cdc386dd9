"""Assessing: one version of one item, read and judged for every watch that it names, and the ledger moved by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from monitor.config.second_readers import second_reader_of
from monitor.core.changes import Change, ChangeState, History
from monitor.core.claims import Certainty, Claim
from monitor.core.judging.assessing import Assessment, assess_item, reassess_item
from monitor.core.reading.extracting import Reading
from monitor.core.watches import Acceptance, FeedSource, Tier, Watch
from monitor.jobs import digesting, holding_back, telling
from monitor.jobs.accounts import Account, account_of
from monitor.jobs.answering import Reader
from monitor.jobs.consulting import Heard, heard_of, why_unheard
from monitor.jobs.context import Context
from monitor.store import facts, readings, unheard
from monitor.store.engine import Connection
from monitor.store.feeds import Feed
from monitor.store.versions import Version

ASK_AGAIN = timedelta(minutes=5)
"""After so long a second reader is asked again about what it was not heard on."""


def assess_version(
    connection: Connection, version: Version, context: Context, *, audience: Mapping[str, FeedSource], is_silent: bool
) -> Mapping[str, tuple[Change, ...]]:
    """Assess a version for all who listen; for the transaction that stored it.

    Args:
        audience: What the rules say of the item's feed, by watch.
        is_silent: It is no news: it moves facts, and what it moves goes into the next digest.

    Returns:
        The watches whose subject it names and that read it, each with the changes that are told of it now.
    """
    rules = context.rules.current
    heard = (
        name
        for name in rules.reader.router.route(version.item)
        if name in audience and is_in_time(version, rules.watches[name].since)
    )
    return {
        name: assess_for(connection, version, context, watch=rules.watches[name], tier=audience[name].tier, is_silent=is_silent)
        for name in heard
    }


def is_in_time(version: Version, since: date) -> bool:
    """Whether a watch that begins on a day reads what was published then."""
    return version.item.published.date() >= since


def is_old_news(version: Version, feed: Feed) -> bool:
    """Whether it was published before its feed was first read: what a feed begins with is history."""
    return is_old(version.item.published, feed)


def is_old(published: datetime, feed: Feed) -> bool:
    """Likewise, of what is not stored yet."""
    return feed.first_ok_at is None or published < feed.first_ok_at


def assess_for(
    connection: Connection,
    version: Version,
    context: Context,
    *,
    watch: Watch,
    tier: Tier,
    is_silent: bool,
    only: Collection[str] | None = None,
    is_again: bool = False,
) -> tuple[Change, ...]:
    """Assess a version for one watch and put on record what was made of it; for a writing transaction.

    Args:
        is_silent: As for ``assess_version``; it is decided on the day on which it was published.
        only: New facts of the watch, which has read the version without them; each is a reader of its own. None for all.
        is_again: The watch has read the version without its second reader, which has answered meanwhile.

    Returns:
        What is told of it now: nothing where it is silent.
    """
    readers = [watch.id] if only is None else [f"{watch.id}/{fact}" for fact in only]
    histories = facts.load_histories(connection, watch.id)
    before = {fact: history for fact, history in histories.items() if only is None or fact in only}
    on_hold = frozenset() if is_silent else holding_back.facts_on_hold(connection, watch.id)
    cap = Certainty.RUMOUR if tier is Tier.GOSSIP else Certainty.OFFICIAL
    second = second_reader_of(watch, context.settings)
    heard = heard_of(connection, version.item, watch, second) if second else None
    try:
        with context.meters.reading.time():
            reading = _read(version, watch, histories, context.rules.current.reader, heard, cap=cap)
        claims, why_alone = reading.claims, why_unheard(second, heard, reading)
        context.meters.claims.labels(watch.id).inc(len(claims))
        now = version.item.published if is_silent else context.now()
        assessment = _assess(version, claims, before, watch, on_hold=on_hold, now=now, is_again=is_again)
    except Exception as mistake:
        # One text that our reader trips over must not keep its feed from being read for ever.
        context.meters.mistakes.inc()
        context.log.exception("item not read, by a mistake of this program", item=version.item.id, watch=watch.id)
        _record(connection, version, readers, Account(mistake=type(mistake).__name__), now=context.now())
        return ()
    for fact, history in assessment.histories.items():
        if history != before[fact]:
            facts.save_history(connection, before[fact], history)
    account = account_of(claims, assessment, before, is_silent=is_silent, on_hold=on_hold, alone=why_alone)
    _record(connection, version, readers, account, now=context.now(), is_again=is_again)
    if why_alone and heard and not heard.is_final and not is_silent:
        unheard.note(connection, version.id, watch.id, why=why_alone, next_attempt=context.now() + ASK_AGAIN)
    if is_silent:
        digesting.gather(connection, assessment.told, now=context.now())
        return ()
    _tell(connection, assessment, watch, on_hold=on_hold, context=context)
    return assessment.told


def _tell(connection: Connection, assessment: Assessment, watch: Watch, *, on_hold: Collection[str], context: Context) -> None:
    """Tell what an assessment brought, but hold changes of facts back that wait for a person."""
    for change in assessment.told:
        is_gone = change.state is ChangeState.WITHDRAWN
        context.log.info("change", key=change.key, verdict=str(change.verdict), old=str(change.old), new=str(change.brings))
        if is_gone and holding_back.let_go(connection, change, context):
            continue
        if change.fact in on_hold and not is_gone:
            holding_back.keep(connection, change, context)
        else:
            telling.tell(connection, change, history=assessment.histories[change.fact], watch=watch, context=context)


def _read(
    version: Version,
    watch: Watch,
    histories: Mapping[str, History],
    reader: Reader,
    heard: Heard | None,
    *,
    cap: Certainty,
) -> Reading:
    known = {fact: history.in_force for fact, history in histories.items()}
    return reader.read(version.item, watch.id, known, cap=cap, hearing=heard.hearing if heard else None)


def _assess(
    version: Version,
    claims: Collection[Claim],
    before: Mapping[str, History],
    watch: Watch,
    *,
    on_hold: Collection[str],
    now: datetime,
    is_again: bool,
) -> Assessment:
    """The core's answer to what a version says; facts on hold are moved by persons only."""
    free = {fact: history for fact, history in before.items() if fact not in on_hold}
    if len(free) == len(before):
        return _answer(version, claims, before, watch, now=now, is_again=is_again)
    kept = {fact: history for fact, history in before.items() if fact in on_hold}
    careful = replace(watch, acceptance=Acceptance.MANUAL)
    return _both(
        _answer(version, claims, free, watch, now=now, is_again=is_again),
        _answer(version, claims, kept, careful, now=now, is_again=is_again),
    )


def _answer(
    version: Version,
    claims: Collection[Claim],
    before: Mapping[str, History],
    watch: Watch,
    *,
    now: datetime,
    is_again: bool,
) -> Assessment:
    """A further version also takes back what it no longer says, and so does a further reading."""
    if version.number > 1 or is_again:
        return reassess_item(version.item.id, claims, before, watch, now=now)
    return assess_item(claims, before, watch, now=now)


def _both(one: Assessment, other: Assessment) -> Assessment:
    return Assessment(
        histories={**one.histories, **other.histories},
        told=(*one.told, *other.told),
        judgements=(*one.judgements, *other.judgements),
        reasons={**one.reasons, **other.reasons},
    )


def _record(
    connection: Connection,
    version: Version,
    readers: Iterable[str],
    account: Account,
    *,
    now: datetime,
    is_again: bool = False,
) -> None:
    record = readings.record_again if is_again else readings.record
    for reader in readers:
        record(connection, reader, version.id, claims=len(account.claims), account=account.as_row(), now=now)
