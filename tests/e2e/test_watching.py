"""From a feed to an alert, with the whole program between them."""

from __future__ import annotations

import os
import signal
import time
from datetime import UTC, datetime

import pytest

from tests.e2e.alerts import alerts, keys
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.servers.mail import open_mailbox, part
from tests.servers.sinks import Sink

ARCHIVE = (
    '{"published": "2026-02-01", "source": "Gazette", "lang": "en", "title": "Bridge", "body": '
    '"The Harbour Bridge will open in September 2027, the city said."}\n'
    '{"published": "2026-03-01", "source": "Gazette", "lang": "en", "title": "Bridge", "body": '
    '"The Harbour Bridge will open in November 2027, the city said."}\n'
)


def settle(newsroom: Newsroom, program: Program) -> None:
    """Wait until the feed was read, and for the second in which that was to pass: what comes then is news."""
    asked = newsroom.asked
    program.wait_for(lambda: newsroom.asked >= asked + 2)
    time.sleep(1.1)


def test_a_change_is_told_with_old_value_new_value_sentence_and_outlet(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    settle(newsroom, program)
    newsroom.publish("Bridge late", opening("November 2028"))
    program.wait_for(lambda: alerts(sink))
    newsroom.publish("Bridge still late", opening("November 2028"))
    newsroom.publish("Bridge later", opening("March 2029"))
    program.wait_for(lambda: len(alerts(sink)) > 1)
    first, second = alerts(sink)
    assert (first.key, second.key) == ("bridge/opening#1", "bridge/opening#2")
    for words in ("2027-06", "2028-11", "Opening of the bridge", "The Harbour Bridge will open in", "November 2028", "Outlet 1"):
        assert words in first.text
    assert "2028-11" in second.text
    assert "2029-03" in second.text
    assert program.end() == 0


def test_an_alert_reaches_a_mailbox(program: Program, newsroom: Newsroom) -> None:
    with open_mailbox() as mailbox:
        program.settings["FACTWATCH_NOTIFY_URLS"] = mailbox.url("editor@example.org")
        program.start()
        settle(newsroom, program)
        newsroom.publish("Bridge late", opening("November 2028"))
        program.wait_for(lambda: mailbox.mails)
        assert "2028-11" in part(mailbox.mails[0], "html")
        assert program.end() == 0


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(program: Program, newsroom: Newsroom, by: signal.Signals) -> None:
    program.start()
    settle(newsroom, program)
    children = program.children()
    assert program.end(by) == 0
    assert "Traceback" not in program.errors
    assert children
    assert not any(os.path.exists(f"/proc/{child}") for child in children)  # noqa: PTH110 - a process is no path


def test_the_archive_is_told_in_one_digest_at_the_first_start_only(program: Program, newsroom: Newsroom) -> None:
    program.write_rule(newsroom.url, archive=ARCHIVE)
    newsroom.items.clear()
    newsroom.publish("Bridge late", opening("January 2028"), published=datetime(2026, 4, 1, tzinfo=UTC))
    program.start()
    program.wait_for(lambda: "Key: digest" in program.output)
    settle(newsroom, program)
    assert program.end() == 0
    assert "watching 1 feed for 1 watch" in program.output
    for value in ("2027-06", "2027-09", "2027-11", "2028-01"):
        assert value in program.output
    program.start()
    settle(newsroom, program)
    assert program.end() == 0
    assert program.output.count("Key: ") == 1


def test_an_edited_item_is_told_as_what_it_says_now(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    settle(newsroom, program)
    newsroom.publish("Bridge late", opening("November 2028"), guid="edited")
    program.wait_for(lambda: keys(sink)["bridge/opening#1"])
    newsroom.publish("Bridge late", opening("December 2028"), guid="edited")
    program.wait_for(lambda: keys(sink)["bridge/opening#2"])
    assert "2028-12" in alerts(sink)[1].text
    assert program.end() == 0


def test_a_signal_that_comes_while_it_starts_ends_it_cleanly_too(program: Program) -> None:
    for wait in (0.4, 0.8, 1.2):
        program.start()
        time.sleep(wait)
        program.end()
    assert "Traceback" not in program.errors
