"""The rules in force: the rulebook made ready for reading, and who listens to which feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from monitor.config.rulebook import Rulebook
from monitor.core.reading.lexicons import Library
from monitor.core.telling.grouping import Manners
from monitor.core.watches import FeedSource, Watch
from monitor.errors import Fault
from monitor.jobs.answering import Reader

FeedKey = tuple[str, str | None]
"""A feed's URL as the rules write it, and the selector of a watched page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who listens to one feed.

    Attributes:
        source: How to ask: the shortest interval, and the first credentials and label that a rule gives.
        by_watch: What each watch's rule says of the feed, by the watch's id.
    """

    source: FeedSource
    by_watch: Mapping[str, FeedSource]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the rule files say, ready for use; never changed, only replaced by others.

    Attributes:
        load: Gets the words of all languages; takes a second or two the first time.
    """

    book: Rulebook
    audiences: Mapping[FeedKey, Audience]
    load: Callable[[], Library]

    @property
    def watches(self) -> Mapping[str, Watch]:
        """All watches, by id."""
        return self.book.watches

    @cached_property
    def wish_for_readers(self) -> bool:
        """Whether any rule says something of a second reader."""
        return any(watch.reader for watch in self.watches.values())

    @cached_property
    def reader(self) -> Reader:
        """The watches compiled for reading, when somebody first reads."""
        return Reader.build(self.book.watches, self.load())

    def make_ready(self) -> None:
        """Compile the watches if nobody has read yet: it takes seconds, for which no transaction may be held open."""
        _ = self.reader

    @classmethod
    def of(cls, book: Rulebook, load: Callable[[], Library]) -> Rules:
        """Make a rulebook ready."""
        listening: dict[FeedKey, dict[str, FeedSource]] = {}
        for watch in book.watches.values():
            for source in watch.feeds:
                listening.setdefault((source.url, source.select), {})[watch.id] = source
        audiences = {key: Audience(source=_merge(by_watch.values()), by_watch=by_watch) for key, by_watch in listening.items()}
        return cls(book=book, audiences=audiences, load=load)


class RulesInForce:
    """Holds the present rules; a reload puts others in their place in one step.

    Attributes:
        refused: The faults for which files that were saved since are not in force.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.refused: tuple[Fault, ...] = ()

    @property
    def current(self) -> Rules:
        """The rules now; whoever needs them twice in one piece of work keeps what it got."""
        return self._rules

    def swap(self, rules: Rules) -> None:
        """Put others in force."""
        self._rules = rules


class MannersInForce:
    """Holds how readers want to be told by the present delivery.yaml."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners

    @property
    def current(self) -> Manners:
        """The manners now."""
        return self._manners

    def swap(self, manners: Manners) -> None:
        """Put others in force."""
        self._manners = manners


def _merge(sources: Iterable[FeedSource]) -> FeedSource:
    """One way to ask for all who listen."""
    first, *rest = sources
    for other in rest:
        wishes = [wish for wish in (first.every, other.every) if wish is not None]
        first = replace(first, every=min(wishes, default=None), auth=first.auth or other.auth, label=first.label or other.label)
    return first
