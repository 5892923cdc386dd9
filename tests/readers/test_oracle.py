"""The ceiling of the pipeline: how much of what a reader knows that makes no mistake passes verification and judging."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.config.lexicons import load_library
from monitor.config.rulebook import load_rulebook
from monitor.core.items import Item
from monitor.core.reading.proposals import Hearing
from monitor.core.reading.watchwords import WatchWords
from monitor.core.watches import Trust
from monitor.jobs.answering import Reader
from monitor.jobs.cases import read_cases
from monitor.jobs.scoring import figures_of, score
from monitor.readers.answers import read_answer
from tests.readers.oracle import answer_text

NEWS = Path(__file__).parent.parent / "golden" / "news"
EVERY = 40
"""Items are many, and reading each twice takes its time."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.build(load_rulebook(NEWS / "rules").watches, load_library())


def test_what_a_reader_without_mistakes_sees_is_told(reader: Reader) -> None:
    cases = list(read_cases(sorted(NEWS.glob("*.jsonl"))))[::EVERY]
    answers = {(case.item.id, case.watch): read_answer(answer_text(case, reader)) for case in cases}

    def hear(item: Item, words: WatchWords) -> Hearing:
        proposals = answers.get((item.id, words.watch.id), ())
        return Hearing(model="oracle", prompt="1", trust=Trust.MODEL, proposals=proposals)

    figures = figures_of(score(cases, replace(reader, hear=hear)))
    assert figures.precision >= 0.9
    assert figures.recall >= 0.84
