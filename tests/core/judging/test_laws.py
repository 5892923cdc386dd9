"""Laws of judging: a word that was heard is settled, and the order in which words arrive does not matter."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.changes import ChangeState, History
from monitor.core.claims import Certainty, Claim
from monitor.core.judging.comparing import judge
from monitor.core.judging.deciding import advance
from monitor.core.values import Kind, Known
from monitor.core.watches import Acceptance, Policy
from tests.core.judging.builders import any_claims, claim, fact, history, item, on_day
from tests.core.strategies import knowns

DAYS = ("2025-03-01", "2025-08-01", "2026-03-01", "2026-09-01", "2027-03-01")


def after(words: Sequence[Claim]) -> History:
    """The history of a fact after some words, in the order of their arrival."""
    past = history("2024-H1")
    for one in words:
        judgement = judge(one, past.in_force, fact())
        if judgement is not None:
            step = advance(past, judgement, fact=fact(), policy=Policy(), acceptance=Acceptance.AUTO, now=on_day(40))
            past = step.history
    return past


@given(one=any_claims, held=knowns, kind=st.sampled_from((Kind.PERIOD, Kind.MONEY, Kind.STATUS)))
def test_a_word_that_came_into_force_does_not_move_its_fact_again(one: Claim, held: Known, kind: Kind) -> None:
    judgement = judge(one, held, fact(kind))
    if judgement is not None and judgement.moves:
        again = judge(one, judgement.said, fact(kind))
        assert again is None or not again.moves


@given(values=st.permutations(DAYS), order=st.permutations(range(len(DAYS))))
def test_of_official_words_the_newest_is_in_force_in_whatever_order_they_arrive(values: list[str], order: list[int]) -> None:
    words = [
        claim(value, source=item(str(day), publisher=f"outlet-{day}.com", day=day), says_change=True)
        for day, value in enumerate(values, start=1)
    ]
    assert str(after([words[at] for at in order]).in_force) == values[-1]


@given(certainties=st.lists(st.sampled_from(Certainty), min_size=1, max_size=5), data=st.data())
def test_evidence_for_one_value_comes_to_the_same_in_any_order(certainties: list[Certainty], data: st.DataObject) -> None:
    words = [
        claim("2026-03", source=item(str(number), publisher=f"outlet-{number}.com", body=f"Text {number}."), certainty=certainty)
        for number, certainty in enumerate(certainties)
    ]
    shuffled = data.draw(st.permutations(words))
    assert standing(after(shuffled)) == standing(after(words))


def standing(past: History) -> tuple[str, list[tuple[ChangeState, Certainty]]]:
    return str(past.in_force), [(change.state, change.certainty) for change in past.changes]
