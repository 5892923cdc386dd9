"""Labelled news items: what an item says of a watch's facts, as people wrote it down, for scoring and for training."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from monitor.core.facts import Fact
from monitor.core.items import Item
from monitor.core.reading.knowns import read_known
from monitor.core.reading.units import Units
from monitor.core.values import Amount, Known, Period, Value
from monitor.core.watches import Watch
from monitor.errors import Fault, FileFaults, UserFault
from monitor.jobs.case_lines import faults_of

_NEAR_DAYS = 40
_LEAST_OVERLAP = 0.25
_NEAR_RATIO = 0.015


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What an item says of one fact.

    Attributes:
        verdict: As in a rule's tests; ``denied_change`` for a denied report.
        alert: ``yes``, ``optional`` or ``no``.
        accept: Other verdicts that count as right.
        quote: The words of the item.
        old: The value in force before, as the label gives it; empty for none.
    """

    fact: str
    verdict: str
    value: str
    alert: str
    accept: frozenset[str] = frozenset()
    quote: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledItem:
    """An item with its labels and the values in force before it.

    Attributes:
        known: The values in force where they differ from the baseline.
        labels: For the item alone.
        lenient: Facts of which a claim may be reported without being wrong.
        replayed: The labels where items are read in the order of their dates: what an earlier one told is known by then.
        split: The part of the collection that it belongs to, such as ``dev``; empty for none.
        file: Where it stands, as the user gave the path.
        line: Counted from 1.
    """

    item: Item
    watch: str
    known: Mapping[str, str]
    labels: tuple[Label, ...]
    lenient: frozenset[str]
    replayed: tuple[Label, ...] = ()
    split: str = ""
    file: str = ""
    line: int = 0


def read_cases(paths: Sequence[Path]) -> Iterator[LabelledItem]:
    """Read files of labelled items, one JSON object a line.

    Raises:
        FileFaults: Every line of the files that is no labelled item.
        UserFault: A file cannot be read.
    """
    cases: list[LabelledItem] = []
    faults: list[Fault] = []
    for path in paths:
        # Not splitlines(): it would also break at separators that stand inside a text.
        for number, line in enumerate(_content(path).split("\n"), start=1):
            if not line.strip():
                continue
            row, wrong = _read_line(line)
            faults += [Fault(file=str(path), line=number, column=0, message=message) for message in wrong]
            if not wrong:
                cases.append(_labelled(row, str(path), number))
    if faults:
        raise FileFaults(faults)
    return iter(cases)


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserFault(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UserFault(f"{path} cannot be read: it is not UTF-8 text") from error


def _read_line(line: str) -> tuple[Any, list[str]]:
    """The object of a line, and what is wrong with it."""
    try:
        row = json.loads(line)
    except ValueError as error:
        return None, [f"this is no JSON ({error}); write one object a line"]
    return row, list(faults_of(row))


def _labelled(row: Mapping[str, Any], file: str, line: int) -> LabelledItem:
    return LabelledItem(
        item=Item(
            id=row["id"],
            title=row["title"],
            body=row["body"],
            url="",
            publisher=row["source"],
            published=datetime.fromisoformat(row["published"][:10]).replace(tzinfo=UTC),
            language=row["lang"],
        ),
        watch=_dashed(row["subject"]),
        known={_dashed(fact): str(value) for fact, value in (row.get("baseline_moved") or {}).items()},
        labels=tuple(_label(label) for label in row["expect"]),
        replayed=tuple(_label(label, suffix="_seq") for label in row["expect"]),
        lenient=frozenset(_dashed(entry["fact"] if isinstance(entry, dict) else entry) for entry in row.get("lenient") or []),
        split=str(row.get("split") or ""),
        file=file,
        line=line,
    )


def _label(row: Mapping[str, Any], *, suffix: str = "") -> Label:
    """The label of a row, with the keys of a suffix where it has them."""
    verdict, alert, accept = (row.get(f"{key}{suffix}", row.get(key)) for key in ("verdict", "alert", "accept"))
    return Label(
        fact=_dashed(row["fact"]),
        verdict=str(verdict),
        value=str(row["value"]),
        alert=str(alert),
        accept=frozenset(accept or ()),
        quote=str(row.get("quote") or ""),
        old=str(row.get("old") or ""),
    )


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def known_values(case: LabelledItem, watch: Watch, units: Units) -> dict[str, Known]:
    """The values in force before the item, the baseline's where the case says nothing."""
    known = {key: baseline.known for key, baseline in watch.baselines.items()}
    known.update({key: read_known(text, watch.facts[key], units) for key, text in case.known.items() if key in watch.facts})
    return known


def meant_by(label: Label, fact: Fact, units: Units) -> Value | None:
    """The labelled value; None where the label's text is none of the fact's kind."""
    try:
        return read_known(label.value, fact, units).value
    except ValueError:
        return None


def is_value_of(said: Value, label: Label, fact: Fact, units: Units) -> bool:
    """Whether a value means the labelled one, with the patience of a person: weeks for dates, a percent or two for numbers."""
    gold = meant_by(label, fact, units)
    match said, gold:
        case Period(), Period():
            return _same_period(said, gold)
        case Amount(), Amount():
            return _same_amount(said, gold)
        case _:
            return said == gold


def _same_period(said: Period, gold: Period) -> bool:
    """Both ends near each other, or a good part of their days in common; of open periods the ends that they have.

    An end is also held against the labelled beginning where one of the two is open: "by June" of what is set for "June or later".
    """
    if said.first and said.last and gold.first and gold.last:
        shared = (min(said.last, gold.last) - max(said.first, gold.first)).days + 1
        union = (max(said.last, gold.last) - min(said.first, gold.first)).days + 1
        return (_is_near(said.first, gold.first) and _is_near(said.last, gold.last)) or shared / union >= _LEAST_OVERLAP
    if said.first is None or gold.first is None:
        return _is_near(said.last, gold.last) or _is_near(said.last, gold.first)
    return _is_near(said.first, gold.first) or _is_near(said.last, gold.first)


def _is_near(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs((one - other).days) <= _NEAR_DAYS


def _same_amount(said: Amount, gold: Amount) -> bool:
    ends = [
        (one, other) for one in (said.low, said.high) for other in (gold.low, gold.high) if one is not None and other is not None
    ]
    return any(abs(one - other) <= float(max(abs(one), abs(other))) * _NEAR_RATIO for one, other in ends)
