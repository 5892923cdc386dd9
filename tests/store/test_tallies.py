"""What is counted for those who measure."""

from __future__ import annotations

from datetime import timedelta

from monitor.core.messages import Outcome, Result
from monitor.core.telling.retrying import next_step
from monitor.core.watches import FeedSource
from monitor.store import feeds, outbox, tallies
from monitor.store.engine import Connection, Store
from monitor.store.tallies import Leases, Waiting
from tests.store.builders import MINUTE, NOW, message

HOUR = timedelta(hours=1)


def put(connection: Connection, key: str, destination: str, minutes: int) -> None:
    outbox.enqueue(connection, message(key), destination=destination, order_key=key, now=NOW + minutes * MINUTE)


def test_feeds_are_counted_by_health_and_those_that_no_rule_names_are_not(store: Store) -> None:
    with store.transaction() as connection:
        sources = [FeedSource(url=f"https://{name}.example/") for name in ("well", "failing", "ended", "new", "retired")]
        ids = {url: number for (url, _), number in feeds.sync(connection, sources, now=NOW).items()}
        feeds.settle_success(connection, ids["https://well.example/"], now=NOW, next_due=NOW + HOUR)
        feeds.settle_failure(connection, ids["https://failing.example/"], now=NOW, next_due=NOW + HOUR, error="500")
        feeds.settle_end(connection, ids["https://ended.example/"], now=NOW, error="410")
        feeds.sync(connection, sources[:-1], now=NOW)
        assert tallies.count_feeds(connection) == {"well": 1, "failing": 1, "ended": 1, "not read yet": 1}
        # The words are those of the pages.
        assert {feed.health for feed in feeds.list_all(connection)} == tallies.count_feeds(connection).keys()


def test_what_waits_is_counted_for_each_destination_and_what_was_sent_is_not(store: Store) -> None:
    with store.transaction() as connection:
        for number, destination in enumerate(["slack", "slack", "mail", "json"]):
            put(connection, f"car/launch#{number}", destination, number)
        for delivery in outbox.lease_due(connection, now=NOW + HOUR, lease=HOUR, limit=9, but={"slack"}):
            result = Result.SENT if delivery.destination == "json" else Result.REFUSED
            outcome = Outcome(result=result, detail="")
            step = next_step(outcome, attempts=9, age=timedelta(days=30), now=NOW + HOUR, jitter=0.5)
            outbox.settle(connection, delivery.id, step, now=NOW + HOUR)
        assert sorted(tallies.count_waiting(connection), key=lambda one: one.destination) == [
            Waiting(destination="mail", pending=0, dead=1, oldest=None),
            Waiting(destination="slack", pending=2, dead=0, oldest=NOW),
        ]


def test_leases_are_counted_until_they_are_given_back_and_the_oldest_is_told(store: Store) -> None:
    with store.transaction() as connection:
        assert tallies.count_leases(connection) == dict.fromkeys(("feed", "article", "delivery"), Leases(number=0, ends=None))
        put(connection, "car/launch#1", "slack", 0)
        put(connection, "car/price#1", "mail", 0)
        outbox.lease_due(connection, now=NOW, lease=MINUTE, limit=1)
        (second,) = outbox.lease_due(connection, now=NOW + 2 * MINUTE, lease=HOUR, limit=1, but={"slack"})
        assert tallies.count_leases(connection)["delivery"] == Leases(number=2, ends=NOW + MINUTE)
        step = next_step(Outcome(result=Result.SENT, detail=""), attempts=1, age=MINUTE, now=NOW, jitter=0.5)
        outbox.settle(connection, second.id, step, now=NOW)
        assert tallies.count_leases(connection)["delivery"] == Leases(number=1, ends=NOW + MINUTE)
