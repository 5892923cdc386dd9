"""Surveying: each fact with all that is known of it, for those who look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.core.changes import History
from monitor.core.facts import Fact
from monitor.core.watches import Baseline, Watch
from monitor.jobs.backtesting import begin
from monitor.store import facts
from monitor.store.engine import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A fact of a rule with its history.

    Attributes:
        baseline: What its history began with, and who said so.
    """

    watch: Watch
    fact: Fact
    history: History
    baseline: Baseline

    @property
    def name(self) -> str:
        """``xiaomi-ev/launch``."""
        return f"{self.watch.id}/{self.fact.key}"


def view_facts(connection: Connection, chosen: Iterable[tuple[Watch, Fact]]) -> tuple[FactView, ...]:
    """Facts with their histories, three queries a watch; for any transaction.

    A fact that the database has not taken up yet stands at its baseline.
    """
    wanted = list(chosen)
    watches = {watch.id: watch for watch, _ in wanted}
    histories = {name: _histories(connection, watch) for name, watch in watches.items()}
    return tuple(
        FactView(watch=watch, fact=fact, history=histories[watch.id][fact.key], baseline=watch.baselines[fact.key])
        for watch, fact in wanted
    )


def view_watch(connection: Connection, watch: Watch) -> tuple[FactView, ...]:
    """All facts of a watch, in the rule's order; for any transaction."""
    return view_facts(connection, [(watch, fact) for fact in watch.facts.values()])


def view_fact(connection: Connection, watch: Watch, fact: Fact) -> FactView:
    """One fact; its baseline is the ledger's, which a later edit of the seed does not touch. For any transaction."""
    history = facts.load_history(connection, watch.id, fact.key) or begin(watch)[fact.key]
    baseline = facts.load_baseline(connection, watch.id, fact.key) or watch.baselines[fact.key]
    return FactView(watch=watch, fact=fact, history=history, baseline=baseline)


def _histories(connection: Connection, watch: Watch) -> Mapping[str, History]:
    return {**begin(watch), **facts.load_histories(connection, watch.id)}
