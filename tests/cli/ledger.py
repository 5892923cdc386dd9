"""A watch with a history to look at: an opening that moved twice and may move again, a cost, a permit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from monitor.core.changes import Change, ChangeState, Evidence, History
from monitor.core.claims import Certainty, Claim, Modality
from monitor.core.items import Item
from monitor.core.messages import Message, Occasion
from monitor.core.telling.retrying import Fate, Settle
from monitor.core.values import Known, Standing, parse_period
from monitor.core.verdicts import Verdict
from monitor.core.watches import Baseline, FeedSource
from monitor.store import facts, feeds, held, items, outbox
from monitor.store.engine import Connection, Store
from monitor.store.sightings import Sighting

NOW = datetime(2024, 7, 1, 12, tzinfo=UTC)
FEED = "https://example.org/feed.xml"
HOSTILE = "Acme \x1b[31mopens\x1b[0m its plant in 2026-Q1, a rumour says"

RULE = """\
version: 1
watch: acme
title: Acme's new plant
baseline: ../seeds/acme.yaml
subject: {names: [Acme], officials: [Ada Brown]}
feeds: [https://example.org/feed.xml]
facts:
  opening: {title: Opening of the plant, kind: period, about: [opens, opening, open], event: start}
  capacity: {title: Annual capacity, kind: quantity, unit: vehicle/year, about: [capacity]}
  permit:
    title: Permit
    kind: status
    about: [permit]
    states: {none: [no permit], granted: [granted]}
tests:
  - text: Acme will open its plant in the second half of 2025, Ada Brown said.
    published: 2024-01-10
    known: {opening: 2024-H1}
    expect: {opening: {verdict: changes, value: 2025-07/2025-12}}
  - text: Globex sells shoes.
    published: 2024-01-10
    expect: {}
"""
SEED = """\
version: 1
watch: acme
as_of: 2024-01-01
source: {title: Annual report, publisher: Acme, date: 2023-12-20, url: https://example.org/report}
facts:
  opening: 2024
  permit: none
"""


def write_rules(folder: Path, rule: str = RULE) -> Path:
    """Write the rule and its seed; the folder of the rule is returned."""
    for name, text in {"rules/acme.yaml": rule, "seeds/acme.yaml": SEED}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "rules"


def period(text: str, standing: Standing = Standing.EXPECTED) -> Known:
    return Known(value=parse_period(text), standing=standing)


def write_ledger(store: Store) -> None:
    """Three steps of the opening: one in force, one that took its place, one that waits and is held back."""
    with store.transaction() as connection:
        facts.sync_baselines(connection, "acme", _baselines(), now=NOW)
        feed_id = feeds.sync(connection, [FeedSource(url=FEED)], now=NOW)[FEED, None]
        first, second, third = (_step(connection, feed_id, sequence) for sequence in _SAID)
        before = facts.load_history(connection, "acme", "opening")
        assert before is not None
        after = History(
            watch="acme", fact="opening", baseline=before.baseline, as_of=before.as_of, changes=(first, second, third)
        )
        facts.save_history(connection, before, after)
        held.hold(connection, third.key, until=NOW + timedelta(days=9000), reason="gathering sources", now=NOW)
        _send(connection, second.key)


def _baselines() -> dict[str, Baseline]:
    day = date(2024, 1, 1)
    return {
        "opening": Baseline(known=period("2024"), as_of=day, source="Acme, Annual report"),
        "capacity": Baseline(known=Known(), as_of=day),
        "permit": Baseline(known=Known(), as_of=day),
    }


_SAID = {
    1: (date(2024, 2, 1), "2024", "2024-H1", "Acme opens its plant in the first half of 2024"),
    2: (date(2024, 6, 1), "2024-H1", "2025-H1", "Acme now opens its plant in the first half of 2025"),
    3: (date(2024, 6, 20), "2025-H1", "2026-Q1", HOSTILE),
}


def _step(connection: Connection, feed_id: int, sequence: int) -> Change:
    day, old, value, sentence = _SAID[sequence]
    certainty = Certainty.RUMOUR if sequence == 3 else Certainty.OFFICIAL
    said = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    sighting = Sighting(
        identity=str(sequence),
        title=sentence,
        body="It was said on stage.",
        url=f"https://example.org/{sequence}",
        publisher="example.org",
        published=said,
        language="en",
    )
    item = items.store(connection, feed_id, [sighting], now=said)[0].item
    return Change(
        watch="acme",
        fact="opening",
        sequence=sequence,
        old=period(old),
        new=period(value),
        verdict=Verdict.REFINES if sequence == 1 else Verdict.CHANGES,
        certainty=certainty,
        state=ChangeState.ACCEPTED if certainty is Certainty.OFFICIAL else ChangeState.CANDIDATE,
        effective=said,
        learned=said + timedelta(minutes=5),
        evidence=(Evidence(claim=_claim(item, value, certainty), verdict=Verdict.CHANGES),),
        is_told=sequence < 3,
    )


def _claim(item: Item, value: str, certainty: Certainty) -> Claim:
    return Claim(
        item=item,
        watch="acme",
        fact="opening",
        value=parse_period(value),
        modality=Modality.PLANNED,
        certainty=certainty,
        quote=item.title,
        start=0,
        end=4,
        in_title=True,
        reasons=("linked with probability 0.90: cue in sentence (+0.5)", "planned: the date lies ahead"),
    )


def _send(connection: Connection, key: str) -> None:
    """The message of a change: sent to one destination, given up for another."""
    message = Message(occasion=Occasion.CHANGE, key=key, title="Opening: 2025-H1", text="t", markdown="m", html="h")
    for name in ("desk", "pager"):
        outbox.enqueue(connection, message, destination=name, order_key="acme/opening", now=NOW)
    due = outbox.lease_due(connection, now=NOW, lease=timedelta(minutes=1), limit=9)
    for delivery in due:
        is_sent = delivery.destination == "desk"
        step = Settle(fate=Fate.SENT if is_sent else Fate.DEAD, detail="" if is_sent else "404 Not Found")
        outbox.settle(connection, delivery.id, step, now=NOW)
