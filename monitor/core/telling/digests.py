"""Many changes in one message: the path of each fact from what was known to what is known now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from monitor.core.changes import Change, ChangeState, History
from monitor.core.messages import Message, Occasion
from monitor.core.telling.inert import clean
from monitor.core.telling.itemising import itemise
from monitor.core.telling.rendering import Source, fact_title, source_of
from monitor.core.telling.stationery import Stationery, write
from monitor.core.telling.vouching import quoted_evidence
from monitor.core.telling.wording import count_of, show_day, show_known
from monitor.core.values import EARLIEST
from monitor.core.watches import Watch

DIGEST_LENGTH = 12_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One fact's share of a digest.

    Attributes:
        history: Whole; the path begins with what was in force before the first change that is told.
        sequences: The changes that are told; None for all of the history.
    """

    watch: Watch
    history: History
    sequences: frozenset[int] | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is told of the fact, in the order in which it was said."""
        told = (c for c in self.history.changes if self.sequences is None or c.sequence in self.sequences)
        return tuple(sorted(told, key=lambda change: (change.effective, change.sequence)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One value on a fact's path, with who said it and when.

    Attributes:
        accept_link: Where it can be accepted at once; empty where it needs no decision, or there is no page.
        dismiss_link: Likewise.
    """

    value: str
    source: Source | None = None
    accept_link: str = ""
    dismiss_link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact in a digest.

    Attributes:
        path: From the first value to the one in force.
        waiting: Values that were told and are not in force.
    """

    fact: str
    path: tuple[Step, ...]
    waiting: tuple[Step, ...]
    keys: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The entries of one watch."""

    subject: str
    entries: tuple[Entry, ...]


def digest_message(
    told: Sequence[Told],
    *,
    key: str,
    occasion: str,
    stationery: Stationery,
    unmatched: tuple[str, ...] = (),
    limit: int = DIGEST_LENGTH,
) -> Message:
    """Tell many changes at once, grouped by watch and fact.

    Args:
        told: The facts in the order in which they shall stand; a fact without a change to tell is left out.
        key: Stable over retries, for instance ``digest/first-start/xiaomi-ev``.
        occasion: Why there is a digest, as a title begins: ``What happened since the baseline``.
        stationery: Templates and links.
        unmatched: Tags of the rules that no destination has.
        limit: Of the plain text, in characters; entries that do not fit are counted.
    """
    facts = [fact for fact in told if fact.changes]
    entries = [(clean(fact.watch.title), _entry(fact, stationery)) for fact in facts]
    shown = _fitting(entries, limit)
    changes = sum(len(fact.changes) for fact in facts)
    itemised = tuple(itemise(change, stationery) for fact in facts for change in fact.changes)
    context: dict[str, Any] = {
        "occasion": clean(occasion),
        "subjects": list(dict.fromkeys(subject for subject, _ in entries)),
        "count": f"{count_of(changes, 'change')} of {count_of(len(facts), 'fact')}",
        "sections": _sections(shown),
        "more": count_of(len(entries) - len(shown), "more fact") if len(shown) < len(entries) else "",
    }
    return write(stationery, Occasion.DIGEST, context, key=key, unmatched=unmatched, changes=itemised)


def _fitting(entries: Sequence[tuple[str, Entry]], limit: int) -> list[tuple[str, Entry]]:
    """As many entries as fit, one at least: the first of each watch, then the second, so that none pushes another out."""
    turns: Counter[str] = Counter()
    places = []
    for place, (subject, _) in enumerate(entries):
        places.append((turns[subject], place))
        turns[subject] += 1
    shown: list[int] = []
    size = 0
    for _, place in sorted(places):
        subject, entry = entries[place]
        size += _size(entry) + len(subject)
        if shown and size > limit:
            break
        shown.append(place)
    return [entries[place] for place in sorted(shown)]


def _entry(fact: Told, stationery: Stationery) -> Entry:
    changes = fact.changes
    accepted = [change for change in changes if change.state is ChangeState.ACCEPTED]
    waiting = [change for change in changes if change.state is ChangeState.CANDIDATE]
    return Entry(
        fact=fact_title(fact.watch, fact.history.fact),
        path=(_start(fact), *map(_step, accepted)),
        waiting=tuple(_undecided(change, stationery) for change in waiting),
        keys=tuple(change.key for change in changes),
        link=stationery.change_link(changes[-1].key),
    )


def _start(fact: Told) -> Step:
    """The value that was in force before the first change that is told."""
    first = fact.changes[0]
    before = [
        change
        for change in fact.history.changes
        if change.state is ChangeState.ACCEPTED and change.sequence < first.sequence and change.effective <= first.effective
    ]
    if before:
        return _step(max(before, key=lambda change: (change.effective, change.sequence)))
    baseline = fact.watch.baselines.get(fact.history.fact)
    if baseline and baseline.as_of == EARLIEST:  # the rule names no baseline
        return Step(value=show_known(fact.history.baseline), source=None)
    source = Source(
        outlet=clean(baseline.source) if baseline and baseline.source else "baseline",
        day=show_day(baseline.as_of if baseline else fact.history.as_of),
        url=baseline.source_url if baseline else "",
    )
    return Step(value=show_known(fact.history.baseline), source=source)


def _step(change: Change) -> Step:
    source = source_of(quoted_evidence(change))
    return Step(value=show_known(change.brings), source=source or Source(outlet="", day=show_day(change.effective)))


def _undecided(change: Change, stationery: Stationery) -> Step:
    accept, dismiss = (stationery.action_link(action, change.key) for action in ("accept", "dismiss"))
    return replace(_step(change), accept_link=accept, dismiss_link=dismiss)


def _size(entry: Entry) -> int:
    steps = (*entry.path, *entry.waiting)
    links = sum(len(step.accept_link) + len(step.dismiss_link) for step in entry.waiting)
    return len(entry.fact) + links + sum(len(s.value) + 60 + (len(s.source.url) if s.source else 0) for s in steps)


def _sections(entries: Iterable[tuple[str, Entry]]) -> tuple[Section, ...]:
    sections: dict[str, Section] = {}
    for subject, entry in entries:
        section = sections.get(subject, Section(subject=subject, entries=()))
        sections[subject] = replace(section, entries=(*section.entries, entry))
    return tuple(sections.values())
