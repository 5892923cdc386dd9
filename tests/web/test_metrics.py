"""What Prometheus reads: whether the numbers are right, who may read them, and whether Prometheus itself finds them in order."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse

from monitor.jobs.dispatching import dispatch_due
from monitor.jobs.granting import grant
from monitor.jobs.vitals import Vitals
from monitor.store.tokens import Scope
from monitor.web.metrics import build_registry
from tests.deploy.debian import PROMTOOL, needs_promtool
from tests.e2e.newsrooms import Newsroom, opening
from tests.jobs.rooms import Room, open_room
from tests.servers.sinks import Sink, open_sink
from tests.web.desks import Desk, open_desk

Numbers = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with open_sink() as sink:
        yield sink


def read(text: str) -> Numbers:
    """Every sample, by name and labels."""
    return {(sample.name, frozenset(sample.labels.items())): sample.value for family in parse(text) for sample in family.samples}


def numbers(desk: Desk) -> Numbers:
    answer = desk.visitor().get("/metrics")
    assert answer.status == 200, answer.text
    return read(answer.text)


def number(found: Numbers, name: str, **labels: str) -> float | None:
    return found.get((f"factwatch_{name}", frozenset(labels.items())))


def test_a_machine_of_ones_own_is_read_without_a_token_and_given_no_cookie(desk: Desk) -> None:
    answer = desk.visitor().get("/metrics")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "set-cookie" not in {name.lower() for name in answer.headers}


def test_behind_a_password_a_token_that_may_read_is_asked_for(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_room(tmp_path, newsroom.url, FACTWATCH_PASSWORD="open sesame") as room, open_desk(room) as desk:
        _, token = grant(room.context.store, "prometheus", Scope.READ, now=room.clock())
        basic = b64encode(f"prometheus:{token}".encode()).decode()
        asked = [
            desk.visitor().get("/metrics", **headers)
            for headers in (
                {},
                {"Authorization": "Bearer fw_wrong"},
                {"Authorization": f"Bearer {token}"},
                {"Authorization": f"Basic {basic}"},
            )
        ]
    assert [answer.status for answer in asked] == [401, 401, 200, 200]
    assert asked[0].headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("password", "status"), [({}, 400), ({"FACTWATCH_PASSWORD": "open sesame"}, 200)])
def test_probes_are_asked_by_address_only_where_a_password_keeps_strangers_out(
    tmp_path: Path, newsroom: Newsroom, password: dict[str, str], status: int
) -> None:
    with open_room(tmp_path, newsroom.url, **password) as room, open_desk(room) as desk:
        assert desk.visitor().get("/healthz", Host="10.1.2.3:8300").status == status
        assert desk.visitor().get("/changes", Host="10.1.2.3:8300").status == 400


def test_what_was_done_is_counted(tmp_path: Path, newsroom: Newsroom, sink: Sink) -> None:
    newsroom.publish("Plan of the bridge", opening("June 2027"))
    with open_room(tmp_path, newsroom.url, FACTWATCH_NOTIFY_URLS=sink.url("/alerts")) as room, open_desk(room) as desk:
        before = numbers(desk)
        assert number(before, "polls_total", outcome="failed") == 0
        assert number(before, "feeds", health="not_read_yet") == 1
        room.poll()
        room.clock.pass_by(hours=1)
        newsroom.publish("Bridge late", opening("November 2028"), published=room.clock())
        room.poll()
        room.poll()
        waiting = numbers(desk)
        dispatch_due(room.context)
        after = numbers(desk)
        name = room.context.courier.destinations[0].name
    assert [number(after, "polls_total", outcome=word) for word in ("news", "unchanged", "failed")] == [2, 1, 0]
    assert number(after, "items_total") == 2
    assert number(after, "claims_total", watch="bridge") == 2
    assert number(after, "reading_duration_seconds_count") == 2
    assert number(after, "fetch_duration_seconds_count") == 3
    assert number(after, "changes_total", watch="bridge", verdict="changes") == 1
    assert number(after, "feeds", health="well") == 1
    assert (number(waiting, "outbox_pending", destination=name), number(after, "outbox_pending", destination=name)) == (1, None)
    assert number(after, "deliveries_total", destination=name, outcome="sent") == 1
    assert number(after, "watches") == 1


def test_what_stands_still_grows_old(room: Room) -> None:
    clock = [100.0]
    vitals = Vitals(steady=lambda: clock[0], ticked=100.0, sent=90.0)
    registry = build_registry(room.context, vitals)
    clock[0] = 340.0
    assert registry.get_sample_value("factwatch_part_age_seconds", {"part": "tick"}) == 240
    assert registry.get_sample_value("factwatch_part_age_seconds", {"part": "sender"}) == 250
    assert registry.get_sample_value("factwatch_part_age_seconds", {"part": "database"}) is None
    assert registry.get_sample_value("factwatch_healthy") == 0


def test_a_database_that_cannot_be_read_is_told_and_no_number_is_made_up(room: Room) -> None:
    registry = build_registry(room.context, Vitals())
    path = room.context.store.path
    assert path is not None
    room.context.store.close()
    path.write_bytes(b"no database")
    for file in path.parent.glob("*-wal"):
        file.unlink()
    assert registry.get_sample_value("factwatch_database_readable") == 0
    assert registry.get_sample_value("factwatch_feeds_overdue_seconds") is None
    assert registry.get_sample_value("factwatch_items_total") is not None


def test_both_forms_can_be_read(desk: Desk) -> None:
    answer = desk.visitor().get("/metrics", Accept="application/openmetrics-text; version=1.0.0")
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    plain = {family.name for family in parse(desk.visitor().get("/metrics").text)}
    assert {family.name for family in parse_openmetrics(answer.text)} >= {
        "factwatch_polls",
        "factwatch_build",
        "process_cpu_seconds",
    }
    assert "factwatch_polls" in plain
    assert not [name for name in plain if name.endswith("_created")]


@needs_promtool
def test_prometheus_finds_nothing_to_complain_of(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_room(tmp_path, newsroom.url) as room, open_desk(room) as desk:
        newsroom.publish("Plan of the bridge", opening("June 2027"))
        room.poll()
        text = desk.visitor().get("/metrics").text
    done = subprocess.run([PROMTOOL, "check", "metrics"], input=text, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
