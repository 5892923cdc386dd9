"""`factwatch changes`: what was said to change, on what evidence, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from monitor.cli.ledgers import begin_of, find_change, find_facts, find_watch, open_ledger, open_review, read_day, read_duration
from monitor.cli.tables import (
    Form,
    FormOption,
    cell,
    open_console,
    print_document,
    print_fields,
    print_json,
    print_table,
    show_day,
    show_minute,
    stamp,
)
from monitor.errors import UserFault

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from monitor.core.changes import Change
    from monitor.jobs.context import Context
    from monitor.store.engine import Connection
    from monitor.store.held import HeldTelling
    from monitor.store.outbox import DeliveryRecord

app = typer.Typer(
    name="changes", help="What was said to change, on what evidence, and what you decide about it.", no_args_is_help=True
)

# The states of monitor.core.changes, spelled out so that `factwatch --help` loads no core.
State = Literal["candidate", "accepted", "dismissed", "withdrawn", "conflict"]
Key = Annotated[str, typer.Argument(metavar="KEY", help="For instance xiaomi-ev/launch#3.")]
Note = Annotated[str, typer.Option(help="Why, for those who read the history.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """A change with what is held back of it."""

    change: Change
    tellings: Sequence[HeldTelling]


# --- looking ----------------------------------------------------------------------------------------


@app.command("list")
def list_(  # noqa: PLR0917 - options have names where a person types them
    watch: Annotated[str | None, typer.Option(metavar="WATCH", help="Only changes of this watch.")] = None,
    state: Annotated[State | None, typer.Option(help="Only changes in this state.")] = None,
    since: Annotated[
        date | None, typer.Option(metavar="DATE", parser=read_day, help="Only changes learned since this day.")
    ] = None,
    held: Annotated[bool, typer.Option("--held", help="Only changes that are yet to be told, with what they wait for.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many at most, the newest first.")] = 50,
    form: FormOption = Form.HUMAN,
) -> None:
    """List changes, those learned last first."""
    from monitor.config.settings import load_settings

    with open_ledger(load_settings()) as store, store.reading() as connection:
        found = _find(connection, watch=watch, state=state, since=since, is_held=held, limit=limit)
    if form is not Form.HUMAN:
        print_json([_row(listed) for listed in found], form)
    elif found:
        _print_list(found, with_held=held)
    else:
        print("no such changes")


def _find(
    connection: Connection, *, watch: str | None, state: str | None, since: date | None, is_held: bool, limit: int
) -> list[_Listed]:
    from monitor.core.changes import ChangeState
    from monitor.store import changes

    tellings = _held_tellings(connection)
    wanted = [ChangeState(state)] if state else []
    start = begin_of(since) if since else None
    if not is_held:
        found = changes.list_newest(connection, watch=watch, states=wanted, since=start, limit=limit)
    else:
        waiting = (change for key in tellings if (change := changes.find(connection, key)))
        found = tuple(
            change
            for change in sorted(waiting, key=lambda change: change.learned, reverse=True)
            if watch in (None, change.watch) and (not wanted or change.state in wanted) and (not start or change.learned >= start)
        )[:limit]
    return [_Listed(change=change, tellings=tellings.get(change.key, ())) for change in found]


def _held_tellings(connection: Connection) -> Mapping[str, Sequence[HeldTelling]]:
    """What is held back, by the key of the change."""
    from monitor.store import held

    tellings: dict[str, list[HeldTelling]] = {}
    for telling in held.list_held(connection):
        tellings.setdefault(telling.change_key, []).append(telling)
    return tellings


def _row(listed: _Listed) -> dict[str, Any]:
    from monitor.cli.steps import change_row

    return {**change_row(listed.change), "held": [_held_row(telling) for telling in listed.tellings]}


def _held_row(telling: HeldTelling) -> dict[str, Any]:
    return {
        "occasion": str(telling.occasion),
        "destination": telling.destination or None,
        "reason": telling.reason,
        "until": stamp(telling.until),
    }


def _print_list(found: Sequence[_Listed], *, with_held: bool) -> None:
    headings = ("Change", "Said", "Was", "Now", "Verdict", "Certainty", "State", "Waits for" if with_held else "Source")
    print_table(headings, [_cells(listed, with_held=with_held) for listed in found], folding=("Was", "Now", headings[-1]))


def _cells(listed: _Listed, *, with_held: bool) -> tuple[Text | str, ...]:
    from monitor.cli.steps import state_cell
    from monitor.core.telling.vouching import sources_of
    from monitor.core.telling.wording import show_known

    change = listed.change
    waits = "; ".join(f"{telling.reason}, until {show_minute(telling.until)}" for telling in listed.tellings)
    return (
        change.key,
        show_day(change.effective),
        cell(show_known(change.old)),
        cell(show_known(change.brings), "bold"),
        str(change.verdict),
        str(change.certainty),
        state_cell(change.state),
        cell(waits if with_held else sources_of(change)),
    )


@app.command()
def show(key: Key, form: FormOption = Form.HUMAN) -> None:
    """Show all of one change: values, evidence with the reasons of its reading, and the messages that were sent."""
    from monitor.cli.steps import evidence_row
    from monitor.config.settings import load_settings
    from monitor.store import outbox, snoozes

    now = datetime.now(UTC)
    with open_ledger(load_settings()) as store, store.reading() as connection:
        change = find_change(connection, key)
        tellings = _held_tellings(connection).get(key, ())
        sent = outbox.list_newest(connection, message_key=key)
        snoozed = snoozes.snoozed_until(connection, change.watch, change.fact, key, now=now)
    if form is Form.HUMAN:
        _print_change(change, tellings, sent, snoozed)
        return
    answer = {
        **_row(_Listed(change=change, tellings=tellings)),
        "evidence": [evidence_row(piece) for piece in change.evidence],
        "deliveries": [_sent_row(record) for record in sent],
        "snoozed_until": stamp(snoozed),
    }
    print_document(answer) if form is Form.JSON else print_json([answer], form)


def _sent_row(record: DeliveryRecord) -> dict[str, Any]:
    return {
        "id": record.delivery.id,
        "destination": record.delivery.destination,
        "occasion": str(record.delivery.message.occasion),
        "state": str(record.state),
        "attempts": record.delivery.attempts,
        "settled": stamp(record.settled),
        "detail": record.last_detail,
    }


def _print_change(
    change: Change, tellings: Sequence[HeldTelling], sent: Sequence[DeliveryRecord], snoozed: datetime | None
) -> None:
    from rich.text import Text

    from monitor.cli.steps import print_evidence, state_cell
    from monitor.core.telling.moves import describe_move
    from monitor.core.telling.vouching import sources_of
    from monitor.core.telling.wording import show_known

    console = open_console()
    console.print(Text(change.key, style="bold"))
    fields: dict[str, Any] = {
        "was": show_known(change.old),
        "now": Text(show_known(change.brings), style="bold"),
        "told as": show_known(change.new) if change.corrected else "",
        "move": describe_move(change.old, change.brings, change.verdict),
        "verdict": f"{change.verdict}, {change.certainty}",
        "state": Text.assemble(state_cell(change.state), f", by {change.decided_by}"),
        "note": change.note,
        "said": show_minute(change.effective),
        "learned": show_minute(change.learned),
        "source": sources_of(change),
        "snoozed": f"until {show_minute(snoozed)}" if snoozed else "",
    }
    print_fields(console, fields)
    if change.evidence:
        console.print(Text("evidence", style="bold"))
    for piece in change.evidence:
        print_evidence(console, piece, with_reasons=True)
    _print_telling(console, change, tellings, sent)


def _print_telling(console: Console, change: Change, tellings: Sequence[HeldTelling], sent: Sequence[DeliveryRecord]) -> None:
    from rich.text import Text

    from monitor.cli.steps import state_cell

    console.print(Text("messages", style="bold"))
    for record in sent:
        moment = show_minute(record.settled) or f"next try {show_minute(record.next_attempt)}"
        head = f"    {record.delivery.message.occasion} to {record.delivery.destination}: "
        console.print(Text.assemble(head, state_cell(record.state), f" {moment} ", cell(record.last_detail, "dim")))
    for telling in tellings:
        whom = f" for {telling.destination}" if telling.destination else ""
        console.print(cell(f"held back{whom} until {show_minute(telling.until)}: {telling.reason}"))
    if not sent and not tellings:
        console.print("    told as part of a digest" if change.is_told else "    none")


# --- deciding ---------------------------------------------------------------------------------------


@app.command()
def accept(
    key: Key,
    value: Annotated[str | None, typer.Option(metavar="VALUE", help="Hold this in the place of what was said.")] = None,
    note: Note = "",
) -> None:
    """Bring a change into force, or uphold it; a value with --value corrects it."""
    from monitor.jobs.reviewing import accept as accept_change

    _decide(key, lambda context: accept_change(context, key, value=value, note=note))


@app.command()
def dismiss(key: Key, note: Note = "") -> None:
    """Say no to a change: the value before it is in force again, and stays until something firmer repeats this one."""
    from monitor.jobs.reviewing import dismiss as dismiss_change

    _decide(key, lambda context: dismiss_change(context, key, note=note))


@app.command()
def release(
    target: Annotated[str, typer.Argument(metavar="KEY|WATCH", help="A change, or a watch for all that is held back of it.")],
) -> None:
    """Let what was held back because too many changes came at once take its usual course: into force, and told."""
    from monitor.config.settings import load_settings
    from monitor.jobs.reviewing import release as release_changes

    with open_review(load_settings()) as context:
        if "#" in target:
            with context.store.reading() as connection:
                find_change(connection, target)
        else:
            find_watch(target, context.rules.current.watches)
        for change in release_changes(context, target):
            print(f"{change.key} released, {change.state}")


def _decide(key: str, decision: Callable[[Context], Change]) -> None:
    """Have a decision made, and say what it came to."""
    from monitor.config.settings import load_settings
    from monitor.core.telling.wording import show_known
    from monitor.store.facts import load_history

    with open_review(load_settings()) as context:
        with context.store.reading() as connection:
            find_change(connection, key)
        change = decision(context)
        with context.store.reading() as connection:
            history = load_history(connection, change.watch, change.fact)
    in_force = f"; {change.watch}/{change.fact} is {show_known(history.in_force)}" if history else ""
    print(f"{key} {change.state}{in_force}")


@app.command()
def snooze(
    target: Annotated[str, typer.Argument(metavar="KEY|WATCH|WATCH/FACT", help="What to hear nothing of for a while.")],
    until: Annotated[date | None, typer.Option(metavar="DATE", parser=read_day, help="Until this day begins (UTC).")] = None,
    length: Annotated[
        timedelta | None, typer.Option("--for", metavar="TIME", parser=read_duration, help="For so long: 12h, 3d, 2w.")
    ] = None,
    note: Note = "",
) -> None:
    """Hear nothing of a change, a fact or a watch for a while; what comes meanwhile is told afterwards."""
    from monitor.config.settings import load_settings
    from monitor.jobs.reviewing import snooze as silence

    if (until is None) is (length is None):
        raise UserFault("for how long? give one of --until DATE and --for TIME, for instance --for 3d")
    with open_review(load_settings()) as context:
        if "#" in target:
            with context.store.reading() as connection:
                find_change(connection, target)
        else:
            find_facts(target, context.rules.current.watches)
        end = begin_of(until) if until else context.now() + (length or timedelta())
        silence(context, target, until=end, note=note)
    print(f"{target} is silent until {show_minute(end)} UTC")
