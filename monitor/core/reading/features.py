"""Features: what speaks for and against a candidate being said of its fact, each with a name that a person can read.

A feature is a number, mostly 0 or 1. None of them decides anything; their weights are learned (``linking``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from monitor.core.facts import Fact
from monitor.core.reading.candidates import Candidate, Making, speaks_of_end
from monitor.core.reading.mentions import Mention
from monitor.core.reading.names import Bearer, Name
from monitor.core.reading.passages import Passage, distance, nearest
from monitor.core.reading.phrases import Hit
from monitor.core.reading.sentences import Sentence
from monitor.core.reading.watchwords import WatchWords, near, own, topic, wide
from monitor.core.values import Amount, Kind, Known, Period, Standing

_YEAR = re.compile(r"(?:19|20|21)\d\d")
CLAUSE_CUES = (
    "planned", "achieved", "negated", "denied", "hypothetical", "hedged", "recalled", "earlier", "changed", "cancelled",
    "withdrawn", "forecast",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that a candidate is looked at with.

    Attributes:
        passages: Headline first, where there is one.
        known: By fact key.
    """

    words: WatchWords
    passages: Sequence[Passage]
    known: Mapping[str, Known]
    published: date

    @property
    def title(self) -> Passage | None:
        """The headline."""
        return next((passage for passage in self.passages if passage.is_title), None)


def describe(candidate: Candidate, scene: Scene) -> dict[str, float]:
    """The features of a candidate that are not 0."""
    found: dict[str, float] = {"bias": 1.0}
    for part in (_cues, _years, _rivals, _subject, _place, _manner, _neighbours, _company, _worth):
        found.update(part(candidate, scene))
    return found


# --- the fact's words -------------------------------------------------------------------------------


def cue_hits(passage: Passage, fact: Fact, start: int, end: int) -> list[Hit[str]]:
    """Cues of a fact, the user's and the widened ones, in a stretch of a passage."""
    return [*passage.hits_of(own(fact.key), start, end), *passage.hits_of(wide(fact.key), start, end)]


