"""One rule file: from YAML to a checked watch, or to every defect that it has."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.config.archives import check_archive
from monitor.config.checking import check_shape
from monitor.config.consistency import faults_between
from monitor.config.documents import Document, Steps, parse_document, read_document
from monitor.config.seeds import Seed, empty_seed, read_known, read_seed
from monitor.config.shapes import (
    FACT_READER,
    AlertEntry,
    AnyFact,
    FactShape,
    FeedEntry,
    MoneyFact,
    PeriodFact,
    QuantityFact,
    ReaderEntry,
    RuleFile,
    ShareFact,
    StatusFact,
    TestEntry,
)
from monitor.config.weaknesses import weaknesses_of
from monitor.core.claims import Certainty
from monitor.core.facts import Event, Fact, State
from monitor.core.values import SHARE_UNIT, Amount, Kind, Known, parse_amount
from monitor.core.verdicts import Verdict
from monitor.core.watches import Acceptance, Ask, FeedSource, Policy, ReaderWish, RuleTest, Subject, Tier, Trust, Watch
from monitor.errors import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReading:
    """What came of reading one rule file.

    Attributes:
        id: The watch's id, where it has one.
        document: The rule itself, for faults that show only beside other rules; None where it is no YAML.
        watch: None where there are faults.
        files: Every file that was read: the rule, its seed, its archive.
    """

    id: str | None
    watch: Watch | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    files: tuple[Path, ...]
    document: Document | None


def read_rule(path: Path) -> RuleReading:
    """Read a rule file with its seed and its archive, whose paths are relative to it."""
    faults: list[Fault] = []
    return _check(read_document(path, str(path), faults), path, faults, _anything)


def read_draft(text: str, path: Path, *, may_open: Callable[[Path], bool]) -> RuleReading:
    """Read a text as the rule file that it may become; nothing is written.

    Args:
        path: Of the rule file; what the text names is relative to it, and so its faults are called.
        may_open: Whether a file that the text names may be looked at.
    """
    faults: list[Fault] = []
    return _check(parse_document(text, str(path), faults), path, faults, may_open)


def _anything(_: Path) -> bool:
    return True


def _check(document: Document | None, path: Path, faults: list[Fault], may_open: Callable[[Path], bool]) -> RuleReading:
    if document is None:
        return RuleReading(id=None, watch=None, faults=tuple(faults), warnings=(), files=(path,), document=None)
    entry = check_shape(document, RuleFile, faults)
    facts = _sound_facts(document, faults)
    watch_id = document.get("watch")
    seed_path = _beside(document, path, "baseline", faults, may_open)
    seed = _read_baseline(document, seed_path, facts, faults)
    archive_path = _beside(document, path, "archive", faults, may_open)
    if archive_path:
        check_archive(archive_path, os.path.normpath(archive_path), faults)
    faults += faults_between(document, facts)
    watch = None
    if entry and seed and not faults:
        watch = _to_watch(entry, document, facts, seed, archive=str(archive_path or ""))
    return RuleReading(
        id=watch_id if isinstance(watch_id, str) else None,
        watch=watch,
        faults=tuple(faults),
        warnings=tuple(weaknesses_of(document, watch)) if watch else (),
        files=tuple(filter(None, (path, seed_path, archive_path))),
        document=document,
    )


# --- facts ------------------------------------------------------------------------------------------


def _sound_facts(document: Document, faults: list[Fault]) -> dict[str, Fact]:
    """Those facts that have the right shape, so that one broken fact does not hide what is wrong elsewhere."""
    facts: dict[str, Fact] = {}
    for key, said in document.mapping("facts").items():
        try:
            entry = FACT_READER.validate_python(said)
        except ValidationError:
            continue
        facts[key] = _to_fact(key, entry, document, faults)
    return facts


def _to_fact(key: str, entry: AnyFact, document: Document, faults: list[Fault]) -> Fact:
    common: dict[str, Any] = {
        "key": key,
        "title": entry.title,
        "kind": Kind(entry.kind),
        "about": tuple(entry.about),
        "near": tuple(entry.with_),
        "without": tuple(entry.not_),
        "is_exact": entry.exact,
    }
    match entry:
        case PeriodFact():
            event, overdue = Event(entry.event), entry.overdue
            return Fact(**common, event=event, overdue_days=overdue, fiscal_year_start=entry.fiscal_year_start)
        case StatusFact():
            states = tuple(State(name=name, phrases=tuple(phrases)) for name, phrases in entry.states.items())
            faults += _shared_phrases(states, document, ("facts", key, "states"))
            return Fact(**common, states=states)
        case QuantityFact() | MoneyFact() | ShareFact():
            unit = _unit_of(entry)
            plausible = _read_plausible(entry.plausible, unit, document, ("facts", key, "plausible"), faults)
            return Fact(**common, unit=unit, tolerance=entry.tolerance, plausible=plausible)


def _unit_of(entry: QuantityFact | MoneyFact | ShareFact) -> str:
    match entry:
        case QuantityFact():
            return entry.unit
        case MoneyFact():
            return entry.currency
        case ShareFact():
            return SHARE_UNIT


def _read_plausible(text: str, unit: str, document: Document, steps: Steps, faults: list[Fault]) -> Amount | None:
    """The range outside which amounts are not believed: ``50000..1000000``."""
    if not text:
        return None
    try:
        return parse_amount(text, unit)
    except ValueError:
        faults.append(document.fault(steps, f"{text!r} is no range; write for instance plausible: 50000..1000000"))
        return None


def _shared_phrases(states: tuple[State, ...], document: Document, steps: Steps) -> Iterator[Fault]:
    """Phrases that tell two states of one fact, so that reading them tells nothing."""
    told: dict[str, str] = {}
    for state in states:
        for index, phrase in enumerate(state.phrases):
            first = told.setdefault(phrase.casefold(), state.name)
            if first != state.name:
                message = f"{phrase!r} already tells the state {first!r}; a phrase belongs to one state"
                yield document.fault((*steps, state.name, index), message)


# --- seed and archive -------------------------------------------------------------------------------


def _read_baseline(document: Document, seed_path: Path | None, facts: Mapping[str, Fact], faults: list[Fault]) -> Seed | None:
    if seed_path is None:
        return empty_seed(facts)
    watch = document.get("watch")
    return read_seed(
        seed_path,
        os.path.normpath(seed_path),
        watch=watch if isinstance(watch, str) else None,
        facts=facts,
        keys=frozenset(document.mapping("facts")),
        faults=faults,
    )


def _beside(document: Document, path: Path, key: str, faults: list[Fault], may_open: Callable[[Path], bool]) -> Path | None:
    """The file that a key of the rule names, relative to the rule; None where the key is absent or there is no such file."""
    named = document.get(key)
    if not isinstance(named, str) or not named.strip():
        return None
    target = path.parent / named.strip()
    if not may_open(target):
        message = (
            f"{os.path.normpath(target)} may not be opened from here; name a file that the saved rules name, or one beside them"
        )
        faults.append(document.fault((key,), message))
        return None
    if not _is_file(target):
        message = f"no file at {os.path.normpath(target)}; the path is relative to the rule file"
        faults.append(document.fault((key,), message))
        return None
    return target


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for any file
        return False


# --- building ---------------------------------------------------------------------------------------


def _to_watch(entry: RuleFile, document: Document, facts: Mapping[str, Fact], seed: Seed, *, archive: str) -> Watch:
    subject = entry.subject
    return Watch(
        id=entry.watch,
        title=entry.title,
        subject=Subject(names=tuple(subject.names), others=tuple(subject.not_), officials=tuple(subject.officials)),
        facts=facts,
        policies={key: _to_policy(entry, said) for key, said in entry.facts.items()},
        baselines=seed.baselines,
        since=entry.since or seed.as_of,
        feeds=tuple(map(_to_feed, entry.feeds)),
        archive=archive,
        acceptance=Acceptance(entry.accept),
        reader=_to_wish(entry.reader) if entry.reader else None,
        tests=tuple(_to_test(test, facts, line=document.places["tests", index].line) for index, test in enumerate(entry.tests)),
        file=document.file,
    )


def _to_feed(entry: FeedEntry) -> FeedSource:
    return FeedSource(
        url=entry.url or entry.page,
        select=entry.select or None,
        every=entry.every,
        tier=Tier(entry.tier),
        auth=entry.auth,
        label=entry.label,
    )


def _to_wish(entry: ReaderEntry) -> ReaderWish:
    return ReaderWish(
        url=entry.url,
        model=entry.model,
        key=entry.key,
        ask=Ask(entry.ask) if entry.ask else None,
        trust=Trust(entry.trust) if entry.trust else None,
        deadline=entry.deadline,
        calls=entry.calls,
        tokens=entry.tokens,
        price=entry.price,
    )


def _to_policy(rule: RuleFile, fact: FactShape) -> Policy:
    """The fact's wishes before the watch's before the defaults, each field for itself."""
    default = Policy()
    chosen = AlertEntry.model_construct(**(rule.alert.model_dump(exclude_unset=True) | fact.alert.model_dump(exclude_unset=True)))
    return Policy(
        on=frozenset(map(Verdict, chosen.on)) or default.on,
        certainty=Certainty[chosen.certainty.upper()] if chosen.certainty else default.certainty,
        sources=chosen.sources or default.sources,
        wait=chosen.wait or timedelta(0),
        notify=tuple(fact.notify or rule.notify),
    )


def _to_test(entry: TestEntry, facts: Mapping[str, Fact], *, line: int) -> RuleTest:
    return RuleTest(
        text=entry.text,
        published=entry.published,
        known={key: read_known(text, facts[key]) for key, text in entry.known.items()},
        expect={
            key: (Verdict(wanted.verdict), _printed(wanted.value, facts[key]) if wanted.value else "")
            for key, wanted in entry.expect.items()
        },
        line=line,
    )


def _printed(text: str, fact: Fact) -> str:
    """A value as the program prints it, without a standing."""
    known = read_known(text, fact)
    return str(Known(value=known.value) if known.value else known)
