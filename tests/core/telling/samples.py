"""One watch with one fact and a change of it, to be varied by the tests of telling."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from monitor.config.templates import load_templates
from monitor.core.changes import Change, ChangeState, Evidence, History
from monitor.core.claims import Certainty, Claim, Modality
from monitor.core.facts import Event, Fact
from monitor.core.items import Item
from monitor.core.telling.stationery import Stationery
from monitor.core.values import Kind, Known, parse_known
from monitor.core.verdicts import Verdict
from monitor.core.watches import Baseline, Policy, Subject, Watch

STATIONERY = Stationery(templates=load_templates())
QUOTE = "Xiaomi will start mass production in the second half of 2024, Lei Jun said."
FACT = Fact(
    key="mass-production", title="Start of mass production", kind=Kind.PERIOD, about=("mass production",), event=Event.START
)


def period(text: str) -> Known:
    """A period with its standing, in its printed form."""
    return parse_known(text, Kind.PERIOD)


WATCH = Watch(
    id="xiaomi-ev",
    title="Xiaomi's electric car",
    subject=Subject(names=("Xiaomi",)),
    facts={FACT.key: FACT},
    policies={FACT.key: Policy()},
    baselines={
        FACT.key: Baseline(
            known=period("2024-H1"), as_of=date(2023, 11, 8), source="Pandaily", source_url="https://pandaily.com/xiaomi"
        )
    },
    since=date(2023, 11, 8),
)


def evidence(
    *,
    quote: str = QUOTE,
    value: str = "second half of 2024",
    publisher: str = "CnEVPost",
    url: str = "https://cnevpost.com/1",
    day: int = 10,
    **claim: Any,
) -> Evidence:
    """One article's word, published in January 2024."""
    start = quote.find(value)
    item = Item(
        id=publisher, title="A headline", body=quote, url=url, publisher=publisher, published=datetime(2024, 1, day, tzinfo=UTC)
    )
    return Evidence(
        claim=Claim(
            item=item,
            watch=WATCH.id,
            fact=FACT.key,
            value=period("2024-H2").value,
            modality=Modality.PLANNED,
            certainty=claim.pop("certainty", Certainty.OFFICIAL),
            quote=quote,
            start=max(start, 0),
            end=max(start, 0) + len(value) if start >= 0 else 0,
            **claim,
        ),
        verdict=Verdict.CHANGES,
    )


CHANGE = Change(
    watch=WATCH.id,
    fact=FACT.key,
    sequence=1,
    old=period("2024-H1"),
    new=period("2024-H2"),
    verdict=Verdict.CHANGES,
    certainty=Certainty.OFFICIAL,
    state=ChangeState.ACCEPTED,
    effective=datetime(2024, 1, 10, tzinfo=UTC),
    learned=datetime(2024, 1, 10, tzinfo=UTC),
    evidence=(evidence(),),
)


def history(*changes: Change) -> History:
    """The fact's history with these changes."""
    return History(
        watch=WATCH.id, fact=FACT.key, baseline=period("2024-H1"), as_of=datetime(2023, 11, 8, tzinfo=UTC), changes=changes
    )


def later(change: Change, value: str, *, day: int, **fields: Any) -> Change:
    """The next step after a change."""
    return replace(
        change,
        sequence=change.sequence + 1,
        old=change.brings,
        new=period(value),
        effective=datetime(2024, 1, day, tzinfo=UTC),
        **fields,
    )
