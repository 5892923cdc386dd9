"""What the lab reads: a text that was pasted, the article of an address, or a stored item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from monitor.core.claims import Certainty
from monitor.core.items import Item
from monitor.core.values import EARLIEST, LATEST
from monitor.core.watches import Tier, Watch
from monitor.errors import UserFault
from monitor.feeds.articles import fetch_article
from monitor.jobs.context import Context
from monitor.jobs.editing import histories_of, reader_of
from monitor.jobs.explaining import before_item, explain
from monitor.jobs.rehearsing import item_of_text
from monitor.jobs.sighting import publisher_of
from monitor.store import feeds, items
from monitor.web.pages.lab_readings import ReadingSheet, sheet_of
from monitor.wiring import open_network

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_NOON = time(12, tzinfo=UTC)
_LONGEST_ID = 18  # digits; no database counts further


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be read.

    Attributes:
        text: As it stands in the form: the headline, and the body below it.
        stored: Id of the item where it is on record, else empty.
        cap: The highest certainty that its feed's tier allows.
    """

    item: Item
    text: str
    stored: str = ""
    cap: Certainty = Certainty.OFFICIAL


def ask_stored(item_id: str, text: str, watch: Watch, context: Context) -> Question | None:
    """A stored item; None where it is unknown, or the text in the form is another by now.

    Args:
        text: Empty where the item is asked for by its id alone.

    Raises:
        UserFault: Its words were forgotten.
    """
    if len(item_id) > _LONGEST_ID:
        return None
    with context.store.reading() as connection:
        version = items.load_version(connection, item_id)
        feed = feeds.find(connection, version.feed_id) if version else None
    if version is None:
        return None
    known = _text_of(version.item)
    if not known:
        raise UserFault("What this item said is no longer stored.")
    if text.strip() and text.strip() != known.strip():
        return None
    tiers = [source.tier for source in watch.feeds if feed and (source.url, source.select) == (feed.url, feed.select)]
    cap = Certainty.RUMOUR if Tier.GOSSIP in tiers else Certainty.OFFICIAL
    return Question(item=version.item, text=known, stored=item_id, cap=cap)


async def ask_text(text: str, published: str, context: Context) -> Question:
    """A pasted text, or the article behind a pasted address, asked for as the daemon does it.

    Args:
        published: Year, month and day; empty for the article's own day, or today.

    Raises:
        UserFault: There is no text, or no such day.
        FeedTrouble: There is no article to be had at the address, or it may not be opened.
    """
    given, day = text.strip(), _day(published)
    if not given:
        raise UserFault("There is nothing to read yet: paste a text (the headline in its first line), or an address.")
    if _ADDRESS.fullmatch(given):
        return await _fetch(given, day, context)
    return Question(item=item_of_text(given, day or context.now()), text=text)


async def _fetch(url: str, day: datetime | None, context: Context) -> Question:
    async with open_network(context.settings) as network:
        article = await fetch_article(url, fetcher=network.fetcher, robots=network.robots, workers=network.workers)
    item = Item(
        id=url,
        title=article.title,
        body=article.text,
        url=url,
        publisher=publisher_of(url),
        published=day or article.published or context.now(),
        language=article.language,
    )
    return Question(item=item, text=_text_of(item))


def _text_of(item: Item) -> str:
    """An item as a person would paste it."""
    return "\n".join(filter(None, (item.title, item.body))).replace("\r\n", "\n").replace("\r", "\n")


def _day(written: str) -> datetime | None:
    if not written.strip():
        return None
    try:
        day = date.fromisoformat(written.strip())
    except ValueError:
        raise UserFault(f"{written.strip()!r} is no day; write year-month-day, for instance 2026-06-15") from None
    if not EARLIEST.year < day.year < LATEST.year:
        raise UserFault(f"the day must lie between {EARLIEST.year + 1} and {LATEST.year - 1}")
    return datetime.combine(day, _NOON)


def explain_draft(question: Question, edited: Watch, today: Watch, context: Context) -> ReadingSheet:
    """Read it by the edited rule: against the values in force, or for a stored item against those in force when it came."""
    item, reader = question.item, reader_of(edited, context)
    with context.store.reading() as connection:
        histories = histories_of(connection, edited, today)
    if question.stored:
        histories = {key: before_item(history, item) for key, history in histories.items()}
    words = reader.words[edited.id]
    explained = explain(item, words, histories, reader.library, cap=question.cap, now=item.published)
    is_named = edited.id in reader.router.route(item)
    return sheet_of(explained, is_named=is_named, is_stored=bool(question.stored))
