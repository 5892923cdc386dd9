"""Documents with the facts that a person would draw from them, and how the proposals do against these.

``python -m tests.core.proposing.labelled`` prints the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from monitor.config.lexicons import load_library
from monitor.config.outlines import load_outlines
from monitor.core.items import Item
from monitor.core.judging.comparing import relate
from monitor.core.judging.relations import Relation
from monitor.core.proposing.merging import Proposal, Proposals
from monitor.core.proposing.proposing import propose
from monitor.core.values import Amount, Kind, parse_value
from monitor.core.watches import Subject

FOLDER = Path(__file__).parents[2] / "golden" / "seeding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A fact that the document tells.

    Attributes:
        values: In the printed form; any of them is right.
        about: Words of which the proposal's key, title, cues or words beside it have one.
        is_optional: Nobody would miss it, and nobody would call it wrong.
    """

    kind: str
    values: tuple[str, ...]
    about: tuple[str, ...]
    event: str
    is_optional: bool

    def takes(self, proposal: Proposal) -> bool:
        """Whether a proposal is this fact."""
        fact = proposal.fact
        words = " ".join((fact.key, fact.title, *fact.about, *fact.near)).lower()
        is_about = any(word.lower() in words for word in self.about)
        is_end = not self.event or fact.event == self.event
        return str(fact.kind) == self.kind and is_about and is_end and self._has_value(proposal)

    def _has_value(self, proposal: Proposal) -> bool:
        return any(_means(proposal, value) for value in self.values)


def _means(proposal: Proposal, wanted: str) -> bool:
    """Whether a proposal has a value that means the same, as the tests of rules take it; workers may be jobs."""
    fact, said = proposal.fact, proposal.known.value
    unit = wanted.rsplit(maxsplit=1)[-1] if fact.kind in (Kind.QUANTITY, Kind.MONEY) else "1"
    try:
        value = parse_value(wanted, fact.kind, unit)
    except ValueError:
        return False
    if isinstance(said, Amount) and isinstance(value, Amount):
        said = load_library().units.convert(said, value.unit, loosely=True)
    return said is not None and relate(said, value).relation is Relation.SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """How a document went."""

    name: str
    found: tuple[Label, ...]
    missed: tuple[Label, ...]
    wrong: tuple[Proposal, ...]
    optional: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A labelled document."""

    name: str
    item: Item
    subject: Subject
    labels: tuple[Label, ...]

    def proposals(self) -> Proposals:
        """What the program makes of it."""
        return propose(self.item, self.subject, load_library(), load_outlines())

    def score(self) -> Scored:
        """Hold the proposals against the labels; a label is found once."""
        facts = self.proposals().facts
        found, missed, used, optional = [], [], set[int](), []
        for label in self.labels:
            hit = next((index for index, one in enumerate(facts) if index not in used and label.takes(one)), None)
            if hit is not None:
                used.add(hit)
                (optional if label.is_optional else found).append(facts[hit] if label.is_optional else label)
            elif not label.is_optional:
                missed.append(label)
        wrong = [one for index, one in enumerate(facts) if index not in used]
        return Scored(name=self.name, found=tuple(found), missed=tuple(missed), wrong=tuple(wrong), optional=tuple(optional))


def documents() -> Iterator[Document]:
    """All labelled documents, by name."""
    for path in sorted(FOLDER.glob("*.yaml")):
        yield read(path)


def read(path: Path) -> Document:
    """One of them; the lines of a paragraph are joined, as a page or a feed would have them."""
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    paragraphs = [" ".join(part.split()) for part in said["text"].split("\n\n")]
    day: date = said["published"]
    return Document(
        name=path.stem,
        item=Item(
            id=path.stem,
            title=said["title"],
            body="\n\n".join(paragraphs),
            url="",
            publisher="test",
            published=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        ),
        subject=Subject(names=tuple(said["subject"])),
        labels=tuple(map(_label, said["expect"])),
    )


def _label(said: dict[str, Any]) -> Label:
    return Label(
        kind=said["kind"],
        values=tuple(str(value) for value in (said["value"], *said.get("also", ()))),
        about=tuple(said["about"]),
        event=said.get("event", ""),
        is_optional=said.get("optional", False),
    )


def table(scores: Sequence[Scored]) -> str:
    """The figures of all documents, a line each, and the sums."""
    rows = [f"{'':16}{'found':>6}{'missed':>7}{'wrong':>6}{'optional':>9}"]
    counts = [(s.name, len(s.found), len(s.missed), len(s.wrong), len(s.optional)) for s in scores]
    counts.append(("all", *(sum(row[place] for row in counts) for place in range(1, 5))))
    rows += [f"{name:16}{found:6}{missed:7}{wrong:6}{optional:9}" for name, found, missed, wrong, optional in counts]
    return "\n".join(rows)


if __name__ == "__main__":
    print(table([document.score() for document in documents()]))
