"""The watch that ships: it loads without a fault, holds every fact of its article, and its history is whole."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitor.config.archives import read_archive
from monitor.config.rulebook import Rulebook, load_rulebook
from monitor.core.items import Item
from monitor.core.values import Standing
from monitor.core.watches import Tier, Watch

ROOT = Path(__file__).parents[2]
ARCHIVE = ROOT / "seeds" / "xiaomi-ev.archive.jsonl"

# What the article tells, and what it names as still open. A period that had passed is done.
ARTICLE = {
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
}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="module")
def watch(rulebook: Rulebook) -> Watch:
    return rulebook.watches["xiaomi-ev"]


@pytest.fixture(scope="module")
def archive() -> tuple[Item, ...]:
    return read_archive(ARCHIVE)


def test_what_ships_has_nothing_to_mend(rulebook: Rulebook) -> None:
    assert list(rulebook.watches) == ["xiaomi-ev"]
    assert not rulebook.warnings


def test_every_fact_of_the_article_is_the_baseline(watch: Watch) -> None:
    assert {key: str(watch.baselines[key].known) for key in ARTICLE} == ARTICLE


def test_every_value_says_where_it_stands(watch: Watch) -> None:
    for key, baseline in watch.baselines.items():
        assert baseline.note, key
        assert baseline.source, key


def test_nothing_is_expected_that_had_already_passed(watch: Watch) -> None:
    known = watch.baselines["venture-announced"].known
    assert known.standing is Standing.DONE
    assert watch.since == watch.baselines["launch"].as_of == date(2023, 11, 10)


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


def test_history_runs_forward_from_the_baseline(watch: Watch, archive: tuple[Item, ...]) -> None:
    published = [json.loads(line)["published"] for line in ARCHIVE.read_text(encoding="utf-8").splitlines()]
    assert published == sorted(published)
    assert len(published) == len(archive)
    assert archive[0].published is not None
    assert archive[0].published.date() >= watch.since
    assert date.fromisoformat(published[-1]).year >= 2025


def test_every_line_of_the_history_is_whole(archive: tuple[Item, ...]) -> None:
    for item in archive:
        assert item.publisher, item.title
        assert item.language in {"en", "zh"}, item.title
        assert len(item.body) > len(item.title) > 0, item.title
        assert not item.url or urlsplit(item.url).scheme in {"http", "https"}, item.title


def test_no_line_of_the_history_is_told_twice(archive: tuple[Item, ...]) -> None:
    assert len({item.id for item in archive}) == len(archive)
    assert all(one.title != other.title for one, other in pairwise(sorted(archive, key=lambda item: item.title)))


def test_every_item_of_the_history_names_the_subject(watch: Watch, archive: tuple[Item, ...]) -> None:
    names = [name.casefold() for name in watch.subject.names]
    for item in archive:
        assert any(name in f"{item.title} {item.body}".casefold() for name in names), item.title
