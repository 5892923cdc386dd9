from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.core.messages import Occasion
from monitor.core.telling.retrying import Fate, Settle
from monitor.store import outbox
from monitor.store.engine import Connection, Store, open_store
from monitor.store.outbox import DeliveryState
from tests.store.builders import MINUTE, NOW, message

SENT, DEAD = Settle(fate=Fate.SENT, detail="200"), Settle(fate=Fate.DEAD, detail="404")
LEASE = 5 * MINUTE


def put(connection: Connection, key: str, destination: str = "slack", occasion: Occasion = Occasion.CHANGE) -> bool:
    order_key = key.partition("#")[0]
    return outbox.enqueue(connection, message(key, occasion), destination=destination, order_key=order_key, now=NOW)


def lease(connection: Connection, now: datetime = NOW, limit: int = 99, but: tuple[str, ...] = ()) -> list[str]:
    due = outbox.lease_due(connection, now=now, lease=LEASE, limit=limit, but=but)
    return [f"{delivery.message.key}>{delivery.destination}" for delivery in due]


def find(connection: Connection, key: str) -> outbox.DeliveryRecord:
    (record,) = outbox.list_newest(connection, message_key=key)
    return record


def settle(connection: Connection, key: str, step: Settle, now: datetime = NOW) -> None:
    outbox.settle(connection, find(connection, key).delivery.id, step, now=now)


def test_a_message_is_told_once_to_each_destination_and_on_each_occasion(store: Store) -> None:
    with store.transaction() as connection:
        assert put(connection, "car/launch#1")
        assert not put(connection, "car/launch#1")
        assert put(connection, "car/launch#1", "mail")
        assert put(connection, "car/launch#1", occasion=Occasion.WITHDRAWN)
        assert put(connection, "car/launch#2")
        settle(connection, "car/launch#2", SENT)
        assert not put(connection, "car/launch#2")


def test_the_stored_message_is_the_message_that_is_sent(store: Store) -> None:
    with store.transaction() as connection:
        put(connection, "car/launch#1")
        (delivery,) = outbox.lease_due(connection, now=NOW, lease=LEASE, limit=9)
    assert (delivery.message, delivery.attempts, delivery.created) == (message("car/launch#1"), 0, NOW)


def test_a_delivery_is_leased_to_one_until_settled_or_the_lease_runs_out(store: Store) -> None:
    with store.transaction() as connection:
        put(connection, "car/launch#1")
        assert [len(lease(connection, NOW + after * MINUTE)) for after in (0, 1, 4, 5, 6)] == [1, 0, 0, 1, 0]
        settle(connection, "car/launch#1", SENT)
        assert lease(connection, NOW + 99 * MINUTE) == []
        assert find(connection, "car/launch#1").state is DeliveryState.SENT


def test_each_fact_is_told_in_order_and_no_fact_waits_for_another(store: Store) -> None:
    with store.transaction() as connection:
        for key in ("car/launch#1", "car/launch#2", "car/price#1"):
            put(connection, key)
        put(connection, "car/launch#1", "mail")
        assert lease(connection) == ["car/launch#1>slack", "car/price#1>slack", "car/launch#1>mail"]
        (first,) = outbox.list_newest(connection, message_key="car/launch#1", destination="slack")
        wait = Settle(fate=Fate.RETRY, at=NOW + timedelta(hours=1), detail="503")
        outbox.settle(connection, first.delivery.id, wait, now=NOW)
        assert lease(connection, NOW + MINUTE) == []
        outbox.settle(connection, first.delivery.id, SENT, now=NOW)
        assert lease(connection, NOW + MINUTE) == ["car/launch#2>slack"]


def test_a_delivery_that_is_given_up_lets_the_next_go_and_can_be_tried_again(store: Store) -> None:
    with store.transaction() as connection:
        put(connection, "car/launch#1")
        put(connection, "car/launch#2")
        lease(connection)
        settle(connection, "car/launch#1", DEAD)
        assert lease(connection) == ["car/launch#2>slack"]
        settle(connection, "car/launch#2", SENT)
        later = NOW + timedelta(days=1)
        assert outbox.retry(connection, now=later, delivery_ids=[find(connection, "car/launch#2").delivery.id]) == 0
        assert outbox.retry(connection, now=later) == 1
        assert lease(connection, later) == ["car/launch#1>slack"]
        assert find(connection, "car/launch#1").delivery.attempts == 0


