"""What became of a stored item, as rows for machines and as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.cli.steps import change_row, state_cell
from monitor.cli.tables import cell, open_console, show_minute, stamp

if TYPE_CHECKING:
    from rich.console import Console

    from monitor.jobs.accounts import Account, FactAccount
    from monitor.jobs.recalling import Consequence, Recalled, Story
    from monitor.store.outbox import DeliveryRecord
    from monitor.store.versions import Version


# --- for machines -----------------------------------------------------------------------------------


def story_row(story: Story) -> dict[str, Any]:
    """All that is on record of an item."""
    from monitor.feeds.links import shown

    return {
        "item": story.versions[-1].item.id,
        "feed": shown(story.feed.url) if story.feed else None,
        "first_seen": stamp(story.versions[0].first_seen),
        "versions": [_version_row(version) for version in story.versions],
        "readings": [_reading_row(one) for one in story.readings],
        "passed_over": story.passed_over,
        "changes": [_consequence_row(one) for one in story.consequences],
    }


def _version_row(version: Version) -> dict[str, Any]:
    item = version.item
    return {
        "number": version.number,
        "kind": str(version.kind),
        "title": item.title,
        "url": item.url,
        "publisher": item.publisher,
        "published": stamp(item.published),
    }


def _reading_row(one: Recalled) -> dict[str, Any]:
    from dataclasses import asdict

    return {"reader": one.reader, "version": one.number, "read": stamp(one.read_at), **asdict(one.account)}


def _consequence_row(one: Consequence) -> dict[str, Any]:
    return {
        **change_row(one.change),
        "held": [{"reason": telling.reason, "until": stamp(telling.until)} for telling in one.held],
        "deliveries": [_delivery_row(record) for record in one.deliveries],
    }


def _delivery_row(record: DeliveryRecord) -> dict[str, Any]:
    return {
        "id": record.delivery.id,
        "destination": record.delivery.destination,
        "occasion": str(record.delivery.message.occasion),
        "state": str(record.state),
        "settled": stamp(record.settled),
        "detail": record.last_detail,
    }


# --- for people -------------------------------------------------------------------------------------


def print_story(story: Story) -> None:
    """The versions, how each was read, and the changes that came of it with their messages."""
    from rich.text import Text

    from monitor.feeds.links import shown

    console, item = open_console(), story.versions[-1].item
    console.print(Text.assemble((f"item {item.id}", "bold"), "  ", cell(item.title)))
    source = f" from {shown(story.feed.url)}" if story.feed else ""
    console.print(cell(f"first seen {show_minute(story.versions[0].first_seen)}{source}"))
    for version in story.versions:
        console.print(cell(f"version {version.number}, {version.kind}, published {show_minute(version.item.published)}"))
        for one in story.readings:
            if one.number == version.number:
                _print_reading(console, one)
    for watch, why in story.passed_over.items():
        console.print(cell(f"not read for {watch}: {why}"))
    if not story.readings and not story.passed_over:
        console.print("not read: it names the subject of no watch")
    for consequence in story.consequences:
        _print_consequence(console, consequence)


def _print_reading(console: Console, one: Recalled) -> None:
    from rich.text import Text

    manner = ", as history: it could move a value, and no alert was due" if one.account.is_silent else ""
    console.print(Text.assemble("  ", (one.reader, "bold"), f"  read {show_minute(one.read_at)}{manner}"))
    for line in _lines_of(one.account):
        console.print(cell(f"    {line}"))


def _lines_of(account: Account) -> list[str]:
    if account.mistake:
        return [f"not read, by a mistake of this program ({account.mistake}); the log of that moment tells more"]
    alone = [f"read by our own reader alone: {account.alone}"] if account.alone else []
    lines = [f"{claim.fact}: {claim.value or claim.modality}, {claim.certainty}: “{claim.quote}”" for claim in account.claims]
    lines += [line for fact in account.facts for line in _decision_of(fact)]
    return [*alone, *(lines or ["nothing in it says anything of a fact: no alert"])]


def _decision_of(fact: FactAccount) -> list[str]:
    """The verdict, whether it was told, and the reasons for both."""
    if fact.told:
        end = "held back" if fact.is_held else "to be told"
        end = f"{end} as {', '.join(fact.told)}"
    else:
        end = "no alert"
    verdict = f"{fact.verdict} {fact.said} against {fact.known}" if fact.verdict else f"no verdict against {fact.known}"
    return [f"{fact.fact} = {verdict}: {end}", *(f"  - {reason}" for reason in fact.reasons)]


def _print_consequence(console: Console, one: Consequence) -> None:
    from rich.text import Text

    from monitor.core.telling.wording import show_known

    change = one.change
    console.print(Text.assemble((change.key, "bold"), cell(f"  {show_known(change.brings)}, "), state_cell(change.state)))
    for record in one.deliveries:
        delivery = record.delivery
        moment = show_minute(record.settled) or f"next try {show_minute(record.next_attempt)}"
        head = f"    {delivery.message.occasion} to {delivery.destination}: "
        console.print(Text.assemble(head, state_cell(record.state), f" {moment} ", cell(record.last_detail, "dim")))
    for telling in one.held:
        console.print(cell(f"    held back: {telling.reason}"))
    if not one.deliveries and not one.held:
        console.print("    told as part of a digest" if change.is_told else "    not told")
