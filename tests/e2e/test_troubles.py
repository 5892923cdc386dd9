"""What fails is said in one line and tried again; everything else goes on."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from tests.e2e.alerts import alerts
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_watching import settle
from tests.feeds.sites import Site
from tests.servers.sinks import Answer, Sink


def dead(site: Site) -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}/feed"


def failing(site: Site) -> str:
    site.give("/failing", status=500)
    return site.url("/failing")


def no_feed(site: Site) -> str:
    site.give("/page", b"<html><body>Nothing here.</body></html>")
    return site.url("/page")


@pytest.mark.parametrize(
    ("make", "reason"), [(dead, "connection was refused"), (failing, "answered 500"), (no_feed, "a web page, not a feed")]
)
def test_a_feed_that_fails_is_one_clear_line_and_holds_up_no_other(
    program: Program, newsroom: Newsroom, sink: Sink, make: Callable[[Site], str], reason: str
) -> None:
    url = make(newsroom.site)
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.write_rule(newsroom.url, url)
    program.start()
    settle(newsroom, program)
    newsroom.publish("Bridge late", opening("November 2028"))
    program.wait_for(lambda: alerts(sink))
    troubles = [line for line in program.log if line["event"] == "feed not read"]
    assert troubles
    assert all(url in line["why"] and reason in line["why"] for line in troubles)
    assert program.end() == 0
    assert "Traceback" not in program.errors


def test_a_feed_that_comes_back_is_read_on(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    settle(newsroom, program)
    newsroom.site.give(newsroom.path, status=500)
    program.wait_for_event("feed not read")
    newsroom.publish("Bridge late", opening("November 2028"))
    newsroom.site.answers[newsroom.path] = newsroom.answer
    program.wait_for(lambda: alerts(sink))
    program.wait_for_event("feed can be read again")
    assert program.end() == 0


def test_a_feed_that_has_ended_is_told_once_and_not_asked_again(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    settle(newsroom, program)
    newsroom.site.give(newsroom.path, status=410)
    program.wait_for(lambda: alerts(sink))
    asked = newsroom.asked
    assert program.end() == 0
    program.start()
    program.wait_for(lambda: program.output.count("watching 1 feed") == 2)
    assert program.end() == 0
    assert newsroom.asked == asked
    (notice,) = alerts(sink)
    assert newsroom.url in notice.text


def test_an_alert_waits_for_a_sink_that_is_away(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    sink.answers["/away"] = Answer(status=503)
    program.settings["FACTWATCH_NOTIFY_URLS"] = f"{sink.url('/away')} {sink.url('/alerts')}"
    program.start()
    settle(newsroom, program)
    newsroom.publish("Bridge late", opening("November 2028"))
    program.wait_for_event("message not sent")
    program.wait_for(lambda: any(request.path == "/alerts" for request in sink.requests))
    sink.answers["/away"] = Answer()
    tried = sum(request.path == "/away" for request in sink.requests)
    program.wait_for(lambda: sum(request.path == "/away" for request in sink.requests) > tried)
    assert program.end() == 0
    assert sum(request.path == "/alerts" for request in sink.requests) == 1


def test_a_send_that_hangs_does_not_keep_it_from_ending_and_is_sent_again(
    program: Program, newsroom: Newsroom, sink: Sink
) -> None:
    sink.answers["/alerts"] = Answer(hangs=True)
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    settle(newsroom, program)
    newsroom.publish("Bridge late", opening("November 2028"))
    program.wait_for(lambda: alerts(sink))
    assert program.end() == 0
    sink.answers.clear()
    program.start()
    program.wait_for_event("message sent", message="bridge/opening#1")
    assert program.end() == 0
