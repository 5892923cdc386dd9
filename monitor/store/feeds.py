"""Feeds and watched pages: when each is due, how to ask it, and how it has fared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Connection, RowMapping, func, literal, or_, select, true, update

from monitor.core.watches import FeedSource
from monitor.store.engine import insert_all_unless_known, insert_unless_known
from monitor.store.leases import hosts_of_others
from monitor.store.tables import Instant, feeds, hosts

MOST_PER_HOST = 8
"""Feeds of one host that are under way at once: they wait for each other, so more would outlast their leases if the host hangs,
and take the places of other hosts' feeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What lets the next request be conditional, as the server sent it, byte for byte.

    Attributes:
        body_hash: Of the last body that was parsed; an equal one costs no parse.
        since: When the last unconditional answer came; the caller drops validators that have lived too long.
    """

    etag: str | None
    last_modified: str | None
    body_hash: str | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed, page or archive, as the database knows it.

    Attributes:
        url: As the rules write it; with ``select`` the identity.
        select: CSS selector of a watched page; None for a feed.
        current_url: Where to ask; differs from ``url`` after 301 and 308.
        validators: None before the first success.
        hints: What the feed said of its own rhythm, in the words of whoever stored it.
        next_due: None for an archive and for a feed that has ended.
        failures: In a row; 0 when the last poll went well.
        first_failure_at: When the present row of failures began.
        first_ok_at: The first successful poll; items published before it are no news.
        ended_at: When the publisher said that the feed has ended.
        retired_at: Since when no rule names it.
    """

    id: int
    url: str
    select: str | None
    current_url: str
    title: str
    validators: Validators | None
    hints: Mapping[str, Any]
    next_due: datetime | None
    failures: int
    first_failure_at: datetime | None
    last_error: str
    first_ok_at: datetime | None
    last_ok_at: datetime | None
    ended_at: datetime | None
    retired_at: datetime | None

    @property
    def health(self) -> str:
        """In a word or three: ``ended``, ``failing``, ``well``, ``not read yet``."""
        if self.ended_at:
            return "ended"
        if self.failures:
            return "failing"
        return "well" if self.last_ok_at else "not read yet"


# --- which there are --------------------------------------------------------------------------------


def sync(connection: Connection, sources: Iterable[FeedSource], *, now: datetime) -> Mapping[tuple[str, str | None], int]:
    """Make the table's live feeds those of the rules; for a writing transaction at start and reload.

    A new feed is due at once. A known one keeps its state. One that no rule names any longer is retired, never deleted; named
    again, it comes back, due at once, even if it had ended.

    Returns:
        The id of each feed by its URL and selector.
    """
    known = {(row.url, row.selector): row for row in connection.execute(select(feeds).where(feeds.c.is_polled))}
    wanted = {(source.url, source.select or "") for source in sources}
    fresh = [_fresh_row(url, selector, is_polled=True, now=now) for url, selector in sorted(wanted - known.keys())]
    insert_all_unless_known(connection, feeds, fresh)
    for key, row in known.items():
        if key in wanted and row.retired_at:
            _set(connection, row.id, retired_at=None, ended_at=None, next_due=now, leased_until=None)
        elif key not in wanted and not row.retired_at:
            _set(connection, row.id, retired_at=now)
    rows = connection.execute(select(feeds.c.id, feeds.c.url, feeds.c.selector).where(feeds.c.is_polled))
    return {(row.url, row.selector or None): row.id for row in rows if (row.url, row.selector) in wanted}


def register_archive(connection: Connection, path: str, *, now: datetime) -> int:
    """The id under which the items of an archive are stored; it is never due. For a writing transaction."""
    insert_unless_known(connection, feeds, **_fresh_row(path, "", is_polled=False, now=now))
    feed_id: int = connection.execute(select(feeds.c.id).where(feeds.c.url == path, feeds.c.selector == "")).scalar_one()
    return feed_id


def list_ids(connection: Connection) -> Mapping[tuple[str, str | None], int]:
    """The ids of all feeds and archives that ever were, by URL and selector; for any transaction."""
    rows = connection.execute(select(feeds.c.url, feeds.c.selector, feeds.c.id))
    return {(row.url, row.selector or None): row.id for row in rows}


