"""Reading an item: from its text to claims about the facts of a watch."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.core.claims import Certainty, Claim, Modality
from monitor.core.items import Item
from monitor.core.reading.attribution import attribution_of
from monitor.core.reading.candidates import Candidate, Making, after, find_candidates
from monitor.core.reading.features import describe_all
from monitor.core.reading.languages import language_of
from monitor.core.reading.lexicons import Lexicon, Library
from monitor.core.reading.linking import Link, link_all
from monitor.core.reading.modality import Manner, is_negated, modality_of, says_change
from monitor.core.reading.names import Bearer, Name, find_names
from monitor.core.reading.passages import Passage, by_label
from monitor.core.reading.phrases import Hit
from monitor.core.reading.scenes import Scene
from monitor.core.reading.sentences import Sentence, split_sentences
from monitor.core.reading.tenses import Tenses
from monitor.core.reading.texts import Text, normalise
from monitor.core.reading.watchwords import WatchWords
from monitor.core.values import Amount, Kind, Known, Period, Shift

_LONGEST_TITLE, _LONGEST_BODY = 1_000, 20_000  # characters; news is told at the front, and time is bounded
_BEARERS = frozenset(map(str, (Bearer.SUBJECT, Bearer.OFFICIAL, Bearer.OTHER)))
_MOVES = frozenset({Making.SHIFTED, Making.RULED_OUT, Making.ADDED})
_JUST_NOW = timedelta(days=7)
_LIKELY = 0.3  # what may well be the date, though not likely enough to be believed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was seen in an item, kept for ``explain``.

    Attributes:
        language: By which lexicon it was read.
        passages: Headline first.
        links: Every candidate with its probability, believed or not, in the order of facts and text.
        claims: What the believed ones say.
        remarks: What a second reader said that does not count, and why not.
    """

    language: str
    passages: tuple[Passage, ...]
    links: tuple[Link, ...]
    claims: tuple[Claim, ...]
    remarks: tuple[str, ...] = ()


def read(
    item: Item, words: WatchWords, known: Mapping[str, Known], library: Library, *, cap: Certainty = Certainty.OFFICIAL
) -> Reading:
    """Read one item for one watch.

    Args:
        known: Values in force, by fact key; a fact that is not there is unknown.
        cap: The highest certainty that the feed's tier allows.
    """
    scene, language = look(item, words, known, library)
    links = tuple(_without_idle(weigh(scene, library)))
    claims = tuple(claim for one in links if one.is_believed and (claim := claim_of(one, scene, item, cap=cap)))
    return Reading(language=language, passages=tuple(scene.passages), links=links, claims=claims)


def look(item: Item, words: WatchWords, known: Mapping[str, Known], library: Library) -> tuple[Scene, str]:
    """Find everything in the item that candidates are made of and looked at with; the second is the language."""
    title, body = normalise(item.title[:_LONGEST_TITLE]), normalise(item.body[:_LONGEST_BODY])
    language = language_of(f"{title.lower}\n{body.lower}", library.function_words, hint=item.language)
    lexicon = library.lexicon(language)
    published = item.published.date()
    passages = [
        _passage(text, words, lexicon, published=published, is_title=is_title)
        for text, is_title in ((title, True), (body, False))
        if text.plain.strip()
    ]
    full = {key: known.get(key, Known()) for key in words.watch.facts}
    return Scene(words=words, passages=passages, known=full, published=published), language


def _passage(text: Text, words: WatchWords, lexicon: Lexicon, *, published: date, is_title: bool) -> Passage:
    sentences = split_sentences(text, has_ordinal_dot=lexicon.has_ordinal_dot)
    periods = lexicon.periods.find(text, published=published, fiscal_year_start=words.fiscal_year_start)
    amounts = lexicon.amounts.find(text, dates=periods)
    found = [*lexicon.cues.find(text), *words.book.find(text, language=lexicon.code)]
    mentions = tuple(sorted([*periods, *amounts], key=lambda mention: mention.start))
    return Passage(
        text=text,
        is_title=is_title,
        sentences=sentences,
        mentions=mentions,
        hits=by_label(found),
        names=tuple(_names(text, sentences, found, lexicon)),
        tenses=Tenses(text.lower, lexicon.periods.cues),
        dates_come_first=lexicon.dates_come_first,
    )


