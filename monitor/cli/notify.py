"""`factwatch notify`: whether alerts reach the people who shall have them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.errors import UserFault

if TYPE_CHECKING:
    from monitor.core.messages import Delivery
    from monitor.core.telling.routing import Destination
    from monitor.delivery.courier import Sent

TEST_FOUND_SOMETHING = 1


def notify(
    test: Annotated[bool, typer.Option("--test", help="Send a test message to every destination.")] = False,
    tag: Annotated[list[str] | None, typer.Option("--tag", help="Only those with this tag; may be repeated.")] = None,
) -> None:
    """Send a test message to every destination and show which of them took it.

    The exit status is 1 if one did not.
    """
    from monitor.config.settings import load_settings
    from monitor.core.messages import Result
    from monitor.delivery.courier import open_courier

    if not test:
        raise UserFault("nothing to do; send a test message with: factwatch notify --test")
    settings = load_settings()
    courier = open_courier(settings.apprise_config, [url.get_secret_value() for url in settings.notify_urls])
    destinations = _chosen(courier.destinations, tag or [])
    sent = list(courier.send_all(_deliveries(destinations, settings.public_url)))
    _show(sent, destinations)
    if any(one.outcome.result is not Result.SENT for one in sent):
        raise typer.Exit(TEST_FOUND_SOMETHING)


def _chosen(destinations: tuple[Destination, ...], tags: list[str]) -> tuple[Destination, ...]:
    """The destinations that alerts with these tags go to.

    Raises:
        UserFault: A tag that no destination has: its alerts would go to all, which is no test of it.
    """
    from monitor.core.telling.routing import CONSOLE, Destination, route

    way = route(tags, destinations)
    if tags and (way.unmatched or not destinations):
        there = sorted({tag for destination in destinations for tag in destination.tags})
        known = f"the tags are {', '.join(there)}" if there else "there are no tags; set FACTWATCH_APPRISE_CONFIG"
        raise UserFault(f"no destination has the tag {', '.join(way.unmatched or tags)}; {known}")
    if not destinations:
        return (Destination(name=CONSOLE, kind="Console"),)
    return tuple(destination for destination in destinations if destination.name in way.destinations)


def _deliveries(destinations: tuple[Destination, ...], public_url: str) -> list[Delivery]:
    from monitor.config.templates import load_templates
    from monitor.core.messages import Delivery
    from monitor.core.telling.notices import notice_message
    from monitor.core.telling.stationery import Stationery

    now = datetime.now(UTC)
    stationery = Stationery(templates=load_templates(), public_url=public_url)

    def message_for(destination: Destination) -> Delivery:
        message = notice_message(
            "A test message of Factwatch",
            (f"If you can read this, alerts reach {destination.name} ({destination.kind}).", "Nothing has changed."),
            key=f"test/{now:%Y-%m-%dT%H:%M:%SZ}",
            stationery=stationery,
        )
        return Delivery(id=0, destination=destination.name, message=message, order_key=destination.name, attempts=0, created=now)

    return [message_for(destination) for destination in destinations]


def _show(sent: list[Sent], destinations: tuple[Destination, ...]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from monitor.core.messages import Result

    outcomes = {one.delivery.destination: one.outcome for one in sent}
    table = Table("Destination", "Service", "Tags", "Result", box=None)
    for destination in destinations:
        outcome = outcomes[destination.name]
        is_sent = outcome.result is Result.SENT
        tags = ", ".join(sorted(destination.tags)) or ("every alert" if destination.receives_all else "")
        result = Text("sent", style="green") if is_sent else Text(f"{outcome.result}: {outcome.detail}", style="red")
        table.add_row(Text(destination.name), Text(destination.kind), Text(tags), result)
    Console().print(table)
