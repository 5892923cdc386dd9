"""Facts and changes as tables for spreadsheets (RFC 4180), in which no cell is a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import StringIO

from monitor.core.changes import Change
from monitor.core.telling.exports.positions import Position
from monitor.core.telling.inert import clean, web_link
from monitor.core.telling.vouching import quoted_evidence

MEDIA_TYPE = "text/csv"
FACT_COLUMNS = ("watch", "fact", "title", "kind", "value", "standing", "since", "certainty", "change", "source", "url")
CHANGE_COLUMNS = (
    "change", "watch", "fact", "old", "new", "verdict", "certainty", "state", "decided_by",
    "said", "learned", "publishers", "quote", "url", "note",
)  # fmt: skip
# What makes a spreadsheet compute, also in the wide forms that some take for the narrow ones.
_FORMULA = re.compile(r"[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")


def write_facts(positions: Iterable[Position]) -> bytes:
    """A row a fact."""
    return _write(FACT_COLUMNS, (_fact(position) for position in positions))


def write_changes(changes: Iterable[Change], *, has_head: bool = True) -> bytes:
    """A row a change, with the sentence that carries it.

    Args:
        has_head: The names of the columns come first; not in the later parts of a long table.
    """
    return _write(CHANGE_COLUMNS if has_head else (), map(_change, changes))


def inert_cell(text: str) -> str:
    """One line that a spreadsheet shows and does not compute: an apostrophe stands before what could be a formula."""
    line = clean(text)
    return f"'{line}" if _FORMULA.match(line) and not _NUMBER.fullmatch(line) else line


def _fact(position: Position) -> Sequence[str]:
    known = position.known
    return (
        position.watch.id,
        position.fact.key,
        position.fact.title,
        str(position.fact.kind),
        "" if known.value is None else str(known.value),
        str(known.standing),
        _stamp(position.since),
        position.certainty,
        position.step.key if position.step else "",
        position.source,
        web_link(position.url),
    )


def _change(change: Change) -> Sequence[str]:
    evidence = quoted_evidence(change)
    return (
        change.key,
        change.watch,
        change.fact,
        str(change.old),
        str(change.brings),
        str(change.verdict),
        str(change.certainty),
        str(change.state),
        str(change.decided_by),
        _stamp(change.effective),
        _stamp(change.learned),
        "; ".join(sorted(change.publishers)),
        evidence.claim.quote if evidence else "",
        web_link(evidence.claim.item.url) if evidence else "",
        change.note,
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _write(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    if columns:
        table.writerow(columns)
    table.writerows(map(inert_cell, row) for row in rows)
    return out.getvalue().encode()
