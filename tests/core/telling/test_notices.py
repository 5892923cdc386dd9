"""What did not happen, and the monitoring itself."""

from __future__ import annotations

from datetime import date

from monitor.core.telling.notices import destination_dead, feed_ended, overdue_message
from tests.core.telling.samples import STATIONERY, WATCH, period


def test_an_overdue_period_is_told_with_how_long_it_is_over() -> None:
    message = overdue_message(
        period("2024-H1"),
        watch=WATCH,
        fact="mass-production",
        last_day=date(2024, 6, 30),
        today=date(2024, 7, 14),
        stationery=STATIONERY,
    )
    assert message.title == "Xiaomi's electric car: Start of mass production overdue (expected 2024-H1)"
    assert "The last day, 30 June 2024, passed 14 days ago, and nothing was reported." in message.text
    assert message.key == "xiaomi-ev/mass-production/overdue/2024-H1"


def test_a_notice_says_what_happened_and_what_to_do() -> None:
    ended = feed_ended("https://example.org/feed", ["xiaomi-ev"], STATIONERY)
    dead = destination_dead("slack-3fa2c1", "Slack answered 404 Not Found", 3, STATIONERY, key="dead/slack-3fa2c1")
    assert all(message.is_serious for message in (ended, dead))
    assert "https://example.org/feed answered that it is gone for good (410)" in ended.text
    assert "3 messages set aside. Mend the destination, then: factwatch deliveries retry" in dead.text
