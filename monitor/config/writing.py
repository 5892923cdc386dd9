"""Writing rule and seed files: from facts that were proposed to YAML that a person goes on with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from monitor.config.feedlines import FeedLine
from monitor.core.proposing.merging import Proposal
from monitor.core.values import UNKNOWN, Kind
from monitor.core.watches import Subject

_WIDTH = 120
_LONGEST_QUOTE = 300
# What YAML takes for text: behind a key, and between the brackets of a list.
_PLAIN = re.compile(r"(?:[\w~./][\w .,'’()/+~%-]*)?[\w.'’)~%]")
_PLAIN_ENTRY = re.compile(r"(?:[\w~./][\w .'’()/+~%-]*)?[\w.'’)~%]")
_NO_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where proposed facts stand.

    Attributes:
        url: Empty where it is not on the web.
    """

    title: str
    as_of: date
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTestText:
    """A test for a rule: what is expected stands as it is written in the file."""

    text: str
    published: date
    expect: str
    known: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """A rule to be written.

    Attributes:
        baseline: Path of its seed, relative to the rule.
        feeds: Empty where none is known yet.
        notify: Apprise tags.
    """

    watch: str
    title: str
    subject: Subject
    baseline: str
    facts: Sequence[Proposal]
    feeds: Sequence[FeedLine] = ()
    notify: Sequence[str] = ()
    tests: Sequence[RuleTestText] = ()


