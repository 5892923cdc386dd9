"""Verifying: what a second reader proposes is found again in the item and read by our own grammars, or refused.

A proposal brings no value and no words of its own into a claim. Its quote says where to look, its words which of our own
candidates is meant; the sum of parts is done here. So the worst that a reader who is wrong, or who obeys a hostile text, can
bring about is that a value which the item does hold is taken for said of a fact of its kind and unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.core.facts import Fact
from monitor.core.reading.candidates import Candidate, Making, find_candidates, is_plausible
from monitor.core.reading.lexicons import Library
from monitor.core.reading.linking import Link
from monitor.core.reading.mentions import Mention, Role
from monitor.core.reading.names import Bearer
from monitor.core.reading.proposals import Proposal, Stance
from monitor.core.reading.quoting import Place, find_quotes, find_within
from monitor.core.reading.scenes import Scene
from monitor.core.reading.standings import log_odds
from monitor.core.reading.watchwords import own, topic, wide, without
from monitor.core.values import Amount, Kind, Status

UNLISTED = 0.02
"""Probability, without the second reader's word, of what our own reader did not list as a candidate."""

_MOST_PARTS = 6
_NOT_ADDED = frozenset({Role.TIMES, Role.LESS})
_GIVEN_UP = frozenset({Stance.CANCELLED, Stance.WITHDRAWN})
_WORDS_OF_GIVING_UP = ("modality.cancelled", "modality.withdrawn", "modality.negated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A proposal that our own reading of the item bears out.

    Attributes:
        link: With the probability that our own reading gives it.
        index: Of the link among those of our own reading; None where that did not list it.
        is_paraphrase: A state that the second reader tells from words which are no phrase of ours.
    """

    proposal: Proposal
    link: Link
    index: int | None = None
    is_paraphrase: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A proposal that it does not bear out, and why not, in words."""

    proposal: Proposal
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What proposals about one item are held against.

    Attributes:
        links: All candidates of our own reading of the scene.
    """

    scene: Scene
    links: Sequence[Link]
    library: Library

    def best(self, fact: Fact, places: Sequence[Place], suits: Callable[[Candidate], bool]) -> int | None:
        """The number of the fact's link that has most to do with some places, the likelier of two; None for none."""
        held = [
            (shared, one.probability, -number)
            for number, one in enumerate(self.links)
            if one.candidate.fact is fact and suits(one.candidate)
            for shared in (max(place.shared_with(one.candidate) for place in places),)
            if shared
        ]
        return -max(held)[-1] if held else None


def verify(proposal: Proposal, bench: Bench) -> Verified | Refused:
    """Find the candidate that a proposal means, or say why there is none."""
    fact = bench.scene.words.watch.facts.get(proposal.fact)
    if fact is None:
        return Refused(proposal=proposal, why="the watch has no such fact")
    quotes = find_quotes(proposal.quote, bench.scene.passages)
    if not quotes:
        return Refused(proposal=proposal, why="its quote does not stand in the item")
    if proposal.stance in _GIVEN_UP:
        return _verify_end(proposal, fact, quotes, bench)
    if fact.kind is Kind.STATUS:
        return _verify_state(proposal, fact, quotes, bench)
    if not proposal.words:
        return _verify_event(proposal, fact, quotes, bench)
    places = [find_within(words, quotes) for words in proposal.words]
    if not all(places):
        return Refused(proposal=proposal, why="the words of its value do not stand in its quote")
    if len(places) == 1:
        return _verify_value(proposal, fact, places[0], bench)
    return _verify_sum(proposal, fact, places, bench)


# --- values -----------------------------------------------------------------------------------------


def _verify_value(proposal: Proposal, fact: Fact, places: Sequence[Place], bench: Bench) -> Verified | Refused:
    """'first half of 2024': the candidate of the fact that these words are the value of."""
    number = bench.best(fact, places, lambda candidate: candidate.making is not Making.UNDATED)
    if number is not None:
        return Verified(proposal=proposal, link=bench.links[number], index=number)
    return _verify_unlisted(proposal, fact, places, bench)


def _verify_unlisted(proposal: Proposal, fact: Fact, places: Sequence[Place], bench: Bench) -> Verified | Refused:
    """A value in a sentence that lacks the words of ``with:``, without which our own reader does not look at it."""
    scene, freely = bench.scene, replace(fact, near=())
    for place in places:
        found = find_candidates(
            freely, place.passage, scene.words, known=scene.known[fact.key], units=bench.library.units, title=scene.title
        )
        held = [one for one in found if one.making is not Making.UNDATED and place.shared_with(one)]
        if held:
            best = max(held, key=lambda one: (place.shared_with(one), -one.start))
            return Verified(proposal=proposal, link=_unlisted(replace(best, fact=fact), "no word of with: stands beside it"))
    return Refused(proposal=proposal, why=f"in its words we read nothing that could be a {fact.kind} of this fact")


def _verify_sum(proposal: Proposal, fact: Fact, places: Sequence[Sequence[Place]], bench: Bench) -> Verified | Refused:
    """'$1 billion for one mill and $300 million for the other': the parts are read and added up here."""
    if len(places) > _MOST_PARTS or fact.kind not in (Kind.QUANTITY, Kind.MONEY, Kind.SHARE):
        return Refused(proposal=proposal, why=f"a {fact.kind} of so many parts is not added up")
    parts = [part for found in places if (part := _part_at(found, fact, bench.library))]
    if len(parts) < len(places):
        return Refused(proposal=proposal, why="not all of its parts are amounts that this fact could have")
    if len({(part.place.passage.is_title, part.mention.start) for part in parts}) < len(parts):
        return Refused(proposal=proposal, why="it counts a part twice")
    first, total = parts[0], _total([part.amount for part in parts])
    sentence = first.place.sentence()
    if total is None or sentence is None or not is_plausible(total, fact):
        return Refused(proposal=proposal, why="its sum is no plausible amount of this fact")
    candidate = Candidate(
        fact=fact,
        passage=first.place.passage,
        sentence=sentence,
        value=total,
        start=first.mention.start,
        end=first.mention.end,
        mention=first.mention,
    )
    return Verified(proposal=proposal, link=_unlisted(candidate, f"the sum of {len(parts)} parts"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of a sum, in the unit of its fact."""

    place: Place
    mention: Mention
    amount: Amount


def _part_at(places: Iterable[Place], fact: Fact, library: Library) -> _Part | None:
    for place in places:
        for mention in place.passage.mentions:
            meets = mention.start < place.end and place.start < mention.end
            if meets and isinstance(mention.value, Amount) and mention.role not in _NOT_ADDED:
                amount = library.units.convert(mention.value, fact.value_unit, loosely=True)
                if amount is not None:
                    return _Part(place=place, mention=mention, amount=amount)
    return None


def _total(amounts: Sequence[Amount]) -> Amount | None:
    """The sum; None where an end is open."""
    lows = [amount.low for amount in amounts if amount.low is not None]
    highs = [amount.high for amount in amounts if amount.high is not None]
    if min(len(lows), len(highs)) < len(amounts):
        return None
    return replace(
        amounts[0],
        low=sum(lows, Decimal(0)),
        high=sum(highs, Decimal(0)),
        step=min(amount.step for amount in amounts),
        approximate=any(amount.approximate for amount in amounts),
    )


# --- states and events ------------------------------------------------------------------------------


def _verify_state(proposal: Proposal, fact: Fact, quotes: Sequence[Place], bench: Bench) -> Verified | Refused:
    """'gave the green light': a state of the rule whose phrases we find in the sentences of the quote."""
    if proposal.state not in (fact.state_names or ()):
        return Refused(proposal=proposal, why="the fact has no such state")
    wanted = Status(name=proposal.state)
    wholes = [quote.whole() for quote in quotes]
    number = bench.best(fact, wholes, lambda candidate: candidate.value == wanted)
    if number is not None:
        return Verified(proposal=proposal, link=bench.links[number], index=number)
    return _verify_paraphrase(proposal, fact, quotes, bench)


def _verify_paraphrase(proposal: Proposal, fact: Fact, quotes: Sequence[Place], bench: Bench) -> Verified | Refused:
    """'Foundations for the plant are being poured': words for a state that no phrase of ours tells.

    They have to stand in a sentence that names the subject or the thing, and our own reader must not believe another state there.
    """
    for place in quotes:
        whole, sentence = place.whole(), place.sentence()
        if sentence is None or whole.has(without(fact.key)) or not _is_about(fact, whole):
            continue
        if any(one.is_believed and one.candidate.fact is fact and place.shared_with(one.candidate) for one in bench.links):
            return Refused(proposal=proposal, why="its words tell another state of the fact")
        candidate = Candidate(
            fact=fact,
            passage=place.passage,
            sentence=sentence,
            value=Status(name=proposal.state),
            start=place.start,
            end=place.start,
        )
        link = _unlisted(candidate, "no phrase of ours tells this state")
        return Verified(proposal=proposal, link=link, is_paraphrase=True)
    return Refused(proposal=proposal, why=f"in its sentence we read no words for {proposal.state}, nor what it is of")


def _is_about(fact: Fact, place: Place) -> bool:
    """Whether a stretch names the subject, who speaks for it, or the thing that the fact is of."""
    return any(map(place.has, (Bearer.SUBJECT, Bearer.OFFICIAL, own(fact.key), wide(fact.key), topic(fact.key))))


def _verify_event(proposal: Proposal, fact: Fact, quotes: Sequence[Place], bench: Bench) -> Verified | Refused:
    """'The bridge was opened': the event of the fact, named in the sentences of the quote without its date."""
    if fact.kind is not Kind.PERIOD:
        return Refused(proposal=proposal, why="it names no value")
    number = bench.best(fact, [quote.whole() for quote in quotes], lambda candidate: candidate.making is Making.UNDATED)
    if number is None:
        return Refused(proposal=proposal, why="in its sentence we read no undated word for the event of this fact")
    return Verified(proposal=proposal, link=bench.links[number], index=number)


def _verify_end(proposal: Proposal, fact: Fact, quotes: Sequence[Place], bench: Bench) -> Verified | Refused:
    """'The northern leg was scrapped': a plan given up or put off without a date, with a word of that in the sentence."""
    wholes = [quote.whole() for quote in quotes if any(map(quote.whole().has, _WORDS_OF_GIVING_UP))]
    if not wholes:
        return Refused(proposal=proposal, why="in its sentence we read no word of giving up or putting off")
    number = bench.best(fact, wholes, lambda candidate: candidate.making is Making.UNDATED)
    number = bench.best(fact, wholes, lambda _: True) if number is None else number
    if number is None:
        return Refused(proposal=proposal, why="in its sentence we read nothing of this fact")
    return Verified(proposal=proposal, link=bench.links[number], index=number)


def _unlisted(candidate: Candidate, why: str) -> Link:
    return Link(candidate=candidate, probability=UNLISTED, is_believed=False, parts=((why, log_odds(UNLISTED)),))
