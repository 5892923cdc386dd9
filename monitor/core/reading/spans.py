"""Spans: what was found in a sentence, in the order of the text, as people are shown how a text was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.core.reading.passages import Passage
from monitor.core.reading.sentences import Sentence

# How the labels of a rule's words (``watchwords``) are called where people read them.
_OF_FACTS = {"own": "about", "wide": "about", "near": "with", "without": "not", "state": "state"}
_SPEAKING = ("modality", "attribution")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a passage that means something.

    Attributes:
        sort: ``name``, ``value``, ``manner`` (how it is said, and by whom) or ``fact`` (words of a fact of the rule).
        label: Whose name, which value, what manner, of which fact.
        rule: The grammar rule that read a value; empty for the others.
    """

    sort: str
    start: int
    end: int
    label: str
    rule: str = ""


def spans_of(passage: Passage, sentence: Sentence) -> list[Span]:
    """All findings of a sentence, in the order of the text; words of a fact's title are left out, they are everywhere."""
    found = [
        *(Span(sort="name", start=name.start, end=name.end, label=str(name.bearer)) for name in passage.names[sentence.index]),
        *(
            Span(sort="value", start=one.start, end=one.end, label=_value_label(one.value, one.role), rule=one.rule)
            for one in passage.mentions_in(sentence)
        ),
        *_cues(passage, sentence),
    ]
    return sorted(dict.fromkeys(found), key=lambda span: (span.start, span.end, span.sort, span.label))


def _value_label(value: object, role: str) -> str:
    return f"{value} ({role})" if role else str(value)


def _cues(passage: Passage, sentence: Sentence) -> Iterator[Span]:
    for label in passage.hits:
        for hit in passage.hits_of(label, sentence.start, sentence.end):
            if shown := _cue_label(label):
                yield Span(sort=shown[0], start=hit.start, end=hit.end, label=shown[1])


def _cue_label(label: str) -> tuple[str, str] | None:
    """Sort and label of a cue; None for names, which come with their bearers, and for the words of titles."""
    kind, colon, fact = label.partition(":")
    if colon:
        return ("fact", f"{fact} ({_OF_FACTS[kind]})") if kind in _OF_FACTS else None
    section, dot, name = label.partition(".")
    return ("manner", name if section in _SPEAKING else label) if dot else None
