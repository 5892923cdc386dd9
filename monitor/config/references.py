"""What rules refer to outside of themselves: tags of the Apprise configuration, credentials of the environment."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from monitor.config.documents import Document, Steps, read_document
from monitor.config.rulebook import Rulebook
from monitor.config.settings import Settings, auth_variable
from monitor.config.suggesting import mend
from monitor.core.watches import Ask, Watch
from monitor.errors import Fault


def missing_tags(rulebook: Rulebook, tags: Collection[str]) -> list[Fault]:
    """Tags that rules notify and no destination answers to."""
    return [fault for document in _documents(rulebook) for fault in tags_missing_of(document, tags)]


def tags_missing_of(document: Document, tags: Collection[str]) -> list[Fault]:
    """Likewise, of one rule."""
    return [
        document.fault(steps, f"no destination has the tag {tag!r}; {mend(tag, sorted(tags)) if tags else 'add it to one'}")
        for steps, tag in _named_tags(document)
        if tag not in tags
    ]


def missing_credentials(rulebook: Rulebook, settings: Settings) -> list[Fault]:
    """Credentials that feeds name and the environment does not have."""
    return [fault for document in _documents(rulebook) for fault in credentials_missing_of(document, settings)]


def credentials_missing_of(document: Document, settings: Settings) -> list[Fault]:
    """Likewise, of one rule."""
    faults = [
        document.fault(steps, f"there are no credentials {name!r}; set {auth_variable(name)} to {form}")
        for steps, name, form in _named_credentials(document)
        if settings.credentials(name) is None
    ]
    return [*faults, *_reader_missing_of(document, settings)]


def _reader_missing_of(document: Document, settings: Settings) -> Iterator[Fault]:
    """A rule that wants a second reader where neither it nor the settings name one."""
    wish = document.mapping("reader")
    if wish and not wish.get("url") and wish.get("ask") != Ask.NEVER and not settings.reader_url:
        message = "no second reader is named; write url: and model: here, or set FACTWATCH_READER_URL and FACTWATCH_READER_MODEL"
        yield document.fault(("reader",), message, at_key=True)


def at_seed(watch: Watch, fact: str, message: str) -> Fault:
    """A word about what the seed of a watch says of a fact, with the place where it says it."""
    rule = Path(watch.file)
    document = read_document(rule, watch.file, [])
    named = document.get("baseline") if document else None
    seed = rule.parent / str(named)
    found = read_document(seed, os.path.normpath(seed), []) if named else None
    return found.fault(("facts", fact, "value"), message) if found else Fault(file=watch.file, line=0, column=0, message=message)


def untold(rulebook: Rulebook, settings: Settings) -> list[Fault]:
    """Watches whose alerts nobody gets, as no destination is configured at all: ``run`` prints them, and that is all."""
    if settings.notify_urls or settings.apprise_config:
        return []
    message = "its alerts reach nobody but the console of factwatch run; set FACTWATCH_NOTIFY_URLS or FACTWATCH_APPRISE_CONFIG"
    return [document.fault(document.locate(("notify",)) or ("watch",), message, at_key=True) for document in _documents(rulebook)]


def at_rule(watch: Watch, steps: Steps, message: str) -> Fault:
    """A word about something that a rule says, with the place where it says it."""
    document = read_document(Path(watch.file), watch.file, [])
    return document.fault(steps, message) if document else Fault(file=watch.file, line=0, column=0, message=message)


def _documents(rulebook: Rulebook) -> Iterator[Document]:
    """The rule files once more, since watches do not remember where their words stand."""
    for watch in rulebook.watches.values():
        if document := read_document(Path(watch.file), watch.file, []):
            yield document


def _named_tags(document: Document) -> Iterator[tuple[Steps, str]]:
    for place in ((), *(("facts", key) for key in document.mapping("facts"))):
        tags = document.get(*place, "notify")
        for index, tag in enumerate(tags if isinstance(tags, list) else []):
            yield (*place, "notify", index), tag


def _named_credentials(document: Document) -> Iterator[tuple[Steps, str, str]]:
    """Where credentials are named, under which name, and in which form they are set."""
    feeds = document.get("feeds")
    for index, feed in enumerate(feeds if isinstance(feeds, list) else []):
        if isinstance(feed, dict) and "auth" in feed:
            yield ("feeds", index, "auth"), feed["auth"], "USER:PASSWORD"
    if key := document.mapping("reader").get("key"):
        yield ("reader", "key"), key, "the key"
