"""Rules are taken up when they are saved; broken ones are not."""

from __future__ import annotations

import time

from tests.e2e.alerts import alerts
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_watching import settle
from tests.feeds.sites import Site
from tests.servers.sinks import Sink


def test_a_saved_rule_is_in_force_at_once_and_tells_nothing_anew(
    program: Program, newsroom: Newsroom, site: Site, sink: Sink
) -> None:
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    settle(newsroom, program)
    newsroom.publish("Bridge late", opening("November 2028"))
    program.wait_for(lambda: alerts(sink))
    other = Newsroom(site=site, path="/other")
    other.publish("Plan of the bridge", opening("November 2028"))
    program.write_rule(newsroom.url, other.url)
    program.wait_for_event("rules reloaded", feeds=2)
    program.wait_for(lambda: other.asked >= 2)
    time.sleep(1.1)
    other.publish("Bridge later", opening("March 2029"))
    program.wait_for(lambda: len(alerts(sink)) > 1)
    assert [alert.key for alert in alerts(sink)] == ["bridge/opening#1", "bridge/opening#2"]
    assert program.end() == 0


def test_a_broken_rule_is_named_with_its_line_and_the_last_good_rules_go_on(
    program: Program, newsroom: Newsroom, sink: Sink
) -> None:
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    settle(newsroom, program)
    good = program.rule.read_text(encoding="utf-8")
    program.rule.write_text(good.replace("kind: period", "kind: perriod"), encoding="utf-8")
    program.wait_for_event("the last good rules stay in force", faults=1)
    (fault,) = [line["fault"] for line in program.log if line["event"] == "rules not taken"]
    assert fault.startswith("rules/bridge.yaml:")
    assert "perriod" in fault
    newsroom.publish("Bridge late", opening("November 2028"))
    program.wait_for(lambda: alerts(sink))
    program.rule.write_text(good.replace("title: The Harbour Bridge", "title: The new Harbour Bridge"), encoding="utf-8")
    program.wait_for_event("rules reloaded")
    assert program.end() == 0


def test_a_saved_destination_is_told_from_then_on_and_a_broken_file_changes_none(
    program: Program, newsroom: Newsroom, sink: Sink
) -> None:
    addresses = program.folder / "apprise.yaml"
    addresses.write_text(f"version: 1\nurls:\n  - {sink.url('/one')}\n", encoding="utf-8")
    program.settings["FACTWATCH_APPRISE_CONFIG"] = str(addresses)
    program.start()
    settle(newsroom, program)
    addresses.write_text("version: 1\nurls:\n  - jsonn://127.0.0.1/secret-token\n", encoding="utf-8")
    program.wait_for_event("destinations not taken")
    (fault,) = [line["fault"] for line in program.log if line["event"] == "destinations not taken"]
    assert "apprise.yaml:3" in fault
    assert "secret-token" not in fault
    addresses.write_text(f"version: 1\nurls:\n  - {sink.url('/two')}\n", encoding="utf-8")
    program.wait_for_event("destinations reloaded", destinations=1)
    newsroom.publish("Bridge late", opening("November 2028"))
    program.wait_for(lambda: alerts(sink))
    assert {request.path for request in sink.requests} == {"/two"}
    assert program.end() == 0
