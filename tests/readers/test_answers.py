"""Answers of second readers: read with patience for their manners, whatever they send."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.reading.proposals import Proposal, Stance
from monitor.errors import ReaderTrouble
from monitor.readers.answers import MOST_PROPOSALS, read_answer
from tests.servers.models import entry

MAY = entry("opening", "It opens in May.", "May", said_by="the mayor")
PROPOSAL = Proposal(fact="opening", quote="It opens in May.", words=("May",), stance=Stance.PLANNED, speaker="the mayor")
ANSWER = json.dumps({"facts": [MAY]})


@pytest.mark.parametrize(
    "text",
    [
        ANSWER,
        f"```json\n{ANSWER}\n```",
        f"<think>The item {{maybe}} says May.</think>\nHere it is: {ANSWER} I hope that helps.",
        f'{{"thoughts": "none"}} {ANSWER}',
        json.dumps({"facts": [{**MAY, "value": "May", "confidence": 1}]}),
    ],
)
def test_an_answer_is_found_in_whatever_is_around_it(text: str) -> None:
    assert read_answer(text) == (PROPOSAL,)


@pytest.mark.parametrize(
    "broken",
    [
        "nothing",
        7,
        None,
        {**MAY, "standing": "certain"},
        {**MAY, "quote": ["It opens in May."]},
        {**MAY, "value": [{"May": 1}]},
        {**MAY, "value": ["May"] * 99},
        {**MAY, "quote": "x" * 10_000},
    ],
)
def test_an_entry_of_another_form_is_left_out_and_the_others_are_read(broken: object) -> None:
    assert read_answer(json.dumps({"facts": [broken, MAY]})) == (PROPOSAL,)


def test_an_answer_without_end_is_read_to_a_bound() -> None:
    assert len(read_answer(json.dumps({"facts": [MAY] * 5000}))) == MOST_PROPOSALS


@pytest.mark.parametrize("text", ["", "no", "{", '{"facts": {}}', "[1, 2]", "{" * 100_000, '{"a":' * 5_000])
def test_what_is_no_answer_is_trouble(text: str) -> None:
    with pytest.raises(ReaderTrouble):
        read_answer(text)


KEYS = st.sampled_from(["facts", "fact", "value", "quote"])
DOCUMENTS = st.recursive(
    st.none() | st.text(max_size=4), lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=6
)


@given(text=st.text() | DOCUMENTS.map(json.dumps))
def test_whatever_is_sent_is_read_or_is_trouble(text: str) -> None:
    with suppress(ReaderTrouble):
        read_answer(text)
