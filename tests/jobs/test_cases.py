"""Labelled items: how they are read, and when a value means the labelled one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.core.facts import Fact
from monitor.core.values import parse_value
from monitor.errors import FileFaults, UserFault
from monitor.jobs.cases import Label, is_value_of, known_values, read_cases
from tests.core.reading.builders import CAPACITY, LAUNCH, LICENCE, library
from tests.jobs.readers import ACME

ROW = {
    "id": "7",
    "title": "T",
    "body": "B",
    "source": "outlet.com",
    "published": "2024-06-15T10:00:00Z",
    "lang": "en",
    "subject": "acme",
    "baseline_moved": {"launch": "2026", "other_fact": "x"},
    "expect": [{"fact": "works_end", "verdict": "changes", "value": 2026, "alert": "yes"}],
    "lenient": [{"fact": "works_start"}, "launch"],
}


def test_a_case_is_read_with_dashes_in_its_names(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(ROW) + "\n" + json.dumps({**ROW, "lenient": None}) + "\n", encoding="utf-8")
    first, second = read_cases([path])
    assert (first.file, first.line, second.line) == (str(path), 1, 2)
    assert first.labels == (Label(fact="works-end", verdict="changes", value="2026", alert="yes"),)
    assert first.lenient == {"works-start", "launch"}
    assert first.item.published.isoformat() == "2024-06-15T00:00:00+00:00"
    assert second.lenient == frozenset()


def test_a_replay_has_labels_of_its_own_where_they_are_given(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    label = {**ROW["expect"][0], "accept": ["refines"]}
    told = {**label, "verdict_seq": "confirms", "alert_seq": "no", "accept_seq": []}
    path.write_text(json.dumps({**ROW, "expect": [label, told]}) + "\n", encoding="utf-8")
    (case,) = read_cases([path])
    assert [(one.verdict, one.alert, one.accept) for one in case.labels] == [("changes", "yes", {"refines"})] * 2
    assert [(one.verdict, one.alert, one.accept) for one in case.replayed] == [
        ("changes", "yes", {"refines"}),
        ("confirms", "no", set()),
    ]


def test_every_faulty_line_of_every_file_is_told(tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    first.write_text("{\n\n" + json.dumps(ROW) + "\n", encoding="utf-8")
    second.write_text("[]\n" + json.dumps({**ROW, "lang": None}) + "\n", encoding="utf-8")
    with pytest.raises(FileFaults) as refused:
        read_cases([first, second])
    assert [(Path(fault.file).name, fault.line) for fault in refused.value.faults] == [
        ("1.jsonl", 1),
        ("2.jsonl", 1),
        ("2.jsonl", 2),
    ]


def test_a_file_that_is_no_text_is_the_users_fault(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b"\xff")
    with pytest.raises(UserFault, match="not UTF-8 text"):
        read_cases([path])


def test_known_values_are_the_baselines_but_where_the_case_says_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    (case,) = read_cases([path])
    known = known_values(case, ACME, library().units)
    assert {key: str(value) for key, value in known.items()} == {
        "launch": "2026",
        "capacity": "100000 vehicle/year",
        "licence": "unknown",
    }


@pytest.mark.parametrize(
    ("said", "gold", "fact", "same"),
    [
        ("2026-03", "2026-03", LAUNCH, True),
        ("2026-03", "2026-04-09", LAUNCH, True),
        ("2026-03", "2026-H1", LAUNCH, False),
        ("2026-Q1", "2026-H1", LAUNCH, True),
        ("2026-03", "2027-03", LAUNCH, False),
        ("../2026-06", "../2026-07", LAUNCH, True),
        ("../2026-06", "2026-06", LAUNCH, True),
        ("2026/..", "../2026", LAUNCH, False),
        ("150000", "151000", CAPACITY, True),
        ("150000", "160000", CAPACITY, False),
        ("../2026-06", "2026-07/..", LAUNCH, True),
        ("../2026-06", "2026-06-20/2028", LAUNCH, True),
        ("2026-06", "2026-07/..", LAUNCH, True),
        ("2026-06/..", "../2026-06", LAUNCH, False),
        (">150000", "150000-300000", CAPACITY, True),
        ("150000", "150000 cars/year", CAPACITY, True),
        ("approved", "approved", LICENCE, True),
        ("approved", "applied", LICENCE, False),
        ("approved", "nonsense", LICENCE, False),
        ("2026", "cancelled", LAUNCH, False),
    ],
)
def test_a_value_means_the_labelled_one_with_a_persons_patience(said: str, gold: str, fact: Fact, same: bool) -> None:
    label = Label(fact=fact.key, verdict="changes", value=gold, alert="yes")
    value = parse_value(said, fact.kind, fact.value_unit, fact.state_names)
    assert is_value_of(value, label, fact, library().units) is same
