"""`factwatch explain`: how a text is read, step by step."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.ledgers import begin_of, find_watch, read_day
from monitor.cli.tables import Form, FormOption, print_json
from monitor.errors import UserFault

if TYPE_CHECKING:
    from monitor.config.settings import Settings
    from monitor.core.changes import History
    from monitor.core.claims import Certainty
    from monitor.core.items import Item
    from monitor.core.watches import Watch
    from monitor.jobs.answering import Reader
    from monitor.jobs.explaining import Explanation
    from monitor.store.feeds import Feed

_URL = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is to be explained.

    Attributes:
        feed: Where the item came from; None for a text or an address.
    """

    item: Item
    feed: Feed | None = None


def explain(  # noqa: PLR0917 - options have names where a person types them
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT|URL|-", help="A text (several lines: a headline and a body), an article, or -.")
    ] = None,
    item: Annotated[
        str | None, typer.Option("--item", metavar="ID", help="An item of the database, as it was read then.")
    ] = None,
    watch: Annotated[
        str | None, typer.Option(metavar="WATCH", help="Read for this watch only, named in the text or not.")
    ] = None,
    published: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=read_day, help="When it was published; else the page's own date, or today."),
    ] = None,
    lang: Annotated[str, typer.Option(metavar="CODE", help="Its language; else it is recognised.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Also the candidates that are as good as impossible.")] = False,
    form: FormOption = Form.HUMAN,
) -> None:
    """Show how a text is read: sentences, names, values, candidates with their weights, verdicts, and whether it would be told.

    It is held against the values in force in the database, or else against the baseline. Nothing is stored.
    """
    from monitor.cli.explanations import explanation_row, print_explanations

    if (text is None) is (item is None):
        raise UserFault("what shall be explained? give a text, an address or -, or an item with --item ID")
    explanations = list(_explain(text, item, watch, published, lang))
    if form is Form.HUMAN:
        print_explanations(explanations, everything=everything)
    else:
        print_json([explanation_row(one) for one in explanations], form)


# --- what is asked ----------------------------------------------------------------------------------


def _explain(
    text: str | None, item_id: str | None, watch: str | None, published: date | None, language: str
) -> Iterator[Explanation]:
    from monitor.config.lexicons import load_library
    from monitor.config.rulebook import load_rulebook
    from monitor.config.settings import load_settings
    from monitor.jobs.answering import Reader
    from monitor.jobs.explaining import explain as explain_item

    settings = load_settings()
    watches = load_rulebook(settings.rules).watches
    if watch:
        find_watch(watch, watches)
    question = _stored(item_id, settings) if item_id else _Question(item=_item_of(text or "", published, language, settings))
    reader = Reader.build(watches, load_library())
    for name in [watch] if watch else _routed(question.item, reader):
        words = reader.words[name]
        histories = _histories(words.watch, question, settings)
        cap = _cap(words.watch, question.feed)
        yield explain_item(question.item, words, histories, reader.library, cap=cap, now=question.item.published)


def _routed(item: Item, reader: Reader) -> Sequence[str]:
    names = reader.router.route(item)
    if not names:
        subjects = ", ".join(reader.words)
        raise UserFault(f"the text names the subject of no watch, so it is not read; choose one with --watch: {subjects}")
    return names


def _item_of(text: str, published: date | None, language: str, settings: Settings) -> Item:
    import asyncio

    from monitor.jobs.rehearsing import item_of_text

    given = sys.stdin.read() if text == "-" else text
    if not given.strip():
        raise UserFault("there is no text to explain")
    moment = begin_of(published) if published else None
    if _URL.fullmatch(given.strip()):
        return asyncio.run(_fetch(given.strip(), moment, language, settings))
    return item_of_text(given, moment or datetime.now(UTC), language=language)


async def _fetch(url: str, published: datetime | None, language: str, settings: Settings) -> Item:
    """The article of a page, got as politely as the daemon does it."""
    from monitor.core.items import Item
    from monitor.feeds.articles import fetch_article
    from monitor.jobs.sighting import publisher_of
    from monitor.wiring import open_network

    async with open_network(settings) as network:
        article = await fetch_article(url, fetcher=network.fetcher, robots=network.robots, workers=network.workers)
    return Item(
        id=url,
        title=article.title,
        body=article.text,
        url=url,
        publisher=publisher_of(url),
        published=published or article.published or datetime.now(UTC),
        language=language or article.language,
    )


def _stored(item_id: str, settings: Settings) -> _Question:
    from monitor.cli.ledgers import open_ledger
    from monitor.store import feeds, items

    with open_ledger(settings) as store, store.reading() as connection:
        version = items.load_version(connection, item_id)
        if version is None:
            raise UserFault(
                f"no item {item_id!r} in the database; factwatch changes show KEY --format json names the items of a change"
            )
        return _Question(item=version.item, feed=feeds.find(connection, version.feed_id))


def _histories(watch: Watch, question: _Question, settings: Settings) -> Mapping[str, History]:
    """What the item is held against: for a stored item the ledger as it was when the item came."""
    from monitor.jobs.backtesting import begin
    from monitor.jobs.explaining import before_item
    from monitor.store.engine import is_there, open_store
    from monitor.store.facts import load_histories

    histories = begin(watch)
    if is_there(settings.database_url):
        store = open_store(settings.database_url)
        try:
            with store.reading() as connection:
                histories.update(load_histories(connection, watch.id))
        finally:
            store.close()
    if question.feed is None:
        return histories
    return {key: before_item(history, question.item) for key, history in histories.items()}


def _cap(watch: Watch, feed: Feed | None) -> Certainty:
    from monitor.core.claims import Certainty
    from monitor.core.watches import Tier

    tiers = [source.tier for source in watch.feeds if feed and (source.url, source.select) == (feed.url, feed.select)]
    return Certainty.RUMOUR if Tier.GOSSIP in tiers else Certainty.OFFICIAL
