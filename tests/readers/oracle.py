"""An oracle: the answer that a second reader would give which knows the labels of an item.

It shows what is lost behind a reader that makes no mistake: by verification, because our grammars do not read the words, and by
judging.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from monitor.core.facts import Fact
from monitor.core.reading.candidates import Candidate, Making
from monitor.core.reading.extracting import Reading, read
from monitor.core.reading.passages import Passage
from monitor.core.values import Amount, Kind, Period, Shift, Value
from monitor.jobs.answering import Reader
from monitor.jobs.cases import Label, LabelledItem, is_value_of, known_values, meant_by

Told = dict[str, Any]


def answer_of(case: LabelledItem, reader: Reader) -> list[Told]:
    """The entries of an answer, one for each label of the item that says something of a fact."""
    words = reader.words[case.watch]
    known = known_values(case, words.watch, reader.library.units)
    reading = read(case.item, words, known, reader.library)
    return [told for label in case.labels for told in _told(label, words.watch.facts[label.fact], case, reading, reader)]


def _told(label: Label, fact: Fact, case: LabelledItem, reading: Reading, reader: Reader) -> Iterator[Told]:
    stance = _stance(label)
    if label.verdict == "cancelled":
        yield _entry(label, _quoted(label, case), [], stance)
    elif fact.kind is Kind.STATUS:
        stated = "stated" if stance == "planned" else stance
        yield _entry(label, _quoted(label, case), [], stated, state=label.value.removesuffix("(done)").strip())
    else:
        yield _valued(label, fact, case, reading, reader)


def _valued(label: Label, fact: Fact, case: LabelledItem, reading: Reading, reader: Reader) -> Told:
    """With the words of a candidate that means the label, in its quote if there is one; else those of a sum; else the quote."""
    stance = _stance(label)
    meant = [one.candidate for one in reading.links if one.candidate.fact is fact and one.candidate.making is not Making.UNDATED]
    right = [one for one in meant if one.value is not None and is_value_of(one.value, label, fact, reader.library.units)]
    if right:
        best = max(right, key=lambda one: (*_closeness(one, label, fact, reader), _is_in(one, label), -one.start))
        return _entry(label, _sentence(best), [best.passage.text.plain[best.start : best.end]], stance)
    if words := _readable(label, fact, reading, reader):
        return _entry(label, *words, stance)
    for passage in reading.passages:
        if parts := _parts(passage, label, fact, reader):
            return _entry(label, passage.text.plain, parts, stance)
    return _entry(label, _quoted(label, case), [], stance)


def _readable(label: Label, fact: Fact, reading: Reading, reader: Reader) -> tuple[str, list[str]] | None:
    """A sentence and the words in it that we read as the label, though not as a candidate of the fact."""
    for passage in reading.passages:
        for sentence in passage.sentences:
            for mention in passage.mentions_in(sentence):
                value: Value | None = None if isinstance(mention.value, Shift) else mention.value
                if isinstance(value, Amount):
                    value = reader.library.units.convert(value, fact.value_unit, loosely=True) if fact.value_unit else None
                if value is not None and is_value_of(value, label, fact, reader.library.units):
                    return passage.text.plain[sentence.start : sentence.end], [mention.text]
    return None


def _parts(passage: Passage, label: Label, fact: Fact, reader: Reader) -> list[str]:
    """Two or three amounts of a passage whose sum is the label."""
    amounts = []
    for mention in passage.mentions:
        if isinstance(mention.value, Amount):
            amount = reader.library.units.convert(mention.value, fact.value_unit, loosely=True)
            if amount and amount.low is not None and amount.low == amount.high:
                amounts.append((mention.text, amount))
    for number in (2, 3):
        for chosen in combinations(amounts[:10], number):
            total = sum(amount.low or 0 for _, amount in chosen)
            sum_of = Amount(low=total, high=total, unit=fact.value_unit)  # type: ignore[arg-type]
            if is_value_of(sum_of, label, fact, reader.library.units):
                return [text for text, _ in chosen]
    return []


def _closeness(candidate: Candidate, label: Label, fact: Fact, reader: Reader) -> tuple[bool, float]:
    """Whether a value is the labelled one, and how near its ends are."""
    gold, value = meant_by(label, fact, reader.library.units), candidate.value
    match value, gold:
        case Period(), Period():
            pairs = ((value.first, gold.first), (value.last, gold.last))
            apart = [abs((one - other).days) if one and other else 0 if one is other else 400 for one, other in pairs]
            return value == gold, -float(sum(apart))
        case _:
            return value == gold, 0.0


def _is_in(candidate: Candidate, label: Label) -> bool:
    return candidate.passage.text.plain[candidate.start : candidate.end] in label.quote


def _sentence(candidate: Candidate) -> str:
    return candidate.passage.text.plain[candidate.sentence.start : candidate.sentence.end]


def _quoted(label: Label, case: LabelledItem) -> str:
    """The label's quote where it stands in the item, else all of the text."""
    held = f"{case.item.title}\n{case.item.body}"
    return label.quote if label.quote and label.quote in held else case.item.body


def _stance(label: Label) -> str:
    match label.verdict:
        case "completed":
            return "happened"
        case "cancelled":
            return "cancelled"
        case "denied" | "denied_change":
            return "denied"
        case _:
            return "happened" if label.value.endswith("(done)") else "planned"


def _entry(label: Label, quote: str, words: list[str], stance: str, *, state: str = "") -> Told:
    return {"fact": label.fact, "quote": quote, "value": words, "state": state, "standing": stance, "said_by": ""}


def answer_text(case: LabelledItem, reader: Reader) -> str:
    """The answer as an endpoint sends it."""
    return json.dumps({"facts": answer_of(case, reader)}, ensure_ascii=False)
