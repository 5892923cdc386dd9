"""Agreeing: our own reading and a second reader's verified proposals made one reading, by what the rule trusts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from monitor.core.claims import Certainty, Claim, Modality, Sight
from monitor.core.items import Item
from monitor.core.reading.attribution import Attribution, attribution_of
from monitor.core.reading.candidates import Candidate, Making
from monitor.core.reading.extracting import Reading, claim_of, read
from monitor.core.reading.lexicons import Library
from monitor.core.reading.linking import Link
from monitor.core.reading.modality import Manner, modality_of
from monitor.core.reading.proposals import Hearing, Proposal, Stance
from monitor.core.reading.quoting import find_quotes
from monitor.core.reading.scenes import Scene
from monitor.core.reading.standings import log_odds, probability_of
from monitor.core.reading.verifying import Bench, Refused, Verified, verify
from monitor.core.reading.watchwords import WatchWords
from monitor.core.values import Amount, Kind, Known, Period, Value
from monitor.core.watches import Trust

WEIGHT = 4.5
"""What the second reader's word adds to the odds of a link, as a logarithm: ninety to one."""
LEAST = 0.4
"""Probability from which a link is believed that both have a say in."""

_SAME_AMOUNT = Decimal("0.02")  # part by which two readings of one amount may differ
_RESTRAINED = frozenset({Modality.ASKED, Modality.DENIED, Modality.HYPOTHETICAL, Modality.RECALLED, Modality.FORECAST})
_PLAIN = frozenset({Modality.STATED, Modality.PLANNED, Modality.ACHIEVED})
_MODALITIES = {
    Stance.STATED: Modality.STATED,
    Stance.PLANNED: Modality.PLANNED,
    Stance.PROPOSED: Modality.PLANNED,
    Stance.HAPPENED: Modality.ACHIEVED,
    Stance.CANCELLED: Modality.CANCELLED,
    Stance.WITHDRAWN: Modality.WITHDRAWN,
    Stance.DENIED: Modality.DENIED,
    Stance.RECALLED: Modality.RECALLED,
    Stance.HYPOTHETICAL: Modality.HYPOTHETICAL,
    Stance.FORECAST: Modality.FORECAST,
}


def read_together(
    item: Item,
    words: WatchWords,
    known: Mapping[str, Known],
    library: Library,
    hearing: Hearing,
    *,
    cap: Certainty = Certainty.OFFICIAL,
) -> Reading:
    """Read one item for one watch with a second reader's answer at hand.

    Args:
        known: Values in force, by fact key.
        hearing: The answer; its proposals are verified here.
        cap: The highest certainty that the feed's tier allows.
    """
    own = read(item, words, known, library, cap=cap)
    full = {key: known.get(key, Known()) for key in words.watch.facts}
    scene = Scene(words=words, passages=own.passages, known=full, published=item.published.date())
    bench = Bench(scene=scene, links=own.links, library=library)
    answers = [verify(proposal, bench) for proposal in hearing.proposals]
    seconded = [_seconded(answer) for answer in answers if isinstance(answer, Verified)]
    seen = tuple(
        claim for verified in seconded if verified.link.is_believed and (claim := _claim_of(verified, scene, item, cap=cap))
    )
    return Reading(
        language=own.language,
        passages=own.passages,
        links=_with(own.links, seconded),
        claims=tuple(_agreed(own.claims, seen, hearing)),
        remarks=tuple(_remarks(answers, seconded, hearing)),
    )


def _seconded(verified: Verified) -> Verified:
    """The link with the second reader's word in its sum."""
    link = verified.link
    probability = probability_of(log_odds(min(max(link.probability, 1e-9), 1 - 1e-9)) + WEIGHT)
    parts = (("the second reader says so", WEIGHT), *link.parts)
    return replace(verified, link=replace(link, probability=probability, is_believed=probability >= LEAST, parts=parts))


def _with(links: Sequence[Link], seconded: Sequence[Verified]) -> tuple[Link, ...]:
    """Our own links, those that were seconded in their place, and behind them those that ours did not list."""
    raised = {one.index: one.link for one in seconded if one.index is not None}
    unlisted = [one.link for one in seconded if one.index is None]
    return (*(raised.get(number, link) for number, link in enumerate(links)), *unlisted)


# --- claims -----------------------------------------------------------------------------------------


def _claim_of(verified: Verified, scene: Scene, item: Item, *, cap: Certainty) -> Claim | None:
    manner = manner_of(verified.proposal, verified.link, scene)
    claim = claim_of(verified.link, scene, item, cap=cap, manner=manner)
    if claim is None:
        return None
    speaker = _speaker_of(verified, scene, cap)
    bounds = [_cap_of(verified), *([speaker.certainty] if speaker else [])]
    heard = (f"{speaker.certainty}: {speaker.why} ({verified.proposal.speaker!r} is who says so)",) if speaker else ()
    return replace(claim, certainty=min(claim.certainty, *bounds), reasons=(*claim.reasons, *heard))


def _speaker_of(verified: Verified, scene: Scene, cap: Certainty) -> Attribution | None:
    """What stands behind whom the second reader names: 'people with knowledge of the plans', three sentences before.

    Our own words say what such a speaker is worth, and it never makes a claim more certain.
    """
    for place in find_quotes(verified.proposal.speaker, scene.passages):
        if sentence := place.sentence():
            there = replace(verified.link.candidate, passage=place.passage, sentence=sentence)
            return attribution_of(there, lead=None, cap=cap)
    return None


