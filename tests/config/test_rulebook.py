from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from monitor.config.archives import read_archive
from monitor.config.rulebook import Rulebook, load_rulebook, refresh_rulebook
from monitor.core.claims import Certainty
from monitor.core.facts import Event, State
from monitor.core.values import Kind, parse_amount
from monitor.core.verdicts import MOVING, Verdict
from monitor.core.watches import Acceptance, FeedSource, Policy, Tier, Watch
from monitor.errors import FileFaults
from tests.config.rule_files import write_full, write_small


@pytest.fixture
def full(tmp_path: Path) -> Watch:
    return load_rulebook(write_full(tmp_path)).watches["acme-plant"]


def test_text_that_looks_like_another_type_stays_text(full: Watch) -> None:
    assert full.subject.others == ("Globex", "NO")


def test_feeds_keep_their_order_and_settings(full: Watch) -> None:
    assert full.feeds == (
        FeedSource(url="https://example.org/feed.xml"),
        FeedSource(
            url="https://example.net/rss", every=timedelta(minutes=15), tier=Tier.GOSSIP, label="Example Net", auth="example-net"
        ),
        FeedSource(url="https://example.org/status", select="main .news li"),
    )


def test_facts_of_all_kinds_are_read(full: Watch) -> None:
    facts = full.facts
    assert list(facts) == ["opening", "construction", "jobs", "cost", "subsidy", "permit"]
    opening = facts["opening"]
    assert (opening.event, opening.overdue_days, opening.fiscal_year_start) == (Event.END, 14, 4)
    assert (opening.near, opening.without) == (("plant",), ("shop",))
    assert facts["construction"].event is Event.START
    jobs = facts["jobs"]
    assert (jobs.kind, jobs.unit, jobs.tolerance, jobs.is_exact) == (Kind.QUANTITY, "job", Decimal("0.025"), True)
    assert jobs.plausible == parse_amount("50..10000", "job")
    assert (facts["cost"].unit, facts["subsidy"].unit) == ("EUR", "1")
    assert facts["permit"].states[2] == State(name="granted", phrases=("granted", "获批"))


def test_a_fact_s_wishes_go_before_the_watch_s_and_these_before_the_defaults(full: Watch, tmp_path: Path) -> None:
    common = {"on": frozenset({Verdict.CHANGES, Verdict.COMPLETED}), "sources": 2, "wait": timedelta(minutes=30)}
    assert full.policies["opening"] == Policy(**common, certainty=Certainty.REPORTED, notify=("analysts",))  # type: ignore[arg-type]
    assert full.policies["cost"] == Policy(**common, certainty=Certainty.OFFICIAL, notify=("finance",))  # type: ignore[arg-type]
    small = load_rulebook(write_small(tmp_path, "small")).watches["small"]
    assert small.policies["opening"] == Policy(on=MOVING, certainty=Certainty.PROPOSED)


def test_tests_know_their_line_and_expect_printed_values(full: Watch) -> None:
    first, second = full.tests
    assert first.expect == {"opening": (Verdict.CHANGES, "2025-H2")}
    assert {key: str(known) for key, known in first.known.items()} == {"opening": "2025-H1", "permit": "granted"}
    assert second.expect == {}
    assert first.line < second.line


def test_the_watch_itself_is_read(full: Watch) -> None:
    assert (full.id, full.since, full.acceptance) == ("acme-plant", date(2023, 11, 8), Acceptance.MANUAL)
    assert len(read_archive(Path(full.archive))) == 2


def test_since_is_the_baseline_s_day_where_left_out(tmp_path: Path) -> None:
    folder = write_full(tmp_path)
    rule = folder / "acme-plant.yaml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("since: 2023-11-08\n", ""), encoding="utf-8")
    assert load_rulebook(folder).watches["acme-plant"].since == date(2024, 1, 1)


def test_two_files_cannot_hold_the_same_watch(tmp_path: Path) -> None:
    write_small(tmp_path, "twin", name="a")
    write_small(tmp_path, "twin", name="b")
    with pytest.raises(FileFaults) as caught:
        load_rulebook(tmp_path)
    assert (
        str(caught.value)
        == f"{tmp_path}/b.yaml:2:8: the watch 'twin' stands in {tmp_path}/a.yaml already; give this one another id"
    )


