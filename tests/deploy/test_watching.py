"""What watches a running program: alerts that fire when they should, and a dashboard, both on metrics that there are."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.jobs.vitals import Vitals
from monitor.web.metrics import build_registry
from tests.deploy.debian import PROMTOOL, needs_promtool
from tests.jobs.conftest import newsroom, room
from tests.jobs.rooms import Room

__all__ = ["newsroom", "room"]

DEPLOY = Path(__file__).parents[2] / "deploy"
ALERTS, ALERT_TESTS = (
    yaml.safe_load((DEPLOY / "prometheus" / name).read_text(encoding="utf-8")) for name in ("alerts.yaml", "alerts.test.yaml")
)
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
DASHBOARD = json.loads((DEPLOY / "grafana" / "factwatch.json").read_text(encoding="utf-8"))
SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "info": ("_info",), "gauge": ("",)}


@pytest.fixture
def metrics(room: Room) -> dict[str, set[str]]:
    """The name of each series, with the labels of those that there are in a room where nothing has happened yet."""
    families = list(build_registry(room.context, Vitals()).collect())
    named = {f"{family.name}{suffix}": set[str]() for family in families for suffix in SUFFIXES[family.type]}
    for sample in (sample for family in families for sample in family.samples):
        named[sample.name] |= sample.labels.keys()
    return named


def queries() -> Iterator[str]:
    """All that the dashboard and the alerts ask for."""
    yield from (rule["expr"] for rule in RULES)
    yield from (target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"])
    yield from (choice["query"]["query"] for choice in DASHBOARD["templating"]["list"] if choice["type"] == "query")


def test_every_query_asks_for_metrics_that_there_are(metrics: dict[str, set[str]]) -> None:
    asked = {name for query in queries() for name in re.findall(r"\b(?:factwatch|process)_\w+", query)}
    assert len(asked) > 15
    assert asked <= metrics.keys()


def test_every_value_of_a_label_that_is_asked_for_may_come_about(metrics: dict[str, set[str]]) -> None:
    asked = {name for query in queries() for name in re.findall(r"[{,]\s*(\w+)\s*=~?", query)}
    assert asked <= {"job", "instance"} | set().union(*metrics.values())


@needs_promtool
@pytest.mark.parametrize("what", [("check", "rules", "alerts.yaml"), ("test", "rules", "alerts.test.yaml")])
def test_prometheus_takes_the_alerts_and_they_fire_when_they_should(what: tuple[str, ...]) -> None:
    done = subprocess.run([PROMTOOL, *what], cwd=DEPLOY / "prometheus", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_is_tested() -> None:
    tried = {one["alertname"] for group in ALERT_TESTS["tests"] for one in group.get("alert_rule_test", []) if one["exp_alerts"]}
    assert tried == {rule["alert"] for rule in RULES}


def test_the_panels_of_the_dashboard_lie_side_by_side() -> None:
    taken: dict[tuple[int, int], str] = {}
    for panel in DASHBOARD["panels"]:
        for cell in cells(panel["gridPos"]):
            assert cell not in taken, (panel["title"], taken[cell])
            assert cell[0] < 24
            taken[cell] = panel["title"]
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


def cells(place: dict[str, Any]) -> Iterator[tuple[int, int]]:
    for x in range(place["x"], place["x"] + place["w"]):
        yield from ((x, y) for y in range(place["y"], place["y"] + place["h"]))


def test_every_metric_is_documented_and_no_other_is(metrics: dict[str, set[str]]) -> None:
    rows = re.findall(r"^\| (`factwatch_.*?) \|", (DEPLOY / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`(factwatch_\w+)`", row)}
    ours = {re.sub("_(bucket|sum|count)$", "", name) for name in metrics if name.startswith("factwatch_")}
    assert told == ours
