"""Backtesting: items in the order of their dates through the ledger, each date being the clock, nothing stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from monitor.core.changes import Change, ChangeState, History
from monitor.core.claims import Certainty
from monitor.core.items import Item
from monitor.core.judging.assessing import assess_item
from monitor.core.judging.overruling import set_value
from monitor.core.reading.knowns import read_known
from monitor.core.watches import Watch
from monitor.errors import UserFault
from monitor.jobs.answering import Reader, item_of, moment_of

Histories = dict[str, History]


def backtest(rows: Iterable[Mapping[str, Any]], reader: Reader) -> Iterator[dict[str, Any]]:
    """A row per alert that would have been sent.

    Args:
        rows: Items as ``assess`` takes them; a row with ``set`` ({"WATCH/FACT": "VALUE"}) sets values as a person would.
    """
    ledgers = {key: begin(words.watch) for key, words in reader.words.items()}
    for row in sorted(rows, key=moment_of):
        if "set" in row:
            _set(row, ledgers, reader)
            continue
        item = item_of(row)
        for key in reader.router.route(item):
            for change in play(item, ledgers[key], key, reader):
                yield alert_row(change, item)


def begin(watch: Watch) -> Histories:
    """The histories of a watch at its baseline."""
    return {
        key: History(
            watch=watch.id,
            fact=key,
            baseline=baseline.known,
            as_of=datetime.combine(baseline.as_of, datetime.min.time(), UTC),
        )
        for key, baseline in watch.baselines.items()
    }


def play(item: Item, ledger: Histories, key: str, reader: Reader, *, cap: Certainty = Certainty.OFFICIAL) -> tuple[Change, ...]:
    """Read one item for one watch and move its ledger; the answer is what is told.

    Args:
        cap: The highest certainty that the feed's tier allows.
    """
    known = {fact: history.in_force for fact, history in ledger.items()}
    reading = reader.read(item, key, known, cap=cap)
    assessment = assess_item(reading.claims, ledger, reader.words[key].watch, now=item.published)
    ledger.update(assessment.histories)
    return assessment.told


def alert_row(change: Change, item: Item) -> dict[str, Any]:
    """The line that ``backtest`` prints of one change that an item had told."""
    support = next((e for e in reversed(change.evidence) if e.claim.item.id == item.id), change.evidence[-1])
    value = change.brings.value
    return {
        "item": item.id,
        "watch": change.watch,
        "fact": change.fact,
        "verdict": str(support.verdict if change.state is not ChangeState.WITHDRAWN else change.verdict),
        "value": None if value is None else str(value),
        "known": str(change.old),
        "quote": support.claim.quote,
        "certainty": str(change.certainty),
        "confidence": support.claim.confidence,
        "reasons": list(support.claim.reasons),
        "alert": True,
        "change": change.key,
    }


def _set(row: Mapping[str, Any], ledgers: Mapping[str, Histories], reader: Reader) -> None:
    for name, text in row["set"].items():
        watch_id, _, key = str(name).partition("/")
        if watch_id not in ledgers or key not in ledgers[watch_id]:
            continue
        fact = reader.words[watch_id].watch.facts[key]
        try:
            known = read_known(str(text), fact, reader.library.units)
        except ValueError as fault:
            raise UserFault(f"set value of {name}: {fault}") from fault
        ledgers[watch_id][key] = set_value(ledgers[watch_id][key], known, note="set", now=moment_of(row))
