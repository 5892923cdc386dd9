"""Sentences with what was found in them: names, values and cues, as rows for machines and in colours for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from monitor.core.reading.passages import Passage
    from monitor.core.reading.sentences import Sentence
    from monitor.core.reading.spans import Span

STYLES = {"name": "magenta", "value": "bold yellow", "manner": "cyan", "fact": "green"}


def sentence_row(passage: Passage, sentence: Sentence) -> dict[str, Any]:
    """A sentence with its findings; offsets are those of the sentence."""
    from monitor.core.reading.spans import spans_of

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

    from monitor.core.reading.spans import spans_of

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
