"""Features: how the fact's own words, and those of its rivals, stand to a candidate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.core.facts import Fact
from monitor.core.reading.candidates import Candidate
from monitor.core.reading.passages import Passage, distance, nearest
from monitor.core.reading.phrases import Hit
from monitor.core.reading.scenes import Scene
from monitor.core.reading.sentences import Sentence
from monitor.core.reading.watchwords import near, own, topic, wide
from monitor.core.values import Kind, Period

_YEAR = re.compile(r"(?:19|20|21)\d\d")


def cue_hits(passage: Passage, fact: Fact, start: int, end: int) -> list[Hit[str]]:
    """Cues of a fact, the user's and the widened ones, in a stretch of a passage."""
    return [*passage.hits_of(own(fact.key), start, end), *passage.hits_of(wide(fact.key), start, end)]


def cues(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """Whether and where the fact's cues stand, and how close to the value."""
    passage, sentence, fact = candidate.passage, candidate.sentence, candidate.fact
    found = cue_hits(passage, fact, sentence.start, sentence.end)
    outside = [hit for hit in found if not _inside(hit, candidate)]
    if len(outside) < len(found):
        yield ("counted noun is a cue" if fact.kind is Kind.QUANTITY else "cue within the value"), 1.0
    hits = found if fact.kind is Kind.QUANTITY else outside  # a counted noun names the fact as well as any other word does
    if closest := nearest(hits, *candidate.span):
        breaks = sentence.parts_between(closest.start, candidate.span[0])
        yield "cue in sentence", 1.0
        yield f"cue {_bucket(distance((closest.start, closest.end), candidate.span))}", 1.0
        yield _order(closest, candidate), 1.0
        yield ("cue in the same clause" if breaks == 0 else "cue a clause away" if breaks == 1 else "cue clauses away"), 1.0
        yield "different cues", min(3, len({hit.phrase for hit in hits})) / 3
    if any(hit.label == own(fact.key) for hit in hits):
        yield "cue of the user's own", 1.0
    elif _title_has(scene, fact):
        yield "cue in the headline only", 1.0
    elif _sentence_before_has(candidate):
        yield "cue in the sentence before", 1.0
    elif not found:
        elsewhere = any(cue_hits(other, fact, 0, len(other.text.plain)) for other in scene.passages)
        yield ("cue elsewhere in the item" if elsewhere else "no cue"), 1.0
    if _title_has(scene, fact):
        yield "cue in the headline", 1.0
    yield from _near_words(candidate)
    words = {hit.phrase for hit in passage.hits_of(topic(fact.key), sentence.start, sentence.end)}
    if total := scene.words.topics[fact.key]:
        yield "words of the fact's title", len(words) / total


def _order(cue: Hit[str], candidate: Candidate) -> str:
    """On which side the cue stands; of a date, whether that is the one on which the language has it."""
    is_before = cue.start < candidate.start
    if candidate.fact.kind is not Kind.PERIOD:
        return "cue before value" if is_before else "cue after value"
    is_usual = is_before is not candidate.passage.dates_come_first
    return "cue on the usual side of a date" if is_usual else "cue on the other side of a date"


def years(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """For a fact of one year ("target for 2025"): whether the date beside an amount falls into that year."""
    wanted = {int(word) for word in candidate.fact.near if _YEAR.fullmatch(word)}
    if not wanted or candidate.fact.kind is Kind.PERIOD:
        return
    dates = [m for m in candidate.passage.mentions_in(candidate.sentence) if isinstance(m.value, Period) and m.value.is_closed]
    beside = min(dates, key=lambda m: distance((m.start, m.end), (candidate.start, candidate.end)), default=None)
    if beside is None:
        yield "no date beside the amount", 1.0
    elif isinstance(beside.value, Period) and beside.value.first:
        fits = beside.value.first.year in wanted and beside.value.days <= 366
        yield ("wanted year beside the amount" if fits else "another year beside the amount"), 1.0


def _near_words(candidate: Candidate) -> Iterator[tuple[str, float]]:
    fact, passage, sentence = candidate.fact, candidate.passage, candidate.sentence
    if not fact.near:
        return
    start, end = sentence.clause_at(candidate.start)
    if passage.has(near(fact.key), start, end):
        yield "wanted word in the clause", 1.0
    elif passage.has(near(fact.key), sentence.start, sentence.end):
        yield "wanted word in the sentence", 1.0
    else:
        yield "wanted word in the headline", 1.0


def _inside(hit: Hit[str], candidate: Candidate) -> bool:
    return candidate.mention is not None and hit.start >= candidate.start and hit.end <= candidate.end


def _title_has(scene: Scene, fact: Fact) -> bool:
    return scene.title is not None and bool(cue_hits(scene.title, fact, 0, len(scene.title.text.plain)))


def _sentence_before_has(candidate: Candidate) -> bool:
    index = candidate.sentence.index
    if index == 0:
        return False
    before = candidate.passage.sentences[index - 1]
    return bool(cue_hits(candidate.passage, candidate.fact, before.start, before.end))


def _bucket(characters: int) -> str:
    for limit, name in ((3, "adjacent"), (15, "close"), (40, "near"), (90, "at some distance")):
        if characters <= limit:
            return name
    return "far"


def rivals(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """Whether another fact has the better claim to the value, or another value to the fact."""
    passage, sentence, fact = candidate.passage, candidate.sentence, candidate.fact
    here = candidate.span
    ours = _closest_cue(passage, fact, sentence, here)
    theirs = min(
        (
            _closest_cue(passage, other, sentence, here)
            for key, other in scene.words.watch.facts.items()
            if key != fact.key and other.kind is fact.kind and scene.words.siblings.get(fact.key) != key
        ),
        default=None,
    )
    if theirs is not None and theirs < ours:
        yield ("another fact's cue is nearer" if ours < _FAR else "another fact has the only cue"), 1.0
    mentions = [
        one
        for one in passage.mentions_in(sentence)
        if candidate.mention and one.kind is candidate.mention.kind and one is not candidate.origin
    ]
    hits = cue_hits(passage, fact, sentence.start, sentence.end)
    if len(mentions) > 1 and hits and candidate.mention:
        gaps = [min(_gap(hit, (m.start, m.end), fact, passage) for hit in hits) for m in mentions]
        own_gap = min(_gap(hit, here, fact, passage) for hit in hits)
        yield ("nearest value to the cue" if own_gap <= min(gaps) else "another value is nearer to the cue"), 1.0
    if len(mentions) > 1:
        yield "several values in the sentence", 1.0
    if sum(other.kind is fact.kind for other in scene.words.watch.facts.values()) == 1:
        yield "only fact of its kind", 1.0


_FAR = 10_000
_OTHER_SIDE = 10  # characters that it counts when a cue stands before a date in a language that has it behind


def _gap(hit: Hit[str], here: tuple[int, int], fact: Fact, passage: Passage) -> int:
    is_unusual = fact.kind is Kind.PERIOD and passage.dates_come_first and hit.start < here[0]
    return distance((hit.start, hit.end), here) + (_OTHER_SIDE if is_unusual else 0)


def _closest_cue(passage: Passage, fact: Fact, sentence: Sentence, here: tuple[int, int]) -> int:
    """Distance of the nearest cue, a break between counting as thirty characters; ``_FAR`` without one."""
    return min(
        (
            _gap(hit, here, fact, passage) + 30 * sentence.parts_between(hit.start, here[0])
            for hit in cue_hits(passage, fact, sentence.start, sentence.end)
        ),
        default=_FAR,
    )
