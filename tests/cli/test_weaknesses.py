"""What `factwatch check` says of sound rules beside the settings and the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.core.watches import FeedSource
from monitor.jobs.overhearing import ENOUGH
from monitor.store import feeds, items
from monitor.store.engine import open_store
from monitor.store.sightings import Sighting
from tests.cli.conftest import Command
from tests.cli.ledger import FEED, NOW


def news_of(subject: str, number: int) -> Sighting:
    return Sighting(
        identity=str(number),
        title=f"{subject} opens shop {number}",
        body="",
        url="",
        publisher="p",
        published=NOW,
        is_dated=True,
        language="en",
    )


def test_a_watch_that_nobody_hears_of_is_a_warning(factwatch: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = factwatch("check")
    assert (done.status, "in order" in done.out) == (0, True)
    assert done.err.startswith(f"{tmp_path}/rules/acme.yaml:2:1: its alerts reach nobody but the console of factwatch run; set ")
    monkeypatch.setenv("FACTWATCH_NOTIFY_URLS", "json://localhost")
    assert factwatch("check").err == ""


def test_a_subject_that_its_feeds_never_name_is_a_warning_once_there_are_items_enough(
    factwatch: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTWATCH_NOTIFY_URLS", "json://localhost")
    store = open_store(f"sqlite:///{tmp_path / 'factwatch.db'}")

    def bring(*news: Sighting) -> None:
        with store.transaction() as connection:
            feed_id = feeds.sync(connection, [FeedSource(url=FEED)], now=NOW)[FEED, None]
            items.store(connection, feed_id, news, now=NOW)

    bring(*(news_of("Globex", number) for number in range(1, ENOUGH)))
    assert factwatch("check").err == ""
    bring(news_of("Globex", ENOUGH))
    done = factwatch("check")
    message = f"none of the last {ENOUGH} items of its feeds has one of these names; add the name that they use, or other feeds"
    assert (done.status, done.err) == (0, f"{tmp_path}/rules/acme.yaml:5:18: {message} (warning)\n")
    bring(news_of("Acme", 0))
    assert factwatch("check").err == ""
    store.close()
