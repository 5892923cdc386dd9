"""What a second reader is asked: the item as data that nothing in it can leave, the facts, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import jsonschema_rs
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.reading.knowns import read_known
from monitor.core.watches import FeedSource
from monitor.readers.answers import read_answer
from monitor.readers.prompting import form_of, question_key, question_of
from tests.core.reading.builders import CAPACITY, LAUNCH, LICENCE, item, library, watch
from tests.servers.models import entry

WATCH = watch(LAUNCH, CAPACITY, LICENCE)
HOSTILE = st.text(alphabet=st.sampled_from('<>&"\\\n{}ITEM-0123456789abcdef/ \u2028'), max_size=60)


@given(title=HOSTILE, body=HOSTILE)
def test_nothing_in_an_item_ends_it_or_opens_another_part(title: str, body: str) -> None:
    question = question_of(item(body, title=title), WATCH, {}, model="tiny")
    boundary, data, end = question.item.split("\n")
    assert boundary == end
    assert boundary not in data
    assert not set("<>&") & set(data)
    assert json.loads(data) == {"title": title, "published": "2024-06-15", "text": body}
    assert boundary in question.instructions


def test_nothing_of_the_watch_is_told_but_its_title_and_its_facts() -> None:
    secret = replace(
        WATCH,
        feeds=(FeedSource(url="https://paid.example/feed", auth="paid"),),
        file="/home/ada/rules/acme.yaml",
        archive="attic.jsonl",
    )
    question = question_of(item("Acme."), secret, {}, model="tiny")
    told = question.instructions + question.item + json.dumps(question.form)
    assert not [word for word in ("paid", "/home", "attic", "Ada Berg", "Borealis", "outlet.com") if word in told]


def test_the_value_in_force_is_told_with_its_standing_and_asks_no_new_question() -> None:
    known = {"launch": read_known("2024-03-28 (done)", LAUNCH, library().units)}
    one, other = (question_of(item("Acme."), WATCH, held, model="tiny") for held in ({}, known))
    assert '"value_in_force": "2024-03-28 (done)"' in other.instructions
    assert one.key == other.key == question_key(item("Acme.", on=date(2025, 1, 1)), WATCH, model="tiny")


def test_other_words_facts_or_models_are_other_questions() -> None:
    keys = {
        question_key(item("Acme."), WATCH, model="tiny"),
        question_key(item("Acme!"), WATCH, model="tiny"),
        question_key(item("Acme."), WATCH, model="large"),
        question_key(item("Acme."), watch(LAUNCH, CAPACITY), model="tiny"),
    }
    assert len(keys) == 4


def test_an_answer_in_the_form_that_is_asked_for_is_read_and_other_forms_are_none() -> None:
    form = jsonschema_rs.validator_for(dict(form_of(WATCH)))
    good = {"facts": [entry("launch", "It opens in May.", "May"), entry("licence", "Granted.", state="approved")]}
    assert form.is_valid(good)
    assert len(read_answer(json.dumps(good))) == 2
    assert not form.is_valid({"facts": [entry("rocket", "It opens in May.", "May")]})
    assert not form.is_valid({"facts": [{"fact": "launch"}]})
    assert not form.is_valid({"facts": [], "note": "hello"})
