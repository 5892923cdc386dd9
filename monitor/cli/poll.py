"""`factwatch poll`: every feed once, now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.errors import UserFault

if TYPE_CHECKING:
    from monitor.jobs.context import Context
    from monitor.jobs.polling import Polled
    from monitor.store.feeds import Feed


def poll(
    feed: Annotated[str | None, typer.Option("--feed", metavar="URL", help="Only this one.")] = None,
) -> None:
    """Poll every feed once, now, and tell what changed; a line a feed.

    The exit status is 0 also where feeds could not be read; they are tried again at the next poll. Beside a running daemon, the
    daemon does the telling.
    """
    import asyncio

    from monitor.config.settings import load_settings
    from monitor.jobs.dispatching import dispatch_due
    from monitor.jobs.running_once import find_feeds
    from monitor.jobs.seeding import seed
    from monitor.logs import set_up_log
    from monitor.store.leases import release_all, sole_use
    from monitor.wiring import open_context

    settings = load_settings()
    # What failed is said in the feed's own line.
    set_up_log("error")
    with open_context(settings) as context, sole_use(context.store) as is_alone:
        if is_alone:
            with context.store.transaction() as connection:
                release_all(connection)
        seed(context)
        chosen = find_feeds(context, feed)
        if not chosen:
            raise UserFault(
                f"no rule names the feed {feed}; factwatch feeds list shows all" if feed else "the rules name no feeds"
            )
        asyncio.run(_poll(context, chosen))
        if is_alone or context.store.path is None:
            dispatch_due(context)


async def _poll(context: Context, chosen: tuple[Feed, ...]) -> None:
    from monitor.jobs.running_once import poll_once
    from monitor.wiring import open_network

    async with open_network(context.settings) as network:
        async for polled in poll_once(context, network, chosen):
            print(_line(polled), flush=True)


def _line(polled: Polled) -> str:
    from monitor.core.telling.wording import count_of
    from monitor.feeds.links import shown

    if polled.trouble:
        return polled.trouble
    return f"{shown(polled.feed.url)}: {count_of(polled.news, 'new item')}, {polled.heard} about a subject"