def test_files_that_are_no_rules_are_passed_over(tmp_path: Path) -> None:
    write_small(tmp_path, "one")
    (tmp_path / "delivery.yaml").write_text("quiet: true\n")
    (tmp_path / ".hidden.yaml").write_text("no rule\n")
    (tmp_path / "README.md").write_text("no rule\n")
    assert list(load_rulebook(tmp_path).watches) == ["one"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "no such folder; name the folder of the rule files with --rules or FACTWATCH_RULES"),
        ("", "no rule file here; a rule file ends in .yaml"),
    ],
)
def test_a_folder_without_rules_is_a_fault(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(FileFaults) as caught:
        load_rulebook(tmp_path / name)
    assert str(caught.value) == f"{tmp_path / name}: {message}"


def test_warnings_do_not_stop_the_rules(tmp_path: Path) -> None:
    rule = write_small(tmp_path, "one", more="  jobs: {title: Jobs, kind: quantity, unit: cars/year, about: [jobs]}\n")
    rule.write_text(rule.read_text().replace("one.xml", "one.xml?api_key=MARKED"))
    warnings = load_rulebook(tmp_path).warnings
    assert [warning.message for warning in warnings] == [
        "this address seems to hold a secret; anyone who reads the rule reads it",
        "units stand in the singular; write 'car/year' for 'cars/year'",
    ]


def test_the_last_good_rules_stay_in_force_while_the_new_ones_are_broken(tmp_path: Path) -> None:
    rule = write_small(tmp_path, "one")
    sound = load_rulebook(tmp_path)
    rule.write_text(rule.read_text() + "accept: maybe\n")
    broken = refresh_rulebook(sound, tmp_path)
    assert broken.rulebook is sound
    assert [fault.message for fault in broken.faults] == ["unknown way to accept 'maybe'; it may be auto or manual"]
    assert not broken.is_changed
    rule.write_text(rule.read_text().replace("maybe", "manual"))
    mended = refresh_rulebook(broken.rulebook, tmp_path)
    assert mended.is_changed
    assert mended.rulebook.watches["one"].acceptance is Acceptance.MANUAL


def test_a_changed_seed_changes_the_rulebook_and_a_touched_file_does_not(tmp_path: Path) -> None:
    folder = write_full(tmp_path)
    first = load_rulebook(folder)
    seed = tmp_path / "seeds" / "acme-plant.yaml"
    seed.touch()
    assert not refresh_rulebook(first, folder).is_changed
    seed.write_text(seed.read_text(encoding="utf-8").replace("opening: 2025", "opening: 2026"), encoding="utf-8")
    assert refresh_rulebook(first, folder).is_changed
    assert {path.name for path in first.files} == {"acme-plant.yaml", "acme-plant.jsonl"}


def test_an_empty_rulebook_is_a_start_for_refreshing(tmp_path: Path) -> None:
    write_small(tmp_path, "one")
    assert refresh_rulebook(Rulebook(watches={}), tmp_path).is_changed


def test_archive_items_come_oldest_first_in_utc(tmp_path: Path) -> None:
    write_full(tmp_path)
    older, newer = read_archive(tmp_path / "seeds" / "acme-plant.jsonl")
    assert (older.published, older.language) == (datetime(2024, 3, 1, tzinfo=UTC), "")
    assert (newer.published, newer.publisher) == (datetime(2024, 3, 2, 1, 30, tzinfo=UTC), "Acme News")
    assert older.id != newer.id


def test_one_defect_does_not_hide_another(tmp_path: Path) -> None:
    folder = write_full(tmp_path)
    for path, said, wrong in [
        ("rules/acme-plant.yaml", "since: 2023-11-08", "since: soon"),
        ("rules/acme-plant.yaml", "kind: share", "kind: shares, abuot: x"),
        ("rules/acme-plant.yaml", "permit: granted}", "permit: lost}"),
        ("seeds/acme-plant.yaml", "opening: 2025", "opening: soon"),
        ("seeds/acme-plant.jsonl", '"title": "Acme applies', '"titel": "Acme applies'),
    ]:
        text = (tmp_path / path).read_text(encoding="utf-8")
        assert said in text
        (tmp_path / path).write_text(text.replace(said, wrong), encoding="utf-8")
    with pytest.raises(FileFaults) as caught:
        load_rulebook(folder)
    assert [fault.message.partition(";")[0][:44] for fault in caught.value.faults] == [
        "'soon' is no day",
        "unknown kind 'shares'",
        "unknown key 'abuot'",
        "'lost' is no state of this fact",
        "'title' is missing",
        "unknown key 'titel'",
        "'soon' is no period",
    ]
