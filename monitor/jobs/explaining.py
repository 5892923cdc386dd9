"""Explaining: everything that was seen in an item, what each candidate would mean, and what the ledger would do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from monitor.core.changes import Change, History
from monitor.core.claims import Certainty, Claim
from monitor.core.items import Item
from monitor.core.judging.assessing import Assessment, assess_item
from monitor.core.judging.comparing import Answer, answer_claim
from monitor.core.reading.agreeing import read_together
from monitor.core.reading.extracting import Reading, claim_of, read
from monitor.core.reading.lexicons import Library
from monitor.core.reading.linking import Link
from monitor.core.reading.proposals import Hearing
from monitor.core.reading.scenes import Scene
from monitor.core.reading.watchwords import WatchWords
from monitor.core.values import Known
from monitor.core.verdicts import Judgement
from monitor.core.watches import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A candidate, and what it would mean if it were said of its fact.

    Attributes:
        claim: None where it says nothing that could be judged.
        answer: The claim held against the value in force, on its own.
    """

    link: Link
    claim: Claim | None
    answer: Answer | None

    @property
    def words(self) -> str:
        """The words of the text that carry the value."""
        candidate = self.link.candidate
        return candidate.passage.text.plain[candidate.start : candidate.end]

    @property
    def manner(self) -> Sequence[str]:
        """Why it is said in this manner and by whom, and what it would mean; a claim's first reason repeats the features."""
        if self.claim is None or self.answer is None:
            return ("says nothing that could be judged",)
        return (*self.claim.reasons[1:], f"{self.answer.verdict or 'no verdict'}: {self.answer.why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One item as one watch reads it.

    Attributes:
        known: What it was read against, by fact.
        weighed: Every candidate, in the order of facts and text.
        assessment: What the ledger makes of the claims that were believed.
    """

    watch: Watch
    item: Item
    known: Mapping[str, Known]
    reading: Reading
    weighed: tuple[Weighed, ...]
    assessment: Assessment

    def is_told(self, fact: str) -> bool:
        """Whether the rule would tell what the item says of a fact."""
        return any(change.fact == fact for change in self.assessment.told)

    def judgement_of(self, fact: str) -> Judgement | None:
        """What the item says of a fact, all in all; None where it neither confirms nor moves it."""
        return next((found for found in self.assessment.judgements if found.claim.fact == fact), None)

    def by_fact(self) -> Mapping[str, Sequence[Weighed]]:
        """The facts that have candidates, each with its own, the likeliest first."""
        by_fact: dict[str, list[Weighed]] = {}
        for weighed in sorted(self.weighed, key=lambda weighed: -weighed.link.probability):
            by_fact.setdefault(weighed.link.candidate.fact.key, []).append(weighed)
        return {key: by_fact[key] for key in self.watch.facts if key in by_fact}


def explain(
    item: Item,
    words: WatchWords,
    histories: Mapping[str, History],
    library: Library,
    *,
    cap: Certainty = Certainty.OFFICIAL,
    now: datetime,
    hearing: Hearing | None = None,
) -> Explanation:
    """Read an item for one watch and keep every step.

    Args:
        histories: By fact; the values in force are theirs.
        cap: The highest certainty that the feed's tier allows.
        now: When it would be decided.
        hearing: What a second reader answered; None where there is no answer.
    """
    known = {key: history.in_force for key, history in histories.items()}
    if hearing is None:
        reading = read(item, words, known, library, cap=cap)
    else:
        reading = read_together(item, words, known, library, hearing, cap=cap)
    full = {key: known.get(key, Known()) for key in words.watch.facts}
    scene = Scene(words=words, passages=reading.passages, known=full, published=item.published.date())
    return Explanation(
        watch=words.watch,
        item=item,
        known=full,
        reading=reading,
        weighed=tuple(_weigh(link, scene, item, cap) for link in reading.links),
        assessment=assess_item(reading.claims, histories, words.watch, now=now),
    )


def before_item(history: History, item: Item) -> History:
    """The history as it was when an item came: without the steps that it moved, and those said after it."""

    def was_there(change: Change) -> bool:
        is_its_own = any(piece.claim.item.id == item.id for piece in change.evidence[:1])
        return not is_its_own and change.effective <= item.published

    return replace(history, changes=tuple(takewhile(was_there, history.changes)))


def _weigh(link: Link, scene: Scene, item: Item, cap: Certainty) -> Weighed:
    fact = link.candidate.fact
    claim = claim_of(link, scene, item, cap=cap)
    return Weighed(link=link, claim=claim, answer=answer_claim(claim, scene.known[fact.key], fact) if claim else None)
