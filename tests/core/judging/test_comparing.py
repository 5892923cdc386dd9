"""Judging a claim by its manner: what is planned, achieved, given up, taken back, denied or only talked about."""

from __future__ import annotations

import pytest
from hypothesis import given

from monitor.core.claims import Certainty, Claim, Modality
from monitor.core.judging.comparing import answer_claim, judge, relate
from monitor.core.values import Kind, Known, Standing, Value, parse_amount
from monitor.core.verdicts import Verdict
from tests.core.judging.builders import any_claims, claim, claims, fact, item, known, values_and_knowns
from tests.core.strategies import knowns

PLANNED, ACHIEVED = Modality.PLANNED, Modality.ACHIEVED


def verdict(said: str | None, held: str, kind: Kind = Kind.PERIOD, **rest: object) -> str:
    """Verdict and what would be known, or why there is none."""
    judgement = judge(claim(said, kind, **rest), known(held, kind), fact(kind))  # type: ignore[arg-type]
    return "none" if judgement is None else f"{judgement.verdict} {judgement.said}"


@pytest.mark.parametrize(
    ("said", "held", "answer"),
    [
        pytest.param("2024-H2", "2024-H1", "changes 2024-H2", id="another half"),
        pytest.param("2024-03", "2024-H1", "refines 2024-03", id="sharper"),
        pytest.param("2024", "2024-H1", "confirms 2024-H1", id="vaguer"),
        pytest.param("2024", "unknown", "new_value 2024", id="the first value"),
        pytest.param("2028", "cancelled", "new_value 2028", id="a plan taken up again"),
        pytest.param("2024-03", "2024-03-28 (done)", "confirms 2024-03-28 (done)", id="the month of what happened"),
        pytest.param("2024-03-28", "2024-03 (done)", "confirms 2024-03 (done)", id="the day of what happened, however sharp"),
        pytest.param("2025-06", "2024-03-28 (done)", "none", id="another date of what happened"),
        pytest.param(None, "2024", "none", id="no value and no event"),
    ],
)
def test_a_plan_is_compared_with_what_is_known(said: str | None, held: str, answer: str) -> None:
    assert verdict(said, held, modality=PLANNED) == answer


@pytest.mark.parametrize(
    ("said", "held", "answer"),
    [
        pytest.param("2024-03-28", "2024-H1", "completed 2024-03-28 (done)", id="within the plan"),
        pytest.param("2024-08", "2024-H1", "completed 2024-08 (done)", id="later than planned"),
        pytest.param("2024-03", "unknown", "completed 2024-03 (done)", id="with no plan known"),
        pytest.param(None, "2024-H1", "completed 2024-01 (done)", id="without a date: the month of publication"),
        pytest.param(None, "2024-01 (done)", "confirms 2024-01 (done)", id="what is known to have happened"),
        pytest.param("2024-02", "2024-01 (done)", "confirms 2024-01 (done)", id="reports vary by a day"),
        pytest.param("2023-06", "2024-01 (done)", "none", id="another date is not believed"),
    ],
)
def test_an_event_that_happened_completes_its_plan(said: str | None, held: str, answer: str) -> None:
    assert verdict(said, held, modality=ACHIEVED) == answer


def test_a_date_of_a_past_event_is_moved_by_a_correction() -> None:
    assert verdict("2023-06", "2024-01 (done)", modality=ACHIEVED, is_correction=True) == "changes 2023-06 (done)"


def test_a_date_of_a_past_event_is_moved_by_an_official_word_that_it_moved() -> None:
    said = {"modality": PLANNED, "says_change": True}
    assert verdict("2025", "2024-01 (done)", certainty=Certainty.OFFICIAL, **said) == "changes 2025"
    assert verdict("2025", "2024-01 (done)", certainty=Certainty.REPORTED, **said) == "none"


@pytest.mark.parametrize(
    ("said", "held", "answer"),
    [
        pytest.param("130000", "130000", "completed 130000 vehicle/year (done)", id="the target itself"),
        pytest.param("135000", "130000", "completed 135000 vehicle/year (done)", id="more than the target"),
        pytest.param(">130000", "130000", "completed 130000 vehicle/year (done)", id="over the target"),
        pytest.param("50000", "130000", "none", id="on the way to the target"),
        pytest.param(None, "130000", "completed 130000 vehicle/year (done)", id="'the target was met'"),
        pytest.param("130000", "unknown", "new_value 130000 vehicle/year", id="no target known"),
    ],
)
def test_a_target_is_met_by_its_number_or_more(said: str | None, held: str, answer: str) -> None:
    assert verdict(said, held, Kind.QUANTITY, modality=ACHIEVED) == answer


@pytest.mark.parametrize(
    ("held", "answer"),
    [
        ("2024", "cancelled cancelled"),
        ("unknown", "cancelled cancelled"),
        ("cancelled", "confirms cancelled"),
        ("2024 (done)", "none"),
    ],
)
def test_a_plan_given_up_is_cancelled_unless_it_has_happened(held: str, answer: str) -> None:
    assert verdict(None, held, modality=Modality.CANCELLED) == answer


