"""Who is told: the tags of a policy against the destinations that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

CONSOLE = "console"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One place that messages go to.

    Attributes:
        name: Stable, free of secrets; rows of the outbox hold it.
        kind: What it is, for people: ``Slack``, ``Email``.
        tags: As the Apprise configuration gives them.
        receives_all: From FACTWATCH_NOTIFY_URLS: told everything, whatever the tags.
        pace: The least time between two messages that its service bears.
    """

    name: str
    kind: str
    tags: frozenset[str] = frozenset()
    receives_all: bool = False
    pace: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a message goes.

    Attributes:
        destinations: Names, sorted.
        unmatched: Tags that no destination has; the message says so.
    """

    destinations: tuple[str, ...]
    unmatched: tuple[str, ...] = ()


def route(tags: Collection[str], destinations: Collection[Destination]) -> Route:
    """Choose the destinations of a message.

    No tag means every destination; so does a tag that no destination has, because an alert that nobody gets is worse than one too
    many. Without any destination alerts go to the console.
    """
    if not destinations:
        return Route(destinations=(CONSOLE,))
    there = frozenset(tag for destination in destinations for tag in destination.tags)
    unmatched = tuple(sorted(set(tags) - there))
    if not tags or unmatched:
        return Route(destinations=_names(destinations), unmatched=unmatched)
    wanted = frozenset(tags)
    return Route(destinations=_names(d for d in destinations if d.receives_all or d.tags & wanted))


def heard_as(tags: Collection[str], destination: Destination) -> frozenset[str]:
    """The tags by which a destination hears a message: those that both have, else all of its own (it is told like everybody)."""
    return (destination.tags & frozenset(tags)) or destination.tags


def others(dead: str, destinations: Iterable[Destination]) -> tuple[str, ...]:
    """Who is told that a destination is dead: all the others, else the console."""
    return _names(d for d in destinations if d.name != dead) or (CONSOLE,)


def _names(destinations: Iterable[Destination]) -> tuple[str, ...]:
    return tuple(sorted(destination.name for destination in destinations))
