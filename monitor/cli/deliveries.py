"""`factwatch deliveries`: the messages on their way, those that are held back, and those that have to be tried again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from monitor.cli.ledgers import open_ledger
from monitor.cli.tables import Form, FormOption, cell, print_json, print_table, show_distance, stamp
from monitor.errors import UserFault

if TYPE_CHECKING:
    from rich.text import Text

    from monitor.store.engine import Connection
    from monitor.store.held import HeldTelling
    from monitor.store.outbox import DeliveryRecord

app = typer.Typer(
    name="deliveries",
    help="The messages on their way, those that are held back, and those that have to be tried again.",
    no_args_is_help=True,
)

# The states of monitor.store.outbox, spelled out so that `factwatch --help` loads no store; and what is not there yet.
State = Literal["held", "pending", "sent", "dead"]
_MOST_DEAD = 100_000


@app.command("list")
def list_(
    state: Annotated[State | None, typer.Option(help="Only deliveries in this state.")] = None,
    destination: Annotated[str | None, typer.Option(metavar="NAME", help="Only deliveries to this destination.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most, the newest first.")] = 50,
    form: FormOption = Form.HUMAN,
) -> None:
    """List what is held back, the soonest first, and deliveries, the newest first.

    Dead ones were given up and wait for `factwatch deliveries retry`.
    """
    from monitor.config.settings import load_settings

    with open_ledger(load_settings()) as store, store.reading() as connection:
        tellings = _find_held(connection, destination)[:limit] if state in (None, "held") else []
        found = _find_deliveries(connection, state, destination, limit - len(tellings)) if state != "held" else ()
    if form is not Form.HUMAN:
        print_json([*map(_held_row, tellings), *map(_row, found)], form)
    elif tellings or found:
        _print_list(tellings, found)
    else:
        print("no such deliveries")


def _find_held(connection: Connection, destination: str | None) -> list[HeldTelling]:
    """What is held for a destination, or for whoever it will be."""
    from monitor.store import held

    return [telling for telling in held.list_held(connection) if destination in (None, telling.destination)]


def _find_deliveries(
    connection: Connection, state: State | None, destination: str | None, limit: int
) -> tuple[DeliveryRecord, ...]:
    from monitor.store import outbox

    states = [outbox.DeliveryState(state)] if state else []
    return outbox.list_newest(connection, states=states, destination=destination, limit=limit)


def _held_row(telling: HeldTelling) -> dict[str, Any]:
    return {
        "id": None,
        "key": telling.change_key,
        "occasion": str(telling.occasion),
        "title": None,
        "destination": telling.destination or None,
        "state": "held",
        "attempts": 0,
        "created": stamp(telling.held_at),
        "next_attempt": stamp(telling.until),
        "settled": None,
        "detail": telling.reason,
    }


def _row(record: DeliveryRecord) -> dict[str, Any]:
    delivery = record.delivery
    return {
        "id": delivery.id,
        "key": delivery.message.key,
        "occasion": str(delivery.message.occasion),
        "title": delivery.message.title,
        "destination": delivery.destination,
        "state": str(record.state),
        "attempts": delivery.attempts,
        "created": stamp(delivery.created),
        "next_attempt": stamp(record.next_attempt) if record.settled is None else None,
        "settled": stamp(record.settled),
        "detail": record.last_detail,
    }


def _print_list(tellings: Sequence[HeldTelling], found: Sequence[DeliveryRecord]) -> None:
    now = datetime.now(UTC)
    headings = ("Id", "State", "Destination", "When", "Tries", "Message", "Why")
    rows = [*(_held_cells(telling, now) for telling in tellings), *(_cells(record, now) for record in found)]
    print_table(headings, rows, folding=("Message", "Why"))


def _held_cells(telling: HeldTelling, now: datetime) -> tuple[Text | str, ...]:
    from monitor.cli.steps import state_cell

    return (
        "",
        state_cell("held"),
        cell(telling.destination or "all that the rule names"),
        show_distance(telling.until, now),
        "",
        cell(telling.change_key),
        cell(telling.reason, "dim"),
    )


def _cells(record: DeliveryRecord, now: datetime) -> tuple[Text | str, ...]:
    from monitor.cli.steps import state_cell

    delivery = record.delivery
    return (
        str(delivery.id),
        state_cell(record.state),
        cell(delivery.destination),
        show_distance(record.settled or record.next_attempt, now),
        str(delivery.attempts),
        cell(delivery.message.title),
        cell(record.last_detail, "dim"),
    )


@app.command()
def retry(
    ids: Annotated[list[int] | None, typer.Argument(metavar="ID …", help="Of dead deliveries.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that are dead.")] = False,
) -> None:
    """Have dead deliveries tried again from the first attempt; a daemon that runs sends them at once."""
    from monitor.config.settings import load_settings
    from monitor.store import outbox

    if bool(ids) is everything:
        raise UserFault(
            "which? name deliveries by their ids, or all dead ones with --all; see factwatch deliveries list --state dead"
        )
    with open_ledger(load_settings()) as store, store.transaction() as connection:
        dead = outbox.list_newest(connection, states=[outbox.DeliveryState.DEAD], limit=_MOST_DEAD)
        _demand_dead(ids or (), {record.delivery.id for record in dead})
        count = outbox.retry(connection, now=datetime.now(UTC), delivery_ids=ids or None)
    print(f"{count} {'delivery' if count == 1 else 'deliveries'} will be tried again")


def _demand_dead(ids: Sequence[int], dead: set[int]) -> None:
    """Nothing is tried again where one of the ids is no dead delivery: a second message to somebody cannot be called back.

    Raises:
        UserFault: Some are not dead; the message says which, and which are.
    """
    wrong = [str(one) for one in ids if one not in dead]
    if wrong:
        there = f"dead are {', '.join(map(str, sorted(dead)[:20]))}" if dead else "none is dead"
        raise UserFault(f"no dead delivery {', '.join(wrong)}; {there}")
