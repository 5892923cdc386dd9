"""`factwatch feeds list`: how each feed fares."""

from __future__ import annotations

from datetime import timedelta

from monitor.core.watches import FeedSource
from monitor.store import feeds
from monitor.store.engine import Store
from tests.cli.conftest import Command
from tests.cli.ledger import FEED, NOW

SECRET = "https://user:MARKED@example.net/rss?key=MARKED"


def test_each_feed_is_listed_with_its_health_and_without_its_secrets(factwatch: Command, store: Store) -> None:
    gone = "https://gone.example.org/rss"
    with store.transaction() as connection:
        ids = feeds.sync(connection, [FeedSource(url=url) for url in (FEED, SECRET, gone)], now=NOW)
        feeds.settle_success(connection, ids[FEED, None], now=NOW, next_due=NOW + timedelta(hours=1), title="Example")
        feeds.settle_failure(connection, ids[SECRET, None], now=NOW, next_due=NOW + timedelta(hours=2), error="it answered 500")
        feeds.settle_end(connection, ids[gone, None], now=NOW, error="it answered 410 Gone")
    rows = {row["url"].split("/")[2]: row for row in factwatch("feeds", "list", "--format", "jsonl").rows}
    assert {host: row["health"] for host, row in rows.items()} == {
        "example.org": "well",
        "example.net": "failing",
        "gone.example.org": "ended",
    }
    assert (rows["example.org"]["items"], rows["example.org"]["last_success"]) == (3, "2024-07-01T12:00:00Z")
    assert (rows["example.net"]["failures"], rows["example.net"]["last_error"]) == (1, "it answered 500")
    shown = factwatch("feeds", "list")
    assert "failing, 1 in a row" in shown.out
    assert "MARKED" not in shown.out + str(rows)
