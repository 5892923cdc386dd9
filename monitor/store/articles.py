"""Articles that an item only points to: fetched once, politely, and stored as a version of the item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, func, or_, select, update

from monitor.store.engine import insert_unless_known
from monitor.store.feeds import host_of
from monitor.store.leases import hosts_of_others
from monitor.store.tables import articles, hosts


class ArticleState(StrEnum):
    """Where an article stands; ``refused`` is for good (robots.txt, paywall, too many tries)."""

    PENDING = "pending"
    FETCHED = "fetched"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedArticle:
    """An article to be fetched.

    Attributes:
        item_id: Whose text it is; the id of ``Item``.
        attempts: Fetches that were tried so far.
    """

    item_id: str
    url: str
    attempts: int


def want(connection: Connection, item_id: str, url: str, *, now: datetime) -> bool:
    """Ask for an item's article, unless it was asked for before; for the transaction that stores the item.

    Returns:
        Whether this was the first time.
    """
    return insert_unless_known(
        connection,
        articles,
        item_id=int(item_id),
        url=url,
        host=host_of(url),
        state=ArticleState.PENDING.value,
        attempts=0,
        next_due=now,
        last_detail="",
    )


def lease_due(connection: Connection, *, now: datetime, lease: timedelta, limit: int, owner: str) -> tuple[WantedArticle, ...]:
    """Take articles that are due, oldest first; for a short writing transaction before fetching.

    Nobody else gets them until they are settled or the lease runs out. Articles of a host that asked us to stay away wait, and so
    do those of one that another process is asking.

    Args:
        owner: Who takes them.
    """
    silent = select(hosts.c.host).where(hosts.c.not_before > now)
    query = (
        select(articles)
        .where(articles.c.state == ArticleState.PENDING.value, articles.c.next_due <= now, articles.c.host.not_in(silent))
        .where(articles.c.host.not_in(hosts_of_others(owner, now=now)))
        .where(or_(articles.c.leased_until.is_(None), articles.c.leased_until <= now))
        .order_by(articles.c.next_due, articles.c.item_id)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    taken = update(articles).where(articles.c.item_id.in_([row.item_id for row in rows]))
    connection.execute(taken.values(leased_until=now + lease, lease_owner=owner))
    return tuple(WantedArticle(item_id=str(row.item_id), url=row.url, attempts=row.attempts) for row in rows)


def settle(
    connection: Connection, item_id: str, state: ArticleState, *, next_due: datetime | None = None, detail: str = ""
) -> None:
    """Record a fetch and end its lease; for the transaction that stores the article's text.

    Args:
        next_due: When to try again, with ``PENDING``.
        detail: One line for people.
    """
    settled = update(articles).where(articles.c.item_id == int(item_id))
    connection.execute(
        settled.values(
            state=state.value,
            attempts=articles.c.attempts + 1,
            next_due=next_due,
            leased_until=None,
            lease_owner=None,
            last_detail=detail,
        )
    )


def count(connection: Connection) -> dict[ArticleState, int]:
    """How many articles stand where; for any transaction."""
    rows = connection.execute(select(articles.c.state, func.count()).group_by(articles.c.state))
    return {ArticleState(state): number for state, number in rows}
