"""A program that is told to end, and rules that are saved meanwhile, lose nothing and repeat nothing."""

from __future__ import annotations

import signal

from monitor.store import outbox
from monitor.store.outbox import DeliveryState
from tests.e2e.alerts import keys
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_crashes import month_after
from tests.e2e.test_watching import settle
from tests.servers.sinks import Answer, Sink

SLOW = Answer(after=1.5)


def states(program: Program) -> list[DeliveryState]:
    """Where each delivery stands."""
    store = program.open_store()
    with store.reading() as connection:
        found = [record.state for record in outbox.list_newest(connection)]
    store.close()
    return found


def test_what_is_being_sent_at_the_end_is_settled_before_it(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    sink.answers["/alerts"] = SLOW
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    settle(newsroom, program)
    newsroom.publish("Bridge late", opening("November 2028"))
    program.wait_for(lambda: sink.requests)
    assert program.end(signal.SIGTERM) == 0
    assert states(program) == [DeliveryState.SENT]
    program.start()
    settle(newsroom, program)
    assert program.end(signal.SIGTERM) == 0
    assert keys(sink) == {"bridge/opening#1": 1}


def test_rules_saved_again_and_again_lose_nothing_and_repeat_nothing(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    sink.answers["/alerts"] = Answer(after=0.3)
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    settle(newsroom, program)
    rule = program.rule.read_text(encoding="utf-8")
    for number in range(1, 7):
        newsroom.publish(f"Bridge, part {number}", opening(month_after(number)))
        reloads = program.errors.count("rules reloaded")
        program.rule.write_text(rule.replace("title: The Harbour Bridge", f"title: Harbour Bridge {number}"), encoding="utf-8")
        program.wait_for(lambda reloads=reloads: program.errors.count("rules reloaded") > reloads)
    told = {f"bridge/opening#{number}" for number in range(1, 7)}
    program.wait_for(lambda: told <= keys(sink).keys())
    assert program.end(signal.SIGTERM) == 0
    assert keys(sink) == dict.fromkeys(told, 1)
