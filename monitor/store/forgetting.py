"""Forgetting: what was long read and told loses its words; that it was seen, what it moved and whom it was told stays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, or_, select, update

from monitor.store.articles import ArticleState
from monitor.store.outbox import DeliveryState
from monitor.store.payloads import read_message, write_message
from monitor.store.tables import answers, articles, evidence, item_versions, outbox, readings, snoozes, unheard


def oldest(connection: Connection) -> datetime | None:
    """When the oldest wording was stored; None where there is none. For any transaction."""
    first: datetime | None = connection.execute(select(func.min(item_versions.c.seen_at))).scalar_one()
    return first


def forget_texts(connection: Connection, *, since: datetime, until: datetime, limit: int) -> int:
    """Empty wordings stored within a time, and drop what was made of them; for a writing transaction.

    Their fingerprints stay, so that they are never news again. Evidence of the ledger keeps its words and how it was read.

    Returns:
        How many; fewer than the limit when all are done.
    """
    has_words = or_(item_versions.c.title != "", item_versions.c.body != "")
    is_evidence = exists().where(evidence.c.version_id == item_versions.c.id)
    is_meant = (item_versions.c.seen_at >= since, item_versions.c.seen_at < until, has_words, ~is_evidence)
    rows = connection.execute(select(item_versions.c.id, item_versions.c.item_id).where(*is_meant).limit(limit)).all()
    _empty(connection, [row.id for row in rows], {row.item_id for row in rows})
    return len(rows)


def _empty(connection: Connection, version_ids: Collection[int], item_ids: Collection[int]) -> None:
    for table in (readings, unheard):
        connection.execute(delete(table).where(table.c.version_id.in_(version_ids)))
    connection.execute(delete(articles).where(articles.c.item_id.in_(item_ids), articles.c.state != ArticleState.PENDING.value))
    connection.execute(update(item_versions).where(item_versions.c.id.in_(version_ids)).values(title="", body=""))


def forget_messages(connection: Connection, *, since: datetime, until: datetime, limit: int) -> int:
    """Empty messages that were sent within a time, but for their titles; for a writing transaction.

    The rows stay, so that nothing is told a second time.

    Returns:
        How many; fewer than the limit when all are done.
    """
    is_meant = (
        outbox.c.state == DeliveryState.SENT.value,
        outbox.c.next_attempt >= since,
        outbox.c.next_attempt < until,
        outbox.c.message["text"].as_string() != "",
    )
    rows = connection.execute(select(outbox.c.id, outbox.c.message).where(*is_meant).limit(limit)).all()
    for row in rows:
        bare = replace(read_message(row.message), text="", markdown="", html="")
        connection.execute(update(outbox).where(outbox.c.id == row.id).values(message=write_message(bare)))
    return len(rows)


def forget_ended(connection: Connection, *, until: datetime) -> None:
    """Drop snoozes that ended and answers of second readers that were given before a moment; for a writing transaction."""
    connection.execute(delete(snoozes).where(snoozes.c.until < until))
    connection.execute(delete(answers).where(answers.c.answered_at < until))


def give_back_space(connection: Connection, *, pages: int) -> None:
    """Let the file shrink by so many of the pages on which nothing stands any more; a server does so by itself."""
    if connection.dialect.name != "sqlite":
        return
    free: int = connection.exec_driver_sql("PRAGMA freelist_count").scalar_one()
    for _ in range(min(free, pages)):
        # Python's driver takes one step of it, which is one page, however many are asked for.
        connection.exec_driver_sql("PRAGMA incremental_vacuum(1)")
