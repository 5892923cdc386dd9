"""Subscribing: feeds whose publishers push are heard of at once; what a push says is not believed, it only brings a visit."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta
from enum import Enum, auto

from monitor.errors import FeedTrouble
from monitor.feeds.links import shown
from monitor.feeds.websub import LEASE, Topic, is_signed, subscription
from monitor.jobs.context import Context, Network
from monitor.store import feeds, subscriptions
from monitor.store.subscriptions import Subscription, SubscriptionState

CALLBACKS = "/websub/"
REST = timedelta(seconds=20)
"""Between two visits that pushes bring about."""

_AT_ONCE = 8
_FIRST_WAIT = timedelta(minutes=15)
_AFTER_DENIAL = timedelta(days=1)
_SHORTEST_LEASE, _LONGEST_LEASE = timedelta(minutes=5), timedelta(days=30)
_RENEW_AFTER = 0.8  # of a lease


class Push(Enum):
    """What became of a push."""

    TAKEN = auto()
    IGNORED = auto()
    UNKNOWN = auto()


async def keep_subscriptions(context: Context, network: Network) -> None:
    """Ask hubs for what is wanted and for what soon runs out, and make good pushes that came during a visit.

    No transaction is open while the network is used.
    """
    due = await context.aside(_take_due, context)
    await asyncio.gather(*(_ask(context, network, each) for each in due))


def confirm_intent(context: Context, token: str, *, mode: str, topic: str, lease_seconds: int | None) -> bool:
    """Answer a hub that asks whether it was us who asked, or that refuses.

    Returns:
        Whether to say yes; no for whatever we did not ask for.
    """
    now = context.now()
    with context.store.transaction() as connection:
        known = subscriptions.find(connection, token)
        if known is None or known.topic != topic:
            return False
        if mode == "denied":
            subscriptions.deny(connection, known.feed_id, next_attempt=now + _AFTER_DENIAL, detail="the hub denied it")
            return True
        if mode != "subscribe" or known.state is not SubscriptionState.ASKED:
            return False
        asked = timedelta(seconds=min(lease_seconds, 1 << 30)) if lease_seconds else LEASE
        lease = min(max(asked, _SHORTEST_LEASE), _LONGEST_LEASE)
        subscriptions.confirm(connection, known.feed_id, lease_until=now + lease, next_attempt=now + _RENEW_AFTER * lease)
    until = f"{now + lease:%Y-%m-%d %H:%M}Z"
    context.log.info("subscribed to pushes", hub=shown(known.hub), topic=shown(known.topic), until=until)
    return True


def take_push(context: Context, token: str, *, body: bytes, signature: str) -> Push:
    """Have the feed of a push visited, if the hub has signed it."""
    now = context.now()
    with context.store.transaction() as connection:
        known = subscriptions.find(connection, token)
        if known is None:
            return Push.UNKNOWN
        if not is_signed(body, signature, known.secret):
            return Push.IGNORED
        subscriptions.mark_pushed(connection, known.feed_id, now=now)
        feeds.make_due(connection, now=now, feed_ids=subscriptions.take_pushed(connection, now=now, rest=REST))
    context.log.debug("push taken", topic=shown(known.topic))
    return Push.TAKEN


def _take_due(context: Context) -> tuple[Subscription, ...]:
    now = context.now()
    with context.store.transaction() as connection:
        wanted = feeds.list_hubs(connection)
        subscriptions.forget_unwanted(connection, wanted)
        for feed_id in wanted.keys() - subscriptions.list_known(connection):
            hub, topic = wanted[feed_id]
            token, secret = secrets.token_urlsafe(24), secrets.token_urlsafe(32)
            subscriptions.add(connection, feed_id, hub=hub, topic=topic, token=token, secret=secret, now=now)
        feeds.make_due(connection, now=now, feed_ids=subscriptions.take_pushed(connection, now=now, rest=REST))
        return subscriptions.take_due(connection, now=now, again=_FIRST_WAIT, limit=_AT_ONCE)


async def _ask(context: Context, network: Network, wanted: Subscription) -> None:
    callback = f"{context.settings.public_url}{CALLBACKS}{wanted.token}"
    form = subscription(Topic(hub=wanted.hub, url=wanted.topic), callback=callback, secret=wanted.secret)
    try:
        await network.fetcher.submit(wanted.hub, form)
    except FeedTrouble as trouble:
        await context.aside(_note, context, wanted, trouble)


def _note(context: Context, wanted: Subscription, trouble: FeedTrouble) -> None:
    with context.store.transaction() as connection:
        subscriptions.note(connection, wanted.feed_id, str(trouble))
    context.log.info("hub not asked", why=str(trouble), topic=shown(wanted.topic))