def watch_id(*names: str) -> str:
    """An id for the watch of a subject, by the first of its names that has letters for one: "Xiaomi EV" is ``xiaomi-ev``."""
    ids = (re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-") for name in names)
    return next(filter(None, ids), "watch")


def rule_text(draft: RuleDraft, *, schema: str = "") -> str:
    """A rule file, commented, ready to be edited.

    Args:
        schema: Address of the JSON Schema for editors; empty for none.
    """
    return "\n".join([*_head(draft, schema), *_facts(draft.facts), *_alerts(draft), *_tests(draft.tests)]) + "\n"


def seed_text(watch: str, origin: Origin, facts: Sequence[Proposal], *, schema: str = "") -> str:
    """A seed file: each value with the sentence that tells it."""
    return "\n".join([*_seed_head(watch, origin, schema), *_seed_facts(facts)]) + "\n"


# --- the rule ---------------------------------------------------------------------------------------


def _head(draft: RuleDraft, schema: str) -> Iterator[str]:
    yield from _schema_line(schema)
    yield from _comment(
        f"What is watched of {draft.title}. Take out what you do not want to hear of, add what is missing; "
        "factwatch check names every mistake with its line, factwatch test runs the tests at the end."
    )
    yield "version: 1"
    yield f"watch: {draft.watch} # its id in the database and in commands; never change it"
    yield f"title: {_scalar(draft.title)}"
    yield f"baseline: {_scalar(draft.baseline)}"
    yield "subject:"
    yield "  # Any of these means the subject; an item that has none of them is never read. Add its names in other scripts."
    yield f"  names: {_list(draft.subject.names)}"
    if draft.subject.others:
        yield f"  not: {_list(draft.subject.others)}"
    else:
        yield "  # not: [a rival, another product] # what else a clause may be about"
    if draft.subject.officials:
        yield "  # Whose word is the subject's own, so that what they say is official and not merely reported."
        yield f"  officials: {_list(draft.subject.officials)}"
    yield ""
    if draft.feeds:
        yield "feeds:"
        yield from (f"  {line}" for line in draft.feeds)
    else:
        yield "# Where to look: factwatch feeds discover URL finds the feeds of a site, and"
        yield f"# factwatch feeds add URL --watch {draft.watch} writes one into this file."
        yield "feeds: []"
    yield ""


def _facts(facts: Sequence[Proposal]) -> Iterator[str]:
    yield "# `about` says in which sentences to look; a word that names a well-known thing brings its words in all languages."
    yield "facts:"
    for proposal in facts:
        fact = proposal.fact
        if proposal.quote:
            yield from _comment(f"{proposal.known}: {_shortened(proposal.quote)}", indent=2)
        yield f"  {fact.key}:"
        yield f"    title: {_scalar(fact.title)}"
        yield f"    kind: {fact.kind}"
        yield f"    about: {_list(fact.about)}"
        if fact.near:
            yield f"    with: {_list(fact.near)} # one of these in the same sentence or in the headline"
        if fact.event:
            yield f"    event: {fact.event}"
        if fact.kind is Kind.QUANTITY:
            yield f"    unit: {_scalar(fact.unit)}"
        if fact.kind is Kind.MONEY:
            yield f"    currency: {fact.unit}"
        if fact.states:
            yield "    states: # in their usual course"
            yield from (f"      {state.name}: {_list(state.phrases)}" for state in fact.states)
        yield ""


def _alerts(draft: RuleDraft) -> Iterator[str]:
    yield "alert:"
    yield "  on: [changes, refines, completed, cancelled, new_value]"
    yield "  certainty: proposed # tell nothing below it: rumour | proposed | reported | official"
    if draft.notify:
        yield f"notify: {_list(draft.notify)} # tags of the Apprise configuration"


def _tests(tests: Sequence[RuleTestText]) -> Iterator[str]:
    if not tests:
        return
    yield ""
    yield "# `factwatch test` reads each text as if a feed had brought it; an empty `expect` means: stay silent."
    yield "tests:"
    for test in tests:
        yield f"  - text: {_scalar(test.text)}"
        yield f"    published: {test.published}"
        if test.known:
            yield f"    known: {test.known}"
        yield f"    expect: {test.expect}"


# --- the seed ---------------------------------------------------------------------------------------


def _seed_head(watch: str, origin: Origin, schema: str) -> Iterator[str]:
    yield from _schema_line(schema)
    yield from _comment(
        "What was known at the start. A program proposed these values; read each against its sentence before you trust it. "
        "A value may end in (done), (expected) or (cancelled); unknown means that nothing is known yet."
    )
    yield "version: 1"
    yield f"watch: {watch}"
    yield f"as_of: {origin.as_of} # when all this was true"
    yield "source:"
    yield f"  title: {_scalar(origin.title)}"
    if origin.publisher:
        yield f"  publisher: {_scalar(origin.publisher)}"
    yield f"  date: {origin.as_of}"
    if origin.url:
        yield f"  url: {_scalar(origin.url)}"
    yield ""


def _seed_facts(facts: Sequence[Proposal]) -> Iterator[str]:
    yield "facts:"
    for proposal in facts:
        if not proposal.quote and proposal.known == UNKNOWN:
            yield f"  {proposal.fact.key}: unknown"
            continue
        yield f"  {proposal.fact.key}:"
        yield f"    value: {_scalar(str(proposal.known))}"
        if proposal.quote:
            yield f"    note: {_scalar(_shortened(proposal.quote))}"


# --- text -------------------------------------------------------------------------------------------


def _schema_line(schema: str) -> Iterator[str]:
    if schema:
        yield f"# yaml-language-server: $schema={schema}"
        yield "#"


def _comment(text: str, *, indent: int = 0) -> Iterator[str]:
    """A comment that ends no line by what is in it."""
    lead = " " * indent + "# "
    yield from (lead + line for line in wrap(_printable(text), _WIDTH - indent))


def _list(entries: Iterable[str]) -> str:
    return f"[{', '.join(_scalar(entry, _PLAIN_ENTRY) for entry in entries)}]"


def _scalar(text: str, plain: re.Pattern[str] = _PLAIN) -> str:
    """A text as YAML: plain where nothing of it could be taken for something else, in double quotes otherwise."""
    clean = _printable(text)
    is_plain = plain.fullmatch(clean) and clean.lower() not in _NO_TEXT
    return clean if is_plain else json.dumps(clean, ensure_ascii=False)


def _printable(text: str) -> str:
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _shortened(quote: str) -> str:
    clean = _printable(quote)
    return clean if len(clean) <= _LONGEST_QUOTE else clean[: _LONGEST_QUOTE - 1].rstrip() + "…"
