"""Assessing: one version of one item, read and judged for every watch that it names, and the ledger moved by it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from monitor.core.changes import History
from monitor.core.claims import Certainty, Claim
from monitor.core.judging.assessing import Assessment, assess_item, reassess_item
from monitor.core.reading.extracting import read
from monitor.core.watches import FeedSource, Tier, Watch
from monitor.jobs import digesting, telling
from monitor.jobs.answering import Reader
from monitor.jobs.context import Context
from monitor.store import facts, readings
from monitor.store.engine import Connection
from monitor.store.feeds import Feed
from monitor.store.versions import Version


def assess_version(
    connection: Connection, version: Version, context: Context, *, audience: Mapping[str, FeedSource], is_silent: bool
) -> tuple[str, ...]:
    """Assess a version for all who listen; for the transaction that stored it.

    Args:
        audience: What the rules say of the item's feed, by watch.
        is_silent: It is no news: it moves facts, and what it moves goes into the next digest.

    Returns:
        The watches whose subject it names and that read it.
    """
    rules = context.rules.current
    heard = tuple(
        name
        for name in rules.reader.router.route(version.item)
        if name in audience and is_in_time(version, rules.watches[name].since)
    )
    for name in heard:
        assess_for(connection, version, context, watch=rules.watches[name], tier=audience[name].tier, is_silent=is_silent)
        readings.mark_read(connection, name, [version.id], now=context.now())
    return heard


def is_in_time(version: Version, since: date) -> bool:
    """Whether a watch that begins on a day reads what was published then."""
    return version.item.published.date() >= since


def is_old_news(version: Version, feed: Feed) -> bool:
    """Whether it was published before its feed was first read: what a feed begins with is history."""
    return feed.first_ok_at is None or version.item.published < feed.first_ok_at


def assess_for(
    connection: Connection,
    version: Version,
    context: Context,
    *,
    watch: Watch,
    tier: Tier,
    is_silent: bool,
    only: Collection[str] | None = None,
) -> None:
    """Assess a version for one watch; for a writing transaction.

    Args:
        is_silent: As for ``assess_version``; it is decided on the day on which it was published.
        only: Facts that it may move; None for all.
    """
    histories = facts.load_histories(connection, watch.id)
    before = {fact: history for fact, history in histories.items() if only is None or fact in only}
    cap = Certainty.RUMOUR if tier is Tier.GOSSIP else Certainty.OFFICIAL
    try:
        claims = _read(version, watch, histories, context.rules.current.reader, cap=cap)
        assessment = _assess(version, claims, before, watch, now=version.item.published if is_silent else context.now())
    except Exception:
        # One text that our reader trips over must not keep its feed from being read for ever.
        context.log.exception("item not read, by a mistake of this program", item=version.item.id, watch=watch.id)
        return
    for fact, history in assessment.histories.items():
        if history != before[fact]:
            facts.save_history(connection, before[fact], history)
    if is_silent:
        digesting.gather(connection, assessment.told, now=context.now())
        return
    for change in assessment.told:
        context.log.info("change", key=change.key, verdict=str(change.verdict), old=str(change.old), new=str(change.brings))
        telling.tell(connection, change, history=assessment.histories[change.fact], watch=watch, context=context)


def _read(
    version: Version, watch: Watch, histories: Mapping[str, History], reader: Reader, *, cap: Certainty
) -> tuple[Claim, ...]:
    known = {fact: history.in_force for fact, history in histories.items()}
    return read(version.item, reader.words[watch.id], known, reader.library, cap=cap).claims


def _assess(
    version: Version, claims: Collection[Claim], before: Mapping[str, History], watch: Watch, *, now: datetime
) -> Assessment:
    """The core's answer to what a version says; a further version also takes back what it no longer says."""
    if version.number > 1:
        return reassess_item(version.item.id, claims, before, watch, now=now)
    return assess_item(claims, before, watch, now=now)
