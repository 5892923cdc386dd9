"""`factwatch tokens`: shown once, kept as a hash, revoked for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.jobs.granting import PREFIX, grant, is_use_news, note_use, recognise
from monitor.store.engine import Store
from monitor.store.tokens import Scope
from tests.cli.conftest import Command

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_token_is_shown_once_and_kept_as_a_hash(factwatch: Command, tmp_path: Path) -> None:
    text = factwatch("tokens", "add", "grafana").out.strip()
    assert text.startswith(PREFIX)
    assert len(text) > 40
    assert text not in factwatch("tokens", "list").out
    (row,) = factwatch("tokens", "list", "--format", "json").json
    assert (row["name"], row["scope"], row["last_used"], row["revoked"]) == ("grafana", "read", None, None)
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("factwatch.db*"))
    assert text.encode() not in kept


def test_a_revoked_token_opens_nothing(factwatch: Command, store: Store) -> None:
    text = factwatch("tokens", "add", "script", "--scope", "write").out.strip()
    found = recognise(store, text)
    assert found is not None
    assert found.scope is Scope.WRITE
    assert factwatch("tokens", "revoke", str(found.id)).status == 0
    assert recognise(store, text) is None
    again = factwatch("tokens", "revoke", str(found.id))
    assert (again.status, "revoked already" in again.err) == (2, True)
    assert factwatch("tokens", "revoke", "99").status == 2


@pytest.mark.parametrize("text", ["", "fw_", "fw_x", "x", "fw_\ud800"])
def test_what_was_never_given_out_is_nobodys(store: Store, text: str) -> None:
    assert recognise(store, text) is None


def test_a_use_is_news_once_a_minute(store: Store) -> None:
    _, text = grant(store, "script", Scope.READ, now=NOW)
    uses = []
    for seconds in (0, 30, 60):
        now, token = NOW + timedelta(seconds=seconds), recognise(store, text)
        assert token is not None
        if is_use_news(token, now=now):
            note_use(store, token, now=now)
            uses.append(seconds)
    assert uses == [0, 60]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\nb"])
def test_a_name_is_one_short_line(factwatch: Command, name: str) -> None:
    assert factwatch("tokens", "add", name).status == 2


def test_nothing_was_given_out_at_first(factwatch: Command, store: Store) -> None:
    assert store
    assert factwatch("tokens", "list").out == "no tokens; factwatch tokens add NAME gives one out\n"
