"""What takes two places of a rule file to judge: defects that no single key shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitor.config.documents import Document, Steps
from monitor.config.seeds import value_faults
from monitor.config.suggesting import mend
from monitor.core.facts import Fact
from monitor.errors import Fault


def faults_between(document: Document, facts: Mapping[str, Fact]) -> Iterator[Fault]:
    """Defects that no single key shows."""
    yield from _faults_of_subject(document)
    yield from _faults_of_feeds(document)
    tests = document.get("tests")
    for index in range(len(tests) if isinstance(tests, list) else 0):
        yield from _faults_of_test(document, ("tests", index), facts)


def _faults_of_subject(document: Document) -> Iterator[Fault]:
    names, others = document.get("subject", "names"), document.get("subject", "not")
    if not isinstance(names, list) or not isinstance(others, list):
        return
    folded = {str(name).casefold() for name in names}
    for index, other in enumerate(others):
        if str(other).casefold() in folded:
            yield document.fault(("subject", "not", index), f"{other!r} is also one of the subject's names; keep one of the two")


def _faults_of_feeds(document: Document) -> Iterator[Fault]:
    feeds = document.get("feeds")
    seen: set[tuple[str, ...]] = set()
    for index, feed in enumerate(feeds if isinstance(feeds, list) else []):
        if isinstance(feed, dict):
            address = tuple(str(feed[key]) for key in ("url", "page", "select") if feed.get(key))
        else:
            address = (str(feed),)
        if address in seen:
            yield document.fault(("feeds", index), "this feed is listed twice; remove one of the two")
        seen.add(address)


def _faults_of_test(document: Document, steps: Steps, facts: Mapping[str, Fact]) -> Iterator[Fault]:
    keys = document.mapping("facts")
    for part in ("known", "expect"):
        for key, said in document.mapping(*steps, part).items():
            where = (*steps, part, key)
            if keys and key not in keys:
                yield document.fault(where, f"this rule has no fact {key!r}; {mend(key, keys)}", at_key=True)
            text = said.get("value") if isinstance(said, dict) else said
            if key in facts and isinstance(text, str) and text.strip():
                yield from value_faults(document, (*where, "value"), text, facts[key])
