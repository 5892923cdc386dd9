from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.core.watches import FeedSource
from monitor.errors import StoreTrouble
from monitor.store import articles, feeds, items, leases
from monitor.store.engine import Store, open_store
from tests.store.builders import MINUTE, NOW, sighting

HERE, THERE = "https://here.example/feed", "https://there.example/feed"


def test_a_host_is_asked_by_one_process_at_a_time(store: Store) -> None:
    later = NOW + 5 * MINUTE
    with store.transaction() as connection:
        urls = [f"{HERE}?{number}" for number in range(3)]
        feeds.sync(connection, [FeedSource(url=url) for url in [*urls, THERE]], now=NOW)
        first = feeds.lease_due(connection, now=NOW, lease=5 * MINUTE, limit=1, owner="one")
        others = feeds.lease_due(connection, now=NOW, lease=5 * MINUTE, limit=9, owner="two")
        more = feeds.lease_due(connection, now=NOW, lease=5 * MINUTE, limit=9, owner="one")
        assert [feed.url for feed in first] == urls[:1]
        assert [feed.url for feed in others] == [THERE]
        assert [feed.url for feed in more] == urls[1:]
        assert len(feeds.lease_due(connection, now=later, lease=MINUTE, limit=9, owner="three")) == 4


def test_an_article_waits_while_another_process_asks_its_host(store: Store) -> None:
    with store.transaction() as connection:
        ids = feeds.sync(connection, [FeedSource(url=HERE)], now=NOW)
        (version,) = items.store(connection, ids[HERE, None], [sighting()], now=NOW)
        articles.want(connection, version.item.id, "https://here.example/a", now=NOW)
        feeds.lease_due(connection, now=NOW, lease=5 * MINUTE, limit=1, owner="one")
        assert not articles.lease_due(connection, now=NOW, lease=MINUTE, limit=9, owner="two")
        assert articles.lease_due(connection, now=NOW, lease=MINUTE, limit=9, owner="one")


def test_a_visit_is_seen_by_all_until_its_lease_is_over(store: Store) -> None:
    with store.transaction() as connection:
        feeds.sync(connection, [FeedSource(url=HERE)], now=NOW)
        assert not leases.is_any_visit(connection, now=NOW)
        feeds.lease_due(connection, now=NOW, lease=MINUTE, limit=1, owner="one")
        assert leases.is_any_visit(connection, now=NOW + timedelta(seconds=59))
        assert not leases.is_any_visit(connection, now=NOW + MINUTE)


def test_a_database_in_use_is_not_at_rest_and_one_at_rest_is_not_used(store: Store, database_url: str) -> None:
    other = open_store(database_url)
    with leases.sole_use(store), pytest.raises(StoreTrouble, match="end that first"), leases.at_rest(other):
        pass
    with leases.at_rest(other), pytest.raises(StoreTrouble, match="end that first"), leases.at_rest(store):
        pass
    with leases.at_rest(store):
        pass
    other.close()


def test_many_may_share_a_server_and_a_file_is_one_process_s(store: Store, database_url: str) -> None:
    other = open_store(database_url)
    with leases.sole_use(store) as is_first_alone, leases.sole_use(other) as is_second_alone:
        assert (is_first_alone, is_second_alone) == (not store.is_shared, False)
    with leases.at_rest(store):
        if store.is_shared:
            with pytest.raises(StoreTrouble, match="is being moved"), leases.sole_use(other):
                pass
        else:
            with leases.sole_use(other) as is_alone:
                assert not is_alone
    other.close()
