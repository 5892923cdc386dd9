"""Sentences with what was found in them: names, values and cues, as rows for machines and in colours for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from monitor.core.reading.passages import Passage
    from monitor.core.reading.sentences import Sentence

# How the labels of a rule's words (``core.reading.watchwords``) are called where people read them.
_OF_FACTS = {"own": "about", "wide": "about", "near": "with", "without": "not", "state": "state"}
_SPEAKING = ("modality", "attribution")
STYLES = {"name": "magenta", "value": "bold yellow", "manner": "cyan", "fact": "green"}


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


def sentence_row(passage: Passage, sentence: Sentence) -> dict[str, Any]:
    """A sentence with its findings; offsets are those of the sentence."""
    return {
        "text": passage.text.plain[sentence.start : sentence.end],
        "headline": passage.is_title,
        "spans": [
            {
                "sort": span.sort,
                "text": passage.text.plain[span.start : span.end],
                "start": span.start - sentence.start,
                "end": span.end - sentence.start,
                "label": span.label,
                "rule": span.rule or None,
            }
            for span in spans_of(passage, sentence)
        ],
    }


def print_sentence(console: Console, passage: Passage, sentence: Sentence) -> None:
    """The sentence in colours, and below it what the colours mean."""
    from rich.padding import Padding
    from rich.text import Text

    spans = spans_of(passage, sentence)
    plain = _visible(passage.text.plain[sentence.start : sentence.end])
    text = Text(plain, style="underline" if passage.is_title else "")
    for sort in ("fact", "manner", "name", "value"):
        for span in spans:
            if span.sort == sort:
                text.stylize(STYLES[sort], span.start - sentence.start, span.end - sentence.start)
    console.print(Padding(text, (0, 0, 0, 2), expand=False))
    for sort, heading in (("name", "names"), ("value", "values"), ("manner", "manner"), ("fact", "facts")):
        found = [_explained(passage, span) for span in spans if span.sort == sort]
        if found:
            line = Text.assemble((f"{heading:7}", STYLES[sort]), Text("; ").join(found))
            console.print(Padding(line, (0, 0, 0, 6), expand=False))


def _explained(passage: Passage, span: Span) -> Text:
    from rich.text import Text

    words = _visible(passage.text.plain[span.start : span.end])
    rule = f" [{span.rule}]" if span.rule else ""
    return Text.assemble(f"“{words}” ", (f"{span.label}{rule}", "dim"))


def _visible(text: str) -> str:
    """The text without what could steer a terminal, character for character, so that offsets still hold."""
    return "".join(character if character.isprintable() else " " for character in text)
