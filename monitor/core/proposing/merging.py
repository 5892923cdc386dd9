"""Merging: drafts that tell the same are one fact; of those that contradict each other a word beside them makes two, or the first
one stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.core.claims import Certainty
from monitor.core.facts import Fact, State
from monitor.core.judging.comparing import relate
from monitor.core.judging.relations import Relation
from monitor.core.proposing.drafts import Draft, LeftOut
from monitor.core.values import SHARE_UNIT, Amount, Kind, Known

_MOST_CUES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A fact for a rule, and the value that it begins with.

    Attributes:
        quote: The sentence that tells it, as published.
    """

    fact: Fact
    known: Known
    quote: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """All that a document tells of its subject, in its order.

    Attributes:
        left_out: What was read and is not proposed.
        officials: People who are introduced as speaking for the subject.
    """

    facts: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...] = ()
    officials: tuple[str, ...] = ()


def merge(
    drafts: Iterable[Draft], left_out: Iterable[LeftOut], *, order: Sequence[str], officials: tuple[str, ...] = ()
) -> Proposals:
    """Put the drafts together.

    Args:
        order: All states in their usual course.
    """
    merged, contradicted = _merged(drafts, order)
    keys = set[str]()
    facts = tuple(_proposal(draft, keys) for draft in merged)
    return Proposals(facts=facts, left_out=(*left_out, *contradicted), officials=officials)


def _merged(drafts: Iterable[Draft], order: Sequence[str]) -> tuple[list[Draft], list[LeftOut]]:
    kept: list[Draft] = []
    contradicted: list[LeftOut] = []
    for draft in drafts:
        for one in _apart(draft, kept):
            same = next((index for index, other in enumerate(kept) if _is_same_fact(one, other)), None)
            if same is None:
                kept.append(one)
                break
            if together := _together(kept[same], one, order):
                kept[same] = together
                break
        else:
            text = f"{draft.known} of {draft.topic.replace('-', ' ')}"
            contradicted.append(LeftOut(text=text, why="another value of a fact that has one", quote=draft.quote))
    return kept, contradicted


def _apart(draft: Draft, kept: Iterable[Draft]) -> Iterator[Draft]:
    """A draft as it is, and told apart from others of its topic by a word beside it, or by its own where theirs is another."""
    yield draft
    if draft.kind is Kind.STATUS or draft.near:
        return
    yield from (replace(draft, near=(word,)) for word in draft.marks)
    others = {cue for other in kept if other.topic == draft.topic for cue in other.cues}
    if not others & set(draft.cues):
        yield replace(draft, near=draft.cues[:1])


def _is_same_fact(one: Draft, other: Draft) -> bool:
    return (one.kind, one.topic, one.event, one.part, one.near, one.unit) == (
        other.kind, other.topic, other.event, other.part, other.near, other.unit,
    )  # fmt: skip


def _together(first: Draft, second: Draft, order: Sequence[str]) -> Draft | None:
    """Two drafts of one fact as one with the sharper value; None where they contradict each other.

    Of two states the later in the usual course holds.
    """
    both = replace(
        first,
        cues=tuple(dict.fromkeys((*first.cues, *second.cues))),
        states=tuple(sorted({*first.states, *second.states}, key=order.index)),
        certainty=max(first.certainty, second.certainty),
    )
    if first.known.value is None or second.known.value is None:
        return both
    if first.kind is Kind.STATUS:
        is_later = order.index(str(second.known.value)) > order.index(str(first.known.value))
        return replace(both, known=second.known, quote=second.quote) if is_later else both
    if first.quote == second.quote and first.known.value != second.known.value:
        return None  # a sentence does not tell one date twice: "in Europe in January and in Japan a week later"
    match relate(second.known.value, first.known.value).relation:
        case Relation.DIFFERS:
            return None
        case Relation.INSIDE:
            return replace(both, known=second.known, quote=second.quote)
        case _:
            return both


# --- naming -----------------------------------------------------------------------------------------


def _proposal(draft: Draft, keys: set[str]) -> Proposal:
    known, unit = draft.known, SHARE_UNIT if draft.kind is Kind.SHARE else draft.unit
    if draft.kind is Kind.MONEY and isinstance(known.value, Amount):
        unit = unit.partition("/")[0]  # a price "a year" is one in its currency
        known = replace(known, value=replace(known.value, unit=unit))
    key = _free_key(_slug(" ".join(_name_parts(draft))) or str(draft.kind), keys)
    fact = Fact(
        key=key,
        title=_title(draft),
        kind=draft.kind,
        about=draft.cues[:_MOST_CUES],
        near=draft.near,
        event=draft.event if draft.kind is Kind.PERIOD else None,
        unit=unit,
        states=tuple(State(name=name, phrases=(name.replace("-", " "),)) for name in draft.states),
    )
    return Proposal(fact=fact, known=known, quote=draft.quote, certainty=draft.certainty)


def _name_parts(draft: Draft) -> Iterator[str]:
    """The words of a key: the topic, its stage, what tells it from others, and the end that the topic does not name itself."""
    yield draft.topic
    if draft.part and draft.part != draft.topic:
        yield draft.part
    elif draft.near and draft.kind is not Kind.STATUS:
        yield draft.near[0]
    if draft.names_end:
        yield str(draft.event)


def _title(draft: Draft) -> str:
    words = draft.topic.replace("-", " ")
    name = words[:1].upper() + words[1:]
    if draft.kind is Kind.SHARE and draft.topic in draft.cues:
        name = f"Share of {draft.topic}"
    if draft.names_end:
        name = f"{name}, {draft.event}"
    if draft.part and draft.part != draft.topic:
        return f"{name}, {draft.part.replace('-', ' ')}"
    return f"{name}, {draft.near[0]}" if draft.near and draft.kind is not Kind.STATUS else name


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")


def _free_key(wanted: str, keys: set[str]) -> str:
    key, number = wanted, 2
    while key in keys:
        key, number = f"{wanted}-{number}", number + 1
    keys.add(key)
    return key
