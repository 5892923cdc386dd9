"""A PostgreSQL that goes down in the middle of the work: a clear error, no lost change, and recovery without hands."""

from __future__ import annotations

from tests.e2e.alerts import keys
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_watching import settle
from tests.servers.postgres import serving
from tests.servers.sinks import Sink


def test_a_server_that_restarts_is_one_clear_line_and_nothing_is_lost(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    with serving() as server:
        program.settings |= {"FACTWATCH_NOTIFY_URLS": sink.url("/alerts"), "FACTWATCH_DATABASE_URL": server.url}
        program.start()
        settle(newsroom, program)
        newsroom.publish("Bridge late", opening("November 2028"))
        program.wait_for_event("message sent")  # and settled, or it would come again
        server.stop()
        newsroom.publish("Bridge later", opening("March 2029"))
        program.wait_for_event("not done; it is tried again")
        server.start()
        program.wait_for(lambda: len(keys(sink)) > 1)
        assert program.end() == 0
    assert keys(sink) == {"bridge/opening#1": 1, "bridge/opening#2": 1}
    for why in {line["why"] for line in program.log if line["event"] == "not done; it is tried again"}:
        assert "postgresql+psycopg://postgres:***@127.0.0.1" in why
        assert "does not answer" in why
    assert "Traceback" not in program.errors
    assert server.url.partition("postgres:")[2].partition("@")[0] not in program.errors + program.output
