from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from monitor.config.lexicons import load_library
from monitor.config.outlines import load_outlines
from monitor.core.items import Item
from monitor.core.proposing.merging import Proposals
from monitor.core.proposing.proposing import propose
from monitor.core.watches import Subject
from tests.core.proposing.labelled import Scored, documents, table

Reader = Callable[[str], Proposals]


@pytest.fixture
def acme() -> Reader:
    """Reads a text about Acme that appeared in March 2024."""

    def read_text(text: str) -> Proposals:
        item = Item(id="1", title="", body=text, url="", publisher="p", published=datetime(2024, 3, 8, 12, tzinfo=UTC))
        return propose(item, Subject(names=("Acme",), others=("Globex",)), load_library(), load_outlines())

    return read_text


def told(proposals: Proposals) -> dict[str, str]:
    return {one.fact.key: str(one.known) for one in proposals.facts}


@pytest.fixture(scope="module")
def scores() -> list[Scored]:
    return [document.score() for document in documents()]


def test_everything_is_found_in_the_article_behind_the_first_seed(scores: list[Scored]) -> None:
    (score,) = (one for one in scores if one.name == "xiaomi")
    assert (score.missed, len(score.found)) == ((), 10)


def test_announcements_of_fifteen_domains_are_read_as_well_as_we_say(scores: list[Scored]) -> None:
    found, missed, wrong = (sum(len(getattr(score, name)) for score in scores) for name in ("found", "missed", "wrong"))
    print(table(scores))
    assert len(scores) == 16
    assert found / (found + missed) >= 0.85
    assert wrong / found <= 0.25


def test_a_run_of_time_is_two_facts_of_the_same_thing(acme: Reader) -> None:
    proposals = acme("Acme built its plant between April 2022 and June 2023.")
    assert told(proposals) == {"construction-start": "2022-04 (done)", "completion": "2023-06 (done)"}
    begins, ends = proposals.facts
    assert begins.fact.about == ends.fact.about == ("construction",)


def test_stages_are_told_apart_and_go_through_the_same(acme: Reader) -> None:
    proposals = acme("Construction of Acme's phase one ran from May 2022 to June 2023. Phase two will follow from 2025 to 2026.")
    assert told(proposals) == {
        "construction-start-phase-1": "2022-05 (done)",
        "completion-phase-1": "2023-06 (done)",
        "construction-start-phase-2": "2025",
        "completion-phase-2": "2026",
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Acme makes pumps. Globex will open its plant in May 2025.", "said of somebody else"),
        ("Acme makes pumps. Initech opened a plant in May 2023; it has 300 workers.", "said of somebody else"),
        ("Acme's plant was originally to open in May 2025.", "how it used to be"),
        ("Reports that Acme will open its plant in May 2025 are false.", "denied"),
        ("What if Acme opened its plant in May 2025?", "asked"),
        ("Rumour has it that Acme opens its plant in May 2025.", "a rumour"),
        ("Analysts expect Acme to sell 60,000 cars next year.", "the forecast of somebody without a say"),
    ],
)
def test_what_does_not_hold_of_the_subject_is_left_out_with_the_reason(acme: Reader, text: str, why: str) -> None:
    proposals = acme(text)
    assert told(proposals) == {}
    assert why in {one.why for one in proposals.left_out}


def test_a_share_that_only_carries_on_is_of_the_same_whole(acme: Reader) -> None:
    proposals = acme("Acme's founder spends half of his time on pumps, a quarter on valves.")
    assert [(one.fact.about, one.fact.near, str(one.known)) for one in proposals.facts] == [
        (("time",), ("pumps",), "1/2"),
        (("time",), ("valves",), "1/4"),
    ]


def test_what_is_told_again_is_one_fact_with_the_sharper_value(acme: Reader) -> None:
    assert told(acme("Acme opens its plant in 2025. The plant of Acme will open in June 2025, it said.")) == {
        "opening": "2025-06"
    }


def test_a_state_is_that_of_the_thing_beside_it_and_a_later_one_holds(acme: Reader) -> None:
    *_, proposal = acme("Acme applied for a building permit. The council has granted the building permit.").facts
    assert (str(proposal.fact.kind), str(proposal.known)) == ("status", "approved")
    assert "permit" in proposal.fact.about[0]
    assert [state.name for state in proposal.fact.states] == ["applied", "approved", "rejected", "revoked"]


def test_a_state_to_come_is_none(acme: Reader) -> None:
    assert told(acme("The council will approve Acme's building permit.")) == {}


def test_who_is_introduced_as_speaking_for_the_subject_is_an_official(acme: Reader) -> None:
    proposals = acme("Ada Brown, president of Acme, spoke in Paris. Acme told the Pump Summit that it makes pumps.")
    assert proposals.officials == ("Ada Brown",)


def test_the_day_on_which_something_was_said_dates_nothing(acme: Reader) -> None:
    assert told(acme("Acme said on Wednesday that its plant will open in May 2025.")) == {"opening": "2025-05"}


def test_a_headline_alone_is_read_too() -> None:
    item = Item(
        id="1",
        title="Acme opens plant in May 2025",
        body="",
        url="",
        publisher="p",
        published=datetime(2024, 3, 8, tzinfo=UTC),
    )
    assert told(propose(item, Subject(names=("Acme",)), load_library(), load_outlines())) == {"opening": "2025-05"}


def test_an_amount_is_proposed_as_a_person_would_write_it(acme: Reader) -> None:
    assert told(acme("The site of Acme covers an area of 315 acres and has 300 employees.")) == {
        "area": "~1275000 m2",
        "jobs": "300 job",
    }


def test_the_longer_of_two_phrases_says_which_stage_it_is(acme: Reader) -> None:
    assert told(acme("The second phase is to be opened by Acme in 2028.")) == {"opening-phase-2": "2028"}