def test_a_late_word_changes_nothing_that_was_settled_since(store: Store) -> None:
    with store.transaction() as connection:
        put(connection, "car/launch#1")
        settle(connection, "car/launch#1", SENT)
        for late in (DEAD, Settle(fate=Fate.RETRY, at=NOW, detail="timeout")):
            settle(connection, "car/launch#1", late)
        record = find(connection, "car/launch#1")
    assert (record.state, record.settled, record.last_detail, record.delivery.attempts) == (DeliveryState.SENT, NOW, "200", 1)


def test_a_busy_destination_takes_no_place_from_the_others(store: Store) -> None:
    with store.transaction() as connection:
        for number in range(5):
            put(connection, f"car/{number}#1", "hung")
        put(connection, "car/launch#1", "healthy")
        assert lease(connection, limit=1, but=("hung",)) == ["car/launch#1>healthy"]


def test_a_message_for_later_waits_for_its_moment(store: Store) -> None:
    with store.transaction() as connection:
        outbox.enqueue(connection, message("a"), destination="slack", order_key="", now=NOW, not_before=NOW + MINUTE)
        assert outbox.next_attempt_at(connection, now=NOW) == NOW + MINUTE
        assert lease(connection) == []
        assert lease(connection, NOW + MINUTE) == ["a>slack"]


def test_each_destinations_backlog_is_counted(store: Store) -> None:
    with store.transaction() as connection:
        assert outbox.list_backlogs(connection) == ()
        for number in range(4):
            put(connection, f"car/launch#{number}")
        put(connection, "car/price#1", "mail")
        settle(connection, "car/launch#0", SENT)
        settle(connection, "car/launch#1", DEAD)
        settle(connection, "car/price#1", SENT)
        assert outbox.list_backlogs(connection) == (
            outbox.Backlog(destination="mail", pending=0, sent=1, dead=0, oldest_pending=None),
            outbox.Backlog(destination="slack", pending=2, sent=1, dead=1, oldest_pending=NOW),
        )
        dead = outbox.list_newest(connection, states=[DeliveryState.DEAD])
        assert [record.delivery.message.key for record in dead] == ["car/launch#1"]


STEPS = st.lists(st.tuples(st.sampled_from(["put", "send", "fail", "give up", "crash"]), st.integers(0, 2)), max_size=25)


@given(steps=STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_nothing_is_lost_nothing_told_twice_and_order_is_kept(
    store: Store, steps: list[tuple[str, int]]
) -> None:
    """Sends that fail, are given up, or die with their sender, in any order; then everything drains."""
    now, put_in, told = NOW, [0, 0, 0], [[], [], []]  # type: tuple[datetime, list[int], list[list[int]]]
    with store.transaction() as connection:
        connection.execute(outbox.outbox.delete())
        for action, fact in [*steps, *[("send", 0)] * len(steps)]:
            now += 2 * LEASE
            if action == "put":
                put(connection, f"car/{fact}#{put_in[fact]}")
                put_in[fact] += 1
                continue
            for delivery in outbox.lease_due(connection, now=now, lease=LEASE, limit=9):
                key = delivery.message.key
                assert key.startswith("car/")
                told_of, number = int(key[4]), int(key.partition("#")[2])
                if action in ("send", "give up"):
                    told[told_of].append(number)
                    outbox.settle(connection, delivery.id, SENT if action == "send" else DEAD, now=now)
                elif action == "fail":
                    outbox.settle(connection, delivery.id, Settle(fate=Fate.RETRY, at=now + MINUTE), now=now)
    assert told == [list(range(count)) for count in put_in]


def test_two_senders_never_hold_the_same_delivery(store: Store, database_url: str) -> None:
    other = open_store(database_url)
    with store.transaction() as connection:
        for number in range(10):
            put(connection, f"car/{number}#1")
    held = []
    for sender in (store, other, store, other):
        with sender.transaction() as connection:
            held += lease(connection, limit=3)
    assert len(held) == len(set(held)) == 10
    other.close()


def work_of_a_lease(connection: Connection, backlog: int) -> int:
    """How many hundreds of steps SQLite takes to find that a second message of so many more facts has to wait for the first."""
    for number in range(2 * backlog):
        put(connection, f"car/{backlog}-{number // 2}#{number % 2}")
    lease(connection, limit=1000)
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    driver = connection.connection.driver_connection
    assert driver is not None
    driver.set_progress_handler(count, 100)
    assert lease(connection) == []
    driver.set_progress_handler(None, 0)
    return steps


def test_the_work_of_a_lease_grows_no_faster_than_the_backlog(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'factwatch.db'}")
    with store.transaction() as connection:
        few, many = work_of_a_lease(connection, 100), work_of_a_lease(connection, 300)
    store.close()
    assert many < 6 * few
