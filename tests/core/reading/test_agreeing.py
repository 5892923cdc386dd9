"""What a second reader proposes counts as far as our own reading bears it out; both become one by what the rule trusts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.claims import Certainty, Claim, Modality, Sight
from monitor.core.judging.assessing import judge_item
from monitor.core.reading.agreeing import read_together
from monitor.core.reading.extracting import Reading, read
from monitor.core.reading.knowns import read_known
from monitor.core.reading.proposals import Hearing, Proposal, Stance
from monitor.core.values import Amount, Known
from monitor.core.watches import Trust
from tests.core.reading.builders import CAPACITY, LAUNCH, LICENCE, PRICE, STAKE, item, library, watch, words_of

WATCH = watch(LAUNCH, CAPACITY, PRICE, LICENCE, STAKE, known={"launch": "2025-03", "capacity": "100000 vehicle/year"})
WORDS = words_of(WATCH)
BODY = (
    "Acme will sell the first cars in the autumn of 2026. The plant is to make 150,000 vehicles a year. "
    "Acme puts 2 billion yuan into the hall and 500 million yuan into the press. Regulators let Acme make cars from Friday on. "
    "The state holds a third of it. Was 2027 ever likely?"
)


def known(values: Mapping[str, str]) -> dict[str, Known]:
    held = {key: baseline.known for key, baseline in WATCH.baselines.items()}
    return held | {key: read_known(text, WATCH.facts[key], library().units) for key, text in values.items()}


def together(*proposals: Proposal, body: str = BODY, title: str = "", trust: Trust = Trust.MODEL, **values: str) -> Reading:
    hearing = Hearing(model="tiny", prompt="1", trust=trust, proposals=proposals)
    return read_together(item(body, title=title), WORDS, known(values), library(), hearing)


def says(fact: str, quote: str, *words: str, stance: Stance = Stance.PLANNED, state: str = "") -> Proposal:
    return Proposal(fact=fact, quote=quote, words=words, stance=stance, state=state)


def only(reading: Reading) -> Claim:
    (claim,) = reading.claims
    return claim


# --- what counts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proposal", "value"),
    [
        (says("launch", "Acme will sell the first cars in the autumn of 2026.", "autumn of 2026"), "2026-09/2026~"),
        (says("launch", "acme will sell  the first cars in the AUTUMN of 2026", "the autumn of 2026"), "2026-09/2026~"),
        (says("capacity", "make 150,000 vehicles a year", "150,000 vehicles a year"), "150000 vehicle/year"),
        (says("stake", "The state holds a third of it", "a third"), "1/3"),
        (
            says("licence", "Regulators let Acme make cars", "let Acme make cars", stance=Stance.STATED, state="approved"),
            "approved",
        ),
    ],
)
def test_a_value_is_what_our_own_grammars_read_in_its_words(proposal: Proposal, value: str) -> None:
    claim = only(together(proposal))
    assert str(claim.value) == value
    assert claim.seen_by is not Sight.OWN
    assert claim.quote in BODY


def test_parts_are_added_up_by_us() -> None:
    quote = "Acme puts 2 billion yuan into the hall and 500 million yuan into the press."
    claim = only(together(says("price", quote, "2 billion yuan", "500 million yuan")))
    assert isinstance(claim.value, Amount)
    assert claim.value.low == claim.value.high == Decimal("2500000000")


@pytest.mark.parametrize(
    ("proposal", "why"),
    [
        (says("owner", "The state holds a third of it", "a third"), "the watch has no such fact"),
        (says("launch", "Acme will sell the first cars in 2031.", "2031"), "its quote does not stand in the item"),
        (says("launch", "Acme will sell the first cars", "2031"), "the words of its value do not stand in its quote"),
        (says("launch", "make 150,000 vehicles a year", "150,000"), "in its words we read nothing that could be a period"),
        (says("price", "make 150,000 vehicles a year", "150,000"), "in its words we read nothing that could be a money"),
        (says("price", "2 billion yuan into the hall", "2 billion yuan", "2 billion yuan"), "it counts a part twice"),
        (says("price", "sell the first cars", "sell", "cars"), "not all of its parts are amounts"),
        (says("launch", "in the autumn of 2026", "autumn", "2026"), "is not added up"),
        (says("licence", "let Acme make cars", state="rejected"), "the fact has no such state"),
        (says("licence", "Was 2027 ever likely?", state="approved"), "in its sentence we read no words for approved"),
        (says("capacity", "The plant is to make"), "it names no value"),
        (says("launch", "The state holds a third"), "in its sentence we read no undated word for the event"),
        (says("launch", "sell the first cars", stance=Stance.CANCELLED), "no word of giving up or putting off"),
        (says("capacity", "50,000 vehicles a year", "50,000"), "its quote does not stand in the item"),
    ],
)
def test_what_is_not_borne_out_is_refused_with_a_reason(proposal: Proposal, why: str) -> None:
    reading = together(proposal)
    assert reading.claims == ()
    (remark,) = reading.remarks
    assert why in remark


def test_a_link_that_our_reader_holds_for_impossible_is_not_believed_on_another_word() -> None:
    body = "Acme said that the launch is in May 2026. Borealis has a launch in June 2027."
    assert not together(says("launch", "Borealis has a launch in June 2027", "June 2027"), body=body).claims


def test_a_paraphrased_state_does_not_come_into_force_on_the_second_readers_word() -> None:
    claim = only(together(says("licence", "Regulators let Acme make cars", stance=Stance.STATED, state="approved")))
    assert claim.certainty is Certainty.REPORTED


def test_words_for_one_state_tell_no_other() -> None:
    body = "The licence of Acme was granted on Friday."
    reading = together(says("licence", body, stance=Stance.STATED, state="applied"), body=body)
    assert not reading.claims
    assert "tell another state" in reading.remarks[0]


# --- how it is told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "stance", "modality"),
    [
        ("The launch of Acme's car is in May 2026.", Stance.PLANNED, Modality.PLANNED),
        ("The launch of Acme's car is in May 2026.", Stance.HAPPENED, Modality.PLANNED),
        ("The launch of Acme's car was in May 2024.", Stance.HAPPENED, Modality.ACHIEVED),
        ("The launch of Acme's car is in May 2026.", Stance.DENIED, Modality.DENIED),
        ("The launch of Acme's car is in May 2026.", Stance.FORECAST, Modality.FORECAST),
        ("Will the launch of Acme's car be in May 2026?", Stance.PLANNED, Modality.ASKED),
        ("Reports that the launch of Acme's car is in May 2026 are wrong.", Stance.PLANNED, Modality.DENIED),
        ("The launch of Acme's car was originally planned for May 2026.", Stance.PLANNED, Modality.RECALLED),
    ],
)
def test_the_more_restrained_of_the_two_readers_says_how_a_value_is_told(body: str, stance: Stance, modality: Modality) -> None:
    words = "May 2024" if "2024" in body else "May 2026"
    assert only(together(says("launch", body, words, stance=stance), body=body)).modality is modality


def test_who_says_so_may_make_it_less_certain_wherever_he_is_named() -> None:
    body = "The launch of Acme's car is in May 2026. That is the word of people familiar with the plans."
    for speaker, certainty in (
        ("", Certainty.OFFICIAL),
        ("people familiar with the plans", Certainty.REPORTED),
        ("God", Certainty.OFFICIAL),
    ):
        proposal = replace(says("launch", "The launch of Acme's car is in May 2026.", "May 2026"), speaker=speaker)
        assert only(together(proposal, body=body)).certainty is certainty


def test_what_somebody_proposes_is_no_decision() -> None:
    body = "The launch of Acme's car is in May 2026."
    assert only(together(says("launch", body, "May 2026", stance=Stance.PROPOSED), body=body)).certainty is Certainty.PROPOSED


def test_a_target_that_is_said_to_be_reached_is_done_and_a_lesser_number_is_news() -> None:
    body = "Acme has reached a capacity of 100,000 vehicles a year."
    (judgement,) = judge_item(
        together(says("capacity", body, "100,000 vehicles a year", stance=Stance.HAPPENED), body=body).claims, known({}), WATCH
    )
    assert str(judgement.said) == "100000 vehicle/year (done)"
    body = "Acme has cut its capacity to 80,000 vehicles a year."
    (judgement,) = judge_item(
        together(says("capacity", body, "80,000 vehicles a year", stance=Stance.HAPPENED), body=body).claims, known({}), WATCH
    )
    assert str(judgement.said) == "80000 vehicle/year"


# --- whom the rule trusts ---------------------------------------------------------------------------

BOTH_BODY = "The launch of Acme's car is in May 2026. Its capacity is 150,000 vehicles a year. The state holds a third of it."
AGREED = says("launch", "The launch of Acme's car is in May 2026.", "May 2026")
ALONE = says("stake", "The state holds a third of it.", "a third")


@pytest.mark.parametrize(
    ("trust", "seen"),
    [
        (Trust.EITHER, {"launch": Sight.BOTH, "capacity": Sight.OWN, "stake": Sight.MODEL}),
        (Trust.BOTH, {"launch": Sight.BOTH}),
        (Trust.MODEL, {"launch": Sight.BOTH, "stake": Sight.MODEL}),
        (Trust.OWN, {"launch": Sight.BOTH, "capacity": Sight.OWN}),
    ],
)
def test_what_one_reader_sees_alone_counts_as_the_rule_says(trust: Trust, seen: Mapping[str, Sight]) -> None:
    claims = together(AGREED, ALONE, body=BOTH_BODY, trust=trust).claims
    assert {claim.fact: claim.seen_by for claim in claims} == seen
    assert all("tiny (prompt 1)" in claim.reasons[-1] for claim in claims)


def test_where_both_agree_certainty_of_the_link_is_high() -> None:
    alone = only(read(item("The launch of Acme's car is in May 2026."), WORDS, known({}), library()))
    agreed = only(together(AGREED, body="The launch of Acme's car is in May 2026."))
    assert agreed.confidence > max(alone.confidence, 0.99)


def told(claim: Claim) -> tuple[object, ...]:
    return claim.fact, claim.value, claim.modality, claim.certainty, claim.confidence, claim.quote


def test_a_second_reader_who_finds_nothing_changes_nothing_but_the_mark() -> None:
    own = read(item(BOTH_BODY), WORDS, known({}), library())
    mine = together(body=BOTH_BODY, trust=Trust.EITHER)
    assert list(map(told, mine.claims)) == list(map(told, own.claims))
    assert mine.links == own.links


# --- whatever it says -------------------------------------------------------------------------------

pieces = st.sampled_from([BODY[start:end] for start in range(0, len(BODY), 17) for end in (start + 4, start + 30, start + 90)])
texts = st.one_of(pieces, st.text(max_size=30), st.sampled_from(["2031", "9 billion yuan", "approved", "", " ", ".*", "(", "\\"]))
proposals = st.builds(
    Proposal,
    fact=st.one_of(st.sampled_from([*WATCH.facts, "nothing"]), st.text(max_size=5)),
    quote=texts,
    words=st.lists(texts, max_size=4).map(tuple),
    state=st.sampled_from(["", "applied", "approved", "revoked"]),
    stance=st.sampled_from(Stance),
    speaker=texts,
)


@settings(max_examples=60)
@given(answer=st.lists(proposals, max_size=6), trust=st.sampled_from(Trust))
def test_no_answer_brings_a_quote_or_a_value_that_the_item_does_not_hold(answer: list[Proposal], trust: Trust) -> None:
    reading = together(*answer, trust=trust)
    own = {one.candidate.value for one in read(item(BODY), WORDS, known({}), library()).links}
    sums = {Decimal("2500000000"), Decimal("2000000000"), Decimal("500000000")}
    for claim in reading.claims:
        assert claim.quote in BODY
        assert 0 <= claim.start <= claim.end <= len(claim.quote)
        is_sum = isinstance(claim.value, Amount) and claim.value.low in sums
        is_state = claim.fact == "licence" and str(claim.value) in ("applied", "approved")
        assert claim.value in own or is_sum or is_state
    assert len(reading.remarks) <= len(answer)
