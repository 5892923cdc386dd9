"""The ceiling with a second reader: an oracle behind a real endpoint on loopback answers from the labels of all items.

CASES names another folder of labelled items with ``rules/`` beside them; the figures are printed (``pytest -s``).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from monitor.config.lexicons import load_library
from monitor.config.rulebook import load_rulebook
from monitor.config.settings import load_settings
from monitor.core.watches import Trust
from monitor.jobs.answering import Reader
from monitor.jobs.asking_ahead import ask_ahead, hearing_from
from monitor.jobs.cases import LabelledItem, read_cases
from monitor.jobs.scoring import figures_of, rows_of, score
from tests.readers.oracle import answer_text
from tests.servers.models import Asked, Told, completion, entries, open_model

FOLDER = Path(os.environ.get("CASES") or Path(__file__).parent.parent / "golden" / "news")


def test_an_oracle_shows_what_verification_and_judging_lose() -> None:
    reader = Reader.build(load_rulebook(FOLDER / "rules").watches, load_library())
    cases = list(read_cases(sorted(FOLDER.glob("*.jsonl"))))
    by_question = {(case.item.title, case.item.body, _titled(case, reader)): case for case in cases}

    def oracle(asked: Asked) -> Told:
        title = next(line for line in asked.instructions.split("\n") if line.startswith("The analyst's subject: "))
        case = by_question.get((asked.item["title"], asked.item["text"], title))
        return completion(answer_text(case, reader)) if case else entries()

    with open_model(oracle) as model:
        settings = load_settings(
            {"FACTWATCH_READER_URL": model.url, "FACTWATCH_READER_MODEL": "oracle", "FACTWATCH_READER_ASK": "all"}
        )
        asked = ask_ahead(rows_of(cases), reader, settings)
    print(f"\n{asked}")
    figures = {}
    for trust in Trust:
        heard = hearing_from(reader, asked.recording, settings.model_copy(update={"reader_trust": trust}))
        figures[trust] = figures_of(score(cases, heard))
        print(f"{trust}: precision {figures[trust].precision:.3f}, recall {figures[trust].recall:.3f}")
    assert not asked.unheard
    assert figures[Trust.MODEL].precision > figures[Trust.EITHER].precision
    assert figures[Trust.MODEL].recall == pytest.approx(figures[Trust.EITHER].recall, abs=0.05)


def _titled(case: LabelledItem, reader: Reader) -> str:
    return f"The analyst's subject: {json.dumps(reader.words[case.watch].watch.title, ensure_ascii=False)}"
