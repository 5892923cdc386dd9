"""Watches: a subject, its facts, where to look, whom to tell and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from monitor.core.claims import Certainty
from monitor.core.facts import Fact
from monitor.core.values import Known
from monitor.core.verdicts import MOVING, Verdict


class Tier(StrEnum):
    """How far a feed is trusted; ``gossip`` caps the certainty of all that it says."""

    TRUSTED = "trusted"
    NORMAL = "normal"
    GOSSIP = "gossip"


class Acceptance(StrEnum):
    """Who brings values into force: the program by its rules, or only a person."""

    AUTO = "auto"
    MANUAL = "manual"


class Ask(StrEnum):
    """Which of a watch's items a second reader is asked about."""

    NEVER = "never"
    UNSURE = "unsure"
    ALL = "all"


class Trust(StrEnum):
    """Whose word is told where one of two readers speaks alone.

    ``both``: nobody's. ``either``: that of either, marked. ``model``: the second reader's. ``own``: ours.
    """

    BOTH = "both"
    EITHER = "either"
    MODEL = "model"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderWish:
    """What a rule says of a second reader; what it leaves out is as the settings say.

    Attributes:
        url: Where an OpenAI-compatible API begins (``http://127.0.0.1:11434/v1``); empty for the one of the settings.
        model: By the name that the endpoint has for it; given together with ``url`` only.
        key: Name of the credentials in the environment; empty for none. Only with ``url``: a key goes to its own endpoint.
        deadline: For one answer.
        calls: Most questions a day.
        tokens: Most tokens a day, both ways together.
        price: Of a million tokens, those of questions and those of answers.
    """

    url: str = ""
    model: str = ""
    key: str = ""
    ask: Ask | None = None
    trust: Trust | None = None
    deadline: timedelta | None = None
    calls: int | None = None
    tokens: int | None = None
    price: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a watch is about.

    Attributes:
        names: Any of them means the subject.
        others: What a clause may be about instead (``not:``).
        officials: People and bodies whose word is the subject's own.
    """

    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSource:
    """Where to look.

    Attributes:
        url: Of the feed, or of the page where ``select`` is set.
        select: CSS selector of the parts of a page that are items; None for a feed.
        every: Configured interval; None leaves it to the feed's own rhythm.
        auth: Name of the credentials in the environment; empty for none.
        label: The publisher's name, where the rule gives one.
    """

    url: str
    select: str | None = None
    every: timedelta | None = None
    tier: Tier = Tier.NORMAL
    auth: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """When a change of a fact is told, and to whom.

    Attributes:
        on: Verdicts that are told.
        certainty: Nothing below it is told.
        sources: Independent publishers before it is told.
        wait: Gather for so long, then tell once.
        notify: Apprise tags; empty for every destination.
    """

    on: frozenset[Verdict] = MOVING
    certainty: Certainty = Certainty.PROPOSED
    sources: int = 1
    wait: timedelta = timedelta(0)
    notify: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What a seed says of one fact.

    Attributes:
        note: Who said it and when, or what else a person should know.
        source: Where it stands, in one line.
    """

    known: Known
    as_of: date
    note: str = ""
    source: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """A test that the user wrote into the rule.

    Attributes:
        known: Values to compare with, in place of the baseline's.
        expect: Verdict and printed value a fact; empty: stay silent.
    """

    text: str
    published: date
    known: Mapping[str, Known] = field(default_factory=dict)
    expect: Mapping[str, tuple[Verdict, str]] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One rule file, checked.

    Attributes:
        facts: By key, in the file's order.
        policies: By fact key; every fact has one.
        baselines: By fact key; every fact has one ("unknown" where the seed is silent).
        since: Items published before are not read.
        reader: What the rule says of a second reader; None where it says nothing.
        archive: Path of the known history, or empty.
        file: Path of the rule file as the user gave it.
    """

    id: str
    title: str
    subject: Subject
    facts: Mapping[str, Fact]
    policies: Mapping[str, Policy]
    baselines: Mapping[str, Baseline]
    since: date
    feeds: tuple[FeedSource, ...] = ()
    archive: str = ""
    acceptance: Acceptance = Acceptance.AUTO
    tests: tuple[RuleTest, ...] = ()
    reader: ReaderWish | None = None
    file: str = ""
