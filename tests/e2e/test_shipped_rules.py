"""The watches that ship: they load without a fault, hold what was known at their start, and their histories are told truly."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitor.config.archives import read_archive
from monitor.config.lexicons import load_library
from monitor.config.rulebook import Rulebook, load_rulebook
from monitor.core.changes import ChangeState, History
from monitor.core.items import Item
from monitor.core.values import Standing
from monitor.core.watches import Tier, Watch
from monitor.jobs.answering import Reader
from monitor.jobs.backtesting import begin, play

ROOT = Path(__file__).parents[2]
WATCHES = ("entry-exit-system", "iter", "xiaomi-ev")
LANGUAGES = {
    "entry-exit-system": {"de", "en", "es", "fr", "zh"},
    "iter": {"de", "en", "es", "fr", "zh"},
    "xiaomi-ev": {"en", "zh"},
}

# What was known at the start. A period that had passed is done.
STARTS = {
    "entry-exit-system": {
        "start": "../2020",
        "full-operation": "unknown",
        "status": "planned",
        "etias-start": "2020",
        "etias-fee": "unknown",
    },
    "iter": {
        "first-plasma": "2016",
        "deuterium-tritium": "2020",
        "construction-cost": "~5000000000 EUR",
        "research-operation": "unknown",
    },
    # What the article behind this watch tells, and what it names as still open.
    "xiaomi-ev": {
        "venture-announced": "2021 (done)",
        "launch": "2024",
        "mass-production": "2024-H1",
        "production-licence": "approved",
        "plant-phase-1-area": "~720000 m2",
        "plant-phase-1-start": "2022-04 (done)",
        "plant-phase-1-end": "2023-06 (done)",
        "plant-phase-2-start": "2024",
        "plant-phase-2-end": "2025",
        "lei-jun-time-on-cars": "1/2",
        "lei-jun-time-on-phones": "1/4",
        "extended-range": "announced",
        "price": "unknown",
        "annual-capacity": "unknown",
        "delivery-target-2024": "unknown",
    },
}

# The true course of each fact: what it has to pass through, in this order, and last where it stands. Steps between are no
# fault: a later reading may find a milestone that is missed today.
COURSES = {
    "entry-exit-system": {
        "start": ("2022-05", "2023-05", "2024", "unknown", "2024-11-10", "2025-10", "2025-10-12", "2025-10-12 (done)"),
        "full-operation": ("2026-04-10", "2026-04-10 (done)"),
        "status": ("postponed", "phased-operation", "full-operation"),
        "etias-start": ("2023-05", "2023-11", "2024", "2025-05", "2026-Q4"),
        "etias-fee": ("7 EUR", "20 EUR"),
    },
    "iter": {
        "first-plasma": ("2018", "2019-11", "2020-12~", "2025", "2025-12", "2026/..", "2033/.."),
        "research-operation": ("2034",),
        "full-magnetic-energy": ("2036",),
        "deuterium-tritium": ("2026", "2027-03", "2035/..", "2039"),
        "construction-cost": ("~15000000000 EUR", "~18000000000 EUR", "20000000000 EUR", ">20000000000 EUR"),
        "additional-cost": ("4600000000 EUR", "~4000000000 EUR", "5000000000 EUR"),
        "assembly-start": ("2020-03", "2020-07-28 (done)"),
        "toroidal-field-coils": ("in-production", "complete"),
        "central-solenoid": ("2025-09", "2025-09-19 (done)"),
        "sectors-in-the-pit": ("4 sector", "5 sector"),
    },
    "xiaomi-ev": {
        "launch": ("2024-H1", "2024-03-28", "2024-03-28 (done)"),
        "mass-production": ("2024-03 (done)",),
        "price": ("215900-299900 CNY",),
        "second-model-launch": ("2025-06-26 (done)",),
    },
}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="module", params=WATCHES)
def watch(request: pytest.FixtureRequest, rulebook: Rulebook) -> Watch:
    return rulebook.watches[request.param]


def lines_of(watch: Watch) -> list[str]:
    return (ROOT / "seeds" / f"{watch.id}.archive.jsonl").read_text(encoding="utf-8").splitlines()


@cache
def archive_of(watch_id: str) -> tuple[Item, ...]:
    return read_archive(ROOT / "seeds" / f"{watch_id}.archive.jsonl")


def accepted_steps(history: History) -> list[str]:
    return [str(change.brings) for change in history.changes if change.state is ChangeState.ACCEPTED]


def test_what_ships_has_nothing_to_mend(rulebook: Rulebook) -> None:
    assert tuple(sorted(rulebook.watches)) == WATCHES
    assert not rulebook.warnings


def test_the_baseline_is_what_was_known_at_the_start(watch: Watch) -> None:
    assert {key: str(watch.baselines[key].known) for key in STARTS[watch.id]} == STARTS[watch.id]


def test_every_value_says_where_it_stands(watch: Watch) -> None:
    for key, baseline in watch.baselines.items():
        assert baseline.note, key
        assert baseline.source, key


def test_nothing_is_expected_that_had_already_passed(watch: Watch) -> None:
    assert watch.since == min(baseline.as_of for baseline in watch.baselines.values())
    for key, baseline in watch.baselines.items():
        if baseline.known.standing is Standing.EXPECTED and (last := getattr(baseline.known.value, "last", None)):
            assert last >= baseline.as_of, key


def test_feeds_have_addresses_and_names_of_their_own(watch: Watch) -> None:
    assert 6 <= len(watch.feeds) <= 10
    assert (
        len({urlsplit(feed.url).hostname for feed in watch.feeds})
        == len({feed.label for feed in watch.feeds})
        == len(watch.feeds)
    )
    assert {feed.tier for feed in watch.feeds} == set(Tier)


def test_tests_of_the_rule_ask_for_silence_too(watch: Watch) -> None:
    silent = [test for test in watch.tests if not test.expect]
    assert len(silent) >= 4
    assert len(watch.tests) - len(silent) >= 4


def test_history_runs_forward_from_the_baseline(watch: Watch) -> None:
    archive = archive_of(watch.id)
    published = [json.loads(line)["published"] for line in lines_of(watch)]
    assert published == sorted(published)
    assert len(published) == len(archive)
    assert archive[0].published is not None
    assert archive[0].published.date() >= watch.since
    assert date.fromisoformat(published[-1]).year >= 2025


def test_every_line_of_the_history_is_whole(watch: Watch) -> None:
    for item in archive_of(watch.id):
        assert item.publisher, item.title
        assert len(item.body) > len(item.title) > 0, item.title
        assert not item.url or urlsplit(item.url).scheme in {"http", "https"}, item.title
    assert {item.language for item in archive_of(watch.id)} == LANGUAGES[watch.id]


def test_no_line_of_the_history_is_told_twice(watch: Watch) -> None:
    archive = archive_of(watch.id)
    assert len({item.id for item in archive}) == len(archive)
    assert all(one.title != other.title for one, other in pairwise(sorted(archive, key=lambda item: item.title)))


def test_every_item_of_the_history_names_the_subject(watch: Watch) -> None:
    names = [name.casefold() for name in watch.subject.names]
    for item in archive_of(watch.id):
        assert any(name in f"{item.title} {item.body}".casefold() for name in names), item.title


def test_the_history_tells_the_true_course(watch: Watch) -> None:
    reader = Reader.build({watch.id: watch}, load_library())
    ledger = begin(watch)
    for item in archive_of(watch.id):
        play(item, ledger, watch.id, reader)
    for key, course in COURSES[watch.id].items():
        steps = accepted_steps(ledger[key])
        ahead = iter(steps)
        assert all(milestone in ahead for milestone in course), f"{key}: {', '.join(steps)}"
        assert str(ledger[key].in_force) == course[-1], key
