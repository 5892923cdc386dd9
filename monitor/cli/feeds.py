"""`factwatch feeds`: the feeds that are watched, and what an address has to offer."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli import feedbook
from monitor.cli.ledgers import open_ledger
from monitor.cli.tables import Form, FormOption, cell, print_json, print_table, show_distance, stamp
from monitor.errors import UserFault

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from monitor.config.settings import Settings
    from monitor.feeds.previewing import Preview
    from monitor.store.feeds import Feed

app = typer.Typer(name="feeds", help="The feeds that are watched, and what an address has to offer.", no_args_is_help=True)
app.command()(feedbook.add)
app.command()(feedbook.discover)
app.command("import")(feedbook.import_)
app.command()(feedbook.export)

_PROCESSES = 2
_MANY_AT_ONE_HOST = 20
_CONNECTIONS = 8


class Format(StrEnum):
    """How the answers are written."""

    TABLE = "table"
    JSONL = "jsonl"


@app.command("list")
def list_(form: FormOption = Form.HUMAN) -> None:
    """List the feeds with their health: when each was read last, when it is due, and what went wrong."""
    from monitor.config.settings import load_settings
    from monitor.store import feeds, items

    with open_ledger(load_settings()) as store, store.reading() as connection:
        found = feeds.list_all(connection)
        counts = items.count_by_feed(connection)
    if form is not Form.HUMAN:
        print_json([_health_row(feed, counts.get(feed.id, 0)) for feed in found], form)
        return
    now = datetime.now(UTC)
    headings = ("Feed", "Health", "Read", "Due", "Items", "Last error")
    rows = [_health_cells(feed, counts.get(feed.id, 0), now) for feed in found]
    print_table(headings, rows, folding=("Feed", "Health", "Last error"))


def _health_row(feed: Feed, count: int) -> dict[str, Any]:
    from monitor.feeds.links import shown

    return {
        "url": shown(feed.url),
        "select": feed.select,
        "current_url": shown(feed.current_url),
        "title": feed.title,
        "health": feed.health,
        "last_success": stamp(feed.last_ok_at),
        "next_due": stamp(feed.next_due),
        "failures": feed.failures,
        "failing_since": stamp(feed.first_failure_at),
        "last_error": feed.last_error or None,
        "ended": stamp(feed.ended_at),
        "items": count,
    }


def _health_cells(feed: Feed, count: int, now: datetime) -> tuple[Text | str, ...]:
    from monitor.feeds.links import shown

    health = feed.health
    tries = f", {feed.failures} in a row" if feed.failures else ""
    return (
        cell(shown(feed.url) + (f"  {feed.select}" if feed.select else "")),
        cell(health + tries, {"well": "green", "failing": "red", "ended": "red"}.get(health, "dim")),
        show_distance(feed.last_ok_at, now) or "never",
        show_distance(feed.next_due, now) or "never",
        str(count),
        cell(feed.last_error, "red"),
    )


@app.command()
def preview(
    urls: Annotated[list[str] | None, typer.Argument(metavar="URL …", help="Addresses of feeds.")] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="A file of addresses, one a line; - for standard input.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="A table for people, or a line of JSON an address.")] = Format.TABLE,
) -> None:
    """Read feeds once and show what they hold; nothing is stored.

    Answers come in as they are ready. The exit status is 0 when every address was answered, readable or not.
    """
    from monitor.config.settings import load_settings

    wanted = [*(urls or ()), *(_addresses(source) if source else ())]
    if not wanted:
        raise UserFault("no address to preview; name some, or a file of them with --from FILE")
    asyncio.run(_preview_all(wanted, form, load_settings()))


def _addresses(source: Path) -> list[str]:
    try:
        text = sys.stdin.read() if str(source) == "-" else source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UserFault(f"cannot read {source}: {reason}; right would be a text file with one address a line") from error
    return [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]


async def _preview_all(urls: Sequence[str], form: Format, settings: Settings) -> None:
    from rich.console import Console

    from monitor.feeds.fetching import open_fetcher
    from monitor.feeds.guarding import read_allowance
    from monitor.feeds.previewing import preview_feeds
    from monitor.feeds.workers import open_workers

    connections = _connections(urls)
    allowance = read_allowance(settings.allow_private_hosts)
    console = Console()
    async with (
        open_fetcher(contact=settings.contact, allowance=allowance, connections_per_host=connections) as fetcher,
        open_workers(count=_PROCESSES) as workers,
    ):
        async for answer in preview_feeds(urls, fetcher=fetcher, workers=workers):
            if form is Format.JSONL:
                print(json.dumps(_record(answer), ensure_ascii=False))
            else:
                _print_table(answer, console)


def _connections(urls: Sequence[str]) -> int:
    """One a host, as the daemon does it, unless that would take all day; then the user is told."""
    host, count = Counter(url.split("/")[2] if url.count("/") > 1 else "" for url in urls).most_common(1)[0]
    if count <= _MANY_AT_ONE_HOST:
        return 1
    print(f"factwatch: {count} addresses are on {host}; asking over up to {_CONNECTIONS} connections at once", file=sys.stderr)
    return _CONNECTIONS


def _record(answer: Preview) -> dict[str, Any]:
    feed = answer.feed
    return {
        "url": answer.url,
        "ok": feed is not None,
        "error": answer.error or None,
        "title": feed.title if feed else None,
        "items": [
            {
                "id": entry.id,
                "title": entry.title,
                "url": entry.url,
                "published": entry.published.isoformat() if entry.published else None,
                "text": entry.text,
            }
            for entry in (feed.entries if feed else ())
        ],
    }


def _print_table(answer: Preview, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    from monitor.feeds.links import shown

    if answer.feed is None:
        console.print(Text.assemble((shown(answer.url), "bold"), " ", (answer.error, "red")))
        return
    heading = Text.assemble((answer.feed.title or shown(answer.url), "bold"), f" ({len(answer.feed.entries)} items)")
    table = Table(title=heading, title_justify="left", box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for entry in answer.feed.entries:
        day = f"{entry.published:%Y-%m-%d %H:%M}" if entry.published else "no date"
        table.add_row(day, Text.assemble(entry.title, "\n", (entry.url, "dim")))
    console.print(table)
