"""Seeding: the database is made to say what the rules say, and every watch catches up on what is known already."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.core.changes import History
from monitor.core.judging.overruling import knows_better, reseed
from monitor.core.watches import Watch
from monitor.jobs.catching_up import catch_up, forget_gone
from monitor.jobs.context import Context
from monitor.store import facts, feeds
from monitor.store.engine import Connection
from monitor.store.facts import SeedDifference


def seed(context: Context) -> None:
    """Bring the database in line with the rules in force; at start and after each reload, in the writer's thread.

    Feeds and facts that no rule names any longer are set aside, not deleted. What the archives and the stored items tell a new
    watch or a new fact moves the ledger silently, to be told in the next digest. Doing it twice changes nothing.
    """
    watches = context.rules.current.watches
    with context.store.transaction() as connection:
        sources = [source for watch in watches.values() for source in watch.feeds]
        feed_ids = feeds.sync(connection, sources, now=context.now())
        facts.archive_watches(connection, but=watches, now=context.now())
        forget_gone(connection, watches)
        for watch in watches.values():
            _take_up_seed(connection, watch, context)
    for watch in watches.values():
        with context.store.transaction() as connection:
            catch_up(connection, watch, feed_ids, context)


def seeds_passed_over(connection: Connection, watches: Iterable[Watch]) -> list[tuple[Watch, History]]:
    """The facts whose seed was rewritten without a newer date, so that the ledger goes on with what it knows.

    For any transaction.
    """
    return [
        (watch, history)
        for watch in watches
        for fact, history in facts.load_histories(connection, watch.id).items()
        if (seed := watch.baselines.get(fact)) and knows_better(history, seed.known, as_of=facts.start_of(seed.as_of))
    ]


def _take_up_seed(connection: Connection, watch: Watch, context: Context) -> None:
    for difference in facts.sync_baselines(connection, watch.id, watch.baselines, now=context.now()):
        _take_up_difference(connection, watch, difference, context)


def _take_up_difference(connection: Connection, watch: Watch, difference: SeedDifference, context: Context) -> None:
    """A fact without a step begins anew at what the seed says; one with a history gets a step, if the seed is newer."""
    before = facts.load_history(connection, watch.id, difference.fact)
    if before is None:
        return
    if not before.changes:
        facts.replace_baseline(connection, watch.id, difference.fact, difference.seed)
        return
    after = reseed(before, difference.seed.known, as_of=difference.seed_as_of, now=context.now())
    for change in facts.save_history(connection, before, after):
        context.log.info("the seed moved a fact", change=change.key, old=str(change.old), new=str(change.brings))
