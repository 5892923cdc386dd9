"""A change and its evidence, as rows for machines and as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.cli.tables import STATE_STYLES, cell, show_day, stamp

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from monitor.core.changes import Change, Evidence
    from monitor.core.claims import Claim


def change_row(change: Change) -> dict[str, Any]:
    """A change without its evidence."""
    return {
        "change": change.key,
        "watch": change.watch,
        "fact": change.fact,
        "old": str(change.old),
        "new": str(change.new),
        "corrected": None if change.corrected is None else str(change.corrected),
        "verdict": str(change.verdict),
        "certainty": str(change.certainty),
        "state": str(change.state),
        "decided_by": str(change.decided_by),
        "note": change.note,
        "said": stamp(change.effective),
        "learned": stamp(change.learned),
        "publishers": sorted(change.publishers),
        "told": change.is_told,
    }


def evidence_row(piece: Evidence) -> dict[str, Any]:
    """A piece of evidence; ``start`` and ``end`` mark the value's words in the quote."""
    claim = piece.claim
    return {
        "item": claim.item.id,
        "publisher": piece.publisher,
        "published": stamp(claim.item.published),
        "title": claim.item.title,
        "url": claim.item.url,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "value": None if claim.value is None else str(claim.value),
        "verdict": str(piece.verdict),
        "modality": str(claim.modality),
        "certainty": str(claim.certainty),
        "confidence": claim.confidence,
        "seen_by": str(claim.seen_by),
        "model": claim.model,
        "prompt": claim.prompt,
        "withdrawn": piece.is_withdrawn,
        "reasons": list(claim.reasons),
    }


def print_evidence(console: Console, piece: Evidence, *, with_reasons: bool = False) -> None:
    """The outlet, the sentence with its value marked, and the link; on request why it was read so."""
    from rich.padding import Padding
    from rich.text import Text

    claim, lines = piece.claim, []
    head = f"{piece.publisher}, {show_day(claim.item.published)}, {claim.certainty}"
    lines.append(Text.assemble(cell(head, "cyan"), cell(" (withdrawn)" if piece.is_withdrawn else "", "red")))
    lines.append(marked_quote(claim))
    if claim.item.url:
        lines.append(cell(claim.item.url, "dim"))
    if with_reasons:
        lines += [cell(f"- {reason}", "dim") for reason in claim.reasons]
    for line in lines:
        console.print(Padding(line, (0, 0, 0, 4), expand=False))


def marked_quote(claim: Claim) -> Text:
    """The quoted sentence, with the words of the value in colour."""
    from rich.text import Text

    quote, start, end = claim.quote, claim.start, claim.end
    if not 0 <= start < end <= len(quote):
        return Text.assemble("“", cell(quote), "”")
    before, value, after = quote[:start], quote[start:end], quote[end:]
    left = " " if before[-1:].isspace() else ""
    right = " " if after[:1].isspace() else ""
    return Text.assemble("“", cell(before), left, cell(value, "bold yellow"), right, cell(after), "”")


def state_cell(state: object) -> Text:
    """The state of a change or a delivery, in its colour."""
    return cell(state, STATE_STYLES.get(str(state), ""))
