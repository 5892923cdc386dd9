"""`factwatch feeds add|discover|import|export`: feeds on their way into the rules and out of them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.tables import Form, FormOption, cell, print_json, print_table
from monitor.errors import UserFault

if TYPE_CHECKING:
    from monitor.config.feedlines import FeedLine
    from monitor.core.watches import Watch
    from monitor.feeds.discovering import Discovery
    from monitor.feeds.fetching import Fetcher
    from monitor.feeds.workers import Workers

WatchOption = Annotated[str | None, typer.Option("--watch", metavar="WATCH", help="The watch whose rule file is written.")]

_PROCESSES = 2


def add(
    urls: Annotated[list[str], typer.Argument(metavar="URL …", help="Addresses of feeds.")],
    watch: Annotated[str, typer.Option("--watch", metavar="WATCH", help="The watch whose rule file is written.")],
    is_untried: Annotated[bool, typer.Option("--untried", help="Do not read the feeds first.")] = False,
) -> None:
    """Add feeds to a watch: each is read once, then the rule file is written, its comments kept.

    A running daemon takes them up by itself. Nothing is written where one of them cannot be read or the rule would have a fault.
    """
    from monitor.config.feedlines import FeedLine

    chosen = _find_watch(watch)
    titles = {} if is_untried else asyncio.run(_try_all(urls))
    _write(chosen, [FeedLine(url=url, title=titles.get(url, "")) for url in urls])


def discover(
    url: Annotated[str, typer.Argument(metavar="URL", help="A page of the site.")], form: FormOption = Form.HUMAN
) -> None:
    """Find the feeds of a site: those that its page names, and those that lie where feeds commonly lie."""
    found = asyncio.run(_discover(url))
    if form is not Form.HUMAN:
        print_json([_discovery_row(each) for each in found], form)
        return
    rows = [(cell(each.url), cell(each.feed.title), str(len(each.feed.entries)), _origin(each)) for each in found]
    print_table(("Feed", "Title", "Items", "Found"), rows, folding=("Feed", "Title"))


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML list of feeds; - for standard input.")],
    watch: WatchOption = None,
) -> None:
    """Take over the feeds of an OPML list: into a watch's rule file, or as lines for one."""
    from monitor.config.feedlines import FeedLine
    from monitor.feeds.opml import read_opml

    outlines = read_opml(_read(file), str(file))
    lines = [
        FeedLine(url=each.url, title=each.title) for each in outlines if each.url.lower().startswith(("http://", "https://"))
    ]
    for each in outlines:
        if not each.url.lower().startswith(("http://", "https://")):
            print(f"left out, no address of the web: {each.url}", file=sys.stderr)
    if not lines:
        raise UserFault(f"{file}: names no feed; right would be <outline xmlUrl=…> elements")
    if watch is None:
        print("\n".join(["feeds:", *(f"  {line}" for line in lines)]))
    else:
        _write(_find_watch(watch), lines)


def export(
    watch: Annotated[str | None, typer.Option("--watch", metavar="WATCH", help="Only the feeds of this watch.")] = None,
) -> None:
    """Print the feeds of the rules as an OPML list.

    Addresses are written whole, also where they are secret; credentials, and pages that are watched by selector, are left out.
    """
    from monitor.config.rulebook import load_rulebook
    from monitor.config.settings import load_settings
    from monitor.feeds.opml import Outline, write_opml

    chosen = [_find_watch(watch)] if watch else list(load_rulebook(load_settings().rules).watches.values())
    sources = {source.url: source for each in chosen for source in each.feeds if not source.select}
    outlines = [Outline(url=source.url, title=source.label) for source in sources.values()]
    print(write_opml(outlines, title=chosen[0].title if watch else "Feeds of Factwatch"), end="")


# --- rules ------------------------------------------------------------------------------------------


def _find_watch(watch_id: str) -> Watch:
    from monitor.config.rulebook import load_rulebook
    from monitor.config.settings import load_settings

    watches = load_rulebook(load_settings().rules).watches
    if watch_id not in watches:
        raise UserFault(f"no rule has the watch {watch_id!r}; the watches are {', '.join(watches)}")
    return watches[watch_id]


def _write(watch: Watch, lines: Sequence[FeedLine]) -> None:
    from monitor.config.feedlines import add_to_rule
    from monitor.core.telling.wording import count_of
    from monitor.feeds.links import shown

    written = add_to_rule(Path(watch.file), lines)
    for line in lines:
        print(f"{'added' if line in written else 'known already'}: {shown(line.url)}")
    print(f"{watch.file}: {count_of(len(written), 'feed')} added")


def _read(file: Path) -> bytes:
    from monitor.feeds.opml import LARGEST

    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise UserFault(f"cannot read {file}: {error.strerror}; right would be an OPML file") from error


# --- the network ------------------------------------------------------------------------------------


@asynccontextmanager
async def _open_ways() -> AsyncIterator[tuple[Fetcher, Workers]]:
    from monitor.config.settings import load_settings
    from monitor.feeds.fetching import open_fetcher
    from monitor.feeds.guarding import read_allowance
    from monitor.feeds.workers import open_workers

    settings = load_settings()
    allowance = read_allowance(settings.allow_private_hosts)
    async with (
        open_fetcher(contact=settings.contact, allowance=allowance) as fetcher,
        open_workers(count=_PROCESSES) as workers,
    ):
        yield fetcher, workers


async def _discover(url: str) -> tuple[Discovery, ...]:
    from monitor.feeds.discovering import discover_feeds

    async with _open_ways() as (fetcher, workers):
        return await discover_feeds(url, fetcher=fetcher, workers=workers)


async def _try_all(urls: Iterable[str]) -> dict[str, str]:
    """The titles of feeds that can all be read."""
    from monitor.feeds.previewing import preview_feeds

    async with _open_ways() as (fetcher, workers):
        answers = [answer async for answer in preview_feeds(dict.fromkeys(urls), fetcher=fetcher, workers=workers)]
    if troubles := [answer.error for answer in answers if answer.feed is None]:
        raise UserFault("\n".join([*troubles, "nothing was written; factwatch feeds discover finds the feeds of a page"]))
    return {answer.url: answer.feed.title for answer in answers if answer.feed is not None}


def _discovery_row(found: Discovery) -> dict[str, object]:
    return {"url": found.url, "title": found.feed.title, "items": len(found.feed.entries), "is_named": found.is_named}


def _origin(found: Discovery) -> str:
    return "named by the page" if found.is_named else "tried"
