"""Editing: the rule of a watch as somebody edits it in a page, held against what is saved and in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from monitor.config.documents import Document, read_text
from monitor.config.references import credentials_missing_of, tags_missing_of
from monitor.config.rules import RuleReading, read_draft
from monitor.core.changes import History
from monitor.core.facts import Fact
from monitor.core.watches import Watch
from monitor.errors import Fault, FileFaults
from monitor.jobs.answering import Reader
from monitor.jobs.backtesting import begin
from monitor.jobs.context import Context
from monitor.store.engine import Connection
from monitor.store.facts import load_histories

LARGEST_DRAFT = 200_000
"""Bytes; a form of ours holds it even where each byte takes three."""
LONGEST_DRAFT = 5_000
"""Lines; comparing two files can take the square of their length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A rule file as it lies on the disk.

    Attributes:
        file: The path as the user gave it.
        text: With the line ends that it has there.
    """

    file: str
    text: str

    @property
    def digest(self) -> str:
        """Of the text: two files with the same one say the same."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text that may become the rule of a watch.

    Attributes:
        text: With plain line feeds.
        watch: What it says; None where it has faults.
        faults: For which the program would refuse it.
        warnings: What it would take, and is probably not meant.
    """

    text: str
    watch: Watch | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def load_saved(watch: Watch) -> Saved:
    """The file of a watch, now.

    Raises:
        FileFaults: It cannot be read, is no text, or is larger than what can be edited in a page.
    """
    faults: list[Fault] = []
    text = read_text(Path(watch.file), watch.file, faults, largest=LARGEST_DRAFT)
    if text is None:
        raise FileFaults(faults)
    return Saved(file=watch.file, text=text)


def check_draft(text: str, watch: Watch, context: Context) -> Draft:
    """Check a text as ``factwatch check`` does; nothing is written.

    Args:
        watch: As it is in force; the text has to keep its id.
    """
    text = plain(text)
    if len(text.encode()) > LARGEST_DRAFT:
        return _refused(text, watch, f"is larger than {LARGEST_DRAFT:,} bytes; edit such a file with an editor")
    if text.count("\n") > LONGEST_DRAFT:
        return _refused(text, watch, f"is longer than {LONGEST_DRAFT:,} lines; edit such a file with an editor")
    reading = read_draft(text, Path(watch.file), may_open=_may_open(context))
    faults = [*reading.faults, *_another_id(reading, watch)]
    is_sound = reading.watch is not None and not faults
    return Draft(
        text=text,
        watch=reading.watch if is_sound else None,
        faults=tuple(sorted(faults)),
        warnings=tuple(sorted({*reading.warnings, *_dangling(reading.document, context)})) if is_sound else (),
    )


def reader_of(watch: Watch, context: Context) -> Reader:
    """A reader of one watch alone, with the words that all share; takes a second or two where nobody has read yet."""
    return Reader.build({watch.id: watch}, context.rules.current.reader.library)


def histories_of(connection: Connection, edited: Watch, today: Watch) -> dict[str, History]:
    """The ledger of a watch as its edited rule would find it: a fact that is of another kind now begins at its baseline.

    For any transaction.
    """
    stored = load_histories(connection, today.id)
    return {
        key: stored[key] if key in stored and _is_alike(edited.facts[key], today.facts.get(key)) else history
        for key, history in begin(edited).items()
    }


def _is_alike(fact: Fact, before: Fact | None) -> bool:
    """Whether values of a fact as it was are values of it as it is."""
    if before is None or (fact.kind, fact.value_unit) != (before.kind, before.value_unit):
        return False
    return (before.state_names or frozenset()) <= (fact.state_names or frozenset())


def plain(text: str) -> str:
    """A text of a form, whose line ends browsers write in their own way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refused(text: str, watch: Watch, message: str) -> Draft:
    return Draft(text=text, watch=None, faults=(Fault(file=watch.file, line=0, column=0, message=message),), warnings=())


def _another_id(reading: RuleReading, watch: Watch) -> list[Fault]:
    if reading.document is None or reading.id in (None, watch.id):
        return []
    message = f"this is the rule of {watch.id!r}; keep its id, and write a new watch into a file of its own"
    return [reading.document.fault(("watch",), message)]


def _may_open(context: Context) -> Callable[[Path], bool]:
    """A page must not look through the disk: it opens what the rules in force name, and what lies beside the rules."""
    known = {file.resolve() for file in context.rules.current.book.files}
    rules = context.settings.rules
    folder = (rules if rules.is_dir() else rules.parent).resolve()

    def may_open(path: Path) -> bool:
        target = path.resolve()
        return target in known or target.parent == folder

    return may_open


def _dangling(document: Document | None, context: Context) -> list[Fault]:
    """Credentials and tags that the rule names and nobody has."""
    if document is None:
        return []
    faults = credentials_missing_of(document, context.settings)
    if context.settings.apprise_config:
        tags = frozenset(tag for destination in context.courier.destinations for tag in destination.tags)
        faults += tags_missing_of(document, tags)
    return faults
