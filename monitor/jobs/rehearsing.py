"""Rehearsing: the tests that a rule brings along, each text read as if a feed had brought it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from monitor.core.facts import Fact
from monitor.core.items import Item
from monitor.core.judging.assessing import judge_item
from monitor.core.judging.comparing import relate
from monitor.core.judging.deciding import is_wanted
from monitor.core.judging.relations import Relation
from monitor.core.reading.extracting import Reading, read
from monitor.core.values import Known, parse_known
from monitor.core.verdicts import Judgement
from monitor.core.watches import RuleTest, Watch
from monitor.jobs.answering import Reader

_NOON = time(12, tzinfo=UTC)
SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Where a test and the reading part.

    Attributes:
        expected: A verdict with its value, or ``silence``.
        came: Likewise.
        reasons: Of what came; where nothing came, what came nearest.
    """

    fact: str
    expected: str
    came: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """One test of a rule and how it went."""

    watch: Watch
    test: RuleTest
    failures: tuple[Failure, ...]

    @property
    def place(self) -> str:
        """Where the test stands: ``rules/xiaomi-ev.yaml:217``."""
        return f"{self.watch.file}:{self.test.line}"


def rehearse(watch: Watch, reader: Reader) -> Iterator[Rehearsal]:
    """Run the tests of a watch, in the order of the file.

    A fact that a test expects has to come with that verdict and a value that means the same; of the other facts nothing may
    come that the rule would tell.
    """
    for test in watch.tests:
        yield Rehearsal(watch=watch, test=test, failures=tuple(_failures(watch, test, reader)))


def item_of_text(text: str, published: datetime, *, language: str = "") -> Item:
    """The item that a bare text is taken for: of several lines the first is the headline."""
    headline, _, rest = text.strip().partition("\n")
    title, body = (headline, rest.strip()) if rest.strip() else ("", headline)
    return Item(id="text", title=title, body=body, url="", publisher="text", published=published, language=language)


def _failures(watch: Watch, test: RuleTest, reader: Reader) -> Iterator[Failure]:
    item = item_of_text(test.text, datetime.combine(test.published, _NOON))
    known = {key: baseline.known for key, baseline in watch.baselines.items()} | dict(test.known)
    reading = read(item, reader.words[watch.id], known, reader.library) if watch.id in reader.router.route(item) else None
    came = {one.claim.fact: one for one in judge_item(reading.claims if reading else (), known, watch)}
    for key, (verdict, value) in test.expect.items():
        found = came.get(key)
        if found is None:
            yield Failure(fact=key, expected=f"{verdict} {value}".rstrip(), came=SILENCE, reasons=(_why_silent(key, reading),))
        elif found.verdict is not verdict or not _means(found.said, value, watch.facts[key]):
            yield Failure(fact=key, expected=f"{verdict} {value}".rstrip(), came=_shown(found), reasons=found.reasons)
    for key, found in came.items():
        if key not in test.expect and is_wanted(found, watch.policies[key]):
            yield Failure(fact=key, expected=SILENCE, came=_shown(found), reasons=found.reasons)


def _why_silent(fact: str, reading: Reading | None) -> str:
    if reading is None:
        return "the text names none of the subject's names, so it is not read"
    if claims := [claim for claim in reading.claims if claim.fact == fact]:
        said = " and ".join(f"{claim.value or 'the event'} as {claim.modality}" for claim in claims)
        return f"read was {said}, which neither confirms nor moves it"
    links = [one for one in reading.links if one.candidate.fact.key == fact]
    if not links:
        return "nothing in the text can be a value of this fact"
    likeliest = max(links, key=lambda one: one.probability)
    value = likeliest.candidate.value or "the event without a date"
    return f"no value was believed to be said of it; the likeliest was {value}, at {likeliest.probability:.2f}"


def _means(said: Known, expected: str, fact: Fact) -> bool:
    """Whether a value is the expected one at the precision in which both are told; a standing is the verdict's business.

    Args:
        expected: Printed; empty where the test asks for no value.
    """
    if not expected:
        return True
    wanted = parse_known(expected, fact.kind, fact.value_unit, fact.state_names).value
    if said.value is None or wanted is None:
        return said.value is wanted
    return relate(said.value, wanted, tolerance=fact.tolerance).relation is Relation.SAME


def _shown(judgement: Judgement) -> str:
    said = judgement.said
    return f"{judgement.verdict} {said if said.value is None else said.value}"