@pytest.mark.parametrize(
    ("said", "held", "answer"),
    [
        pytest.param(None, "2026", "changes unknown", id="put off indefinitely"),
        pytest.param("2027/..", "2026-12", "changes 2027/..", id="not before 2027"),
        pytest.param(None, "unknown", "confirms unknown", id="no date was known"),
        pytest.param(None, "2027/..", "confirms 2027/..", id="no date but an earliest one"),
        pytest.param(None, "2026 (done)", "none", id="it has happened"),
    ],
)
def test_a_date_taken_back_leaves_none_or_an_open_one(said: str | None, held: str, answer: str) -> None:
    assert verdict(said, held, modality=Modality.WITHDRAWN) == answer


@pytest.mark.parametrize(
    ("said", "held", "answer"),
    [
        pytest.param("2026-08", "2026-06/..", "changes 2026-08", id="August where from June was known"),
        pytest.param("2034", "2027/..", "changes 2034", id="2034 where not before 2027 was known"),
        pytest.param("2026-06-20", "2026-06/..", "refines 2026-06-20", id="a day of the earliest month"),
        pytest.param("2026-08", "2026/..", "refines 2026-08", id="a month of the earliest year"),
        pytest.param("2026-06", "2026-06/..", "confirms 2026-06/..", id="the earliest month itself"),
        pytest.param("2026-05", "2026-06/..", "changes 2026-05", id="earlier than the earliest"),
    ],
)
def test_a_date_well_after_the_earliest_one_is_a_change(said: str, held: str, answer: str) -> None:
    assert verdict(said, held) == answer


def test_a_denial_never_moves() -> None:
    assert verdict("2026", "2025", modality=Modality.DENIED) == "denied 2025"


@pytest.mark.parametrize("modality", [Modality.HYPOTHETICAL, Modality.ASKED, Modality.RECALLED, Modality.FORECAST])
def test_talk_confirms_at_most(modality: Modality) -> None:
    assert verdict("2025", "2025", modality=modality) == "confirms 2025"
    assert verdict("2026", "2025", modality=modality) == "none"
    assert verdict("2025-06", "2025", modality=modality) == "none"


@pytest.mark.parametrize(
    ("said", "held", "says_change", "answer"),
    [
        pytest.param("approved", "approved", False, "confirms approved", id="the known state"),
        pytest.param("approved", "applied", False, "changes approved", id="a later state supersedes"),
        pytest.param("applied", "approved", False, "none", id="an earlier state is history"),
        pytest.param("applied", "approved", True, "changes applied", id="words of reversal"),
        pytest.param("applied", "unknown", False, "new_value applied", id="the first state"),
    ],
)
def test_statuses_run_their_usual_course(said: str, held: str, says_change: bool, answer: str) -> None:
    assert verdict(said, held, Kind.STATUS, says_change=says_change) == answer


def test_values_of_two_units_differ() -> None:
    comparison = relate(parse_amount("5", "CNY"), parse_amount("5", "EUR"))
    assert not comparison.is_compatible
    assert comparison.why == "said 5 CNY and 5 EUR cannot be compared"


def test_a_judgement_gives_its_reasons_in_words() -> None:
    judgement = judge(claim("2024-H2", reasons=("linked",)), known("2024-H1"), fact())
    assert judgement is not None
    assert judgement.reasons == ("linked", "changes: said 2024-H2 lies outside 2024-H1")


def test_silence_has_a_reason_too() -> None:
    answer = answer_claim(claim("2026", modality=Modality.FORECAST), known("2025"), fact())
    assert answer.verdict is None
    assert answer.why == "what is forecast moves nothing"


@given(case=values_and_knowns)
def test_a_value_confirms_itself(case: tuple[Kind, Value, Known]) -> None:
    kind, value, _ = case
    one = Claim(
        item=item(), watch="w", fact="launch", value=value, modality=PLANNED, certainty=Certainty.RUMOUR, quote="", start=0, end=0
    )
    judgement = judge(one, Known(value=value), fact(kind))
    assert judgement is not None
    assert judgement.verdict is Verdict.CONFIRMS


@given(one=any_claims, held=knowns)
def test_any_claim_can_be_judged_against_anything(one: Claim, held: Known) -> None:
    for kind in (Kind.PERIOD, Kind.MONEY, Kind.STATUS):
        assert answer_claim(one, held, fact(kind)).why


@given(one=claims, held=knowns)
def test_what_does_not_move_leaves_what_is_known(one: Claim, held: Known) -> None:
    judgement = judge(one, held, fact())
    if judgement is not None and not judgement.moves:
        assert judgement.said == held


@given(one=claims, held=knowns)
def test_only_an_achievement_or_a_corrected_date_is_done(one: Claim, held: Known) -> None:
    judgement = judge(one, held, fact())
    if judgement is not None and judgement.moves and judgement.said.standing is Standing.DONE:
        assert one.modality is ACHIEVED or one.is_correction
