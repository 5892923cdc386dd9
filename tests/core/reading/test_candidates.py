"""Which values of a text may be a fact's: the rule's own demands, ranges, distances, sums and states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from monitor.core.facts import Event, Fact
from monitor.core.reading.candidates import Making, after
from monitor.core.values import parse_amount, parse_period
from tests.core.reading.builders import CAPACITY, ENDING, LAUNCH, LICENCE, OPENING, PRICE, STAKE, candidates, values, watch


def printed(fact: Fact, body: str, *, title: str = "", known: str = "unknown") -> list[str]:
    return [value for _, value in values(watch(fact, known={fact.key: known}), body, title=title)]


# --- what the rule demands --------------------------------------------------------------------------

EUROPE = replace(LAUNCH, near=("Europe",))


def test_a_with_word_must_stand_in_the_sentence_or_the_headline() -> None:
    assert printed(EUROPE, "The launch in Europe is in 2025.") == ["2025"]
    assert printed(EUROPE, "The launch is in 2025.") == []
    assert printed(EUROPE, "The launch is in 2025.", title="Acme goes to Europe")[-1:] == ["2025"]


def test_a_with_word_of_another_sentence_does_not_count() -> None:
    assert printed(EUROPE, "Europe waits. The launch is in 2025.") == []


def test_a_not_word_rules_its_sentence_out_and_no_other() -> None:
    fact = replace(LAUNCH, without=("rocket",))
    assert printed(fact, "The launch of the rocket is in 2025. The launch of the car is in 2026.") == ["2026"]


def test_a_name_of_the_subjects_not_rules_its_sentence_out_unless_the_subject_stands_there_too() -> None:
    assert printed(LAUNCH, "The launch at Borealis is in 2025.") == []
    assert printed(LAUNCH, "Acme and Borealis plan the launch in 2025.") == ["2025"]


@pytest.mark.parametrize(("plausible", "count"), [("100000-200000", 1), ("1-100", 0), (">100000", 1), ("<100000", 0)])
def test_an_amount_outside_what_is_plausible_is_none(plausible: str, count: int) -> None:
    fact = replace(CAPACITY, plausible=parse_amount(plausible, CAPACITY.unit))
    assert len(printed(fact, "The capacity is 150,000 cars a year.")) == count


def test_both_ends_of_a_range_must_be_plausible() -> None:
    fact = replace(CAPACITY, plausible=parse_amount("100000-200000", CAPACITY.unit))
    assert printed(fact, "The capacity is 150,000 to 250,000 cars a year.") == []


# --- dates ------------------------------------------------------------------------------------------


def test_a_range_splits_over_the_facts_of_its_two_ends() -> None:
    found = values(watch(OPENING, ENDING), "The works run from April 2025 to June 2026.")
    assert found == [("works-start", "2025-04"), ("works-end", "2026-06")]


def test_a_range_stays_whole_for_a_fact_without_sibling() -> None:
    assert printed(ENDING, "The works run from April 2025 to June 2026.") == ["2025-04/2026-06"]


def test_a_date_beside_a_word_of_one_end_is_not_the_other_ends() -> None:
    found = values(watch(OPENING, ENDING), "The works are to be finished in 2027.")
    assert ("works-end", "2027") in found
    assert ("works-start", "2027") not in found


def test_a_distance_moves_the_value_in_force() -> None:
    found = candidates(watch(LAUNCH, known={"launch": "2025-03"}), "The launch is delayed by six months.")
    assert [str(one.value) for one in found if one.making is Making.SHIFTED] == ["2025-09"]


def test_a_distance_is_counted_from_a_date_that_is_named_behind_it() -> None:
    found = candidates(watch(LAUNCH, known={"launch": "2031"}), "The launch comes two years behind the target of 2029.")
    assert [str(one.value) for one in found if one.making is Making.SHIFTED] == ["2031"]


@pytest.mark.parametrize("known", ["unknown", "2024-03 (done)", "cancelled"])
def test_a_distance_from_nothing_or_from_what_is_done_leads_nowhere(known: str) -> None:
    found = candidates(watch(LAUNCH, known={"launch": known}), "The launch is delayed by six months.")
    assert [one for one in found if one.making is Making.SHIFTED] == []


@pytest.mark.parametrize(
    ("body", "opening", "closing"),
    [
        ("The fair is held from 21 December 2025 to 18 January 2026.", "2025-12-21", "2026-01-18"),
        ("The fair is held from 12 to 15 June 2026.", "2026-06-12", "2026-06-15"),
        ("The fair opens between 12 and 15 June 2026.", "2026-06-12/2026-06-15", "2026-06-12/2026-06-15"),
        ("The fair opens from April to June 2026.", "2026-Q2", "2026-Q2"),
    ],
)
def test_what_lasts_from_day_to_day_begins_on_the_first_and_ends_on_the_last(body: str, opening: str, closing: str) -> None:
    beginning, end = replace(LAUNCH, key="beginning"), replace(LAUNCH, key="end", event=Event.END, about=("closing",))
    found = {one.fact.key: str(one.value) for one in candidates(watch(beginning, end), body)}
    assert found == {"beginning": opening, "end": closing}


def test_what_is_ruled_out_before_an_earliest_date_adds_nothing() -> None:
    (one,) = candidates(watch(LAUNCH, known={"launch": "2026-12/.."}), "Acme cannot launch by November 2026.")
    assert one.making is Making.SAID


def test_an_event_without_a_date_is_a_candidate_where_its_cue_stands() -> None:
    body = "Nobody knew. The launch went well."
    (event,) = candidates(watch(LAUNCH), body)
    assert (event.value, event.making, body[event.start : event.end]) == (None, Making.UNDATED, "launch")


def test_a_cue_that_is_part_of_a_name_tells_no_event() -> None:
    one = watch(LAUNCH)
    named = replace(one, subject=replace(one.subject, names=("Launch Pad Nine",)))
    assert list(candidates(named, "The council adopted Launch Pad Nine.")) == []


def test_a_dated_sentence_has_no_undated_event() -> None:
    assert {one.making for one in candidates(watch(LAUNCH), "The launch is in 2025.")} == {Making.SAID}


def test_a_negated_deadline_becomes_what_remains() -> None:
    (rest,) = candidates(watch(LAUNCH, known={"launch": "../2033"}), "Acme cannot launch by 2033.")
    assert (str(rest.value), rest.making) == ("2034/..", Making.RULED_OUT)


@pytest.mark.parametrize(
    "body",
    ["Acme can launch by 2033.", "It will not launch this year but by 2033.", "It is not late. Acme will launch by 2033."],
)
def test_a_deadline_that_no_negation_reaches_stays(body: str) -> None:
    assert "../2033" in printed(LAUNCH, body, known="../2033")


def test_a_negated_date_that_has_nothing_to_do_with_the_one_in_force_stays() -> None:
    assert printed(LAUNCH, "It does not launch in 1990.", known="2033") == ["1990"]


def test_what_remains_of_an_open_period_is_nothing() -> None:
    assert after(parse_period("2026/..")) is None
    assert after(parse_period("2026")) == parse_period("2027/..")
    assert after(parse_period("../2026-06-14")).first == date(2026, 6, 15)  # type: ignore[union-attr]


def test_the_open_end_of_a_period_is_not_approximate() -> None:
    (one,) = [value for value in printed(LAUNCH, "The launch comes in early 2026 at the earliest.") if "/.." in value]
    assert not one.endswith("~")


# --- amounts and states -----------------------------------------------------------------------------


def test_an_amount_is_given_in_the_facts_unit() -> None:
    fact = replace(CAPACITY, key="area", unit="m2")
    assert printed(fact, "The capacity is 72 hectares.") == ["720000 m2"]
    assert printed(fact, "The capacity is 72 kilograms.") == []


def test_an_addition_is_added_to_the_value_in_force() -> None:
    found = candidates(watch(CAPACITY, known={"capacity": "100000 vehicle/year"}), "The capacity grows by 50,000 cars a year.")
    assert [(str(one.value), one.making) for one in found] == [("150000 vehicle/year", Making.ADDED)]


@pytest.mark.parametrize("known", ["unknown", ">100000 vehicle/year"])
def test_an_addition_to_nothing_certain_leads_nowhere(known: str) -> None:
    assert printed(CAPACITY, "The capacity grows by 50,000 cars a year.", known=known) == []


def test_what_goes_off_the_value_in_force_is_taken_away() -> None:
    assert printed(CAPACITY, "The capacity is 30,000 cars a year lower.", known="100000 vehicle/year") == ["70000 vehicle/year"]
    assert printed(CAPACITY, "The capacity is 30,000 cars a year lower.", known="10000 vehicle/year") == []


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("The stake grew by two percentage points.", "22%"),
        ("The stake was cut by 50 basis points.", "19.5%"),
        ("They took a quarter point off the stake.", "19.75%"),
    ],
)
def test_points_are_added_to_a_share_or_taken_off(text: str, total: str) -> None:
    assert printed(STAKE, text, known="20%") == [str(parse_amount(total, "1"))]


def test_a_percentage_is_not_added_to_a_share_but_may_be_a_growth() -> None:
    assert printed(STAKE, "The stake rose by 5 percent.", known="20%") == ["5%"]
    assert printed(STAKE, "The stake is 5 percent less.", known="20%") == []


def test_where_nothing_is_known_an_addition_is_added_to_what_was_told_before() -> None:
    assert printed(PRICE, "The cost is 12 billion yuan. Another 3 billion yuan come on top.") == [
        "12000000000 CNY",
        "15000000000 CNY",
    ]
    assert printed(PRICE, "Another 3 billion yuan come on top of it all. The cost is 12 billion yuan.") == ["12000000000 CNY"]


def test_a_dollar_is_the_rules_own_where_the_text_names_no_country() -> None:
    fact = replace(PRICE, unit="AUD")
    assert printed(fact, "The cost is $12 billion.") == ["12000000000 AUD"]
    assert printed(fact, "The cost is US$12 billion.") == []


def test_every_state_that_is_told_is_a_candidate_in_the_order_of_the_rule() -> None:
    assert printed(LICENCE, "It was approved, having been applied for in May.") == ["applied", "approved"]
    assert printed(LICENCE, "Nothing was said.") == []


def test_the_coarser_step_of_the_two_holds_for_a_sum() -> None:
    found = candidates(watch(CAPACITY, known={"capacity": "120000 vehicle/year"}), "The capacity grows by 5,000 cars a year.")
    assert found[0].value.step == Decimal(10000)  # type: ignore[union-attr]


def test_a_multiple_of_the_value_in_force_is_a_candidate_where_no_outcome_is_told() -> None:
    known = "100000 vehicle/year"
    assert printed(CAPACITY, "The plant doubles its capacity.", known=known) == ["~200000 vehicle/year"]
    assert printed(CAPACITY, "The plant doubles its capacity to 220,000 cars a year.", known=known) == ["220000 vehicle/year"]
    assert printed(CAPACITY, "The capacity is fine. Profit doubled.", known=known) == []
    assert printed(CAPACITY, "The plant doubles its capacity.") == []
    assert printed(CAPACITY, "More later.", title="The plant doubles its capacity", known=known) == []


def test_an_extra_is_the_value_of_a_fact_about_the_extra_and_comes_to_the_value_of_any_other() -> None:
    extra = replace(PRICE, key="extra", title="Cost over the price agreed", about=("additional",))
    body = "Acme asks for an additional 400,000 yuan for the price of the car."
    assert printed(extra, body, known="600000 CNY") == ["400000 CNY"]
    assert printed(PRICE, body, known="600000 CNY") == ["1000000 CNY"]
