"""Labelled items about the small watch of ``readers``."""

from __future__ import annotations

from typing import Any

from monitor.core.items import Item
from monitor.jobs.answering import moment_of
from monitor.jobs.cases import Label, LabelledItem

ROW: dict[str, Any] = {
    "id": "7",
    "title": "T",
    "body": "B",
    "source": "outlet.com",
    "published": "2024-06-15",
    "lang": "en",
    "subject": "acme",
    "baseline_moved": {"launch": "2026"},
    "expect": [{"fact": "launch", "verdict": "changes", "value": "2026-Q3", "alert": "yes"}],
    "lenient": [],
}


def label(fact: str, value: str, *, verdict: str = "changes", alert: str = "yes", accept: tuple[str, ...] = ()) -> Label:
    return Label(fact=fact, verdict=verdict, value=value, alert=alert, accept=frozenset(accept), quote=f"{fact} {value}")


def case(
    *labels: Label,
    body: str = "",
    number: str = "1",
    published: str = "2024-06-15",
    replayed: tuple[Label, ...] | None = None,
    lenient: tuple[str, ...] = (),
    **known: str,
) -> LabelledItem:
    """A case of the watch ``acme``; ``known`` are the values that moved before it."""
    return LabelledItem(
        item=Item(
            id=number,
            title="",
            body=body,
            url="",
            publisher="outlet.com",
            published=moment_of({"published": published}),
            language="en",
        ),
        watch="acme",
        known=known,
        labels=labels,
        replayed=labels if replayed is None else replayed,
        lenient=frozenset(lenient),
        file="cases.jsonl",
        line=int(number),
    )
