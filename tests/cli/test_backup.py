"""`factwatch backup`, `restore` and `migrate`: the commands around whole databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

from monitor.store import leases
from monitor.store.engine import Store
from tests.cli.conftest import Command


def test_a_backup_is_made_while_a_daemon_runs_and_put_back_when_it_has_ended(
    factwatch: Command, store: Store, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    before = factwatch("facts", "--format", "json").json
    with leases.sole_use(store):
        made = factwatch("backup", str(copy))
        refused = factwatch("restore", str(copy))
    assert (made.status, refused.status) == (0, 3)
    assert "end that first" in refused.err
    assert factwatch("facts", "set", "acme/opening", "2031", "--note", "a mistake").status == 0
    store.close()
    restored = factwatch("restore", str(copy))
    assert restored.status == 0
    assert "factwatch.db.replaced-" in restored.out
    assert factwatch("facts", "--format", "json").json == before


def test_a_backup_to_a_name_that_is_taken_and_a_restore_of_nothing_are_the_user_s_fault(
    factwatch: Command, store: Store, tmp_path: Path
) -> None:
    assert store
    assert factwatch("backup", str(tmp_path / "factwatch.db")).status == 2
    assert factwatch("restore", str(tmp_path / "nowhere.db")).status == 2
    assert factwatch("restore", str(tmp_path / "rules" / "acme.yaml")).status == 2


def test_all_moves_to_a_server_and_no_line_shows_its_password(
    factwatch: Command, store: Store, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [factwatch(*words, "--format", "json").json for words in (("facts",), ("changes", "list"), ("deliveries", "list"))]
    store.close()
    moved = factwatch("migrate", "--to", postgresql_url)
    assert moved.status == 0
    assert "counted and compared" in moved.out
    again = factwatch("migrate", "--to", postgresql_url)
    assert again.status == 2
    assert "name an empty one" in again.err
    monkeypatch.setenv("FACTWATCH_DATABASE_URL", postgresql_url)
    after = [factwatch(*words, "--format", "json").json for words in (("facts",), ("changes", "list"), ("deliveries", "list"))]
    assert after == before
    answers = [moved, again, factwatch("migrate", "--to", postgresql_url), factwatch("config")]
    password = str(make_url(postgresql_url).password)
    assert not [answer for answer in answers if password in answer.out + answer.err]


@pytest.mark.parametrize(
    ("to", "status"),
    [
        ("mysql://root:hunter2@127.0.0.1/a", 2),
        ("postgresql+psycopg://factwatch:hunter2@127.0.0.1:1/a", 3),
        ("hunter2", 2),
    ],
)
def test_a_place_that_cannot_be_moved_to_is_told_without_its_password(
    factwatch: Command, store: Store, to: str, status: int
) -> None:
    store.close()
    answer = factwatch("migrate", "--to", to)
    assert answer.status == status
    assert "hunter2" not in answer.out + answer.err


def test_nothing_moves_while_a_daemon_runs(factwatch: Command, store: Store, tmp_path: Path) -> None:
    with leases.sole_use(store):
        answer = factwatch("migrate", "--to", f"sqlite:///{tmp_path / 'new.db'}")
    assert answer.status == 3
    assert "end that first" in answer.err
