"""Faults that come and go, at a feed and at a destination: no change is lost by them, and none is told twice."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from itertools import cycle

from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_watching import settle
from tests.feeds.sites import plain
from tests.servers import faults
from tests.servers.sinks import Answer, Sink

EMPTY = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title></channel></rss>'
LATIN = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Gazette</title><item><guid>1</guid>'
    "<title>Caf\u00e9</title><description>The caf\u00e9 under the Harbour Bridge is open.</description></item></channel></rss>"
)
MONTHS = ("November 2028", "March 2029", "June 2029", "August 2029")


def test_a_feed_of_which_every_other_answer_fails_is_told_whole_past_a_destination_that_hangs(
    program: Program, newsroom: Newsroom, sink: Sink
) -> None:
    sink.answers["/hung"] = Answer(hangs=True)
    program.settings["FACTWATCH_NOTIFY_URLS"] = f"{sink.url('/hung')} {sink.url('/alerts')}"
    program.start()
    settle(newsroom, program)
    good = newsroom.answer
    turns = cycle([plain(EMPTY), good, faults.unavailable(502), good, faults.reset, good, faults.truncate, good])

    def take_turns(handler: BaseHTTPRequestHandler) -> None:
        next(turns)(handler)

    newsroom.site.answers[newsroom.path] = take_turns
    for number, month in enumerate(MONTHS, start=1):
        newsroom.publish(f"Bridge, part {number}", opening(month))
        program.wait_for(lambda number=number: len(arrived(sink)) == number)
    assert program.end() == 0
    for month, text in zip(MONTHS, arrived(sink), strict=True):
        assert month in text
    assert "Traceback" not in program.errors


def arrived(sink: Sink) -> list[str]:
    """What came to the destination that does not hang."""
    return [request.json["message"] for request in list(sink.requests) if request.path == "/alerts"]


def test_a_body_in_another_charset_than_it_says_is_no_fault(program: Program, newsroom: Newsroom) -> None:
    newsroom.site.give("/latin", LATIN.encode("latin-1"), headers={"Content-Type": "text/xml; charset=utf-8"})
    program.write_rule(newsroom.url, newsroom.site.url("/latin"))
    program.start()
    settle(newsroom, program)
    program.wait_for(lambda: any(path == "/latin" for path, _ in newsroom.site.requests))
    assert program.end() == 0
    assert "feed not read" not in program.errors
