"""Who is behind an item, and when it was published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.jobs.sighting import bounded, publisher_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "believed"),
    [
        (NOW - timedelta(days=1), NOW - timedelta(days=1)),
        (None, NOW),
        (NOW + timedelta(hours=5), NOW),
        (datetime(1970, 1, 1, tzinfo=UTC), NOW),
    ],
)
def test_a_date_that_cannot_be_is_the_moment_of_seeing(stated: datetime | None, believed: datetime) -> None:
    assert bounded(stated, now=NOW) == believed


@pytest.mark.parametrize(
    ("urls", "publisher"),
    [
        (("https://news.bbc.co.uk/1", "https://feeds.example.org/"), "bbc.co.uk"),
        (("", "https://www.cnevpost.com/feed/"), "cnevpost.com"),
        (("https://one.blogspot.com/1",), "one.blogspot.com"),
        (("http://127.0.0.1:8000/1",), "127.0.0.1"),
        (("",), ""),
    ],
)
def test_a_publisher_is_a_registrable_domain(urls: tuple[str, ...], publisher: str) -> None:
    assert publisher_of(*urls) == publisher
