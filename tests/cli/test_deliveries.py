"""`factwatch deliveries`: what was sent, and what is to be tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.cli.tables import stamp
from monitor.store import held
from monitor.store.engine import Store
from monitor.store.outbox import DeliveryState, list_newest
from tests.cli.conftest import Command
from tests.cli.ledger import NOW


def states(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        return {record.delivery.destination: str(record.state) for record in list_newest(connection)}


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), [None, "pager", "desk"]),
        (("--limit", "2"), [None, "pager"]),
        (("--state", "held"), [None]),
        (("--state", "dead"), ["pager"]),
        (("--destination", "desk"), ["desk"]),
        (("--state", "pending"), []),
    ],
)
def test_the_list_holds_what_was_asked_for(factwatch: Command, options: tuple[str, ...], found: list[str | None]) -> None:
    rows = factwatch("deliveries", "list", *options, "--format", "jsonl").rows
    assert [row["destination"] for row in rows] == found


@pytest.mark.usefixtures("store")
def test_a_dead_delivery_says_why(factwatch: Command) -> None:
    line = factwatch("deliveries", "list", "--state", "dead").out.splitlines()[1]
    assert line.split()[1:3] == ["dead", "pager"]
    assert line.rstrip().endswith("404 Not Found")


def test_what_is_held_back_says_for_whom_until_when_and_why(factwatch: Command, store: Store) -> None:
    with store.transaction() as connection:
        until = datetime.now(UTC) + timedelta(hours=3, minutes=30)
        held.hold(connection, "acme/opening#2", destination="desk", until=until, reason="quiet hours", now=NOW)
    (row,) = factwatch("deliveries", "list", "--state", "held", "--destination", "desk", "--format", "jsonl").rows
    assert (row["key"], row["next_attempt"], row["detail"]) == ("acme/opening#2", stamp(until), "quiet hours")
    lines = factwatch("deliveries", "list", "--state", "held").out.splitlines()
    assert lines[1].split() == ["held", "desk", "in", "3", "h", "acme/opening#2", "quiet", "hours"]
    assert lines[2].split()[:7] == ["held", "all", "that", "the", "rule", "names", "in"]


@pytest.mark.parametrize("by_id", [True, False])
def test_dead_deliveries_are_tried_again(factwatch: Command, store: Store, *, by_id: bool) -> None:
    with store.reading() as connection:
        (dead,) = list_newest(connection, states=[DeliveryState.DEAD])
    answer = factwatch("deliveries", "retry", str(dead.delivery.id) if by_id else "--all")
    assert (answer.status, answer.out) == (0, "1 delivery will be tried again\n")
    assert states(store) == {"desk": "sent", "pager": "pending"}


def test_nothing_is_tried_again_where_one_of_the_ids_is_not_dead(factwatch: Command, store: Store) -> None:
    with store.reading() as connection:
        ids = [str(record.delivery.id) for record in list_newest(connection)]
    answer = factwatch("deliveries", "retry", *ids)
    assert answer.status == 2
    assert "no dead delivery" in answer.err
    assert states(store) == {"desk": "sent", "pager": "dead"}


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("arguments", [(), ("1", "--all")])
def test_ids_or_all_have_to_be_named(factwatch: Command, arguments: tuple[str, ...]) -> None:
    answer = factwatch("deliveries", "retry", *arguments)
    assert answer.status == 2
    assert "--all" in answer.err
