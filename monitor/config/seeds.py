"""Seeds: the values in force at the start of a watch, each with its source and date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from monitor.config.checking import check_shape
from monitor.config.documents import Document, read_document
from monitor.config.shapes import SeedFact, SeedFile
from monitor.config.suggesting import mend
from monitor.core.facts import Fact
from monitor.core.values import EARLIEST, UNKNOWN, Kind, Known, Period, Standing, parse_known
from monitor.core.watches import Baseline
from monitor.errors import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """What a seed file says, checked against the rule's facts.

    Attributes:
        as_of: When it was true.
        baselines: By fact key; every fact of the rule has one.
    """

    as_of: date
    baselines: Mapping[str, Baseline]


def empty_seed(facts: Mapping[str, Fact]) -> Seed:
    """The seed of a rule that names none: nothing is known, since ever."""
    return Seed(as_of=EARLIEST, baselines={key: Baseline(known=UNKNOWN, as_of=EARLIEST) for key in facts})


def read_seed(
    path: Path, file: str, *, watch: str | None, facts: Mapping[str, Fact], keys: frozenset[str], faults: list[Fault]
) -> Seed | None:
    """Read and check a seed.

    Args:
        file: What to call the file in faults.
        watch: Id of the rule that names it; None where the rule's own is broken.
        facts: Those of the rule's facts that are sound.
        keys: Of all the rule's facts, broken ones included.
        faults: Receives every defect.

    Returns:
        None where there were any.
    """
    own: list[Fault] = []
    document = read_document(path, file, own)
    entry = check_shape(document, SeedFile, own) if document else None
    if document:
        own += _faults_with_rule(document, watch, facts, keys)
    faults += own
    return None if own or entry is None else _to_seed(entry, facts)


def _faults_with_rule(document: Document, watch: str | None, facts: Mapping[str, Fact], keys: frozenset[str]) -> list[Fault]:
    """What does not fit the rule: another watch's seed, facts that the rule does not have, values of another kind."""
    faults: list[Fault] = []
    named = document.get("watch")
    if watch and isinstance(named, str) and named != watch:
        faults.append(document.fault(("watch",), f"this is a seed of {named!r}; the rule that names it is {watch!r}"))
    for key, entry in document.mapping("facts").items():
        if keys and key not in keys:
            faults.append(document.fault(("facts", key), f"the rule has no fact {key!r}; {mend(key, sorted(keys))}", at_key=True))
        text = entry.get("value") if isinstance(entry, dict) else entry
        if key in facts and isinstance(text, str) and text.strip():
            faults += value_faults(document, ("facts", key, "value"), text, facts[key])
    return faults


def value_faults(document: Document, steps: tuple[str | int, ...], text: str, fact: Fact) -> list[Fault]:
    """A fault where a text is no value of the fact, else none."""
    try:
        read_known(text, fact)
    except ValueError as error:
        message = str(error) if repr(text.strip()) in str(error) else f"{text!r} is no value of {fact.key!r}; {error}"
        return [document.fault(steps, message)]
    return []


def read_known(text: str, fact: Fact) -> Known:
    """A printed value as one of this fact.

    Raises:
        ValueError: The text is no value of the fact's kind.
    """
    return parse_known(text, fact.kind, fact.value_unit, fact.state_names)


def known_at(text: str, fact: Fact, as_of: date) -> Known:
    """A baseline's value: a period that had ended when the seed was written is done, unless written ``(expected)``."""
    known = read_known(text, fact)
    is_open = known.standing is Standing.EXPECTED and not text.rstrip().endswith("(expected)")
    if fact.kind is Kind.PERIOD and is_open and isinstance(known.value, Period) and (known.value.last or as_of) < as_of:
        return Known(value=known.value, standing=Standing.DONE)
    return known


def _to_seed(entry: SeedFile, facts: Mapping[str, Fact]) -> Seed:
    baselines = {
        key: _to_baseline(entry.facts[key], fact, entry) if key in entry.facts else Baseline(known=UNKNOWN, as_of=entry.as_of)
        for key, fact in facts.items()
    }
    return Seed(as_of=entry.as_of, baselines=baselines)


def _to_baseline(said: SeedFact, fact: Fact, seed: SeedFile) -> Baseline:
    as_of, source = said.as_of or seed.as_of, said.source or seed.source
    return Baseline(
        known=known_at(said.value, fact, as_of), as_of=as_of, note=said.note, source=source.line(as_of), source_url=source.url
    )