def find(connection: Connection, feed_id: int) -> Feed | None:
    """One feed, live or retired; for any transaction."""
    row = connection.execute(select(feeds).where(feeds.c.id == feed_id)).mappings().one_or_none()
    return _read(row) if row else None


def list_all(connection: Connection, *, with_retired: bool = False) -> tuple[Feed, ...]:
    """Every polled feed with its health, by URL; for any transaction."""
    query = select(feeds).where(feeds.c.is_polled).order_by(feeds.c.url, feeds.c.selector)
    if not with_retired:
        query = query.where(feeds.c.retired_at.is_(None))
    return tuple(map(_read, connection.execute(query).mappings()))


def list_hubs(connection: Connection) -> Mapping[int, tuple[str, str]]:
    """Hub and topic of the live feeds whose publishers push, by feed; for any transaction."""
    hub, topic = (feeds.c.hints[name].as_string() for name in ("hub", "topic"))
    query = select(feeds.c.id, hub.label("hub"), topic.label("topic")).where(*_live(), hub != "")
    return {row.id: (row.hub, row.topic) for row in connection.execute(query)}


# --- who is due -------------------------------------------------------------------------------------


def lease_due(
    connection: Connection,
    *,
    now: datetime,
    lease: timedelta,
    limit: int,
    owner: str,
    feed_ids: Collection[int] | None = None,
) -> tuple[Feed, ...]:
    """Take feeds that are due, the longest overdue first; for a short writing transaction before fetching.

    Nobody else gets them until they are settled or the lease runs out. Feeds of a host that asked us to stay away wait, and so do
    those of one that has ``MOST_PER_HOST`` under way, or that another process is asking.

    Args:
        owner: Who takes them.
        feed_ids: Only these; None for any.
    """
    is_meant = feeds.c.id.in_(feed_ids) if feed_ids is not None else true()
    silent = select(hosts.c.host).where(hosts.c.not_before > now)
    place = func.row_number().over(partition_by=feeds.c.host, order_by=(feeds.c.next_due, feeds.c.id))
    waiting = (
        select(feeds.c.id, feeds.c.host, place.label("place"))
        .where(is_meant, *_live(), feeds.c.next_due <= now, feeds.c.host.not_in(silent))
        .where(feeds.c.host.not_in(hosts_of_others(owner, now=now)))
        .where(or_(feeds.c.leased_until.is_(None), feeds.c.leased_until <= now))
        .subquery()
    )
    taken_already = (
        select(feeds.c.host, func.count().label("number")).where(feeds.c.leased_until > now).group_by(feeds.c.host).subquery()
    )
    query = (
        select(feeds)
        .join(waiting, waiting.c.id == feeds.c.id)
        .outerjoin(taken_already, taken_already.c.host == feeds.c.host)
        .where(waiting.c.place + func.coalesce(taken_already.c.number, 0) <= MOST_PER_HOST)
        .order_by(feeds.c.next_due, feeds.c.id)
        .limit(limit)
    )
    due = tuple(map(_read, connection.execute(query).mappings()))
    taken = update(feeds).where(feeds.c.id.in_([feed.id for feed in due]))
    connection.execute(taken.values(leased_until=now + lease, lease_owner=owner))
    return due


def next_due_at(connection: Connection) -> datetime | None:
    """When the next feed is due; None where none ever is. For any transaction."""
    soonest: datetime | None = connection.execute(select(func.min(feeds.c.next_due)).where(*_live())).scalar_one()
    return soonest


def make_due(connection: Connection, *, now: datetime, feed_ids: Collection[int] | None = None) -> int:
    """Have feeds polled now, whatever their rhythm says; for a writing transaction ("poll", a push of the publisher).

    Args:
        feed_ids: None for all.

    Returns:
        How many.
    """
    pulled = update(feeds).where(*_live())
    if feed_ids is not None:
        pulled = pulled.where(feeds.c.id.in_(feed_ids))
    return connection.execute(pulled.values(next_due=now)).rowcount


