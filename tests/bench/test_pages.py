"""How long the server takes for a page of a large store, and how heavy the page is. Run with ``make bench``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest

from monitor.config.settings import load_settings
from monitor.core.changes import Change, ChangeState, Evidence
from monitor.core.claims import Certainty, Claim, Modality
from monitor.core.items import Item
from monitor.core.messages import Message, Occasion
from monitor.core.values import Known, Period
from monitor.core.verdicts import Verdict
from monitor.jobs.context import Context
from monitor.jobs.seeding import seed
from monitor.store import changes, feeds, items, outbox, readings
from monitor.store.engine import Connection
from monitor.store.sightings import Sighting
from monitor.wiring import open_context
from tests.e2e.programs import Program
from tests.jobs.rooms import Clock, Room
from tests.web.desks import Desk, open_desk

WATCHES, FACTS, STEPS = 20, 25, 10  # 500 facts, 5,000 changes
FEEDS, ITEMS = 100, 100_000
BAR, WEIGHT = 0.1, 150_000  # seconds, bytes
ROUNDS = 7
BATCH = 1_000
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
BODY = "The Harbour Bridge will open in June 2028, the city said. " * 12

PATHS = ("/overview", "/watches", "/watches/watch-7", "/watches/watch-7/fact-3", "/feeds", "/deliveries", "/changes")


def write_rules(folder: Path) -> None:
    for name in ("rules", "seeds"):
        (folder / name).mkdir()
    for number in range(WATCHES):
        sources = "".join(f"  - https://outlet-{feed}.example/feed\n" for feed in range(number, FEEDS, WATCHES))
        facts = "".join(
            f"  fact-{fact}: {{title: Opening of bridge {fact}, kind: period, about: [open {fact}]}}\n" for fact in range(FACTS)
        )
        rule = (
            f"version: 1\nwatch: watch-{number}\ntitle: Bridges of town {number}\nbaseline: ../seeds/{number}.yaml\n"
            f"subject:\n  names: [Town {number}]\nfeeds:\n{sources}facts:\n{facts}"
        )
        values = "".join(f"  fact-{fact}: 2027\n" for fact in range(FACTS))
        seed_text = (
            f"version: 1\nwatch: watch-{number}\nas_of: 2024-01-01\n"
            f"source: {{title: Plan, publisher: Town, date: 2024-01-01, url: 'https://town.example/'}}\nfacts:\n{values}"
        )
        (folder / "rules" / f"{number}.yaml").write_text(rule, encoding="utf-8")
        (folder / "seeds" / f"{number}.yaml").write_text(seed_text, encoding="utf-8")


def fill(context: Context) -> None:
    """Items of all feeds, and changes that each rest on two of them."""
    with context.store.reading() as connection:
        ids = [feed.id for feed in feeds.list_all(connection)]
    stored: list[Item] = []
    for begin in range(0, ITEMS, BATCH):
        with context.store.transaction() as connection:
            feed_id = ids[(begin // BATCH) % len(ids)]
            stored += store_items(connection, feed_id, begin)
    supporting = iter(stored)
    for watch in range(WATCHES):
        with context.store.transaction() as connection:
            for fact in range(FACTS):
                for number in range(1, STEPS + 1):
                    change = step(f"watch-{watch}", f"fact-{fact}", number, [next(supporting), next(supporting)])
                    changes.add(connection, change)
                    send(connection, change)


def store_items(connection: Connection, feed_id: int, begin: int) -> list[Item]:
    sightings = [
        Sighting(
            identity=str(number),
            title=f"Item {number}: a bridge is to open",
            body=f"{number} {BODY}",
            url=f"https://outlet.example/{number}",
            publisher=f"outlet-{feed_id}.example",
            published=NOW - timedelta(minutes=5 * number),
            language="en",
        )
        for number in range(begin, begin + BATCH)
    ]
    versions = items.store(connection, feed_id, sightings, now=NOW - timedelta(minutes=5 * begin))
    for version in versions:
        row = {"is_silent": False, "claims": [], "facts": [], "mistake": ""}
        watch = f"watch-{version.id % WATCHES}"
        readings.record(connection, watch, version.id, claims=version.id % 3, account=row, now=NOW)
    return [version.item for version in versions]


def step(watch: str, fact: str, sequence: int, supporting: list[Item]) -> Change:
    state = ChangeState.CANDIDATE if sequence % 3 == 0 else ChangeState.ACCEPTED
    said = NOW - timedelta(days=40 * (STEPS - sequence), hours=sequence)
    first = date(2026, 6, 5) + timedelta(days=30 * sequence)
    value = Period(first=first, last=first + timedelta(days=29))
    known = Known(value=value)
    evidence = tuple(Evidence(claim=claim(watch, fact, value, item), verdict=Verdict.CHANGES) for item in supporting)
    return Change(
        watch=watch,
        fact=fact,
        sequence=sequence,
        old=known,
        new=known,
        verdict=Verdict.CHANGES,
        certainty=Certainty.REPORTED,
        state=state,
        effective=said,
        learned=said,
        evidence=evidence,
    )


def claim(watch: str, fact: str, value: Period, item: Item) -> Claim:
    return Claim(
        item=item,
        watch=watch,
        fact=fact,
        value=value,
        modality=Modality.PLANNED,
        certainty=Certainty.REPORTED,
        quote=item.body[:90],
        start=38,
        end=47,
    )


def send(connection: Connection, change: Change) -> None:
    message = Message(occasion=Occasion.CHANGE, key=change.key, title="Opening moved", text=BODY, markdown=BODY, html=BODY)
    outbox.enqueue(connection, message, destination="desk", order_key=f"{change.watch}/{change.fact}", now=change.learned)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("bench")
    write_rules(folder)
    program = Program(folder=folder)
    environment = {**program.environment, "FACTWATCH_RULES": str(folder / "rules")}
    clock = Clock(moment=NOW)
    with open_context(load_settings(environment)) as built:
        context = replace(built, now=clock)
        seed(context)
        fill(context)
        with open_desk(Room(context=context, clock=clock, program=program)) as desk:
            yield desk


def test_every_page_of_a_large_store_is_quick_and_light(desk: Desk) -> None:
    visitor = desk.visitor()
    slow = []
    for path in PATHS:
        visitor.get(path)
        times = []
        for _ in range(ROUNDS):
            began = perf_counter()
            answer = visitor.get(path)
            times.append(perf_counter() - began)
        median = sorted(times)[ROUNDS // 2]
        print(f"{path}: {median * 1000:.0f} ms, {len(answer.text) / 1000:.0f} kB")
        assert answer.status == 200
        if median > BAR or len(answer.text.encode()) > WEIGHT:
            slow.append(path)
    assert slow == []
