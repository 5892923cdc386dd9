"""How long the server takes for a page of a large store, and how heavy the page is. Run with ``make bench``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
from sqlalchemy import insert

from monitor.config.settings import load_settings
from monitor.core.changes import Change, ChangeState, Evidence
from monitor.core.claims import Certainty, Claim, Modality
from monitor.core.items import Item
from monitor.core.messages import Message, Occasion
from monitor.core.values import Known, Period
from monitor.core.verdicts import Verdict
from monitor.jobs.context import Context
from monitor.jobs.seeding import seed
from monitor.store import changes, feeds, items, outbox, tables
from monitor.store.engine import Connection
from monitor.store.versions import text_hash
from monitor.wiring import open_context
from tests.e2e.programs import Program
from tests.jobs.rooms import Clock, Room
from tests.web.desks import Desk, Visitor, open_desk

DOCUMENTS = ("changes.atom", "changes.json", "facts.csv", "dates.ics", "changes.csv")

WATCHES, FACTS, STEPS = 20, 25, 10  # 500 facts, 5,000 changes
FEEDS, ITEMS = 500, 100_000
BAR, WEIGHT = 0.1, 150_000  # seconds, bytes
ROUNDS = 7
BATCH = 10_000
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
BODY = "The Harbour Bridge will open in June 2028, the city said. " * 12

PAGES = (
    "/changes",
    "/changes?view=waiting",
    "/changes?view=all&page=150",
    "/changes?view=all&watch=watch-7",
    "/changes/watch-7/fact-3%235",
    "/overview",
    "/watches",
    "/watches/watch-7",
    "/watches/watch-7/fact-3",
    "/lab/watch-7",
    "/feeds",
    "/deliveries",
    "/deliveries?state=pending",
)
CALLS = (
    "/watches",
    "/watches/watch-7",
    "/facts",
    "/facts?watch=watch-7",
    "/facts/watch-7/fact-3",
    "/changes",
    "/changes?watch=watch-7&state=candidate",
    "/changes/watch-7/fact-3/5",
    "/items",
    "/items?watch=watch-7",
    "/items?feed=7",
    "/items/77777",
    "/feeds",
    "/deliveries",
)


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
        feed_ids = [feed.id for feed in feeds.list_all(connection)]
    for begin in range(1, ITEMS + 1, BATCH):
        with context.store.transaction() as connection:
            store_items(connection, feed_ids, range(begin, begin + BATCH))
    with context.store.reading() as connection:
        supporting = (version.item for version in items.list_newest(connection, limit=2 * WATCHES * FACTS * STEPS)[::-1])
    for watch in range(WATCHES):
        with context.store.transaction() as connection:
            for fact in range(FACTS):
                for number in range(1, STEPS + 1):
                    change = step(f"watch-{watch}", f"fact-{fact}", number, [next(supporting), next(supporting)])
                    changes.add(connection, change)
                    send(connection, change)


def store_items(connection: Connection, feed_ids: Sequence[int], numbers: range) -> None:
    """Items with one version and one reading each, many rows at a time: one by one they would take minutes."""
    rows = [(number, feed_ids[number % len(feed_ids)], NOW - timedelta(minutes=5 * (ITEMS - number))) for number in numbers]
    connection.execute(
        insert(tables.items),
        [{"id": id_, "feed_id": feed, "identity": str(id_), "first_seen": seen, "latest": 1} for id_, feed, seen in rows],
    )
    connection.execute(insert(tables.item_versions), [version_of(*row) for row in rows])
    connection.execute(insert(tables.readings), [reading_of(number) for number in numbers])


def version_of(number: int, feed_id: int, seen: datetime) -> dict[str, object]:
    title, body = f"Item {number}: a bridge is to open", f"{number} {BODY}"
    return {
        "id": number,
        "item_id": number,
        "number": 1,
        "kind": "summary",
        "title": title,
        "body": body,
        "text_hash": text_hash(title, body),
        "url": f"https://outlet.example/{number}",
        "publisher": f"outlet-{feed_id}.example",
        "published": seen,
        "language": "en",
        "seen_at": seen,
    }


def reading_of(number: int) -> dict[str, object]:
    account = {"is_silent": False, "claims": [], "facts": [], "mistake": ""}
    watch = f"watch-{number % WATCHES}"
    return {"version_id": number, "watch": watch, "read_at": NOW, "claims": number % 3, "account": account}


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


def look(visitor: Visitor, path: str) -> tuple[float, int]:
    """The median time of the processor for a page, in seconds (ours included, what else the machine does not), and its weight."""
    visitor.get(path)
    times = []
    for _ in range(ROUNDS):
        began = process_time()
        answer = visitor.get(path)
        times.append(process_time() - began)
        assert answer.status == 200
    median, weight = sorted(times)[ROUNDS // 2], len(answer.text.encode())
    print(f"{path}: {median * 1000:.0f} ms, {weight / 1000:.0f} kB")
    return median, weight


def test_every_page_of_a_large_store_is_quick_and_light(desk: Desk) -> None:
    visitor = desk.visitor()
    looks = {path: look(visitor, path) for path in PAGES}
    assert [path for path, (seconds, weight) in looks.items() if seconds > BAR or weight > WEIGHT] == []


def test_every_call_of_the_api_on_a_large_store_is_quick(desk: Desk) -> None:
    visitor = desk.visitor()
    looks = {path: look(visitor, f"/api/v1{path}") for path in CALLS}
    assert [path for path, (seconds, _) in looks.items() if seconds > BAR] == []


def test_documents_of_a_large_store_are_no_burden(desk: Desk) -> None:
    """They are whole and fetched now and then; the table of all changes is by far the longest, and comes in parts."""
    visitor = desk.visitor()
    looks = {name: look(visitor, f"/api/v1/exports/{name}") for name in DOCUMENTS}
    assert [name for name, (seconds, _) in looks.items() if seconds > (20 * BAR if name == "changes.csv" else 3 * BAR)] == []
