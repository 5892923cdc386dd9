"""Nudging: a feed is asked now, a message that was given up is tried again, because a person wants it so."""

from __future__ import annotations

from monitor.errors import UserFault
from monitor.feeds.links import shown
from monitor.jobs.context import Context
from monitor.store import feeds, outbox
from monitor.store.feeds import Feed
from monitor.store.outbox import DeliveryRecord, DeliveryState


def poll_now(context: Context, feed_id: int) -> Feed:
    """Have a feed asked at the next tick, whatever its rhythm says; a host that asked us to stay away is still left alone.

    Raises:
        UserFault: There is no such feed, or it is not asked any more.
    """
    with context.store.transaction() as connection:
        feed = feeds.find(connection, feed_id)
        if feed is None:
            raise UserFault(f"there is no feed {feed_id}")
        if not feeds.make_due(connection, now=context.now(), feed_ids=[feed_id]):
            why = "its publisher has ended it" if feed.ended_at else "no rule names it any more"
            raise UserFault(f"{shown(feed.url)} is not asked: {why}")
        return feeds.find(connection, feed_id) or feed


def retry(context: Context, delivery_id: int) -> DeliveryRecord:
    """Have a dead delivery tried again from the first attempt.

    Raises:
        UserFault: There is no such delivery, or it is not dead: a second message to somebody cannot be called back.
    """
    with context.store.transaction() as connection:
        record = outbox.find(connection, delivery_id)
        if record is None:
            raise UserFault(f"there is no delivery {delivery_id}")
        if record.state is not DeliveryState.DEAD:
            raise UserFault(f"delivery {delivery_id} is {record.state}; only dead ones can be tried again")
        outbox.retry(connection, now=context.now(), delivery_ids=[delivery_id])
        return outbox.find(connection, delivery_id) or record


def retry_all(context: Context) -> int:
    """Have all dead deliveries tried again from the first attempt; returns how many."""
    with context.store.transaction() as connection:
        return outbox.retry(connection, now=context.now())
