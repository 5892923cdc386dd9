"""Small watches and items for the tests of reading, with weights of their own in the place of the learned ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, lru_cache

from monitor.config.lexicons import load_library
from monitor.core.claims import Certainty
from monitor.core.facts import Event, Fact, State
from monitor.core.items import Item
from monitor.core.reading.candidates import Candidate
from monitor.core.reading.extracting import Reading, all_candidates, look, read
from monitor.core.reading.knowns import read_known
from monitor.core.reading.lexicons import Library
from monitor.core.reading.linking import Model
from monitor.core.reading.modality import Manner, modality_of
from monitor.core.reading.scenes import Scene
from monitor.core.reading.standings import BY_ITSELF
from monitor.core.reading.watchwords import WatchWords, prepare_watch
from monitor.core.values import Kind, Known
from monitor.core.watches import Baseline, Policy, Subject, Watch

PUBLISHED = date(2024, 6, 15)
FAMILIES = ("period", "amount", "share", "status")
LAUNCH = Fact(key="launch", title="Market launch", kind=Kind.PERIOD, about=("launch", "go on sale"), event=Event.START)
CAPACITY = Fact(key="capacity", title="Annual capacity", kind=Kind.QUANTITY, about=("capacity",), unit="vehicle/year")
PRICE = Fact(key="price", title="Price of the car", kind=Kind.MONEY, about=("price", "cost"), unit="CNY")
STAKE = Fact(key="stake", title="Stake of the state", kind=Kind.SHARE, about=("stake",))
LICENCE = Fact(
    key="licence",
    title="Production licence",
    kind=Kind.STATUS,
    about=("licence",),
    states=(State(name="applied", phrases=("applied for",)), State(name="approved", phrases=("approved", "granted"))),
)
OPENING = Fact(key="works-start", title="Start of works", kind=Kind.PERIOD, about=("works",), event=Event.START)
ENDING = Fact(key="works-end", title="End of works", kind=Kind.PERIOD, about=("works",), event=Event.END)


def subject(**rest: tuple[str, ...]) -> Subject:
    return Subject(**{"names": ("Acme", "极点汽车"), "others": ("Borealis",), "officials": ("Ada Berg",), **rest})


def watch(*facts: Fact, known: Mapping[str, str] | None = None, of: Subject | None = None, policy: Policy | None = None) -> Watch:
    """A watch of some facts whose baseline is of the first day of 2024."""
    values = {one.key: read_known((known or {}).get(one.key, "unknown"), one, library().units) for one in facts}
    return Watch(
        id="acme",
        title="Acme",
        subject=of or subject(),
        facts={one.key: one for one in facts},
        policies={one.key: policy or Policy() for one in facts},
        baselines={key: Baseline(known=value, as_of=date(2024, 1, 1)) for key, value in values.items()},
        since=date(2024, 1, 1),
    )


def model(weights: Mapping[str, float], threshold: float = 0.5) -> Model:
    """A model that weighs each candidate by itself alone."""
    return Model(weights=weights, standings={BY_ITSELF: 1.0}, threshold=threshold)


@cache
def library() -> Library:
    """The real words, with a linker that believes what stands beside a cue and nothing that has none."""
    near = dict.fromkeys(("cue in sentence", "cue in the headline only"), 6.0)
    return replace(load_library(), models={name: model({"bias": -3.0, **near}) for name in FAMILIES})


def credulous() -> Library:
    """The real words, with a linker that believes every candidate."""
    return replace(library(), models={name: model({"bias": 3.0}) for name in FAMILIES})


def words_of(one: Watch) -> WatchWords:
    """A watch made ready; the words are compiled once for all watches with the same facts and subject."""
    return replace(_compiled(tuple(one.facts.values()), one.subject), watch=one)


@lru_cache(maxsize=16)
def _compiled(facts: tuple[Fact, ...], of: Subject) -> WatchWords:
    return prepare_watch(watch(*facts, of=of), library().concepts, stop_words=library().stop_words)


def item(body: str, *, title: str = "", on: date = PUBLISHED, language: str = "en") -> Item:
    return Item(
        id="1",
        title=title,
        body=body,
        url="",
        publisher="outlet.com",
        published=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        language=language,
    )


def held(one: Watch) -> dict[str, Known]:
    return {key: baseline.known for key, baseline in one.baselines.items()}


def reading(one: Watch, source: Item, *, with_library: Library | None = None, cap: Certainty = Certainty.OFFICIAL) -> Reading:
    return read(source, words_of(one), held(one), with_library or library(), cap=cap)


def said(one: Watch, body: str, *, title: str = "", language: str = "en") -> list[tuple[str, str]]:
    """What an item says of the facts: key and printed value of each claim."""
    return [(claim.fact, str(claim.value)) for claim in reading(one, item(body, title=title, language=language)).claims]


def scene_of(one: Watch, source: Item) -> Scene:
    return look(source, words_of(one), held(one), library())[0]


def candidates(one: Watch, body: str, *, title: str = "", language: str = "en") -> Sequence[Candidate]:
    return tuple(all_candidates(scene_of(one, item(body, title=title, language=language)), library()))


def values(one: Watch, body: str, *, title: str = "", language: str = "en") -> list[tuple[str, str]]:
    """Key and printed value of every candidate, believed or not."""
    return [(candidate.fact.key, str(candidate.value)) for candidate in candidates(one, body, title=title, language=language)]


def manner(one: Watch, body: str, *, language: str = "en") -> Manner:
    """The manner of the first candidate of a text."""
    return modality_of(candidates(one, body, language=language)[0], PUBLISHED)