def _cues(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    passage, sentence, fact = candidate.passage, candidate.sentence, candidate.fact
    hits = [hit for hit in cue_hits(passage, fact, sentence.start, sentence.end) if not _inside(hit, candidate)]
    if closest := nearest(hits, candidate.start, candidate.end):
        breaks = sentence.parts_between(closest.start, candidate.start)
        yield "cue in sentence", 1.0
        yield f"cue {_bucket(distance((closest.start, closest.end), (candidate.start, candidate.end)))}", 1.0
        yield ("cue before value" if closest.start < candidate.start else "cue after value"), 1.0
        yield ("cue in the same clause" if breaks == 0 else "cue a clause away" if breaks == 1 else "cue clauses away"), 1.0
        yield "different cues", min(3, len({hit.phrase for hit in hits})) / 3
    if any(hit.label == own(fact.key) for hit in hits):
        yield "cue of the user's own", 1.0
    elif _title_has(scene, fact):
        yield "cue in the headline only", 1.0
    elif _sentence_before_has(candidate):
        yield "cue in the sentence before", 1.0
    elif not hits:
        elsewhere = any(cue_hits(other, fact, 0, len(other.text.plain)) for other in scene.passages)
        yield ("cue elsewhere in the item" if elsewhere else "no cue"), 1.0
    if _title_has(scene, fact):
        yield "cue in the headline", 1.0
    yield from _near_words(candidate)
    words = {hit.phrase for hit in passage.hits_of(topic(fact.key), sentence.start, sentence.end)}
    if total := scene.words.topics[fact.key]:
        yield "words of the fact's title", len(words) / total


def _years(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
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


# --- other facts and other values -------------------------------------------------------------------


def _rivals(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    passage, sentence, fact = candidate.passage, candidate.sentence, candidate.fact
    here = (candidate.start, candidate.end)
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
    mentions = [m for m in passage.mentions_in(sentence) if candidate.mention and m.kind is candidate.mention.kind]
    hits = cue_hits(passage, fact, sentence.start, sentence.end)
    if len(mentions) > 1 and hits and candidate.mention:
        gaps = [min(distance((hit.start, hit.end), (m.start, m.end)) for hit in hits) for m in mentions]
        own_gap = min(distance((hit.start, hit.end), here) for hit in hits)
        yield ("nearest value to the cue" if own_gap <= min(gaps) else "another value is nearer to the cue"), 1.0
    if len(mentions) > 1:
        yield "several values in the sentence", 1.0
    if sum(other.kind is fact.kind for other in scene.words.watch.facts.values()) == 1:
        yield "only fact of its kind", 1.0


_FAR = 10_000


def _closest_cue(passage: Passage, fact: Fact, sentence: Sentence, here: tuple[int, int]) -> int:
    """Distance of the nearest cue, a break between counting as thirty characters; ``_FAR`` without one."""
    return min(
        (
            distance((hit.start, hit.end), here) + 30 * sentence.parts_between(hit.start, here[0])
            for hit in cue_hits(passage, fact, sentence.start, sentence.end)
        ),
        default=_FAR,
    )


# --- whom it is about -------------------------------------------------------------------------------


def _subject(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    passage, sentence = candidate.passage, candidate.sentence
    names = passage.names[sentence.index]
    before = [name for name in names if name.start < candidate.start]
    if any(name.bearer is Bearer.SUBJECT for name in names):
        yield "subject named in the sentence", 1.0
    if any(name.bearer is Bearer.OFFICIAL for name in names):
        yield "official named in the sentence", 1.0
    if any(name.bearer is Bearer.OTHER for name in names):
        yield "excluded name in the sentence", 1.0
    if before:
        yield f"last name before is the {before[-1].bearer}'s", 1.0
        yield f"first name is the {names[0].bearer}'s", 1.0
    elif names:
        yield f"next name is the {names[0].bearer}'s", 1.0
    else:
        yield f"carried on from the {_carried(candidate, scene)}", 1.0
    strangers = sum(name.bearer is Bearer.STRANGER for name in names)
    yield "strangers in the sentence", min(strangers, 4) / 4
    if passage.has("reference.pronouns", sentence.start, min(sentence.end, sentence.start + 25)):
        yield "opens with a pronoun", 1.0
    yield from _title_subject(candidate, scene)


def _title_subject(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    if scene.title is None:
        return
    names: tuple[Name, ...] = tuple(name for found in scene.title.names for name in found)
    if any(name.bearer is Bearer.SUBJECT for name in names):
        yield "subject named in the headline", 1.0
        if names[0].is_ours:
            yield "headline begins with the subject", 1.0
    elif names:
        yield "headline names strangers only", 1.0
    if sum(len(passage.hits.get(str(Bearer.SUBJECT), ())) for passage in scene.passages) == 1:
        yield "subject named only once", 1.0


def _carried(candidate: Candidate, scene: Scene) -> str:
    """Whose name was the first of the nearest earlier sentence that has any."""
    passage = candidate.passage
    for index in range(candidate.sentence.index - 1, -1, -1):
        if passage.names[index]:
            return str(passage.names[index][0].bearer)
    if not passage.is_title and scene.title is not None:
        for names in scene.title.names:
            if names:
                return f"{names[0].bearer} of the headline"
    return "nobody"


# --- where it stands and how it is said -------------------------------------------------------------


def _place(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    if candidate.passage.is_title:
        yield "in the headline", 1.0
    elif candidate.sentence.index == 0:
        yield "in the lead", 1.0
    elif candidate.sentence.index >= 3:
        yield "far down", 1.0
    yield f"value {candidate.making}", 1.0


def _manner(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    passage, sentence = candidate.passage, candidate.sentence
    start, end = sentence.clause_at(candidate.start)
    for name in CLAUSE_CUES:
        label = f"modality.{name}"
        if passage.has(label, start, end):
            yield f"{name} in the clause", 1.0
        elif passage.has(label, sentence.start, sentence.end):
            yield f"{name} in the sentence", 1.0
    if tense := passage.tenses.at(candidate.start):
        yield f"verbs look into the {tense.value}", 1.0
    if passage.text.plain[sentence.start : sentence.end].rstrip("\"')」").endswith("?"):
        yield "in a question", 1.0
    for name in ("speech", "partial"):
        if passage.has(f"reference.{name}", start, end):
            yield f"{name} in the clause", 1.0
    if passage.has("attribution.rumour", sentence.start, sentence.end):
        yield "rumour in the sentence", 1.0
    if passage.has("attribution.proposed", sentence.start, sentence.end):
        yield "proposal in the sentence", 1.0
    if is_prior(candidate):
        yield "told as the old value", 1.0
    if leads_to(candidate):
        yield "a word of change leads to it", 1.0
    yield from _side(candidate)


def is_prior(candidate: Candidate) -> bool:
    """Whether a word right before the value makes it the old one: "from", "instead of", 由."""
    if candidate.mention and candidate.mention.role == "from":
        return True
    lead = candidate.passage.hits_of("modality.prior", max(candidate.sentence.start, candidate.start - 24), candidate.start)
    return any(hit.end >= candidate.start - 2 for hit in lead)


def leads_to(candidate: Candidate) -> bool:
    """Whether a word of change stands close before the value, in the same part: "slipped to 2026", 推迟至."""
    if candidate.mention and candidate.mention.role == "to":
        return True
    start, _ = candidate.sentence.clause_at(candidate.start)
    return candidate.passage.has("modality.changed", max(start, candidate.start - 30), candidate.start)


def _side(candidate: Candidate) -> Iterator[tuple[str, float]]:
    """Whether the clause speaks of the same end of the thing as the fact does."""
    if candidate.fact.event is None:
        return
    fits = speaks_of_end(candidate.fact, candidate.passage, candidate.sentence, candidate.start)
    if fits is not None:
        yield ("speaks of the fact's end of the thing" if fits else "speaks of the other end of the thing"), 1.0


def _neighbours(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """Whether the value in force stands beside the candidate."""
    known = scene.known[candidate.fact.key].value
    if known is None or candidate.mention is None:
        return
    others = [m for m in candidate.passage.mentions_in(candidate.sentence) if m is not candidate.mention]
    if any(_means(mention, known) for mention in others):
        yield "value in force stands beside", 1.0
        if candidate.passage.has("modality.changed", candidate.sentence.start, candidate.sentence.end):
            yield "said to move from the value in force", 1.0


def _company(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """Whether the item tells the same value again, and whether a distance in time stands beside a date."""
    if candidate.mention is None or candidate.value is None:
        return
    others = [m for passage in scene.passages for m in passage.mentions if m is not candidate.mention]
    if any(_means(mention, candidate.value) for mention in others):
        yield "value told again in the item", 1.0
    here = [m for m in candidate.passage.mentions_in(candidate.sentence) if m is not candidate.mention]
    if candidate.making is Making.SHIFTED and any(isinstance(mention.value, Period) for mention in here):
        yield "distance beside a date", 1.0


def _means(mention: Mention, known: object) -> bool:
    said = mention.value
    if isinstance(said, Period) and isinstance(known, Period):
        return said.is_closed and known.is_closed and (said in known or known in said) and said.days < 800
    if isinstance(said, Amount) and isinstance(known, Amount):
        return said.low is not None and any(said.low == end for end in (known.low, known.high))
    return False


# --- what the value is worth ------------------------------------------------------------------------


def _worth(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    known = scene.known[candidate.fact.key]
    if known.standing is Standing.DONE:
        yield "fact is done", 1.0
    if known.value is None:
        yield "nothing known yet", 1.0
    match candidate.value:
        case Period() as period:
            yield from _period_worth(candidate, period, known, scene.published)
        case Amount() as amount:
            yield from _amount_worth(candidate, amount, known)
        case None:
            yield "no value", 1.0
        case status:
            yield ("state in force" if status == known.value else "another state"), 1.0


def _period_worth(candidate: Candidate, period: Period, known: Known, published: date) -> Iterator[tuple[str, float]]:
    if candidate.mention:
        yield f"read by {candidate.mention.rule}", 1.0
    if period.last and period.last < published:
        yield "date lies in the past", 1.0
    elif (period.first or period.last or published) > published:
        yield "date lies in the future", 1.0
    else:
        yield "date is about now", 1.0
    days = period.days if period.is_closed else 0
    yield f"{_length_name(days)} long", 1.0
    if isinstance(known.value, Period):
        years = abs(_middle(period) - _middle(known.value)) / 365.25
        far = "no" if years < 0.05 else "months" if years < 1 else "up to three years" if years < 3 else "many years"
        yield f"{far} from the value in force", 1.0
        if years >= 0.05 and period in known.value:
            yield "sharper than the value in force", 1.0
        elif years >= 0.05:
            is_later = _middle(period) > _middle(known.value)
            yield ("later than the value in force" if is_later else "earlier than the value in force"), 1.0
            if known.value.first and period.last and period.last < min(known.value.first, published):
                yield "done before it was due", 1.0


def _length_name(days: int) -> str:
    for limit, name in ((0, "open"), (1, "a day"), (31, "up to a month"), (359, "months")):
        if days <= limit:
            return name
    return "a year or more"


def _middle(period: Period) -> float:
    ends = [end.toordinal() for end in (period.first, period.last) if end]
    return sum(ends) / len(ends)


def _amount_worth(candidate: Candidate, amount: Amount, known: Known) -> Iterator[tuple[str, float]]:
    said = candidate.mention.value if candidate.mention else amount
    unit = said.unit if isinstance(said, Amount) else ""
    if unit == "":
        yield "bare number", 1.0
    elif "/" in candidate.fact.value_unit:
        yield ("says the fact's rate" if "/" in unit else "lacks the fact's rate"), 1.0
    else:
        yield "says the fact's unit", 1.0
    if amount.low is None or amount.high is None:
        yield "bounded on one side", 1.0
    if amount.low != amount.high:
        yield "a range", 1.0
    if isinstance(known.value, Amount):
        ratio = _ratio(amount, known.value)
        yield f"{_ratio_name(ratio)} the value in force", 1.0


def _ratio(said: Amount, known: Amount) -> float:
    """Logarithm of the ratio of the nearer ends."""
    ends = [(a, b) for a in (said.low, said.high) for b in (known.low, known.high) if a and b and a > 0 and b > 0]
    return min((abs(log(float(a) / float(b))) for a, b in ends), default=9.0)


def _ratio_name(ratio: float) -> str:
    for limit, name in ((0.015, "equal to"), (0.4, "of the size of"), (1.2, "some way from"), (2.5, "far from")):
        if ratio <= limit:
            return name
    return "out of all proportion to"
