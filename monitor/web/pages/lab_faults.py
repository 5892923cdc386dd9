"""The faults of an edited rule, each beside the words that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.core.watches import Watch
from monitor.errors import Fault
from monitor.jobs.editing import Draft

MOST_FAULTS = 50
_AROUND = 48  # characters shown on each side


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A fault with its place in the edited text.

    Attributes:
        is_here: It stands in the edited text and not in a file that this names.
        before: Of its line, up to the place.
        at: From the place on.
        wrong: What is wrong.
        right: What would be right, as a sentence; may be empty.
    """

    fault: Fault
    is_here: bool
    before: str
    at: str
    wrong: str
    right: str


def excerpts_of(draft: Draft, watch: Watch) -> Sequence[Excerpt]:
    """The faults in reading order, no more of them than anybody mends at once."""
    lines = draft.text.split("\n")
    return [_excerpt(fault, lines, is_here=fault.file == watch.file) for fault in draft.faults[:MOST_FAULTS]]


def _excerpt(fault: Fault, lines: Sequence[str], *, is_here: bool) -> Excerpt:
    line = lines[fault.line - 1] if is_here and 0 < fault.line <= len(lines) else ""
    column = max(0, fault.column - 1)
    wrong, _, right = fault.message.partition("; ")
    return Excerpt(
        fault=fault,
        is_here=is_here and fault.line > 0,
        before=line[max(0, column - _AROUND) : column],
        at=line[column : column + _AROUND],
        wrong=wrong,
        right=_sentence(right),
    )


def _sentence(words: str) -> str:
    end = "." if words and not words.endswith("?") else ""
    return words[:1].upper() + words[1:] + end
