"""`factwatch explain`: how a text is read, step by step."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.ledgers import begin_of, find_watch, read_day
from monitor.cli.tables import Form, FormOption, print_document, print_json
from monitor.errors import UserFault

if TYPE_CHECKING:
    from monitor.config.settings import Settings
    from monitor.core.changes import History
    from monitor.core.claims import Certainty
    from monitor.core.items import Item
    from monitor.core.reading.proposals import Hearing
    from monitor.core.watches import Watch
    from monitor.jobs.explaining import Explanation
    from monitor.jobs.ruling import Rules
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
        str | None, typer.Option("--item", metavar="ID", help="A stored item: what became of it, and how it is read.")
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

    It is held against the values in force in the database, or else against the baseline. Nothing is stored. Of a stored item it
    is told first what became of it: who read it, why it alerted or stayed silent, and which messages were sent.
    """
    from monitor.cli.explanations import explanation_row, print_explanations
    from monitor.config.settings import load_settings

    if (text is None) is (item is None):
        raise UserFault("what shall be explained? give a text, an address or -, or an item with --item ID")
    settings = load_settings()
    if item is not None:
        _explain_item(item, watch, settings, everything=everything, form=form)
        return
    question = _Question(item=_item_of(text or "", published, lang, settings))
    rules = _load_rules(settings)
    explanations = list(_explain(question, watch, rules, settings))
    if not explanations:
        subjects = ", ".join(rules.watches)
        raise UserFault(f"the text names the subject of no watch, so it is not read; choose one with --watch: {subjects}")
    if form is Form.HUMAN:
        print_explanations(explanations, everything=everything)
    else:
        print_json([explanation_row(one) for one in explanations], form)


# --- what is asked ----------------------------------------------------------------------------------


def _explain_item(item_id: str, watch: str | None, settings: Settings, *, everything: bool, form: Form) -> None:
    """A stored item: its story, and then how it is read by the rules and words of today."""
    from monitor.cli.explanations import explanation_row, print_explanations
    from monitor.cli.ledgers import open_ledger
    from monitor.cli.recollections import print_story, story_row
    from monitor.jobs.recalling import recall

    rules = _load_rules(settings)
    with open_ledger(settings) as store, store.reading() as connection:
        story = recall(connection, item_id, rules)
    if story is None:
        raise UserFault(
            f"no item {item_id!r} in the database; factwatch changes show KEY --format json names the items of a change"
        )
    question = _Question(item=story.versions[-1].item, feed=story.feed)
    explanations = list(_explain(question, watch, rules, settings))
    if form is not Form.HUMAN:
        answer = {**story_row(story), "read_now": [explanation_row(one) for one in explanations]}
        print_document(answer) if form is Form.JSON else print_json([answer], form)
        return
    print_story(story)
    if explanations:
        print("\nread now:")
        print_explanations(explanations, everything=everything)


def _explain(question: _Question, watch: str | None, rules: Rules, settings: Settings) -> Iterator[Explanation]:
    """One explanation a watch: the one that is asked for, or those whose subject the text names."""
    from monitor.jobs.explaining import explain as explain_item

    if watch:
        find_watch(watch, rules.watches)
    reader = rules.reader
    for name in [watch] if watch else reader.router.route(question.item):
        words = reader.words[name]
        histories = _histories(words.watch, question, settings)
        cap = _cap(words.watch, question.feed)
        yield explain_item(
            question.item,
            words,
            histories,
            reader.library,
            cap=cap,
            now=question.item.published,
            hearing=_hearing(words.watch, question.item, settings),
        )


def _load_rules(settings: Settings) -> Rules:
    from monitor.config.lexicons import load_library
    from monitor.config.rulebook import load_rulebook
    from monitor.jobs.ruling import Rules

    return Rules.of(load_rulebook(settings.rules), load_library)


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


def _hearing(watch: Watch, item: Item, settings: Settings) -> Hearing | None:
    """What the watch's second reader answered about these words; nobody is asked now."""
    from monitor.config.second_readers import second_reader_of
    from monitor.jobs.consulting import heard_of
    from monitor.store.engine import is_there, open_store

    second = second_reader_of(watch, settings)
    if second is None or not is_there(settings.database_url):
        return None
    store = open_store(settings.database_url)
    try:
        with store.reading() as connection:
            return heard_of(connection, item, watch, second).hearing
    finally:
        store.close()


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
