"""Several programs on one PostgreSQL share the work: each feed is asked by one of them, each change told by one of them, once."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from monitor.errors import StoreTrouble
from monitor.jobs import dispatching, polling
from monitor.store import facts, leases
from monitor.store.engine import Store, open_store
from monitor.store.tables import articles, feeds, outbox
from tests.e2e.alerts import alerts, keys
from tests.e2e.newsrooms import Newsroom
from tests.e2e.programs import RULE, SEED, Program
from tests.e2e.test_crashes import month_after
from tests.feeds.sites import Site
from tests.servers.sinks import Answer, Sink

PROGRAMS = 3
RIVERS = ("elbe", "oder", "weser", "isar", "ruhr", "spree")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A feed on a host of its own, about a bridge of its own."""

    river: str
    newsroom: Newsroom
    host: str

    @property
    def url(self) -> str:
        return self.newsroom.site.url(self.newsroom.path, host=self.host)

    def publish(self, number: int, *, published: datetime | None = None) -> None:
        """Say that the bridge opens in another month, later for each number."""
        text = f"The {self.river.title()} Bridge will open in {month_after(number)}, the city said."
        self.newsroom.publish(f"{self.river.title()} Bridge, part {number}", text, published=published)


@pytest.fixture
def outlets() -> Iterator[list[Outlet]]:
    with Site("0.0.0.0") as site:
        yield [
            Outlet(river=river, newsroom=Newsroom(site=site, path=f"/{river}"), host=f"127.0.1.{number}")
            for number, river in enumerate(RIVERS, start=1)
        ]


@pytest.fixture
def programs(tmp_path: Path, outlets: list[Outlet], sink: Sink, make_postgresql: Callable[[], str]) -> Iterator[list[Program]]:
    """Programs with the same rules on one database that has no tables yet."""
    settings = {
        "FACTWATCH_DATABASE_URL": make_postgresql(),
        "FACTWATCH_NOTIFY_URLS": sink.url("/alerts"),
        "FACTWATCH_ALLOW_PRIVATE_HOSTS": "127.0.0.0/8",
        "FACTWATCH_LOG_LEVEL": "debug",
    }
    programs = []
    for number in range(PROGRAMS):
        folder = tmp_path / str(number)
        for name in ("rules", "seeds"):
            (folder / name).mkdir(parents=True)
        for outlet in outlets:
            rule = RULE.replace("bridge\n", f"{outlet.river}\n", 1).replace("bridge.yaml", f"{outlet.river}.yaml")
            rule = rule.replace("Harbour", outlet.river.title()) % f"  - {{url: '{outlet.url}', every: 1s}}\n"
            (folder / "rules" / f"{outlet.river}.yaml").write_text(rule, encoding="utf-8")
            (folder / "seeds" / f"{outlet.river}.yaml").write_text(
                SEED.replace("bridge\n", f"{outlet.river}\n", 1), encoding="utf-8"
            )
        programs.append(Program(folder=folder, settings=settings))
    yield programs
    for program in programs:
        if program.process is not None:
            program.process.kill()
            program.process.wait()


@pytest.fixture
def store(programs: list[Program]) -> Iterator[Store]:
    store = open_store(programs[0].settings["FACTWATCH_DATABASE_URL"])
    yield store
    store.close()


def let_leases_run_out(store: Store, killed: datetime) -> None:
    """Have the time pass after which others take up what the killed one had leased; those that live have settled theirs."""
    with store.transaction() as connection:
        for table, lease in ((feeds, polling.LEASE), (articles, polling.LEASE), (outbox, dispatching.LEASE)):
            is_old = table.c.leased_until <= killed + lease
            connection.execute(update(table).where(is_old).values(leased_until=killed))


def has_done(program: Program, event: str) -> bool:
    return any(line["event"] == event for line in program.log)


@pytest.mark.timeout(300)
def test_three_share_the_feeds_and_the_outbox_and_one_may_be_killed(
    programs: list[Program], outlets: list[Outlet], sink: Sink, store: Store
) -> None:
    sink.answers["/alerts"] = Answer(after=0.2)
    for outlet in outlets:
        outlet.publish(1, published=datetime.now(UTC) - timedelta(days=30))
    for program in programs:
        program.start()
    first, doomed, last = programs
    for program in programs:
        program.wait_for_event("feed read")
    first.wait_for(lambda: alerts(sink))
    time.sleep(1.1)  # the second of the first visit has to pass: what comes then is news
    began = {outlet.river: outlet.newsroom.asked for outlet in outlets}
    begin = time.monotonic()
    for number in range(2, 5):
        for outlet in outlets:
            outlet.publish(number)
        time.sleep(1.5)
    told = {f"{outlet.river}/opening#{number}" for outlet in outlets for number in range(2, 5)}
    assert doomed.end(signal.SIGKILL) == -signal.SIGKILL
    killed = datetime.now(UTC)
    for number in range(5, 7):
        for outlet in outlets:
            outlet.publish(number)
        time.sleep(1.5)
    told |= {f"{outlet.river}/opening#{number}" for outlet in outlets for number in range(5, 7)}
    let_leases_run_out(store, killed)
    first.wait_for(lambda: told <= keys(sink).keys(), patience=120)
    elapsed = time.monotonic() - begin
    with pytest.raises(StoreTrouble, match="end that first"), leases.at_rest(store):
        pass
    assert [first.end(), last.end()] == [0, 0]
    with leases.at_rest(store):
        pass

    with store.reading() as connection:
        histories = [facts.load_history(connection, outlet.river, "opening") for outlet in outlets]
    assert [len(history.changes) for history in histories if history] == [6] * len(outlets)
    digests = [alert for alert in alerts(sink) if alert.key not in told]
    assert len(digests) == 1, "the known history is told once, in one message"
    assert sum(keys(sink).values()) - len(told) - len(digests) <= 1, "only what was being sent when one was killed"
    for outlet in outlets:
        assert outlet.newsroom.asked - began[outlet.river] <= elapsed + 2, "each is asked every second, not three times"
    assert sum(has_done(program, "message sent") for program in programs) > 1, "more than one had its part in the telling"
    assert not [line for program in programs for line in program.log if line["level"] == "error"]
