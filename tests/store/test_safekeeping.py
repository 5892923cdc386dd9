"""A copy is whole or not there, and put back it is the database again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from monitor.errors import StoreTrouble, UserFault
from monitor.store import leases, notes, safekeeping
from monitor.store.engine import Store, open_store
from tests.store.builders import NOW
from tests.store.samples import contents, fill


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where a copy may be made."""
    (tmp_path / "copies").mkdir()
    return tmp_path / "copies" / "factwatch.backup"


@pytest.fixture
def filled(store: Store) -> Store:
    with store.transaction() as connection:
        fill(connection)
    return store


def write(store: Store, value: int) -> None:
    with store.transaction() as connection:
        notes.write(connection, "value", value)


def read(store: Store) -> object:
    with store.reading() as connection:
        return notes.read(connection, "value")


def test_a_copy_holds_everything_in_one_file_that_is_its_owner_s_alone(filled: Store, copy: Path) -> None:
    safekeeping.back_up(filled, copy)
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    assert copy.stat().st_mode & 0o777 == 0o600
    kept = open_store(f"sqlite:///{copy}")
    with filled.reading() as before, kept.reading() as after:
        assert contents(before) == contents(after)
    kept.close()


def test_a_copy_is_of_one_moment_while_others_write(store: Store, copy: Path) -> None:
    write(store, 1)
    with store.transaction() as connection:
        notes.write(connection, "value", 2)
        safekeeping.back_up(store, copy)
    kept = open_store(f"sqlite:///{copy}")
    assert read(kept) == 1
    kept.close()


def test_a_copy_overwrites_nothing(store: Store, copy: Path) -> None:
    copy.write_text("my notes")
    with pytest.raises(UserFault, match="already"):
        safekeeping.back_up(store, copy)
    assert copy.read_text() == "my notes"


def test_a_copy_that_cannot_be_made_is_trouble_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble, match="no copy was made"):
        safekeeping.back_up(store, tmp_path / "nowhere" / "factwatch.backup")


def test_a_damaged_database_gives_no_copy(sqlite_url: str, sqlite_path: Path, copy: Path) -> None:
    store = open_store(sqlite_url)
    with store.transaction() as connection:
        fill(connection)
    store.close()
    damage(sqlite_path)
    with pytest.raises(StoreTrouble, match=r"damaged|cannot be read|malformed"):
        safekeeping.back_up(open_store(sqlite_url), copy)
    assert not list(copy.parent.iterdir())


def damage(path: Path) -> None:
    """Make a database one whose pages are no pages."""
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 8 * 4096)


# --- putting back -----------------------------------------------------------------------------------


def test_a_copy_is_put_back_into_an_empty_database(filled: Store, copy: Path, bare_database_url: str) -> None:
    safekeeping.back_up(filled, copy)
    assert safekeeping.restore(copy, bare_database_url, now=NOW) is None
    restored = open_store(bare_database_url)
    with filled.transaction() as before, restored.transaction() as after:
        for connection in (before, after):
            leases.release_all(connection)
        assert contents(before) == contents(after)
    restored.close()


def test_what_is_replaced_is_kept_beside_it(sqlite_url: str, sqlite_path: Path, copy: Path) -> None:
    store = open_store(sqlite_url)
    write(store, 1)
    safekeeping.back_up(store, copy)
    write(store, 2)
    store.close()
    replaced = safekeeping.restore(copy, sqlite_url, now=NOW)
    assert replaced == sqlite_path.with_name("factwatch.db.replaced-20240328T120000Z")
    values = []
    for path in (sqlite_path, replaced):
        opened = open_store(f"sqlite:///{path}")
        values.append(read(opened))
        opened.close()
    assert values == [1, 2]
    assert sqlite_path.stat().st_mode & 0o777 == 0o600


def test_a_database_that_is_damaged_is_replaced_and_kept_too(sqlite_url: str, sqlite_path: Path, copy: Path) -> None:
    store = open_store(sqlite_url)
    write(store, 1)
    safekeeping.back_up(store, copy)
    store.close()
    sqlite_path.write_bytes(b"nothing of a database" * 1000)
    sqlite_path.with_name("factwatch.db-wal").write_bytes(b"nor of its log" * 1000)
    replaced = safekeeping.restore(copy, sqlite_url, now=NOW)
    assert replaced is not None
    assert replaced.read_bytes().startswith(b"nothing of a database")
    store = open_store(sqlite_url)
    assert read(store) == 1
    store.close()


def test_nothing_is_put_back_while_a_daemon_runs(sqlite_url: str, copy: Path) -> None:
    store = open_store(sqlite_url)
    write(store, 1)
    safekeeping.back_up(store, copy)
    write(store, 2)
    with leases.sole_use(store), pytest.raises(StoreTrouble, match="end that first"):
        safekeeping.restore(copy, sqlite_url, now=NOW)
    assert read(store) == 2
    store.close()


def test_a_server_s_database_that_holds_something_is_left_alone(store: Store, copy: Path, postgresql_url: str) -> None:
    write(store, 1)
    safekeeping.back_up(store, copy)
    other = open_store(postgresql_url)
    write(other, 2)
    with pytest.raises(UserFault, match="make an empty one"):
        safekeeping.restore(copy, postgresql_url, now=NOW)
    assert read(other) == 2
    other.close()


def no_database(path: Path) -> None:
    path.write_text("these are my notes, dear program, and no database at all\n" * 100)


def another_program_s(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (cake TEXT)")


def of_a_newer_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '7777'")


def with_a_loose_end(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM item_versions")


@pytest.mark.parametrize(
    ("spoil", "kind", "words"),
    [
        (no_database, UserFault, "no SQLite database"),
        (another_program_s, UserFault, "no database of this program"),
        (of_a_newer_version, UserFault, r"revision 7777.*install the newer version"),
        (with_a_loose_end, StoreTrouble, r"is damaged \(a row of \w+ refers to none of item_versions\)"),
        (damage, StoreTrouble, r"is damaged|cannot be read"),
    ],
)
def test_what_is_no_whole_copy_is_refused_and_the_database_stays(
    sqlite_url: str, copy: Path, spoil: object, kind: type[Exception], words: str
) -> None:
    store = open_store(sqlite_url)
    with store.transaction() as connection:
        fill(connection)
    write(store, 1)
    if spoil not in (no_database, another_program_s):
        safekeeping.back_up(store, copy)
    spoil(copy)  # type: ignore[operator]
    write(store, 2)
    store.close()
    with pytest.raises(kind, match=words):
        safekeeping.restore(copy, sqlite_url, now=NOW)
    store = open_store(sqlite_url)
    assert read(store) == 2
    store.close()


def test_the_database_in_use_is_no_copy_of_itself(sqlite_url: str, sqlite_path: Path) -> None:
    open_store(sqlite_url).close()
    with pytest.raises(UserFault, match="name a copy"):
        safekeeping.restore(sqlite_path, sqlite_url, now=NOW)