def _cap_of(verified: Verified) -> Certainty:
    """The highest certainty for which the second reader's word is good enough.

    A state that only it reads in the words is told, but needs another word to come into force.
    """
    if verified.proposal.stance is Stance.PROPOSED:
        return Certainty.PROPOSED
    return Certainty.REPORTED if verified.is_paraphrase else Certainty.OFFICIAL


def manner_of(proposal: Proposal, link: Link, scene: Scene) -> Manner:
    """In what manner a verified value is told: as the second reader says, unless our own words speak against it.

    A question, a denial or a supposition that we find ourselves is one whatever the second reader says, and no day to come has
    been reached.
    """
    candidate, said = link.candidate, _MODALITIES[proposal.stance]
    own = modality_of(candidate, scene.published)
    if own.modality in _RESTRAINED and said not in _RESTRAINED and not _recalls_base(candidate, own):
        return own
    if said not in _PLAIN:
        return _manner(said)
    match candidate.fact.kind:
        case Kind.PERIOD if candidate.making is Making.UNDATED:
            # An event is told as done where both readers see it so: a wrong word here would take today for its date.
            return own if said is Modality.ACHIEVED else _manner(Modality.PLANNED)
        case Kind.PERIOD:
            return _manner_of_date(candidate.value, said, own, scene)
        case Kind.STATUS:
            return _manner(Modality.PLANNED if said is Modality.PLANNED else Modality.STATED)
        case Kind.QUANTITY | Kind.MONEY | Kind.SHARE:
            is_met = said is Modality.ACHIEVED and _agree(candidate.value, scene.known[candidate.fact.key].value)
            return _manner(Modality.ACHIEVED if is_met else Modality.STATED)


def _recalls_base(candidate: Candidate, own: Manner) -> bool:
    """'Half a year later than once planned': what is recalled is the date that the distance is counted from."""
    return candidate.making is Making.SHIFTED and own.modality is Modality.RECALLED


def _manner_of_date(value: Value | None, said: Modality, own: Manner, scene: Scene) -> Manner:
    if said is Modality.STATED:
        return own
    if said is Modality.ACHIEVED and isinstance(value, Period) and (value.first is None or value.first > scene.published):
        return Manner(modality=Modality.PLANNED, cue="", why="the date lies ahead")
    return _manner(said)


def _manner(modality: Modality) -> Manner:
    return Manner(modality=modality, cue="", why="the second reader says so")


# --- trust ------------------------------------------------------------------------------------------


def _agreed(own: Sequence[Claim], seen: Sequence[Claim], hearing: Hearing) -> Iterator[Claim]:
    """Those claims of both readers that the rule lets move a fact, each with who saw it.

    What both read in the same place is one claim, in the manner that the second reader sees.
    """
    for claim in own:
        same = [other for other in seen if _is_same(claim, other)]
        if any(_is_same_place(claim, other) for other in same) or hearing.trust is Trust.MODEL:
            continue
        if same or hearing.trust in (Trust.EITHER, Trust.OWN):
            yield _by(claim, Sight.BOTH if same else Sight.OWN, hearing)
    for claim in seen:
        is_agreed = any(_is_same(claim, other) for other in own)
        if is_agreed or hearing.trust in (Trust.EITHER, Trust.MODEL):
            yield _by(claim, Sight.BOTH if is_agreed else Sight.MODEL, hearing)


def _by(claim: Claim, sight: Sight, hearing: Hearing) -> Claim:
    told = replace(claim, seen_by=sight, model=hearing.model, prompt=hearing.prompt)
    return replace(told, reasons=(*claim.reasons, told.readers))


def _is_same(one: Claim, other: Claim) -> bool:
    """Whether two claims give one fact one value, however sharply."""
    return one.fact == other.fact and _agree(one.value, other.value)


def _is_same_place(one: Claim, other: Claim) -> bool:
    return (one.quote, one.start, one.in_title) == (other.quote, other.start, other.in_title)


def _agree(one: Value | None, other: Value | None) -> bool:
    match one, other:
        case Period(), Period():
            return one in other or other in one
        case Amount(), Amount() if one.unit == other.unit:
            return _overlap(one, other)
        case _:
            return one == other


def _overlap(one: Amount, other: Amount) -> bool:
    """Whether two amounts can be one: "nearly 720,000" and "718,000"."""
    largest = max(abs(end) for amount in (one, other) for end in (amount.low, amount.high) if end is not None)
    blur = min(max(one.step, other.step), largest * _SAME_AMOUNT)
    is_below = one.high is not None and other.low is not None and one.high + blur < other.low
    is_above = one.low is not None and other.high is not None and other.high + blur < one.low
    return not (is_below or is_above)


def _remarks(answers: Sequence[Verified | Refused], seconded: Sequence[Verified], hearing: Hearing) -> Iterator[str]:
    """What of the second reader's answer was not believed, and why."""
    for answer in answers:
        if isinstance(answer, Refused):
            said = " + ".join(answer.proposal.words) or answer.proposal.state or str(answer.proposal.stance)
            yield f"{hearing.model} on {answer.proposal.fact}: {said!r} does not count, {answer.why}"
    for verified in seconded:
        if not verified.link.is_believed:
            told, probability = verified.link.candidate.value, verified.link.probability
            yield f"{hearing.model} on {verified.proposal.fact}: {told} is too unlikely even so ({probability:.2f})"
