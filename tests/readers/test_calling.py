"""A call of a real endpoint on loopback that answers well, badly, slowly or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from monitor.errors import ReaderTrouble
from monitor.readers.asking import SecondReaders
from monitor.readers.breaking import PATIENCE, Breaker
from monitor.readers.calling import Endpoint, Reply, open_caller
from monitor.readers.prompting import question_of
from tests.core.reading.builders import LAUNCH, item, watch
from tests.servers.models import Asked, Model, Told, completion, open_model, refusal

QUESTION = question_of(item("Acme opens a secret plant."), watch(LAUNCH), {}, model="tiny")
GOOD = completion('{"facts": []}')
KEY = "sk-0123456789"


@pytest.fixture
def model() -> Iterator[Model]:
    with open_model() as model:
        yield model


class Nights:
    """Sleeps that are counted and not slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


def ask(model: Model, readers: SecondReaders | None = None, *, times: int = 1, **parts: object) -> Reply:
    """The answer to the last of some questions, asked one after the other."""
    endpoint = replace(Endpoint(url=model.url, model="tiny", key=KEY, deadline=5.0), **parts)  # type: ignore[arg-type]
    asking = readers or SecondReaders(jitter=lambda: 1.0, sleep=Nights())

    async def run() -> Reply:
        async with open_caller() as caller:
            for _ in range(times - 1):
                await asking.ask(caller, endpoint, QUESTION)
            return await asking.ask(caller, endpoint, QUESTION)

    return asyncio.run(run())


def trouble(model: Model, readers: SecondReaders | None = None, **parts: object) -> str:
    with pytest.raises(ReaderTrouble) as caught:
        ask(model, readers, **parts)
    told = f"{caught.value!r} {caught.value}"
    assert KEY not in told
    assert "secret plant" not in told
    return str(caught.value)


def test_an_answer_is_taken_with_its_tokens(model: Model) -> None:
    model.behave(completion('{"facts": []}', tokens=(900, 12)))
    assert ask(model) == Reply(text='{"facts": []}', tokens_in=900, tokens_out=12)
    (asked,) = model.asked
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert (asked.body["model"], asked.body["temperature"], asked.form) == ("tiny", 0, "json_schema")


def test_tokens_that_nobody_counted_are_estimated(model: Model) -> None:
    model.behave(completion('{"facts": []}', tokens=None))
    reply = ask(model)
    assert reply.tokens_in > 500
    assert reply.tokens_out > 1


@pytest.mark.parametrize("takes", ["json_object", ""])
def test_the_strictest_form_that_an_endpoint_takes_is_found_once(model: Model, takes: str) -> None:
    forms: list[str] = []

    def picky(asked: Asked) -> Told:
        forms.append(asked.form)
        return GOOD if asked.form == takes else refusal(400)

    model.behaves = picky
    ask(model, times=2)
    assert (
        forms == {"json_object": ["json_schema", "json_object", "json_object"], "": ["json_schema", "json_object", "", ""]}[takes]
    )


def test_what_fails_for_now_is_tried_again_with_pauses_that_double(model: Model) -> None:
    nights = Nights()
    model.behave(refusal(500), refusal(502), GOOD)
    assert ask(model, SecondReaders(jitter=lambda: 0.5, sleep=nights)).text == '{"facts": []}'
    assert nights.slept == [0.5, 1.0]


def test_it_is_left_alone_for_as_long_as_it_asks(model: Model) -> None:
    nights = Nights()
    model.behave(refusal(429, Retry_After="7"), GOOD)
    ask(model, SecondReaders(sleep=nights))
    assert nights.slept == [7.0]


def test_one_that_asks_for_an_hour_is_not_waited_for_and_not_asked_again(model: Model) -> None:
    nights, readers = Nights(), SecondReaders()
    readers.sleep = nights
    model.behave(refusal(429, Retry_After="3600"))
    assert "answered 429" in trouble(model, readers)
    assert "is left alone for" in trouble(model, readers)
    assert (len(model.asked), nights.slept) == (1, [])


@pytest.mark.parametrize("status", [401, 403, 404, 302])
def test_what_will_not_mend_itself_is_not_tried_again(model: Model, status: int) -> None:
    model.behave(replace(refusal(status), headers={"Location": f"{model.url}/elsewhere"}))
    assert f"answered {status}" in trouble(model)
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (Told(body=b"<html>busy</html>"), "no chat completion"),
        (Told(body=b'{"choices": []}'), "no chat completion"),
        (Told(body=b'{"choices": [{"message": {"content": null}}]}'), "without words"),
        (Told(body=b"[" * 100_000), "no chat completion"),
        (Told(body=b"x" * 1_100_000), "more than 1 MB"),
        (refusal(400), "takes no such request"),
    ],
)
def test_what_is_no_completion_is_trouble(model: Model, told: Told, why: str) -> None:
    model.behave(told)
    assert why in trouble(model)


def test_a_slow_answer_is_not_waited_for(model: Model) -> None:
    model.behave(completion("{}", after=0.5))
    assert "did not answer within 0.1 s" in trouble(model, deadline=0.1)


def test_one_that_is_not_there_is_trouble(model: Model) -> None:
    assert "cannot be reached" in trouble(model, url="http://127.0.0.1:9/v1")


# --- the breaker ------------------------------------------------------------------------------------


def test_after_failures_in_a_row_it_rests_longer_each_time_and_is_then_tried_with_one_question() -> None:
    breaker = Breaker()
    for _ in range(PATIENCE - 1):
        breaker = breaker.after_failure("500", now=0.0)
        assert not breaker.is_open(0.0)
    rests = []
    for _ in range(12):
        breaker = breaker.after_failure("500", now=0.0)
        rests.append(breaker.until)
    assert rests[:3] == [30.0, 60.0, 120.0]
    assert rests[-1] == 1800.0
    assert breaker.held(2000.0).is_open(1900.0)


def test_one_good_answer_makes_it_well(model: Model) -> None:
    now = [0.0]
    readers = SecondReaders(sleep=Nights(), steady=lambda: now[0])
    model.behave(refusal(500))
    trouble(model, readers)
    trouble(model, readers)
    assert list(readers.troubles().values())
    now[0] = 31.0
    model.behave(GOOD)
    ask(model, readers)
    assert (readers.breakers, dict(readers.troubles())) == ({}, {})
