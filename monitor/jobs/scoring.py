"""Scoring: the alerts on labelled items held against the labels, each item alone or all of them in the course of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from monitor.core.facts import Fact
from monitor.core.reading.units import Units
from monitor.core.values import parse_value
from monitor.core.verdicts import Verdict
from monitor.jobs.answering import Reader, answer
from monitor.jobs.backtesting import backtest
from monitor.jobs.case_lines import MOVING_VERDICTS
from monitor.jobs.cases import Label, LabelledItem, is_value_of
from monitor.jobs.checking_cases import check_cases

Alert = Mapping[str, Any]  # a row as ``assess`` and ``backtest`` print it

# What one analyst calls completed another calls changed: between these the value decides.
_ONE_READING_APART = frozenset({"completed", "changes", "refines"})


class Mark(StrEnum):
    """What is counted; the first two make the precision, the last two the recall."""

    RIGHT = "right"  # an alert that a label wants or allows; several on one fact of an item count once
    FALSE = "false"  # an alert that no label asked for
    FOUND = "found"  # a label that must alert and has its alert
    MISSED = "missed"  # a label that must alert and has none


ERRORS = frozenset({Mark.FALSE, Mark.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is counted.

    Attributes:
        label: What was wanted; None for an alert.
        alerts: What was said of the fact: of a label all alerts on it, of an alert itself.
    """

    mark: Mark
    case: LabelledItem
    fact: Fact
    label: Label | None
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of marks and what they come to.

    Attributes:
        told: Labels that must alert with an alert on their fact, whatever its value.
    """

    right: int
    false: int
    found: int
    missed: int
    told: int

    @property
    def wanted(self) -> int:
        """Labels that must alert."""
        return self.found + self.missed

    @property
    def precision(self) -> float:
        """The part of the alerts that is right; 1 where there were none."""
        return _part(self.right, self.right + self.false)

    @property
    def recall(self) -> float:
        """The part of the labels that must alert that was found; 1 where there are none."""
        return _part(self.found, self.wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def told_part(self) -> float:
        """The recall if any value would do."""
        return _part(self.told, self.wanted)


def _part(some: int, of_all: int) -> float:
    return some / of_all if of_all else 1.0


def score(cases: Sequence[LabelledItem], reader: Reader, *, is_replay: bool = False) -> list[Entry]:
    """Read every item and count its alerts and labels, in the order in which the items were read.

    Args:
        is_replay: In the order of their dates, the ledger moving; else each alone, against the values in force before it.

    Raises:
        FileFaults: Cases that do not fit the watches: all of them, with file and line.
    """
    check_cases(cases, reader)
    ordered = sorted(cases, key=lambda case: (case.item.published, case.item.id)) if is_replay else cases
    rows = backtest(_replay_rows(ordered), reader) if is_replay else _answers(ordered, reader)
    alerts = defaultdict(list)
    for row in rows:
        if row["alert"] and row["verdict"] in MOVING_VERDICTS:
            alerts[row["item"], row["watch"]].append(row)
    return [
        entry
        for case in ordered
        for entry in count(
            case,
            alerts[case.item.id, case.watch],
            case.replayed if is_replay else case.labels,
            reader.words[case.watch].watch.facts,
            reader.library.units,
        )
    ]


# --- counting ---------------------------------------------------------------------------------------


def count(
    case: LabelledItem, alerts: Sequence[Alert], labels: Sequence[Label], facts: Mapping[str, Fact], units: Units
) -> Iterator[Entry]:
    """Hold the alerts on one item against its labels; labels first."""
    credited: set[int] = set()
    for label in labels:
        if label.alert == "no":
            continue
        fact = facts[label.fact]
        on_fact = {number: alert for number, alert in enumerate(alerts) if alert["fact"] == fact.key}
        good = {number for number, alert in on_fact.items() if _answers_label(alert, label, fact, units)}
        credited |= good
        if label.alert == "yes":
            mark = Mark.FOUND if good else Mark.MISSED
            yield Entry(mark=mark, case=case, fact=fact, label=label, alerts=tuple(on_fact.values()))
    counted: set[str] = set()
    for number, alert in enumerate(alerts):
        if number in credited and alert["fact"] not in counted:
            counted.add(alert["fact"])
            yield Entry(mark=Mark.RIGHT, case=case, fact=facts[alert["fact"]], label=None, alerts=(alert,))
        elif number not in credited and alert["fact"] not in case.lenient:
            yield Entry(mark=Mark.FALSE, case=case, fact=facts[alert["fact"]], label=None, alerts=(alert,))


def _answers_label(alert: Alert, label: Label, fact: Fact, units: Units) -> bool:
    wanted = {label.verdict, *label.accept}
    if wanted & _ONE_READING_APART:
        wanted |= _ONE_READING_APART
    if alert["verdict"] not in wanted:
        return False
    if alert["verdict"] == Verdict.CANCELLED:
        return True
    if alert["value"] is None:
        return False
    return is_value_of(parse_value(alert["value"], fact.kind, fact.value_unit, fact.state_names), label, fact, units)


def figures_of(entries: Iterable[Entry]) -> Figures:
    """The figures of what was counted."""
    counts = dict.fromkeys(Mark, 0)
    told = 0
    for entry in entries:
        counts[entry.mark] += 1
        told += entry.label is not None and bool(entry.alerts)
    return Figures(
        right=counts[Mark.RIGHT], false=counts[Mark.FALSE], found=counts[Mark.FOUND], missed=counts[Mark.MISSED], told=told
    )


def figures_by(entries: Iterable[Entry], name: Callable[[Entry], str]) -> dict[str, Figures]:
    """The figures of each group of entries that share a name, in the order of the names."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[name(entry)].append(entry)
    return {key: figures_of(groups[key]) for key in sorted(groups)}


# --- reading ----------------------------------------------------------------------------------------


def rows_of(cases: Iterable[LabelledItem]) -> Iterator[dict[str, Any]]:
    """The items as ``assess`` takes them, each with the values that were in force before it."""
    for case in cases:
        yield _row(case) | {"known": _named(case, case.known)}


def _answers(cases: Iterable[LabelledItem], reader: Reader) -> Iterator[Alert]:
    for row in rows_of(cases):
        yield from answer(row, reader)


def _replay_rows(cases: Iterable[LabelledItem]) -> Iterator[dict[str, Any]]:
    """The items, each behind a row that sets the values before it that no earlier item brought.

    A collection seldom holds every report that moved a fact: what it leaves out is set as a person would.
    """
    brought: dict[tuple[str, str], set[str]] = defaultdict(set)
    for case in cases:
        missing = {}
        for fact, value in case.known.items():
            if _bare(value) not in brought[case.watch, fact]:
                brought[case.watch, fact].add(_bare(value))
                missing[fact] = value
        if missing:
            yield {"published": _row(case)["published"], "set": _named(case, missing)}
        yield _row(case)
        for label in case.labels:
            brought[case.watch, label.fact].add(_bare(label.value))


def _row(case: LabelledItem) -> dict[str, Any]:
    item = case.item
    return {
        "id": item.id,
        "published": item.published.date().isoformat(),
        "source": item.publisher,
        "lang": item.language,
        "title": item.title,
        "body": item.body,
    }


def _named(case: LabelledItem, values: Mapping[str, str]) -> dict[str, str]:
    return {f"{case.watch}/{fact}": value for fact, value in values.items()}


def _bare(value: str) -> str:
    """A value without its standing: "2024-03-28 (done)" was brought by whoever said "2024-03-28"."""
    return value.removesuffix("(done)").rstrip()
