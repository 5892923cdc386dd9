"""What must not change a verdict, over the labelled items: words about others, and what stands before and under a report."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from monitor.config.rulebook import load_rulebook
from monitor.core.items import Item
from monitor.core.judging.assessing import judge_item
from monitor.core.reading.extracting import read
from monitor.core.reading.watchwords import WatchWords
from monitor.jobs.cases import LabelledItem, known_values, read_cases
from tests.core.reading.builders import library, words_of

NEWS = Path(__file__).parents[1] / "golden" / "news"
MOST = 40  # items of a language, evenly spread; all of them would take a minute

ADDITIONS = {
    "en": {
        "unrelated sentence": "{} Shares of another maker rose.",
        "tail": "{}\nSubscribe to our newsletter. All rights reserved.",
        "byline": "By Jane Roe\n{}",
        "dateline": "LONDON, 5 May (Reuters) - {}",
    },
    "zh": {
        "unrelated sentence": "{}别的公司股价上涨。",
        "tail": "{}\n责任编辑:王伟",
        "byline": "记者 王伟\n{}",
        "dateline": "新华社北京5月5日电 {}",
    },
    "de": {
        "unrelated sentence": "{} Die Aktien anderer Hersteller legten zu.",
        "tail": "{}\nLesen Sie auch: Zehn Tipps zum Sparen",
        "byline": "Von Jana Roth und Udo Berg\n{}",
        "dateline": "BERLIN (dpa) - {}",
    },
    "fr": {
        "unrelated sentence": "{} Les actions d'autres constructeurs ont progressé.",
        "tail": "{}\nLire aussi : dix façons d'épargner",
        "byline": "Par Jeanne Roux\n{}",
        "dateline": "PARIS (AFP) - {}",
    },
    "es": {
        "unrelated sentence": "{} Las acciones de otros fabricantes subieron.",
        "tail": "{}\nLea también: diez maneras de ahorrar",
        "byline": "Por Juana Ruiz\n{}",
        "dateline": "MADRID (EFE) - {}",
    },
    "ja": {
        "unrelated sentence": "{}他社の株価は上昇した。",
        "tail": "{}\n関連記事:節約の方法",
        "byline": "田中太郎記者\n{}",
        "dateline": "【ベルリン共同】{}",
    },
}


@cache
def words() -> dict[str, WatchWords]:
    return {key: words_of(watch) for key, watch in load_rulebook(NEWS / "rules").watches.items()}


def items_in(language: str) -> list[LabelledItem]:
    every = [case for case in read_cases(sorted(NEWS.glob("*.jsonl"))) if case.item.language == language]
    return every[:: max(1, len(every) // MOST)]


def verdicts(case: LabelledItem, item: Item) -> set[tuple[str, str, str]]:
    """What an item says to its watch, read with the weights of the tests."""
    prepared = words()[case.watch]
    known = known_values(case, prepared.watch, library().units)
    claims = read(item, prepared, known, library()).claims
    return {(one.claim.fact, str(one.verdict), str(one.said)) for one in judge_item(claims, known, prepared.watch)}


@pytest.mark.parametrize("language", ADDITIONS)
def test_words_that_say_nothing_of_the_facts_change_no_verdict(language: str) -> None:
    changed = []
    for case in items_in(language):
        plain = verdicts(case, case.item)
        for name, form in ADDITIONS[language].items():
            if verdicts(case, replace(case.item, body=form.format(case.item.body))) != plain:
                changed.append((case.item.id, name))
    assert changed == []
