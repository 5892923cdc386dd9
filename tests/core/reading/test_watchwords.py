"""The words that a watch brings along, each under the label of what it is for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.core.facts import Event, Fact, State
from monitor.core.reading.texts import normalise
from monitor.core.reading.watchwords import near, own, prepare_watch, state, topic, wide, without
from tests.core.reading.builders import CAPACITY, ENDING, LAUNCH, LICENCE, OPENING, library, watch, words_of


def labels(source: str, *facts: Fact) -> set[str]:
    return {hit.label for hit in words_of(watch(*facts)).book.find(normalise(source))}


def test_a_cue_is_the_users_own_and_its_concept_is_wide() -> None:
    assert own("launch") in labels("the launch", LAUNCH)
    assert labels("die Markteinführung", LAUNCH) == {wide("launch")}


def test_an_exact_fact_is_not_widened() -> None:
    assert wide("launch") not in labels("die Markteinführung", replace(LAUNCH, is_exact=True))


def test_the_rules_with_and_not_words_have_their_own_labels() -> None:
    fact = replace(LAUNCH, near=("Europe",), without=("rocket",))
    assert labels("a rocket in Europe", fact) == {near("launch"), without("launch")}


def test_a_state_is_told_by_its_phrases_and_by_its_name() -> None:
    assert state("licence", "approved") in labels("it was granted", LICENCE)
    waiting = replace(LICENCE, states=(replace(LICENCE.states[0], name="on_hold", phrases=("stopped",)),))
    assert state("licence", "on_hold") in labels("it is on hold", waiting)


def test_names_carry_whose_they_are() -> None:
    assert labels("Acme and Ada Berg and Borealis") == {"subject", "official", "other"}


def test_a_title_gives_its_content_words_without_brackets_and_stop_words() -> None:
    fact = replace(LAUNCH, title="The first-ever sale of the car (not the truck)")
    words = words_of(watch(fact))
    assert topic("launch") in {hit.label for hit in words.book.find(normalise("sale"))}
    assert topic("launch") not in {hit.label for hit in words.book.find(normalise("the truck"))}
    assert words.topics["launch"] == len({"ever", "sale", "car"})


def test_words_that_a_title_repeats_count_once() -> None:
    words = words_of(watch(replace(LAUNCH, title="Launch of the launch")))
    assert words.topics["launch"] == 1


def test_start_and_end_with_a_shared_cue_are_siblings_both_ways() -> None:
    assert words_of(watch(OPENING, ENDING)).siblings == {"works-start": "works-end", "works-end": "works-start"}


@pytest.mark.parametrize(
    "other",
    [
        replace(ENDING, about=("tunnel",)),
        replace(ENDING, event=Event.START),
        replace(ENDING, event=None),
    ],
    ids=["another cue", "the same end", "no end"],
)
def test_other_pairs_are_no_siblings(other: Fact) -> None:
    assert words_of(watch(OPENING, other)).siblings == {}


def test_near_words_of_a_concept_blank_out_the_users_own_cue() -> None:
    assert own("launch") not in labels("at the launch pad", LAUNCH)


def test_the_fiscal_year_is_the_first_that_a_fact_names() -> None:
    assert words_of(watch(LAUNCH, CAPACITY)).fiscal_year_start == 1
    assert words_of(watch(LAUNCH, replace(CAPACITY, fiscal_year_start=4))).fiscal_year_start == 4


def test_stop_words_are_those_that_are_given() -> None:
    words = prepare_watch(watch(LAUNCH), library().concepts, stop_words=frozenset({"market", "launch"}))
    assert words.topics["launch"] == 0


def test_a_state_is_told_in_the_words_of_its_kind_and_not_by_what_only_names_the_thing() -> None:
    assert labels("Die Behörde gab grünes Licht", LICENCE) == {state("licence", "approved")}
    assert state("licence", "approved") not in labels("the permit", LICENCE)


def test_the_longer_phrase_of_two_states_tells() -> None:
    fact = replace(LICENCE, states=(*LICENCE.states, State(name="rejected", phrases=("rejected",))))
    assert labels("they refused to approve it", fact) == {state("licence", "rejected")}


def test_the_states_show_what_they_were_widened_to() -> None:
    assert words_of(watch(LICENCE)).states["licence"]["approved"].concepts == ("approved",)
    assert words_of(watch(LAUNCH)).states["launch"] == {}
