"""A measurement with a second reader: asked once, recorded, and repeated without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.assess import consulted
from monitor.config.settings import Settings, load_settings
from monitor.core.watches import Ask, ReaderWish
from monitor.errors import FileFaults, UserFault
from monitor.jobs.answering import Reader, answer
from monitor.jobs.asking_ahead import ask_ahead, hearing_from
from monitor.jobs.backtesting import backtest
from monitor.readers.recordings import Recording, read_recording, write_recording
from tests.jobs.readers import reader, row
from tests.servers.models import Model, completion, entries, entry, open_model, refusal

PARAPHRASE = row("Acme lets people drive its first car home from the autumn of 2026 on.")
SURE = row("The launch of Acme's car is in May 2026.")
TOLD = entries(entry("launch", PARAPHRASE["body"], "the autumn of 2026"))


@pytest.fixture
def model() -> Iterator[Model]:
    with open_model() as model:
        model.behave(TOLD)
        yield model


def settings_of(model: Model, **rest: str) -> Settings:
    return load_settings({"FACTWATCH_READER_URL": model.url, "FACTWATCH_READER_MODEL": "tiny", **rest})


def told(rows: list[dict[str, Any]], with_reader: Reader) -> list[tuple[str, str]]:
    return [(found["fact"], found["value"]) for one in rows for found in answer(one, with_reader)]


def test_a_recording_repeats_a_measurement_without_the_model(model: Model, tmp_path: Path) -> None:
    settings, file = settings_of(model), tmp_path / "answers.jsonl"
    asked = ask_ahead([PARAPHRASE, SURE], reader(), settings)
    write_recording(file, asked.recording)
    heard = told([PARAPHRASE, SURE], hearing_from(reader(), asked.recording, settings))
    assert heard == [("launch", "2026-09/.."), ("launch", "2026-05")]
    without = load_settings({})
    assert told([PARAPHRASE, SURE], hearing_from(reader(), read_recording(file), without)) == heard
    (alert, *_) = backtest([PARAPHRASE], hearing_from(reader(), read_recording(file), without))
    assert "seen by tiny (prompt 1) alone" in " ".join(alert["reasons"])
    assert len(model.asked) == len({question.item["text"] for question in model.asked})


def test_what_is_sure_is_asked_about_only_where_all_is(model: Model) -> None:
    assert ask_ahead([SURE], reader(), settings_of(model)).questions == 0
    assert ask_ahead([SURE], reader(), settings_of(model, FACTWATCH_READER_ASK="all")).questions == 1


def test_what_is_not_heard_is_counted_and_read_by_our_own(model: Model) -> None:
    model.behave(refusal(401))
    asked = ask_ahead([PARAPHRASE], reader(), settings_of(model))
    assert "answered 401" in str(asked)
    assert asked.recording.answers == {}


def test_an_answer_in_no_form_is_recorded_and_counts_for_nothing(model: Model) -> None:
    model.behave(completion("I see."))
    settings = settings_of(model)
    asked = ask_ahead([PARAPHRASE], reader(), settings)
    assert len(asked.recording.answers) == 1
    assert told([PARAPHRASE], hearing_from(reader(), asked.recording, settings)) == []


def test_without_a_second_reader_there_is_nothing_to_measure() -> None:
    with pytest.raises(UserFault, match="FACTWATCH_READER_URL"):
        ask_ahead([PARAPHRASE], reader(), load_settings({}))


def test_a_rule_that_asks_nobody_has_no_recorded_answers_either(model: Model) -> None:
    words = reader().words["acme"]
    quiet = replace(words, watch=replace(words.watch, reader=ReaderWish(ask=Ask.NEVER)))
    asked = ask_ahead([PARAPHRASE], reader(), settings_of(model))
    assert told([PARAPHRASE], hearing_from(replace(reader(), words={"acme": quiet}), asked.recording, load_settings({}))) == []


@pytest.mark.parametrize(
    "line", ["{", '{"key": "1"}', '{"key": "1", "model": "m", "answer": "", "tokens_in": "x", "tokens_out": 1}']
)
def test_a_line_that_is_no_recorded_answer_is_named(line: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(FileFaults, match=r"answers\.jsonl:2: this is no recorded answer"):
        read_recording(file)


def test_answers_of_two_models_are_two_recordings(model: Model, tmp_path: Path) -> None:
    file, answers = tmp_path / "answers.jsonl", ask_ahead([PARAPHRASE], reader(), settings_of(model)).recording.answers
    write_recording(file, Recording(model="tiny", answers=answers))
    first = file.read_text(encoding="utf-8")
    write_recording(file, Recording(model="large", answers=answers))
    file.write_text(first + file.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(FileFaults, match="keep a file for each model"):
        read_recording(file)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"consult": False, "record": Path("a"), "replay_answers": None}, "add --reader"),
        ({"consult": True, "record": None, "replay_answers": Path("a")}, "choose one of the two"),
        ({"consult": False, "record": None, "replay_answers": Path("nowhere.jsonl")}, "cannot be read"),
    ],
)
def test_options_that_do_not_go_together_are_named(options: dict[str, Any], why: str) -> None:
    with pytest.raises(UserFault, match=why):
        consulted(reader(), [PARAPHRASE], **options)


def test_without_options_the_reader_is_ours_alone() -> None:
    assert consulted(reader(), [PARAPHRASE], consult=False, record=None, replay_answers=None) is reader()
