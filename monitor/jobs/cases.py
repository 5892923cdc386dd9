"""Labelled news items: what an item says of a watch's facts, as people wrote it down, for scoring and for training."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.core.facts import Fact
from monitor.core.items import Item
from monitor.core.reading.knowns import read_known
from monitor.core.reading.units import Units
from monitor.core.values import Amount, Known, Period, Value
from monitor.core.watches import Watch

_NEAR_DAYS = 40
_LEAST_OVERLAP = 0.25
_NEAR_RATIO = 0.015


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What an item says of one fact.

    Attributes:
        verdict: As in a rule's tests; ``denied_change`` for a denied report.
        alert: ``yes``, ``optional`` or ``no``.
    """

    fact: str
    verdict: str
    value: str
    alert: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledItem:
    """An item with its labels and the values in force before it.

    Attributes:
        lenient: Facts of which a claim may be reported without being wrong.
    """

    item: Item
    watch: str
    known: Mapping[str, str]
    labels: tuple[Label, ...]
    lenient: frozenset[str]


def read_cases(paths: Sequence[Path]) -> Iterator[LabelledItem]:
    """Read files of labelled items, one JSON object a line."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield _labelled(json.loads(line))


def _labelled(row: Mapping[str, Any]) -> LabelledItem:
    lenient = row.get("lenient") or []
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
        watch=_dashed(row.get("subject", "xiaomi_ev")),
        known={_dashed(fact): str(value) for fact, value in row["baseline_moved"].items()},
        labels=tuple(
            Label(fact=_dashed(label["fact"]), verdict=label["verdict"], value=str(label["value"]), alert=label["alert"])
            for label in row["expect"]
        ),
        lenient=frozenset(_dashed(entry["fact"] if isinstance(entry, dict) else entry) for entry in lenient),
    )


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def known_values(case: LabelledItem, watch: Watch, units: Units) -> dict[str, Known]:
    """The values in force before the item, the baseline's where the case says nothing."""
    known = {key: baseline.known for key, baseline in watch.baselines.items()}
    known.update({key: read_known(text, watch.facts[key], units) for key, text in case.known.items() if key in watch.facts})
    return known


def is_value_of(said: Value, label: Label, fact: Fact, units: Units) -> bool:
    """Whether a value means the labelled one, with the patience of a person: weeks for dates, a percent or two for numbers."""
    try:
        gold = read_known(label.value, fact, units).value
    except ValueError:
        return False
    match said, gold:
        case Period(), Period():
            return _same_period(said, gold)
        case Amount(), Amount():
            return _same_amount(said, gold)
        case _:
            return said == gold


def _same_period(said: Period, gold: Period) -> bool:
    if said.is_closed and gold.is_closed:
        shared = (min(said.last, gold.last) - max(said.first, gold.first)).days + 1  # type: ignore[type-var, operator]
        union = (max(said.last, gold.last) - min(said.first, gold.first)).days + 1  # type: ignore[type-var, operator]
        near = all(
            abs((one - other).days) <= _NEAR_DAYS  # type: ignore[operator]
            for one, other in ((said.first, gold.first), (said.last, gold.last))
        )
        return near or shared / union >= _LEAST_OVERLAP
    ends = [(one, other) for one, other in ((said.first, gold.first), (said.last, gold.last)) if one and other]
    return any(abs((one - other).days) <= _NEAR_DAYS for one, other in ends)


def _same_amount(said: Amount, gold: Amount) -> bool:
    ends = [
        (one, other) for one in (said.low, said.high) for other in (gold.low, gold.high) if one is not None and other is not None
    ]
    return any(abs(one - other) <= float(max(abs(one), abs(other))) * _NEAR_RATIO for one, other in ends)
