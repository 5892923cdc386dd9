"""Sends in flight: a thread a destination, each with a deadline, so that one that hangs holds up nobody else.

A thread that hangs in a socket cannot be ended. It is left behind, counted, and its destination answers "still hangs" until
it ends; so there are never more threads than destinations, and no order within a destination is lost.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Protocol

from monitor.core.messages import Delivery, Message, Outcome, Result
from monitor.core.telling.routing import CONSOLE, Destination
from monitor.delivery.console import print_message

DEADLINE = 30.0
MOST_IN_FLIGHT = 256


class Sender(Protocol):
    """What sends to one destination."""

    @property
    def destination(self) -> Destination:
        """Where it sends."""
        ...

    def send(self, message: Message) -> Outcome:
        """Send once, however long it takes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A delivery whose send is over, and how it ended."""

    delivery: Delivery
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flight:
    delivery: Delivery
    thread: threading.Thread
    deadline: float


class Courier:
    """Sends deliveries side by side.

    Made for one thread that starts sends and collects them; the sends run in threads of their own.
    """

    def __init__(self, load: Callable[[], Sequence[Sender]], *, deadline: float = DEADLINE, most: int = MOST_IN_FLIGHT) -> None:
        """Remember how to get the senders; they are loaded when they are first needed.

        Args:
            load: Finds all senders.
            deadline: Seconds for one send.
            most: Sends at a time, hung ones included.
        """
        self._load, self._deadline, self._most = load, deadline, most
        self._senders: dict[str, Sender] | None = None
        self._flights: dict[str, _Flight] = {}
        self._hung: dict[str, threading.Thread] = {}
        self._over: SimpleQueue[tuple[_Flight | None, Sent]] = SimpleQueue()
        self._landed: list[tuple[_Flight | None, Sent]] = []

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """All that are configured; the console is not among them."""
        return tuple(sender.destination for sender in self._known().values())

    @property
    def busy(self) -> frozenset[str]:
        """Destinations with a send in flight; no other may be started to them."""
        return frozenset(self._flights)

    @property
    def room(self) -> int:
        """How many more sends may be started."""
        self._hung = {name: thread for name, thread in self._hung.items() if thread.is_alive()}
        return max(0, self._most - len(self._flights) - len(self._hung))

    def reload(self) -> None:
        """Read the configuration again at the next use; sends in flight end as they began."""
        self._senders = None

    def start(self, delivery: Delivery) -> bool:
        """Begin a send; ``finished`` tells how it ended.

        Returns:
            False, and nothing done, where the destination is busy or there is no room.
        """
        name = delivery.destination
        if name in self._flights or not self.room:
            return False
        if name == CONSOLE:
            self._answer(delivery, print_message(delivery.message))
        elif name in self._hung:
            self._answer(delivery, Outcome(result=Result.FAILED, detail="an earlier send to it still hangs"))
        elif sender := self._known().get(name):
            self._fly(delivery, sender)
        else:
            self._answer(delivery, Outcome(result=Result.REFUSED, detail=f"no destination is named {name} any more"))
        return True

    def finished(self, timeout: float) -> list[Sent]:
        """The sends that ended since the last call, waiting for one if there is none.

        Args:
            timeout: Seconds to wait at most; 0 looks only.
        """
        until = time.monotonic() + timeout
        while True:
            ended = self._collect() + self._expire()
            now = time.monotonic()
            if ended or now >= until:
                return ended
            nearest = min([until, *(flight.deadline for flight in self._flights.values())])
            with suppress(Empty):
                self._landed.append(self._over.get(timeout=max(0.001, nearest - now)))

    def send_all(self, deliveries: Sequence[Delivery]) -> Iterator[Sent]:
        """Send a batch; each is yielded as it ends, and those of one destination go one after the other."""
        waiting = list(deliveries)
        while waiting or self._flights or not self._over.empty():
            waiting = [delivery for delivery in waiting if not self.start(delivery)]
            yield from self.finished(timeout=1.0)

    # --- within -------------------------------------------------------------------------------------

    def _known(self) -> dict[str, Sender]:
        if self._senders is None:
            self._senders = {sender.destination.name: sender for sender in self._load()}
        return self._senders

    def _answer(self, delivery: Delivery, outcome: Outcome) -> None:
        self._over.put((None, Sent(delivery=delivery, outcome=outcome)))

    def _fly(self, delivery: Delivery, sender: Sender) -> None:
        def run() -> None:
            outcome = sender.send(delivery.message)
            self._over.put((flight, Sent(delivery=delivery, outcome=outcome)))

        thread = threading.Thread(target=run, name=f"send-{delivery.destination}", daemon=True)
        flight = _Flight(delivery=delivery, thread=thread, deadline=time.monotonic() + self._deadline)
        self._flights[delivery.destination] = flight
        thread.start()

    def _collect(self) -> list[Sent]:
        ended: list[Sent] = []
        while not self._over.empty():
            self._landed.append(self._over.get())
        landed, self._landed = self._landed, []
        for flight, sent in landed:
            if flight is None:
                ended.append(sent)
            elif self._flights.get(sent.delivery.destination) is flight:
                del self._flights[sent.delivery.destination]
                ended.append(sent)
            # Else it came after its deadline, when it had been told as failed already.
        return ended

    def _expire(self) -> list[Sent]:
        now = time.monotonic()
        expired = [flight for flight in self._flights.values() if flight.deadline <= now]
        for flight in expired:
            name = flight.delivery.destination
            self._hung[name] = self._flights.pop(name).thread
        outcome = Outcome(result=Result.FAILED, detail=f"no end within {self._deadline:g} seconds")
        return [Sent(delivery=flight.delivery, outcome=outcome) for flight in expired]


def open_courier(configuration: Path | None, addresses: Sequence[str], *, deadline: float = DEADLINE) -> Courier:
    """A courier to the destinations of Apprise's configuration file and of FACTWATCH_NOTIFY_URLS.

    Apprise is loaded at the first use; ``destinations`` raises UserFault where the configuration cannot be read.
    """

    def load() -> Sequence[Sender]:
        from monitor.delivery.services import load_services

        if configuration is None and not addresses:
            return ()
        return load_services(configuration, addresses)

    return Courier(load, deadline=deadline)