def silence_host(connection: Connection, host: str, *, until: datetime) -> None:
    """Ask nothing of a host before a moment (429 or 503 with Retry-After); a later moment on record stays.

    For the writing transaction that settles the request. Holds for its feeds and its articles.
    """
    insert_unless_known(connection, hosts, host=host, not_before=until)
    connection.execute(update(hosts).where(hosts.c.host == host, hosts.c.not_before < until).values(not_before=until))


# --- how it went ------------------------------------------------------------------------------------


def settle_success(
    connection: Connection,
    feed_id: int,
    *,
    now: datetime,
    next_due: datetime,
    validators: Validators | None = None,
    title: str | None = None,
    current_url: str | None = None,
    hints: Mapping[str, Any] | None = None,
) -> None:
    """Record a good poll and end its lease; for the very transaction that stores the poll's items.

    Args:
        validators, title, current_url, hints: None keeps what is there (after 304, say).
    """
    news: dict[str, Any] = {}
    if validators is not None:
        news |= {
            "etag": validators.etag,
            "last_modified": validators.last_modified,
            "body_hash": validators.body_hash,
            "validators_since": validators.since,
        }
    if title is not None:
        news["title"] = title
    if current_url is not None:
        news |= {"current_url": current_url, "host": host_of(current_url)}
    if hints is not None:
        news["hints"] = dict(hints)
    _set(
        connection,
        feed_id,
        next_due=next_due,
        leased_until=None,
        lease_owner=None,
        failures=0,
        first_failure_at=None,
        last_error="",
        first_ok_at=func.coalesce(feeds.c.first_ok_at, literal(now, Instant)),
        last_ok_at=now,
        **news,
    )


def settle_failure(connection: Connection, feed_id: int, *, now: datetime, next_due: datetime, error: str) -> None:
    """Record a poll that failed and end its lease; for a short writing transaction. Items and validators stay as they are.

    Args:
        error: One line for people, free of secrets.
    """
    _set(
        connection,
        feed_id,
        next_due=next_due,
        leased_until=None,
        lease_owner=None,
        failures=feeds.c.failures + 1,
        first_failure_at=func.coalesce(feeds.c.first_failure_at, literal(now, Instant)),
        last_error=error,
    )


def settle_end(connection: Connection, feed_id: int, *, now: datetime, error: str) -> None:
    """Record that the publisher ended the feed (410): it is never due again, until the rules drop it and name it anew."""
    _set(connection, feed_id, next_due=None, leased_until=None, lease_owner=None, ended_at=now, last_error=error)


def host_of(url: str) -> str:
    """The host that answers for a URL, in lower case; empty where it names none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # an address such as http://[::
        return ""


# --- rows -------------------------------------------------------------------------------------------


def _live() -> tuple[ColumnElement[bool], ...]:
    return feeds.c.is_polled, feeds.c.retired_at.is_(None), feeds.c.ended_at.is_(None)


def _fresh_row(url: str, selector: str, *, is_polled: bool, now: datetime) -> dict[str, Any]:
    return {
        "url": url,
        "selector": selector,
        "is_polled": is_polled,
        "current_url": url,
        "host": host_of(url),
        "title": "",
        "hints": {},
        "next_due": now if is_polled else None,
        "failures": 0,
        "last_error": "",
        "added_at": now,
    }


def _set(connection: Connection, feed_id: int, **values: Any) -> None:
    connection.execute(update(feeds).where(feeds.c.id == feed_id).values(**values))


def _read(row: RowMapping) -> Feed:
    return Feed(
        id=row["id"],
        url=row["url"],
        select=row["selector"] or None,
        current_url=row["current_url"],
        title=row["title"],
        validators=_read_validators(row),
        hints=row["hints"],
        next_due=row["next_due"],
        failures=row["failures"],
        first_failure_at=row["first_failure_at"],
        last_error=row["last_error"],
        first_ok_at=row["first_ok_at"],
        last_ok_at=row["last_ok_at"],
        ended_at=row["ended_at"],
        retired_at=row["retired_at"],
    )


def _read_validators(row: RowMapping) -> Validators | None:
    since = row["validators_since"]
    if since is None:
        return None
    return Validators(etag=row["etag"], last_modified=row["last_modified"], body_hash=row["body_hash"], since=since)