def _names(text: Text, sentences: Sequence[Sentence], hits: Iterable[Hit[str]], lexicon: Lexicon) -> Iterator[tuple[Name, ...]]:
    """The names of each sentence; only the hits that begin in it are looked at."""
    ordered = sorted(hits, key=lambda hit: hit.start)
    starts = [hit.start for hit in ordered]
    for sentence in sentences:
        here = ordered[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        yield find_names(
            text,
            sentence.start,
            sentence.end,
            known=[hit for hit in here if hit.label in _BEARERS],
            words=[hit for hit in here if hit.label not in _BEARERS],
            common=lexicon.common,
            nouns_are_capitalised=lexicon.nouns_are_capitalised,
        )


def weigh(scene: Scene, library: Library) -> tuple[Link, ...]:
    """Every candidate of every fact with its probability."""
    candidates = tuple(all_candidates(scene, library))
    return link_all(candidates, describe_all(candidates, scene), library.models)


def _without_idle(links: Sequence[Link]) -> Iterator[Link]:
    """Disbelieve a distance, or what a ruled-out date leaves, where the item also tells the date.

    "Delayed by a year, to December 2026" says one thing, and so does "not this year but in autumn 2025".
    """
    dated: dict[str, list[Period]] = {}
    for one in links:
        value = one.candidate.value
        if one.candidate.making is Making.SAID and isinstance(value, Period) and one.probability >= _LIKELY:
            dated.setdefault(one.candidate.fact.key, []).append(value)
    for one in links:
        told, value = dated.get(one.candidate.fact.key, []), one.candidate.value
        is_idle = one.candidate.making is Making.SHIFTED and bool(told)
        if one.candidate.making is Making.RULED_OUT and isinstance(value, Period):
            is_idle = any(other in value for other in told)
        yield replace(one, is_believed=False) if is_idle else one


def all_candidates(scene: Scene, library: Library) -> Iterator[Candidate]:
    """Every candidate of every fact, a ruled-out deadline already turned into what remains."""
    for key, fact in scene.words.watch.facts.items():
        known = scene.known[key]
        for passage in scene.passages:
            found = find_candidates(fact, passage, scene.words, known=known, units=library.units, title=scene.title)
            yield from (_with_ruled_out(candidate, known) for candidate in found)


def _with_ruled_out(candidate: Candidate, known: Known) -> Candidate:
    """'It cannot open by 2033' takes the value in force away and leaves 2034 or later."""
    said, held = candidate.value, known.value
    if not isinstance(said, Period) or not isinstance(held, Period) or not is_negated(candidate):
        return candidate
    rest = after(said)
    if said.last and held.first and held.last is None and said.last < held.first:
        return candidate  # "not in November" adds nothing to "not before December"
    if rest is None or not (said.first is None or held in said or _ends_meet(said, held) or _ends_meet(rest, held)):
        return candidate
    return replace(candidate, value=rest, making=Making.RULED_OUT)


def _ends_meet(said: Period, held: Period) -> bool:
    """Whether two periods end, or begin, within a month of each other."""
    pairs = ((said.last, held.last),) if said.last else ((said.first, held.first),)
    return any(one is not None and other is not None and abs((one - other).days) <= 31 for one, other in pairs)


def claim_of(
    one: Link, scene: Scene, item: Item, *, cap: Certainty = Certainty.OFFICIAL, manner: Manner | None = None
) -> Claim | None:
    """What a candidate says if its link holds; None where it says nothing that could be judged.

    Args:
        manner: In place of what our own cues make of it.
    """
    candidate = one.candidate
    manner = manner or modality_of(candidate, scene.published)
    if candidate.making is Making.RULED_OUT and manner.modality is not Modality.DENIED:
        manner = Manner(modality=Modality.STATED, cue="", why="the date in force is ruled out")
    if candidate.value is None and manner.modality not in (Modality.ACHIEVED, Modality.CANCELLED, Modality.WITHDRAWN):
        return None
    if candidate.fact.kind is Kind.STATUS and manner.modality is Modality.PLANNED:
        return None
    attribution = attribution_of(candidate, lead=_lead(scene), cap=cap)
    quote, offset = candidate.passage.quote(candidate.sentence)
    start, end = candidate.passage.text.to_source(candidate.start, candidate.end)
    return Claim(
        item=item,
        watch=scene.words.watch.id,
        fact=candidate.fact.key,
        value=candidate.value,
        modality=manner.modality,
        certainty=attribution.certainty,
        quote=quote,
        start=start - offset,
        end=end - offset,
        in_title=candidate.passage.is_title,
        says_change=says_change(candidate) or candidate.making in _MOVES or _is_news(candidate, scene.published),
        is_correction=candidate.passage.has("attribution.correction", candidate.sentence.start, candidate.sentence.end),
        is_on_record=attribution.is_on_record,
        moved_by=_moved_by(candidate),
        confidence=round(one.probability, 3),
        reasons=(
            f"linked with probability {one.probability:.2f}: " + ", ".join(one.reasons),
            f"{manner.modality}: {manner.why}" + (f" ({manner.cue!r})" if manner.cue else ""),
            f"{attribution.certainty}: {attribution.why}" + (f" ({attribution.cue!r})" if attribution.cue else ""),
        ),
    )


def _is_news(candidate: Candidate, published: date) -> bool:
    """Whether a state is told as what has just come about: in the headline, or with a day of the last week in its sentence.

    A state may come back ("the test flights were resumed on Thursday"), while an earlier one that is merely told is history.
    """
    if candidate.fact.kind is not Kind.STATUS:
        return False
    days = (mention.value for mention in candidate.passage.mentions_in(candidate.sentence))
    return candidate.passage.is_title or any(
        isinstance(day, Period)
        and day.first is not None
        and day.first == day.last
        and timedelta(0) <= published - day.first <= _JUST_NOW
        for day in days
    )


def _moved_by(candidate: Candidate) -> Shift | Amount | None:
    if candidate.mention is None or candidate.making not in (Making.SHIFTED, Making.ADDED):
        return None
    return candidate.mention.value if isinstance(candidate.mention.value, Shift | Amount) else None


def _lead(scene: Scene) -> tuple[Passage, Sentence] | None:
    for passage in scene.passages:
        if not passage.is_title and passage.sentences:
            return passage, passage.sentences[0]
    return None
