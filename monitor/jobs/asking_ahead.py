"""Asking ahead: second readers are asked about the items of a file before these are read, or a recording answers for them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from monitor.config.second_readers import SecondReader, second_reader_of
from monitor.config.settings import Settings
from monitor.core.items import Item
from monitor.core.reading.doubting import doubt_of
from monitor.core.reading.proposals import Hearing
from monitor.core.reading.watchwords import WatchWords
from monitor.core.values import Known
from monitor.core.watches import Ask, ReaderWish, Watch
from monitor.errors import ReaderTrouble, UserFault
from monitor.jobs.answering import Reader, item_of, known_of
from monitor.jobs.consulting import endpoint_of, heard_in
from monitor.readers.asking import SecondReaders
from monitor.readers.calling import Caller, Reply, open_caller
from monitor.readers.prompting import Question, question_key, question_of
from monitor.readers.recordings import Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How asking went.

    Attributes:
        unheard: Why some questions were not answered, each reason once, with their number.
    """

    recording: Recording
    questions: int
    unheard: Mapping[str, int]

    def __str__(self) -> str:
        tokens = sum(reply.tokens_in + reply.tokens_out for reply in self.recording.answers.values())
        told = [f"{self.questions} questions, {len(self.recording.answers)} answers, {tokens} tokens"]
        return "; ".join([*told, *(f"{number} not heard: {why}" for why, number in self.unheard.items())])


def ask_ahead(rows: Iterable[Mapping[str, Any]], reader: Reader, settings: Settings) -> Asked:
    """Ask about all items of some rows, a few at once, by each watch's own wishes; the daily budget is the daemon's.

    Args:
        rows: Items as ``assess`` takes them.

    Raises:
        UserFault: No watch has a second reader, or they have several models, whose answers one recording cannot hold.
    """
    seconds = {one.model for words in reader.words.values() if (one := second_reader_of(words.watch, settings))}
    if len(seconds) != 1:
        names = ", ".join(sorted(seconds)) or "none"
        raise UserFault(
            f"a measurement has one second reader, here are {names}; set FACTWATCH_READER_URL and FACTWATCH_READER_MODEL, "
            "or write reader: into the rules"
        )
    inquiries = {question.key: (second, question) for second, question in _inquiries(rows, reader, settings)}
    return asyncio.run(_ask_all(inquiries, model=next(iter(seconds))))


def hearing_from(reader: Reader, recording: Recording, settings: Settings) -> Reader:
    """The reader with a second one whose answers are on record; what it was not asked about is read by our own alone."""

    def hear(item: Item, words: WatchWords) -> Hearing | None:
        second = _recorded(words.watch, recording.model, settings)
        if second is None:
            return None
        reply = recording.answers.get(question_key(item, words.watch, model=second.model))
        return heard_in(reply.text, second).hearing if reply else None

    return replace(reader, hear=hear)


def _recorded(watch: Watch, model: str, settings: Settings) -> SecondReader | None:
    """The second reader of a watch, or where none is named the one that the recording is of."""
    wish = watch.reader or ReaderWish()
    if wish.url or settings.reader_url:
        return second_reader_of(watch, settings)
    return second_reader_of(watch, settings.model_copy(update={"reader_url": "recorded", "reader_model": model}))


def _inquiries(rows: Iterable[Mapping[str, Any]], reader: Reader, settings: Settings) -> Iterator[tuple[SecondReader, Question]]:
    for row in rows:
        if "set" in row:
            continue
        item = item_of(row)
        for key in reader.router.route(item):
            watch = reader.words[key].watch
            second = second_reader_of(watch, settings)
            known = known_of(row.get("known") or {}, watch, reader)
            if second and (second.ask is Ask.ALL or _is_doubted(item, key, known, reader)):
                yield second, question_of(item, watch, known, model=second.model)


def _is_doubted(item: Item, watch: str, known: Mapping[str, Known], reader: Reader) -> bool:
    return bool(doubt_of(reader.read(item, watch, known)))


async def _ask_all(inquiries: Mapping[str, tuple[SecondReader, Question]], *, model: str) -> Asked:
    readers = SecondReaders()
    unheard: dict[str, int] = {}
    async with open_caller() as caller:

        async def ask(second: SecondReader, question: Question) -> Reply | None:
            return await _ask(readers, caller, second, question, unheard)

        replies = await asyncio.gather(*(ask(second, question) for second, question in inquiries.values()))
    answers = {key: reply for key, reply in zip(inquiries, replies, strict=True) if reply}
    return Asked(recording=Recording(model=model, answers=answers), questions=len(inquiries), unheard=unheard)


async def _ask(
    readers: SecondReaders, caller: Caller, second: SecondReader, question: Question, unheard: dict[str, int]
) -> Reply | None:
    endpoint = endpoint_of(second)
    async with caller.turn(endpoint):
        try:
            return await readers.ask(caller, endpoint, question)
        except ReaderTrouble as trouble:
            unheard[str(trouble)] = unheard.get(str(trouble), 0) + 1
            return None
