"""The tables, in types that SQLite and PostgreSQL share."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy import Text as SqlText

from monitor.store.texts import storable


class Instant(TypeDecorator[datetime]):
    """A moment: kept in UTC, aware on both sides.

    Raises:
        ValueError: A naive datetime, which names no moment.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Text(TypeDecorator[str]):
    """A text; what no database takes of it is left out."""

    impl = SqlText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# SQLite numbers rows by itself only in a column of exactly the type INTEGER.
_Id = BigInteger().with_variant(Integer, "sqlite")

# --- what comes in ----------------------------------------------------------------------------------

feeds = Table(
    "feeds",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("url", Text, nullable=False),
    Column("selector", Text, nullable=False),  # CSS selector of a watched page; empty for a feed
    Column("is_polled", Boolean, nullable=False),  # false for an archive, which is read once from a file
    Column("current_url", Text, nullable=False),  # differs from url after 301 and 308
    Column("host", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("validators_since", Instant),
    Column("hints", JSON, nullable=False),  # what the feed says of its own rhythm
    Column("next_due", Instant),
    Column("leased_until", Instant),
    Column("lease_owner", Text),
    Column("failures", Integer, nullable=False),  # in a row
    Column("first_failure_at", Instant),  # of the present row of failures
    Column("last_error", Text, nullable=False),
    Column("first_ok_at", Instant),
    Column("last_ok_at", Instant),
    Column("added_at", Instant, nullable=False),
    Column("ended_at", Instant),  # the publisher answered 410
    Column("retired_at", Instant),  # no rule names it any longer
    UniqueConstraint("url", "selector"),
    Index(None, "next_due"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("feed_id", _Id, ForeignKey("feeds.id"), primary_key=True),
    Column("hub", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("token", Text, nullable=False),  # of the callback's address
    Column("secret", Text, nullable=False),  # with which the hub signs
    Column("state", Text, nullable=False),  # new, asked, active or denied
    Column("lease_until", Instant),
    Column("next_attempt", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),  # since the last confirmation
    Column("last_detail", Text, nullable=False),
    Column("pushed_at", Instant),  # a push that waits for a visit
    UniqueConstraint("token"),
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", Text, primary_key=True),
    Column("not_before", Instant, nullable=False),  # the host asked us to stay away until then
)

items = Table(
    "items",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("feed_id", _Id, ForeignKey("feeds.id"), nullable=False),
    Column("identity", Text, nullable=False),  # guid, else link, else hash
    Column("first_seen", Instant, nullable=False),
    Column("latest", Integer, nullable=False),  # number of the newest version
    UniqueConstraint("feed_id", "identity"),
)

item_versions = Table(
    "item_versions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("item_id", _Id, ForeignKey("items.id"), nullable=False),
    Column("number", Integer, nullable=False),  # counted from 1 in its item
    Column("kind", Text, nullable=False),  # summary or article
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("published", Instant, nullable=False),
    Column("language", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
    UniqueConstraint("item_id", "number"),
    UniqueConstraint("item_id", "text_hash"),
    Index(None, "text_hash"),
    Index(None, "seen_at"),
)

readings = Table(
    "readings",
    metadata,
    Column("version_id", _Id, ForeignKey("item_versions.id"), primary_key=True),
    Column("watch", Text, primary_key=True),
    Column("read_at", Instant, nullable=False),
    Column("claims", Integer, nullable=False),  # how many the reader found
    Column("account", JSON, nullable=False),  # what was made of them, and why
)

articles = Table(
    "articles",
    metadata,
    Column("item_id", _Id, ForeignKey("items.id"), primary_key=True),
    Column("url", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("state", Text, nullable=False),  # pending, fetched or refused
    Column("attempts", Integer, nullable=False),
    Column("next_due", Instant),
    Column("leased_until", Instant),
    Column("lease_owner", Text),
    Column("last_detail", Text, nullable=False),
    Index(None, "state", "next_due"),
)

answers = Table(
    "answers",
    metadata,
    Column("key", Text, primary_key=True),  # of the question, by its content
    Column("reader", Text, nullable=False),  # model and host
    Column("text", Text, nullable=False),  # as it came
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("answered_at", Instant, nullable=False),
)

unheard = Table(
    "unheard",
    metadata,
    Column("version_id", _Id, ForeignKey("item_versions.id"), primary_key=True),
    Column("watch", Text, primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("last_detail", Text, nullable=False),  # why the second reader was not heard
    Index(None, "next_attempt"),
)

spending = Table(
    "spending",
    metadata,
    Column("day", Text, primary_key=True),  # in UTC
    Column("reader", Text, primary_key=True),
    Column("calls", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("tokens_in", BigInteger, nullable=False),
    Column("tokens_out", BigInteger, nullable=False),
)

# --- what is known ----------------------------------------------------------------------------------

facts = Table(
    "facts",
    metadata,
    Column("watch", Text, primary_key=True),
    Column("fact", Text, primary_key=True),
    Column("baseline", JSON, nullable=False),
    Column("as_of", Instant, nullable=False),
    Column("note", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_url", Text, nullable=False),
    Column("archived_at", Instant),  # no rule names it any longer
)

changes = Table(
    "changes",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("watch", Text, nullable=False),
    Column("fact", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("old", JSON, nullable=False),
    Column("new", JSON, nullable=False),
    Column("corrected", JSON(none_as_null=True)),
    Column("verdict", Text, nullable=False),
    Column("certainty", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("effective", Instant, nullable=False),
    Column("learned", Instant, nullable=False),
    Column("is_told", Boolean, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("watch", "fact", "sequence"),
    ForeignKeyConstraint(["watch", "fact"], ["facts.watch", "facts.fact"]),
    Index(None, "learned"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("change_id", _Id, ForeignKey("changes.id"), nullable=False),
    Column("position", Integer, nullable=False),  # counted from 1 in its change
    Column("version_id", _Id, ForeignKey("item_versions.id"), nullable=False),
    Column("publisher", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("claim", JSON, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
    UniqueConstraint("change_id", "position"),
    Index(None, "version_id"),
)

# --- what goes out ----------------------------------------------------------------------------------

outbox = Table(
    "outbox",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("message_key", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("destination", Text, nullable=False),
    Column("order_key", Text, nullable=False),
    Column("message", JSON, nullable=False),
    Column("state", Text, nullable=False),  # pending, sent or dead
    Column("attempts", Integer, nullable=False),
    Column("created", Instant, nullable=False),
    Column("revived", Instant),  # a person had it tried again
    Column("next_attempt", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("settled", Instant),
    Column("last_detail", Text, nullable=False),
    UniqueConstraint("message_key", "occasion", "destination"),
    Index(None, "state", "next_attempt"),
    Index(None, "destination", "order_key", "state"),
)

held = Table(
    "held",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("change_key", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("destination", Text, nullable=False),  # for whom; empty for everybody whom the rule names
    Column("reason", Text, nullable=False),  # in words: waiting for more sources, snoozed, quiet hours
    Column("held_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("released_at", Instant),
    UniqueConstraint("change_key", "occasion", "destination"),
    Index(None, "released_at", "until"),
)

rests = Table(
    "rests",
    metadata,
    Column("destination", Text, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),  # nothing is sent to it before: its pace, or what it asked for
)

snoozes = Table(
    "snoozes",
    metadata,
    Column("target", Text, primary_key=True),  # a watch, watch/fact, or the key of a change
    Column("until", Instant, nullable=False),
    Column("note", Text, nullable=False),
    Column("created", Instant, nullable=False),
)

# --- what persons have seen and decided -------------------------------------------------------------

marks = Table(
    "marks",
    metadata,
    Column("change_id", _Id, ForeignKey("changes.id"), primary_key=True),
    Column("read_at", Instant, nullable=False),  # when somebody opened it first
)

decisions = Table(
    "decisions",
    metadata,
    Column("change_id", _Id, ForeignKey("changes.id"), primary_key=True),
    # How the change stood before the last decision on it, so that this can be taken back.
    Column("state", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("effective", Instant, nullable=False),
    Column("corrected", JSON(none_as_null=True)),
    Column("note", Text, nullable=False),
    Column("tellings", JSON, nullable=False),  # what was still to be told of it
    Column("decided_at", Instant, nullable=False),
)

# --- what is remembered -----------------------------------------------------------------------------

notes = Table(
    "notes",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)

# --- who may ask ------------------------------------------------------------------------------------

tokens = Table(
    "tokens",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),  # SHA-256 of the token, which is random and long; it is not kept itself
    Column("scope", Text, nullable=False),  # read, or write, which includes it
    Column("created", Instant, nullable=False),
    Column("last_used", Instant),
    Column("revoked_at", Instant),
    UniqueConstraint("digest"),
)

ended_sessions = Table(
    "ended_sessions",
    metadata,
    Column("name", Text, primary_key=True),
    Column("until", Instant, nullable=False),  # the cookie is over by itself then, and so is this row
    Index(None, "until"),
)
