"""Whatever happens in whatever order: nothing is lost, the order is kept, and no message comes twice but one not settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from monitor.core.messages import Delivery, Outcome, Result
from monitor.core.telling.retrying import Fate, next_step
from monitor.store import held, leases, outbox
from monitor.store.engine import Connection, Store, open_store
from monitor.store.outbox import DeliveryState
from tests.store.builders import MINUTE, NOW, message

LEASE = 5 * MINUTE
FACTS, DESTINATIONS = ("car/launch", "car/price", outbox.AMONG_ALL), ("mail", "slack")
OUTCOMES = st.sampled_from([Outcome(result=result, detail=result) for result in Result])
MOMENTS = st.sampled_from([timedelta(seconds=1), MINUTE, 10 * MINUTE, timedelta(hours=2), timedelta(days=1)])
STEPS_OF_CLOCK = st.sampled_from([timedelta(hours=-1), timedelta(days=-30), timedelta(days=365)])


class PowerCutError(Exception):
    """The transaction that is under way never ends."""


@dataclass(slots=True)
class Row:
    """What the outbox ought to know of one message to one destination.

    Attributes:
        leased_until: None while nobody has it.
    """

    number: int
    fact: str
    destination: str
    state: DeliveryState = DeliveryState.PENDING
    leased_until: datetime | None = None


@dataclass(slots=True)
class Flight:
    """A send, by one process, from its lease to its end.

    Attributes:
        outcome: None while it has not been sent.
    """

    delivery: Delivery
    outcome: Outcome | None = None


@dataclass(slots=True)
class Heard:
    """What a destination has got.

    Attributes:
        unsettled: How often a message came whose coming was never written down in time: each permits one repetition.
    """

    messages: Counter[tuple[str, str]] = field(default_factory=Counter)
    unsettled: Counter[tuple[str, str]] = field(default_factory=Counter)


class OutboxMachine(RuleBasedStateMachine):
    """Two facts and digests of both, two destinations, processes that come and go, and a clock that nobody can rely on."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name) / 'factwatch.db'}"
        self.store: Store = open_store(self.url)
        self.now = NOW
        self.numbers: Counter[str] = Counter()
        self.rows: dict[tuple[str, str], Row] = {}
        self.held: dict[str, datetime] = {}
        self.rests: dict[str, tuple[datetime, datetime]] = {}
        self.flights: list[Flight] = []
        self.heard = Heard()

    def teardown(self) -> None:
        self._deliver_everything()
        self.store.close()
        self.folder.cleanup()

    # --- putting in -------------------------------------------------------------------------------------

    @rule(fact=st.sampled_from(FACTS), is_cut=st.booleans())
    def change(self, fact: str, is_cut: bool) -> None:
        """A fact moves, and everybody is to be told; all of it is written, or nothing."""
        number = self.numbers[fact] + 1
        with self._writing(is_cut=is_cut) as connection:
            self._enqueue(connection, f"{fact}#{number}")
        if not is_cut:
            self.numbers[fact] = number
            self._expect(f"{fact}#{number}")

    @rule(fact=st.sampled_from(FACTS), wait=MOMENTS)
    def hold(self, fact: str, wait: timedelta) -> None:
        """A fact moves while it is snoozed: it is told later."""
        self.numbers[fact] += 1
        key = f"{fact}#{self.numbers[fact]}"
        with self.store.transaction() as connection:
            held.hold(connection, key, until=self.now + wait, reason="snoozed", now=self.now)
        self.held[key] = self.now + wait

    @rule(is_cut=st.booleans())
    def release(self, is_cut: bool) -> None:
        """What was held long enough is handed on to the outbox."""
        with self._writing(is_cut=is_cut) as connection:
            keys = [telling.change_key for telling in held.release_due(connection, now=self.now)]
            for key in keys:
                self._enqueue(connection, key)
        assert set(keys) == {key for key, until in self.held.items() if until <= self.now}
        if not is_cut:
            for key in keys:
                del self.held[key]
                self._expect(key)

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def tell_again(self, data: st.DataObject) -> None:
        """Whoever would tell a change a second time is not heard."""
        key, destination = data.draw(st.sampled_from(sorted(self.rows)))
        with self.store.transaction() as connection:
            order_key = key.partition("#")[0]
            assert not outbox.enqueue(connection, message(key), destination=destination, order_key=order_key, now=self.now)

    # --- sending ----------------------------------------------------------------------------------------

    @rule(limit=st.integers(1, 3), is_cut=st.booleans())
    def lease(self, limit: int, is_cut: bool) -> None:
        """A process takes what is due; nobody has it, and everything before it is done."""
        with self._writing(is_cut=is_cut) as connection:
            taken = outbox.lease_due(connection, now=self.now, lease=LEASE, limit=limit)
        for delivery in taken:
            row = self._row(delivery)
            assert row.state is DeliveryState.PENDING
            assert row.leased_until is None or row.leased_until <= self.now
            assert not any(other.state is DeliveryState.PENDING for other in self._before(row))
            since, until = self.rests.get(row.destination, (self.now, self.now))
            assert not since <= self.now < until
            if not is_cut:
                row.leased_until = self.now + LEASE
                self.flights.append(Flight(delivery))

    @rule(quick=OUTCOMES, slow=OUTCOMES, tries=st.integers(1, 3))
    def overtake(self, quick: Outcome, slow: Outcome, tries: int) -> None:
        """A process is so slow that another takes what it still holds and is done with it first."""
        before = len(self.flights)
        for _ in range(2):
            self.lease(limit=3, is_cut=False)
            self.now += LEASE
        taken = self.flights[before:]
        for number, flight in enumerate(reversed(taken)):
            self._send(flight, quick if number < len(taken) / 2 else slow)
            self._settle(flight, tries, is_cut=False)

    @precondition(lambda self: self._unsent())
    @rule(data=st.data(), outcome=OUTCOMES)
    def send(self, data: st.DataObject, outcome: Outcome) -> None:
        """A leased message reaches its destination, fails or is refused."""
        self._send(data.draw(st.sampled_from(self._unsent())), outcome)

    @precondition(lambda self: self._unsettled())
    @rule(data=st.data(), tries=st.integers(1, 3), is_cut=st.booleans())
    def settle(self, data: st.DataObject, tries: int, is_cut: bool) -> None:
        """What became of a send is written down, in time or long after the lease ran out; it may be the last of several."""
        self._settle(data.draw(st.sampled_from(self._unsettled())), tries, is_cut=is_cut)

    @rule(destination=st.sampled_from(DESTINATIONS), wait=MOMENTS)
    def rest(self, destination: str, wait: timedelta) -> None:
        """A destination asks for a rest."""
        with self.store.transaction() as connection:
            outbox.rest(connection, destination, until=self.now + wait, now=self.now)
        self.rests[destination] = (self.now, self.now + wait)

    @rule()
    def crash(self) -> None:
        """All processes die; the one that starts next is alone and gives their leases back."""
        self.flights.clear()
        self.store.close()
        self.store = open_store(self.url)
        with self.store.transaction() as connection:
            leases.release_all(connection)
        for row in self.rows.values():
            row.leased_until = None

    @rule()
    def retry(self) -> None:
        """A person has what was given up tried again."""
        with self.store.transaction() as connection:
            count = outbox.retry(connection, now=self.now)
        dead = [row for row in self.rows.values() if row.state is DeliveryState.DEAD]
        assert count == len(dead)
        for row in dead:
            row.state, row.leased_until = DeliveryState.PENDING, None

    # --- the clock --------------------------------------------------------------------------------------

    @rule(time=MOMENTS)
    def wait(self, time: timedelta) -> None:
        """Time passes."""
        self.now += time

    @rule(step=STEPS_OF_CLOCK)
    def step(self, step: timedelta) -> None:
        """Somebody sets the clock."""
        self.now += step

    # --- the laws ---------------------------------------------------------------------------------------

    @invariant()
    def every_message_is_where_it_ought_to_be(self) -> None:
        """Nothing is lost, nothing comes from nowhere, and what is done stays done."""
        with self.store.reading() as connection:
            records = outbox.list_newest(connection, limit=10_000)
            waiting = {telling.change_key for telling in held.list_held(connection)}
        stored = {(one.delivery.message.key, one.delivery.destination): one.state for one in records}
        assert stored == {key: row.state for key, row in self.rows.items()}
        assert waiting == self.held.keys()

    @invariant()
    def nothing_comes_twice_but_what_was_not_settled(self) -> None:
        """The one window of at-least-once, and no other."""
        for message_to, times in self.heard.messages.items():
            assert times <= 1 + self.heard.unsettled[message_to]

    def _deliver_everything(self) -> None:
        """At the end all goes well, and then every message has come."""
        self.crash()
        self.now += timedelta(days=3 * 365)
        self.release(is_cut=False)
        self.retry()
        for _ in range(2 * len(self.rows) + 1):
            self.lease(limit=3, is_cut=False)
            for flight in self._unsent():
                self._send(flight, Outcome(result=Result.SENT))
                self._settle(flight, tries=1, is_cut=False)
        assert self.heard.messages.keys() == self.rows.keys()
        assert {row.state for row in self.rows.values()} <= {DeliveryState.SENT}
        assert not self.held

    # --- short ways -------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self, *, is_cut: bool) -> Iterator[Connection]:
        """A transaction that a crash may cut off before its end."""
        try:
            with self.store.transaction() as connection:
                yield connection
                if is_cut:
                    raise PowerCutError
        except PowerCutError:
            pass

    def _enqueue(self, connection: Connection, key: str) -> None:
        for name in DESTINATIONS:
            assert outbox.enqueue(connection, message(key), destination=name, order_key=key.partition("#")[0], now=self.now)

    def _expect(self, key: str) -> None:
        for name in DESTINATIONS:
            self.rows[key, name] = Row(number=len(self.rows), fact=key.partition("#")[0], destination=name)

    def _row(self, delivery: Delivery) -> Row:
        return self.rows[delivery.message.key, delivery.destination]

    def _before(self, row: Row) -> Iterator[Row]:
        """Older messages of the same fact to the same destination; a digest is of all facts."""
        for other in self.rows.values():
            is_of_fact = outbox.AMONG_ALL in {other.fact, row.fact} or other.fact == row.fact
            if is_of_fact and other.destination == row.destination and other.number < row.number:
                yield other

    def _unsent(self) -> list[Flight]:
        return [flight for flight in self.flights if flight.outcome is None]

    def _unsettled(self) -> list[Flight]:
        return [flight for flight in self.flights if flight.outcome is not None]

    def _send(self, flight: Flight, outcome: Outcome) -> None:
        flight.outcome = outcome
        if outcome.result is Result.SENT:
            message_to = flight.delivery.message.key, flight.delivery.destination
            self.heard.messages[message_to] += 1
            self.heard.unsettled[message_to] += 1

    def _settle(self, flight: Flight, tries: int, *, is_cut: bool) -> None:
        delivery, outcome = flight.delivery, flight.outcome
        assert outcome is not None
        age = self.now - delivery.created
        fate = next_step(outcome, attempts=tries, age=age, now=self.now, jitter=0.5)
        with self._writing(is_cut=is_cut) as connection:
            outbox.settle(connection, delivery.id, fate, now=self.now)
        if is_cut:
            return
        self.flights.remove(flight)
        row = self._row(delivery)
        if row.state is DeliveryState.PENDING:
            row.leased_until = None
            row.state = {Fate.SENT: DeliveryState.SENT, Fate.DEAD: DeliveryState.DEAD}.get(fate.fate, DeliveryState.PENDING)
            if row.state is DeliveryState.SENT:
                self.heard.unsettled[delivery.message.key, delivery.destination] -= 1


TestOutbox = OutboxMachine.TestCase
TestOutbox.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
