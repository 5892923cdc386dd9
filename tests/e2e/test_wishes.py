"""delivery.yaml is taken up when it is saved, and what it held back outlives a kill."""

from __future__ import annotations

import signal

from monitor.store import held
from tests.e2e.alerts import alerts
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_watching import settle
from tests.servers.sinks import Sink

SILENT = "version: 1\nsilences: [{until: 2099-01-01, watch: bridge, note: fair}]\n"


def waiting(program: Program) -> list[str]:
    store = program.open_store()
    with store.reading() as connection:
        reasons = [telling.reason for telling in held.list_held(connection)]
    store.close()
    return reasons


def test_a_silence_holds_over_a_kill_and_its_removal_tells_once(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    wishes = program.rule.parent / "delivery.yaml"
    program.start()
    settle(newsroom, program)
    wishes.write_text(SILENT, encoding="utf-8")
    program.wait_for_event("delivery.yaml reloaded")
    newsroom.publish("Bridge late", opening("November 2028"))
    program.wait_for(lambda: waiting(program) == ["silenced (fair)"])
    assert program.end(signal.SIGKILL) == -signal.SIGKILL
    asked = newsroom.asked
    program.start()
    program.wait_for(lambda: newsroom.asked >= asked + 2)
    wishes.write_text(SILENT.replace("until", "untill"), encoding="utf-8")
    program.wait_for_event(
        "delivery.yaml not taken", fault="rules/delivery.yaml:2:13: unknown key 'untill'; did you mean 'until'?"
    )
    assert waiting(program) == ["silenced (fair)"]
    wishes.unlink()
    program.wait_for(lambda: alerts(sink))
    assert program.end() == 0
    assert [alert.key for alert in alerts(sink)] == ["bridge/opening#1"]
