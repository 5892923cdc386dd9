"""What speaks for and against a link: each feature is told where its name is true and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.facts import Fact, State
from monitor.core.reading.extracting import all_candidates
from monitor.core.reading.features import describe_all
from tests.core.reading.builders import CAPACITY, ENDING, LAUNCH, LICENCE, OPENING, PRICE, STAKE, item, library, scene_of, watch

TARGET = replace(CAPACITY, near=("2025",))


def features(
    body: str, *facts: Fact, title: str = "", known: str = "unknown", at: int = 0, language: str = "en"
) -> dict[str, float]:
    """The features of one candidate of the first fact, those with a value first, then in the order of the text."""
    facts = facts or (LAUNCH,)
    scene = scene_of(watch(*facts, known={facts[0].key: known}), item(body, title=title, language=language))
    found = [one for one in all_candidates(scene, library()) if one.fact.key == facts[0].key]
    return describe_all(sorted(found, key=lambda one: one.value is None), scene)[at]


@pytest.mark.parametrize(
    ("name", "body", "near_miss"),
    [
        ("cue in sentence", "The launch is in 2027.", "It is in 2027."),
        ("cue on the usual side of a date", "The launch is in 2027.", "In 2027 comes the launch."),
        ("cue on the other side of a date", "In 2027 comes the launch.", "The launch is in 2027."),
        ("cue in the same clause", "The launch is in 2027.", "The launch, it says, in 2027."),
        ("cue clauses away", "The launch, it says, in 2027.", "The launch is in 2027."),
        ("cue a clause away", "The launch, in 2027.", "The launch in 2027."),
        ("cue of the user's own", "The launch is in 2027.", "The debut is in 2027."),
        ("cue in the sentence before", "The launch nears. It is in 2027.", "Spring nears. It is in 2027."),
        ("cue elsewhere in the item", "It is in 2027. The launch nears.", "It is in 2027. Spring nears."),
        ("no cue", "It is in 2027. Spring nears.", "It is in 2027. The launch nears."),
        ("several values in the sentence", "The launch in 2027, not in 2030.", "The launch in 2027."),
        ("subject named in the sentence", "Acme launch in 2027.", "Zenith launch in 2027."),
        ("official named in the sentence", "So Ada Berg: launch in 2027.", "So Jane Roe: launch in 2027."),
        ("excluded name in the sentence", "Acme and Borealis launch in 2027.", "Acme and Zenith launch in 2027."),
        ("last name before is the stranger's", "Acme told Zenith: launch in 2027.", "Zenith told Acme: launch in 2027."),
        ("first name is the subject's", "Acme told Zenith: launch in 2027.", "Zenith told Acme: launch in 2027."),
        ("next name is the subject's", "in 2027 comes the launch of Acme", "in 2027 comes the launch of Zenith"),
        ("carried on from the subject", "Acme grows. The launch is in 2027.", "Zenith grows. The launch is in 2027."),
        ("carried on from the nobody", "The launch is in 2027.", "Acme grows. The launch is in 2027."),
        ("opens with a pronoun", "It will launch in 2027.", "Acme will launch in 2027."),
        ("in the lead", "The launch is in 2027.", "Yes. The launch is in 2027."),
        ("far down", "Yes. Well. Yes. The launch is in 2027.", "Yes. The launch is in 2027."),
        ("in a question", "Launch in 2027?", "Launch in 2027."),
        ("rumour in the sentence", "A leak puts the launch in 2027.", "A note puts the launch in 2027."),
        ("proposal in the sentence", "A draft puts the launch in 2027.", "A note puts the launch in 2027."),
        ("told as the old value", "Instead of 2027 the launch is late.", "In 2027 the launch is late."),
        ("a word of change leads to it", "The launch slipped to 2027.", "The launch is in 2027."),
        ("value told again in the item", "Launch in 2027. Really in 2027.", "Launch in 2027. Really in 2028."),
        ("date lies in the past", "The launch was in 2020.", "The launch is in 2027."),
        ("date lies in the future", "The launch is in 2027.", "The launch was in 2020."),
        ("date is about now", "The launch is in June 2024.", "The launch is in 2027."),
        ("a day long", "The launch is on 3 May 2027.", "The launch is in May 2027."),
        ("a year or more long", "The launch is in 2027.", "The launch is in May 2027."),
        ("open long", "The launch is by 2027.", "The launch is in 2027."),
        ("no value", "The launch went well.", "The launch is in 2027."),
    ],
)
def test_a_feature_of_a_date_is_told_where_it_is_true(name: str, body: str, near_miss: str) -> None:
    assert features(body).get(name)
    assert name not in features(near_miss)


@pytest.mark.parametrize(
    ("name", "known", "other"),
    [
        ("nothing known yet", "unknown", "2027"),
        ("fact is done", "2020 (done)", "2020"),
        ("no from the value in force", "2027", "2030"),
        ("months from the value in force", "2026-10", "2030"),
        ("up to three years from the value in force", "2025", "2027"),
        ("many years from the value in force", "2015", "2027"),
        ("later than the value in force", "2025", "2030"),
        ("earlier than the value in force", "2030", "2025"),
        ("sharper than the value in force", "2025/2027", "2027"),
    ],
)
def test_a_date_is_held_against_the_value_in_force(name: str, known: str, other: str) -> None:
    assert features("The launch is in 2027.", known=known).get(name)
    assert name not in features("The launch is in 2027.", known=other)


def test_a_date_long_before_the_one_in_force_was_done_before_it_was_due() -> None:
    assert features("The launch was in 2020.", known="2027").get("done before it was due")


def test_the_value_in_force_beside_another_is_seen_and_more_so_with_a_word_of_change() -> None:
    plain = features("The launch in 2025 or 2027.", known="2025", at=1)
    moved = features("The launch slipped, 2025 or 2027.", known="2025", at=1)
    assert plain.get("value in force stands beside")
    assert "said to move from the value in force" not in plain
    assert moved.get("said to move from the value in force")


def test_a_step_from_the_value_in_force_is_no_mere_earlier_date() -> None:
    step = "The launch is brought forward from November 2028 to June 2027."
    ours, another = features(step, known="2028-11", at=1), features(step, known="2030", at=1)
    assert ours.get("new end of a step from the value in force")
    assert "earlier than the value in force" not in ours
    assert another.get("new end of a step from another value")
    assert another.get("earlier than the value in force")
    assert "another value is nearer to the cue" not in ours


@pytest.mark.parametrize(
    ("name", "title", "other"),
    [
        ("cue in the headline", "Acme launch", "Acme news"),
        ("subject named in the headline", "News of Acme", "News of Zenith"),
        ("headline begins with the subject", "Acme grows with Zenith", "In short: Zenith eyes Acme"),
        ("headline names strangers only", "News of Zenith", "News of Acme"),
        ("carried on from the subject of the headline", "Acme grows", "Zenith grows"),
        ("subject named only once", "Acme grows", "Acme and Acme grow"),
        ("cue in the headline only", "Acme launch", "Acme news"),
    ],
)
def test_the_headline_lends_what_it_says(name: str, title: str, other: str) -> None:
    body = "it is due in 2027."
    assert features(body, title=title).get(name)
    assert name not in features(body, title=other)


def test_a_candidate_of_the_headline_is_in_the_headline() -> None:
    assert features("", title="Acme launch in 2027").get("in the headline")


@pytest.mark.parametrize(
    ("name", "body", "near_miss"),
    [
        (
            "wanted year beside the amount",
            "In 2025 a capacity of 9,000 cars.",
            "Plans of 2025 name for 2027 a capacity of 9,000.",
        ),
        ("no date beside the amount", "The 2025 car: no.", "In 2025 a capacity of 9,000 cars."),
        ("wanted word in the clause", "In 2025 a capacity of 9,000 cars.", "In 2025, a capacity of 9,000 cars."),
        ("wanted word in the sentence", "In 2025, a capacity of 9,000 cars.", "In 2025 a capacity of 9,000 cars."),
    ],
)
def test_a_fact_of_one_year_wants_that_year(name: str, body: str, near_miss: str) -> None:
    if name == "no date beside the amount":
        found = features("A capacity of 9,000 cars.", TARGET, title="Plans for 2025")
        assert found.get(name)
        assert found.get("wanted word in the headline")
    else:
        assert features(body, TARGET).get(name)
    assert name not in features(near_miss, TARGET)


def test_another_fact_may_have_the_better_claim() -> None:
    tunnel = replace(LAUNCH, key="tunnel", about=("tunnel",))
    assert features("The launch, the tunnel in 2027.", LAUNCH, tunnel).get("another fact's cue is nearer")
    assert features("The tunnel in 2027.", LAUNCH, tunnel).get("another fact has the only cue")
    assert "only fact of its kind" not in features("The launch in 2027.", LAUNCH, tunnel)
    assert features("The launch in 2027.", LAUNCH, PRICE).get("only fact of its kind")


def test_a_sibling_is_no_rival() -> None:
    found = features("The works in 2027.", OPENING, ENDING)
    assert "another fact's cue is nearer" not in found


def test_another_value_may_be_nearer_to_the_cue() -> None:
    body = "The launch in 2027 and the end in 2030."
    assert features(body).get("nearest value to the cue")
    assert features(body, at=1).get("another value is nearer to the cue")


def test_the_side_of_the_thing_is_told() -> None:
    assert features("The works begin in 2027.", OPENING).get("speaks of the fact's end of the thing")
    assert features("The works end in 2027.", OPENING).get("speaks of the other end of the thing")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("equal to the value in force", "10000"),
        ("of the size of the value in force", "12000"),
        ("some way from the value in force", "20000"),
        ("far from the value in force", "50000"),
        ("out of all proportion to the value in force", "9000000"),
    ],
)
def test_an_amount_is_weighed_against_the_value_in_force(name: str, known: str) -> None:
    found = features("A capacity of 10,000 cars a year.", CAPACITY, known=f"{known} vehicle/year")
    assert [feature for feature in found if feature.endswith("the value in force")] == [name]


@pytest.mark.parametrize(
    ("name", "fact", "body"),
    [
        ("says the fact's rate", CAPACITY, "A capacity of 10,000 cars a year."),
        ("lacks the fact's rate", CAPACITY, "A capacity of 10,000 cars."),
        ("bare number", CAPACITY, "A capacity of 10,000."),
        ("says the fact's unit", PRICE, "The price is 10,000 yuan."),
        ("a range", PRICE, "The price is 10,000 to 12,000 yuan."),
        ("bounded on one side", PRICE, "The price is over 10,000 yuan."),
    ],
)
def test_an_amount_tells_how_it_was_measured(name: str, fact: Fact, body: str) -> None:
    assert features(body, fact).get(name)


def test_a_state_is_the_one_in_force_or_another() -> None:
    assert features("It was approved.", LICENCE, known="approved").get("state in force")
    assert features("It was approved.", LICENCE, known="applied").get("another state")


def test_a_share_is_near_by_its_points() -> None:
    assert "of the size of the value in force" in features("A stake of 0.5 percent.", STAKE, known="0.25%")
    assert "of the size of the value in force" not in features("A stake of 5 percent.", STAKE, known="0.25%")


def test_a_state_is_counted_along_the_course_of_its_fact() -> None:
    longer = replace(LICENCE, states=(*LICENCE.states, State(name="revoked", phrases=("revoked",))))
    assert "next state" in features("It was approved.", longer, known="applied")
    assert "skips states" in features("It was revoked.", longer, known="applied")
    assert "earlier state" in features("It was applied for.", longer, known="approved")
    assert not {"next state", "skips states", "earlier state"} & features("It was approved.", longer).keys()


def test_a_cue_that_is_the_counted_noun_is_told() -> None:
    assert features("It has 150,000 cars a year.", replace(CAPACITY, about=("cars",))).get("counted noun is a cue")
    assert "counted noun is a cue" not in features("It has 150,000 a year.", replace(CAPACITY, about=("cars",)))


def test_a_distance_beside_a_date_is_seen() -> None:
    found = features("The launch is delayed by a year, to December 2026.", known="2025-12")
    assert found.get("distance beside a date")


def test_more_strangers_count_for_more_up_to_four() -> None:
    counts = [
        features("the launch in 2027 with " + " and ".join(names) + ".")["strangers in the sentence"]
        for names in (["Roe"], ["Roe", "Doe"], ["Roe", "Doe", "Poe", "Noe", "Loe", "Koe"])
    ]
    assert counts == [0.25, 0.5, 1.0]


@settings(max_examples=30, deadline=None)
@given(digits=st.integers(1_000, 10**20), known=st.integers(1, 10**40))
def test_every_feature_is_a_finite_number(digits: int, known: int) -> None:
    found = features(f"A capacity of {digits:,} cars a year.", CAPACITY, known=f"{known} vehicle/year")
    assert all(isfinite(value) for value in found.values())
