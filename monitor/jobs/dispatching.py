"""Dispatching: what lies in the outbox is leased, sent outside any transaction, and settled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from monitor.core.messages import Delivery
from monitor.core.telling.notices import destination_dead
from monitor.core.telling.retrying import Fate, Settle, next_step, rest_after
from monitor.core.telling.routing import others
from monitor.core.telling.troubles import relief_message
from monitor.delivery.courier import DEADLINE, Sent
from monitor.jobs.context import Context
from monitor.jobs.telling import enqueue_for_all
from monitor.store import notes, outbox
from monitor.store.engine import Connection

LEASE = timedelta(seconds=2 * DEADLINE)
"""Longer than any send; after a crash in the middle of one, it is sent again that much later."""

DRAIN = 10.0
"""Seconds for sends that are on their way when the program is to end; one that takes longer is sent again at the next start."""

_PATIENCE = 1.0
_OUTCOMES = {Fate.SENT: "sent", Fate.RETRY: "failed", Fate.DEAD: "given_up"}


def dispatch_due(context: Context, *, stop: threading.Event | None = None, moved: Callable[[], None] = lambda: None) -> int:
    """Send what is due, side by side, until nothing is left to do; each delivery succeeds or fails alone.

    No transaction is open while the network is used. A crash after sending and before settling sends once more: at least
    once. Always called from the same thread.

    Args:
        stop: Once set, nothing more is begun, and what is on its way is waited for a little.
        moved: Called each time it comes round, as a sign that nothing hangs.

    Returns:
        How many sends ended, well or not.
    """
    ended, until = 0, None
    while True:
        if stop and stop.is_set():
            until = until or monotonic() + DRAIN
        begun = _begin(context) if until is None else 0
        under_way = bool(begun or context.courier.busy)
        for sent in context.courier.finished(timeout=_PATIENCE if under_way else 0.0):
            _settle(context, sent)
            ended += 1
            under_way = True
        moved()
        if not under_way or (until and monotonic() > until):
            return ended


def _begin(context: Context) -> int:
    """Lease what may be sent now, one delivery a destination, and start it."""
    courier, now = context.courier, context.now()
    with context.store.reading() as connection:
        soonest = outbox.next_attempt_at(connection, now=now)
    if soonest is None or soonest > now:
        return 0
    begun, busy = 0, set(courier.busy)
    while courier.room:
        # One at a time, so that nothing is leased that waits behind another send to the same destination.
        with context.store.transaction() as connection:
            leased = outbox.lease_due(connection, now=now, lease=LEASE, limit=1, but=busy)
        if not leased or not courier.start(leased[0]):
            break
        busy.add(leased[0].destination)
        begun += 1
    return begun


def _settle(context: Context, sent: Sent) -> None:
    """Write down what became of a send, and tell the others of a destination that is lost."""
    delivery, now = sent.delivery, context.now()
    step = next_step(sent.outcome, attempts=delivery.attempts + 1, age=now - delivery.begun, now=now, jitter=context.jitter())
    pause = rest_after(sent.outcome, pace=_pace(delivery.destination, context))
    with context.store.transaction() as connection:
        outbox.settle(connection, delivery.id, step, now=now)
        if pause:
            outbox.rest(connection, delivery.destination, until=now + pause, now=now)
        match step.fate:
            case Fate.DEAD:
                _tell_of_death(connection, delivery, step, context, now=now)
            case Fate.SENT:
                _tell_of_recovery(connection, delivery.destination, context, now=now)
            case Fate.RETRY:
                pass
    context.meters.deliveries.labels(delivery.destination, _OUTCOMES[step.fate]).inc()
    _log(context, delivery, step)


def _pace(name: str, context: Context) -> timedelta:
    paces = (destination.pace for destination in context.courier.destinations if destination.name == name)
    return next(paces, timedelta(0))


def _tell_of_death(connection: Connection, delivery: Delivery, step: Settle, context: Context, *, now: datetime) -> None:
    """Tell the other destinations once that this one takes nothing; again only after it has been well in between."""
    name = delivery.destination
    if notes.read(connection, _note(name)) is not None:
        return
    notes.write(connection, _note(name), now.isoformat())
    dead = sum(backlog.dead for backlog in outbox.list_backlogs(connection) if backlog.destination == name)
    key = f"destination-dead/{name}/{now:%Y-%m-%dT%H:%M:%SZ}"
    message = destination_dead(name, step.detail, dead, context.stationery, key=key)
    enqueue_for_all(connection, message, others(name, context.courier.destinations), order_key="notices", context=context)


def _tell_of_recovery(connection: Connection, name: str, context: Context, *, now: datetime) -> None:
    """Tell the others that a destination of which they heard that it is lost takes messages again."""
    since = notes.read(connection, _note(name))
    if since is None:
        return
    notes.erase(connection, _note(name))
    over = f"Alerts reach {name} again"
    message = relief_message(_note(name), over, since=datetime.fromisoformat(since), now=now, stationery=context.stationery)
    enqueue_for_all(connection, message, others(name, context.courier.destinations), order_key="notices", context=context)


def _note(name: str) -> str:
    return f"destination-dead/{name}"


def _log(context: Context, delivery: Delivery, step: Settle) -> None:
    log = context.log.bind(message=delivery.message.key, destination=delivery.destination)
    match step.fate:
        case Fate.SENT:
            log.info("message sent")
        case Fate.RETRY:
            again = f"{step.at:%Y-%m-%d %H:%M:%S}Z" if step.at else ""
            log.warning("message not sent", why=step.detail, attempt=delivery.attempts + 1, again=again)
        case Fate.DEAD:
            log.error("message given up", why=step.detail)
