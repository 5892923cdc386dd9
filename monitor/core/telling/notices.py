"""Messages about what did not happen, and about the monitoring itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from monitor.core.messages import Message, Occasion
from monitor.core.telling.inert import clean
from monitor.core.telling.rendering import fact_title
from monitor.core.telling.stationery import Stationery, write
from monitor.core.telling.wording import count_of, show_day, show_known
from monitor.core.values import Known
from monitor.core.watches import Watch


def overdue_message(
    known: Known,
    *,
    watch: Watch,
    fact: str,
    last_day: date,
    today: date,
    stationery: Stationery,
    unmatched: tuple[str, ...] = (),
) -> Message:
    """Tell that a period has passed and nothing was reported of it."""
    context = {
        "subject": clean(watch.title),
        "fact": fact_title(watch, fact),
        "expected": show_known(known),
        "last_day": show_day(last_day),
        "passed": count_of((today - last_day).days, "day"),
        "fact_key": f"{watch.id}/{fact}",
    }
    return write(stationery, Occasion.OVERDUE, context, key=f"{watch.id}/{fact}/overdue/{known}", unmatched=unmatched)


def notice_message(title: str, lines: Sequence[str], *, key: str, stationery: Stationery, is_serious: bool = False) -> Message:
    """Tell something about the monitoring itself.

    Args:
        title: One line, for instance "The feed of Example has ended".
        lines: What happened and what to do; words of others in it are made inert like any.
        key: Stable over retries and repetitions.
        stationery: Templates and links.
        is_serious: Shown as a warning.
    """
    context = {"title": clean(title), "lines": tuple(map(clean, lines))}
    return write(stationery, Occasion.NOTICE, context, key=key, is_serious=is_serious)


def feed_ended(url: str, watches: Sequence[str], stationery: Stationery) -> Message:
    """A publisher answered 410."""
    return notice_message(
        "A feed has ended",
        (
            f"{url} answered that it is gone for good (410); it is not asked any more.",
            f"Watches that read it: {', '.join(watches)}. Take it out of their rules, or put its successor in.",
        ),
        key=f"feed-ended/{url}",
        stationery=stationery,
        is_serious=True,
    )


def destination_dead(name: str, detail: str, waiting: int, stationery: Stationery, *, key: str) -> Message:
    """A destination refused a message for good, or could not be reached for days."""
    return notice_message(
        f"Alerts no longer reach {name}",
        (
            f"{name}: {detail}.",
            f"{count_of(waiting, 'message')} set aside. Mend the destination, then: factwatch deliveries retry",
        ),
        key=key,
        stationery=stationery,
        is_serious=True,
    )
