"""Holding back: so many changes of one watch in one visit that the reader or the page is more likely at fault than the world.

They are kept as candidates: no value moves, nothing is told, and the facts that they are of wait for a person, who releases or
dismisses them. That they are held is told once, and once that none is any more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from monitor.core.changes import Change
from monitor.core.telling.troubles import Trouble
from monitor.core.telling.wording import count_of
from monitor.core.watches import Watch
from monitor.jobs import self_watching
from monitor.jobs.context import Context
from monitor.store import held, notes
from monitor.store.engine import Connection

T = TypeVar("T")

Told = Mapping[str, Collection[Change]]
"""What an assessment has told, by watch."""

_UNTIL_A_PERSON_DECIDES = timedelta(days=36_500)
_REASON = "too many changes at once: a person decides"


def within_bounds(connection: Connection, context: Context, assess: Callable[[], tuple[T, Told]]) -> T:
    """Assess what one visit brought; where that would tell too much of a watch, undo it and hold the changes of that watch back.

    For a writing transaction.

    Args:
        assess: Assesses all of it in this transaction, the same way each time.

    Returns:
        What the assessment that counts came to.
    """
    with connection.begin_nested() as attempt:
        result, told = assess()
        excessive = [watch for watch, changes in told.items() if len(changes) > context.settings.most_changes]
        if not excessive:
            return result
        attempt.rollback()
    for name in excessive:
        watch = context.rules.current.watches[name]
        _hold_facts(connection, name, set(watch.facts))
    result, _ = assess()
    for name in excessive:
        _settle_down(connection, context.rules.current.watches[name], context)
    return result


def facts_on_hold(connection: Connection, watch: str) -> frozenset[str]:
    """The facts of a watch that wait for a person to look at what was held back; for any transaction."""
    note = notes.read(connection, _note(watch))
    return frozenset(note["facts"]) if note else frozenset()


def keep(connection: Connection, change: Change, context: Context) -> None:
    """Hold a change of such a fact back; for the transaction that writes it."""
    now = context.now()
    held.hold(connection, change.key, until=now + _UNTIL_A_PERSON_DECIDES, reason=_REASON, now=now)
    note = notes.read(connection, _note(change.watch))
    _write(connection, change.watch, [*note["changes"], change.key], note["facts"])


def is_kept(connection: Connection, change: Change) -> bool:
    """Whether a change is held back; for any transaction."""
    note = notes.read(connection, _note(change.watch))
    return note is not None and change.key in note["changes"]


def kept_of(connection: Connection, watch: str) -> tuple[str, ...]:
    """The keys of all changes of a watch that are held back, oldest first; for any transaction."""
    note = notes.read(connection, _note(watch))
    return tuple(note["changes"]) if note else ()


def let_go(connection: Connection, change: Change, context: Context) -> bool:
    """Hold a change back no longer, since it was decided; with the last one the fact, and the watch, is as any other.

    For the transaction that decides.

    Returns:
        Whether it was held back.
    """
    if not is_kept(connection, change):
        return False
    held.release(connection, change.key, now=context.now())
    left = [key for key in kept_of(connection, change.watch) if key != change.key]
    _write(connection, change.watch, left, _facts_of(left))
    if not left:
        self_watching.end(connection, _trouble_key(change.watch), context)
    return True


def _hold_facts(connection: Connection, watch: str, facts: Iterable[str]) -> None:
    _write(connection, watch, kept_of(connection, watch), facts)


def _settle_down(connection: Connection, watch: Watch, context: Context) -> None:
    """Hold only those facts of which a change was held back, and tell that it was."""
    keys = kept_of(connection, watch.id)
    _write(connection, watch.id, keys, _facts_of(keys))
    if keys:
        self_watching.begin(connection, _trouble(watch, len(keys), context.settings.most_changes), context)


def _trouble(watch: Watch, kept: int, limit: int) -> Trouble:
    return Trouble(
        key=_trouble_key(watch.id),
        title=f"{watch.title}: {count_of(kept, 'change')} held back",
        lines=(
            f"One visit brought more than {count_of(limit, 'change')}; nothing was told and no value moved.",
            "Most likely a page changed its form, or we misread it.",
            f"Look at them: factwatch changes list --watch {watch.id} --held",
            f"Then: factwatch changes release {watch.id}, or factwatch changes dismiss KEY for each that is wrong.",
        ),
        over=f"{watch.title}: no change is held back any more",
        watches=(watch.id,),
    )


def _trouble_key(watch: str) -> str:
    return f"changes-held/{watch}"


def _note(watch: str) -> str:
    return f"held-back/{watch}"


def _write(connection: Connection, watch: str, keys: Collection[str], facts: Iterable[str]) -> None:
    note: dict[str, Any] = {"changes": list(dict.fromkeys(keys)), "facts": sorted(facts)}
    if keys or note["facts"]:
        notes.write(connection, _note(watch), note)
    else:
        notes.erase(connection, _note(watch))


def _facts_of(keys: Iterable[str]) -> frozenset[str]:
    """The facts that keys such as ``xiaomi-ev/launch#3`` are of."""
    return frozenset(key.partition("/")[2].rpartition("#")[0] for key in keys)
