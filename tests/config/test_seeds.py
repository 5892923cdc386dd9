from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from monitor.config.rulebook import load_rulebook
from monitor.config.seeds import known_at
from monitor.config.shapes import SourceEntry
from monitor.core.facts import Fact
from monitor.core.values import Kind
from tests.config.rule_files import write_full, write_small

PERIOD = Fact(key="opening", title="Opening", kind=Kind.PERIOD, about=("opening",))
JOBS = Fact(key="jobs", title="Jobs", kind=Kind.QUANTITY, about=("jobs",), unit="job")


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("2023-06", "2023-06 (done)"),
        ("2023-12-31", "2023-12-31 (done)"),
        ("2023-06 (expected)", "2023-06"),
        ("2023-06 (cancelled)", "2023-06 (cancelled)"),
        ("2023/2024-01", "2023/2024-01"),
        ("2024-01-01", "2024-01-01"),
        ("2023-03/..", "2023-03/.."),
        ("../2023-06", "../2023-06 (done)"),
        ("unknown", "unknown"),
        ("cancelled", "cancelled"),
    ],
)
def test_a_period_that_had_ended_is_done_unless_written_expected(written: str, known: str) -> None:
    assert str(known_at(written, PERIOD, date(2024, 1, 1))) == known


def test_a_source_tells_its_day_only_where_it_is_another_than_that_of_the_value() -> None:
    source = SourceEntry.model_validate({"title": "Annual report", "publisher": "Acme", "date": "2023-12-20"})
    assert source.line(date(2023, 12, 20)) == "Acme, Annual report"
    assert source.line(date(2024, 1, 1)) == "Acme, Annual report, 2023-12-20"


def test_amounts_are_never_done_by_themselves() -> None:
    assert str(known_at("2,000 jobs", JOBS, date(2024, 1, 1))) == "2000 job"


def test_every_fact_has_a_baseline_with_its_day_and_source(tmp_path: Path) -> None:
    baselines = load_rulebook(write_full(tmp_path)).watches["acme-plant"].baselines
    assert {key: str(baseline.known) for key, baseline in baselines.items()} == {
        "opening": "2025",
        "construction": "2022-04/2023-06 (done)",
        "jobs": "1200 job",
        "cost": "2.5 EUR",
        "subsidy": "unknown",
        "permit": "none",
    }
    construction = baselines["construction"]
    assert (construction.as_of, construction.note) == (date(2024, 2, 1), "said by Ada Brown")
    assert construction.source == "Acme, Annual report, 2023-12-20"
    assert construction.source_url == "https://example.org/report"
    assert baselines["jobs"].source == "Town council"
    assert baselines["subsidy"].as_of == date(2024, 1, 1)


def test_without_a_seed_nothing_is_known(tmp_path: Path) -> None:
    watch = load_rulebook(write_small(tmp_path, "one")).watches["one"]
    assert str(watch.baselines["opening"].known) == "unknown"
    assert watch.since == watch.baselines["opening"].as_of
