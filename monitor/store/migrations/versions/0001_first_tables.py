"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("watch", sa.Text(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("baseline", sa.JSON(), nullable=False),
        sa.Column("as_of", _INSTANT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("archived_at", _INSTANT),
        sa.PrimaryKeyConstraint("watch", "fact", name="pk_facts"),
    )
    op.create_table(
        "feeds",
        sa.Column("id", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("is_polled", sa.Boolean(), nullable=False),
        sa.Column("current_url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("body_hash", sa.Text()),
        sa.Column("validators_since", _INSTANT),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("next_due", _INSTANT),
        sa.Column("leased_until", _INSTANT),
        sa.Column("lease_owner", sa.Text()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_failure_at", _INSTANT),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("first_ok_at", _INSTANT),
        sa.Column("last_ok_at", _INSTANT),
        sa.Column("added_at", _INSTANT, nullable=False),
        sa.Column("ended_at", _INSTANT),
        sa.Column("retired_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("url", "selector", name="uq_feeds_url_selector"),
    )
    op.create_index("ix_feeds_next_due", "feeds", ["next_due"])
    op.create_table(
        "held",
        sa.Column("id", _ID, nullable=False),
        sa.Column("change_key", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("held_at", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.Column("released_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_held"),
        sa.UniqueConstraint("change_key", "occasion", "destination", name="uq_held_change_key_occasion_destination"),
    )
    op.create_index("ix_held_released_at_until", "held", ["released_at", "until"])
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("not_before", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_hosts"),
    )
    op.create_table(
        "notes",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_notes"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("message_key", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("order_key", sa.Text(), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created", _INSTANT, nullable=False),
        sa.Column("revived", _INSTANT),
        sa.Column("next_attempt", _INSTANT, nullable=False),
        sa.Column("leased_until", _INSTANT),
        sa.Column("settled", _INSTANT),
        sa.Column("last_detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("message_key", "occasion", "destination", name="uq_outbox_message_key_occasion_destination"),
    )
    op.create_index("ix_outbox_destination_order_key_state", "outbox", ["destination", "order_key", "state"])
    op.create_index("ix_outbox_state_next_attempt", "outbox", ["state", "next_attempt"])
    op.create_table(
        "rests",
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("destination", name="pk_rests"),
    )
    op.create_table(
        "snoozes",
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("target", name="pk_snoozes"),
    )
    op.create_table(
        "tokens",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("created", _INSTANT, nullable=False),
        sa.Column("last_used", _INSTANT),
        sa.Column("revoked_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("digest", name="uq_tokens_digest"),
    )
    op.create_table(
        "changes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("watch", sa.Text(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("corrected", sa.JSON()),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("effective", _INSTANT, nullable=False),
        sa.Column("learned", _INSTANT, nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["watch", "fact"], ["facts.watch", "facts.fact"], name="fk_changes_watch_fact"),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sa.UniqueConstraint("watch", "fact", "sequence", name="uq_changes_watch_fact_sequence"),
    )
    op.create_index("ix_changes_learned", "changes", ["learned"])
    op.create_table(
        "items",
        sa.Column("id", _ID, nullable=False),
        sa.Column("feed_id", _ID, nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("first_seen", _INSTANT, nullable=False),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_items_feed_id"),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.UniqueConstraint("feed_id", "identity", name="uq_items_feed_id_identity"),
    )
    op.create_table(
        "articles",
        sa.Column("item_id", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_due", _INSTANT),
        sa.Column("leased_until", _INSTANT),
        sa.Column("lease_owner", sa.Text()),
        sa.Column("last_detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_articles_item_id"),
        sa.PrimaryKeyConstraint("item_id", name="pk_articles"),
    )
    op.create_index("ix_articles_state_next_due", "articles", ["state", "next_due"])
    op.create_table(
        "item_versions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("item_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("published", _INSTANT, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("seen_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_item_versions_item_id"),
        sa.PrimaryKeyConstraint("id", name="pk_item_versions"),
        sa.UniqueConstraint("item_id", "number", name="uq_item_versions_item_id_number"),
        sa.UniqueConstraint("item_id", "text_hash", name="uq_item_versions_item_id_text_hash"),
    )
    op.create_index("ix_item_versions_text_hash", "item_versions", ["text_hash"])
    op.create_index("ix_item_versions_seen_at", "item_versions", ["seen_at"])
    op.create_table(
        "answers",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("answered_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_answers"),
    )
    op.create_table(
        "unheard",
        sa.Column("version_id", _ID, nullable=False),
        sa.Column("watch", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt", _INSTANT, nullable=False),
        sa.Column("leased_until", _INSTANT),
        sa.Column("last_detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["item_versions.id"], name="fk_unheard_version_id"),
        sa.PrimaryKeyConstraint("version_id", "watch", name="pk_unheard"),
    )
    op.create_index("ix_unheard_next_attempt", "unheard", ["next_attempt"])
    op.create_table(
        "spending",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("tokens_in", sa.BigInteger(), nullable=False),
        sa.Column("tokens_out", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "reader", name="pk_spending"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("feed_id", _ID, nullable=False),
        sa.Column("hub", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lease_until", _INSTANT),
        sa.Column("next_attempt", _INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_detail", sa.Text(), nullable=False),
        sa.Column("pushed_at", _INSTANT),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_subscriptions_feed_id"),
        sa.PrimaryKeyConstraint("feed_id", name="pk_subscriptions"),
        sa.UniqueConstraint("token", name="uq_subscriptions_token"),
    )
    op.create_table(
        "decisions",
        sa.Column("change_id", _ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("effective", _INSTANT, nullable=False),
        sa.Column("corrected", sa.JSON()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("tellings", sa.JSON(), nullable=False),
        sa.Column("decided_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_decisions_change_id"),
        sa.PrimaryKeyConstraint("change_id", name="pk_decisions"),
    )
    op.create_table(
        "ended_sessions",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_ended_sessions"),
    )
    op.create_index("ix_ended_sessions_until", "ended_sessions", ["until"])
    op.create_table(
        "marks",
        sa.Column("change_id", _ID, nullable=False),
        sa.Column("read_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_marks_change_id"),
        sa.PrimaryKeyConstraint("change_id", name="pk_marks"),
    )
    op.create_table(
        "evidence",
        sa.Column("id", _ID, nullable=False),
        sa.Column("change_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", _ID, nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("claim", sa.JSON(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_evidence_change_id"),
        sa.ForeignKeyConstraint(["version_id"], ["item_versions.id"], name="fk_evidence_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("change_id", "position", name="uq_evidence_change_id_position"),
    )
    op.create_index("ix_evidence_version_id", "evidence", ["version_id"])
    op.create_table(
        "readings",
        sa.Column("version_id", _ID, nullable=False),
        sa.Column("watch", sa.Text(), nullable=False),
        sa.Column("read_at", _INSTANT, nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("account", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["item_versions.id"], name="fk_readings_version_id"),
        sa.PrimaryKeyConstraint("version_id", "watch", name="pk_readings"),
    )
