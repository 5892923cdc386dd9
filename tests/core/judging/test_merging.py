"""Merging: an item moves a fact at most once, whatever the order of its sentences."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.claims import Certainty, Claim, Modality
from monitor.core.judging.comparing import judge
from monitor.core.judging.merging import merge_item
from monitor.core.values import Known, Shift
from monitor.core.verdicts import Judgement
from tests.core.judging.builders import claim, claims, fact, known
from tests.core.strategies import knowns


def judged(*said: Claim, held: str = "2024-H1") -> list[Judgement]:
    return [judgement for one in said if (judgement := judge(one, known(held), fact()))]


def merged(*said: Claim, held: str = "2024-H1") -> str:
    (judgement,) = merge_item(judged(*said, held=held))
    return f"{judgement.verdict} {judgement.claim.value}"


def test_a_headline_and_its_body_are_one_move_told_by_the_sharper() -> None:
    assert merged(claim("2024-H2", in_title=True), claim("2024-09")) == "changes 2024-09"


def test_a_move_goes_before_the_old_value_that_its_sentence_names() -> None:
    old, new = claim("2024-H1"), claim("2024-H2", confidence=0.6, says_change=True)
    assert merged(replace(old, quote=new.quote), new) == "changes 2024-H2"


def test_a_likelier_repetition_of_the_known_value_goes_before_a_doubtful_move() -> None:
    assert merged(claim("2024-H1"), claim("2024-H2", confidence=0.6)) == "confirms 2024-H1"


def test_the_firmer_of_two_values_counts() -> None:
    assert merged(claim("2025", certainty=Certainty.RUMOUR), claim("2024-H2", confidence=0.6)) == "changes 2024-H2"


def test_a_sharper_value_with_less_behind_it_does_not_speak_for_the_firmer() -> None:
    assert merged(claim("2024-H2"), claim("2024-09", certainty=Certainty.RUMOUR)) == "changes 2024-H2"


def test_what_happened_goes_before_what_is_planned() -> None:
    assert (
        merged(claim("2025", modality=Modality.PLANNED), claim("2024-01-02", modality=Modality.ACHIEVED))
        == "completed 2024-01-02"
    )


def test_of_two_values_the_more_confident_counts_and_the_other_is_named() -> None:
    (judgement,) = merge_item(judged(claim("2025", confidence=0.9), claim("2026", confidence=0.7)))
    assert str(judgement.said) == "2025"
    assert judgement.reasons[-1] == "the item also says 2026, with less behind it"


def test_a_value_that_the_item_says_twice_is_the_more_confident() -> None:
    assert (
        merged(claim("2025", confidence=0.9), claim("2026", confidence=0.7), claim("2026-03", confidence=0.7))
        == "changes 2026-03"
    )


def test_a_value_that_the_item_denies_moves_nothing() -> None:
    assert merged(claim("2026", in_title=True), claim("2026", modality=Modality.DENIED)) == "denied 2026"


def test_a_denied_event_has_not_happened() -> None:
    assert merged(claim(None, modality=Modality.ACHIEVED), claim(None, modality=Modality.DENIED)) == "denied None"


def test_a_denial_of_another_value_leaves_the_move_alone() -> None:
    assert merged(claim("2025"), claim("2027", modality=Modality.DENIED)) == "changes 2025"


def test_a_distance_counts_only_where_no_value_is_given() -> None:
    postponed = claim("2025-H1", moved_by=Shift(months=12))
    assert merged(postponed) == "changes 2025-H1"
    assert merged(postponed, claim("2024-H2", certainty=Certainty.REPORTED)) == "changes 2024-H2"
    assert merged(postponed, claim("2024-H1")) == "confirms 2024-H1"


def test_facts_do_not_mix() -> None:
    one, other = judged(claim("2025"))[0], judged(claim("2026"))[0]
    elsewhere = Judgement(
        claim=claim_of_fact(other.claim, "price"),
        verdict=other.verdict,
        known=other.known,
        said=other.said,
        reasons=other.reasons,
    )
    assert [judgement.claim.fact for judgement in merge_item([elsewhere, one])] == ["launch", "price"]


def claim_of_fact(one: Claim, key: str) -> Claim:
    return Claim(
        item=one.item, watch=one.watch, fact=key, value=one.value, modality=one.modality, certainty=one.certainty,
        quote=one.quote, start=one.start, end=one.end,
    )  # fmt: skip


@given(said=st.lists(claims, max_size=6), held=knowns, random=st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter(said: list[Claim], held: Known, random: st.DataObject) -> None:
    judgements = [judgement for one in said if (judgement := judge(one, held, fact()))]
    shuffled = list(judgements)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge_item(shuffled) == merge_item(judgements)


@given(said=st.lists(claims, max_size=6), held=knowns)
def test_a_fact_gets_one_judgement_which_the_item_made(said: list[Claim], held: Known) -> None:
    judgements = [judgement for one in said if (judgement := judge(one, held, fact()))]
    result = merge_item(judgements)
    assert len(result) == min(1, len(judgements))
    assert all(one.claim in [judgement.claim for judgement in judgements] for one in result)
