"""What the lab shows of a reading: the facts with every candidate and its sum, and the text with what was found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from monitor.core.claims import Claim
from monitor.core.facts import Fact
from monitor.core.items import Item
from monitor.core.reading.passages import Passage
from monitor.core.reading.sentences import Sentence
from monitor.core.reading.spans import Span, spans_of
from monitor.core.telling.fitting import Quote, fit_quote
from monitor.core.telling.wording import show_known
from monitor.core.values import Known
from monitor.core.verdicts import Judgement
from monitor.jobs.explaining import Explanation, Weighed

MOST_CANDIDATES, MOST_PARTS, MOST_SENTENCES, MOST_FINDINGS = 8, 12, 40, 12
SORTS = {"name": "names", "value": "values", "manner": "manner", "fact": "words of facts"}

_SHOWN_FROM = 0.05
_CALLED = {"bias": "what is always there"}
_ON_TOP = ("value", "name", "manner", "fact")  # which of two findings at one place is marked


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateReading:
    """A value that might be said of a fact.

    Attributes:
        value: In words where it has none.
        quote: Its sentence, the value's words marked.
        parts: Features with what they weigh, the heaviest first, and the rest of them together.
        total: Their sum, the logarithm of the odds.
        manner: How and by whom it is said, and what it would mean.
    """

    value: str
    making: str
    probability: float
    is_believed: bool
    quote: Quote
    parts: Sequence[tuple[str, float]]
    total: float
    manner: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactReading:
    """What a text says of a fact.

    Attributes:
        judgement: All in all; None where nothing confirms or moves it.
        reasons: Of the judgement, and of what the ledger would do.
        hidden: Candidates that are as good as impossible, or too many.
    """

    fact: Fact
    known: Known
    judgement: Judgement | None
    is_told: bool
    reasons: Sequence[str]
    candidates: Sequence[CandidateReading]
    hidden: int

    @property
    def said(self) -> str:
        """The value that it would move to; empty where it moves nothing."""
        return show_known(self.judgement.said) if self.judgement and self.judgement.moves else ""

    @property
    def claim(self) -> Claim | None:
        """On which the judgement rests."""
        return self.judgement.claim if self.judgement else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a sentence; ``sort`` and ``label`` are empty where nothing was found in it."""

    text: str
    sort: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceSheet:
    """A sentence with what was found in it.

    Attributes:
        pieces: Together they are the sentence.
        findings: By sort, in words: what was found and what it is taken for.
    """

    pieces: Sequence[Piece]
    findings: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    is_title: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSheet:
    """A text as the rule reads it.

    Attributes:
        is_named: The text names the subject; else the daemon would pass it over.
        is_stored: It is an item on record, held against what was in force when it came.
        facts: Those of which something may be said, in the rule's order.
        idle: The others.
        hidden: Sentences that are left out.
    """

    item: Item
    language: str
    is_named: bool
    is_stored: bool
    facts: Sequence[FactReading]
    idle: Sequence[Fact]
    sentences: Sequence[SentenceSheet]
    hidden: int


def sheet_of(one: Explanation, *, is_named: bool, is_stored: bool) -> ReadingSheet:
    """Everything that was seen, cut to what a page bears."""
    facts = [_read_fact(one, key, weighed) for key, weighed in one.by_fact().items()]
    telling = {found.fact.key: found for found in facts if found.candidates or found.judgement}
    everything = [(passage, sentence) for passage in one.reading.passages for sentence in passage.sentences]
    return ReadingSheet(
        item=one.item,
        language=one.reading.language,
        is_named=is_named,
        is_stored=is_stored,
        facts=list(telling.values()),
        idle=[fact for key, fact in one.watch.facts.items() if key not in telling],
        sentences=[_sentence_sheet(passage, sentence) for passage, sentence in everything[:MOST_SENTENCES]],
        hidden=max(0, len(everything) - MOST_SENTENCES),
    )


def _read_fact(one: Explanation, key: str, candidates: Sequence[Weighed]) -> FactReading:
    likely = (weighed for weighed in candidates if weighed.link.is_believed or weighed.link.probability >= _SHOWN_FROM)
    shown = list(islice(likely, MOST_CANDIDATES))
    judgement = one.judgement_of(key)
    return FactReading(
        fact=one.watch.facts[key],
        known=one.known[key],
        judgement=judgement,
        is_told=one.is_told(key),
        reasons=one.assessment.reasons.get(key, ()),
        candidates=[_read_candidate(weighed) for weighed in shown],
        hidden=len(candidates) - len(shown),
    )


def _read_candidate(weighed: Weighed) -> CandidateReading:
    link, candidate = weighed.link, weighed.link.candidate
    quote, offset = candidate.passage.quote(candidate.sentence)
    start, end = candidate.passage.text.to_source(candidate.start, candidate.end)
    return CandidateReading(
        value=str(candidate.value or "the event, without a date"),
        making=str(candidate.making),
        probability=link.probability,
        is_believed=link.is_believed,
        quote=fit_quote(quote, start - offset, end - offset),
        parts=_heaviest(link.parts),
        total=sum(weight for _, weight in link.parts),
        manner=weighed.manner,
    )


def _heaviest(parts: Sequence[tuple[str, float]]) -> Sequence[tuple[str, float]]:
    """The features by name, each once; the small ones together."""
    weights: dict[str, float] = {}
    for name, weight in parts:
        called = _CALLED.get(name, name)
        weights[called] = weights.get(called, 0.0) + weight
    ordered = sorted(weights.items(), key=lambda part: -abs(part[1]))
    rest = ordered[MOST_PARTS:]
    return ordered[:MOST_PARTS] + ([(f"{len(rest)} small ones together", sum(weight for _, weight in rest))] if rest else [])


# --- the text ---------------------------------------------------------------------------------------


def _sentence_sheet(passage: Passage, sentence: Sentence) -> SentenceSheet:
    spans = spans_of(passage, sentence)
    by_sort = [(name, list(islice(_in_words(passage, spans, sort), MOST_FINDINGS))) for sort, name in SORTS.items()]
    return SentenceSheet(
        pieces=list(_pieces(passage, sentence, spans)),
        findings=[(name, found) for name, found in by_sort if found],
        is_title=passage.is_title,
    )


def _in_words(passage: Passage, spans: Sequence[Span], sort: str) -> Iterator[tuple[str, str]]:
    for span in spans:
        if span.sort == sort:
            rule = f" [{span.rule}]" if span.rule else ""
            yield passage.text.plain[span.start : span.end], f"{span.label}{rule}"


def _pieces(passage: Passage, sentence: Sentence, spans: Sequence[Span]) -> Iterator[Piece]:
    """The sentence cut where findings begin and end; of those that overlap, the one that matters most is marked."""
    marked = _without_overlaps(spans)
    at = sentence.start
    for span in marked:
        yield Piece(text=passage.text.plain[at : span.start])
        yield Piece(text=passage.text.plain[span.start : span.end], sort=span.sort, label=span.label)
        at = span.end
    yield Piece(text=passage.text.plain[at : sentence.end])


def _without_overlaps(spans: Sequence[Span]) -> Sequence[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (_ON_TOP.index(span.sort), span.start, -span.end)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
