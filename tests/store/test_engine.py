from __future__ import annotations

import os
import re
import shutil
import sys
import threading
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import create_engine, make_url, text

from monitor.errors import StoreTrouble, UserFault
from monitor.store import notes
from monitor.store.engine import Store, open_store
from tests.servers.postgres import making_database
from tests.store.builders import MINUTE

NOBODY = 65534


def test_what_a_transaction_wrote_is_there_after_opening_again(database_url: str) -> None:
    first = open_store(database_url)
    with first.transaction() as connection:
        notes.write(connection, "a", {"b": [1]})
    first.close()
    second = open_store(database_url)
    with second.reading() as connection:
        assert notes.read(connection, "a") == {"b": [1]}
    second.close()


def test_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    def write_and_fail() -> None:
        with store.transaction() as connection:
            notes.write(connection, "a", 1)
            raise KeyError("a fault of the caller's")

    with pytest.raises(KeyError):
        write_and_fail()
    with store.reading() as connection:
        assert notes.read(connection, "a") is None


def test_reading_refuses_to_write_and_says_so(store: Store) -> None:
    with pytest.raises(StoreTrouble, match="read-only"), store.reading() as connection:
        notes.write(connection, "a", 1)


def test_reading_sees_one_moment_while_another_writes(store: Store) -> None:
    with store.reading() as reading:
        assert notes.read(reading, "a") is None
        with store.transaction() as writing:
            notes.write(writing, "a", 1)
        assert notes.read(reading, "a") is None
    with store.reading() as reading:
        assert notes.read(reading, "a") == 1


def count_up(store: Store, times: int) -> None:
    for _ in range(times):
        with store.transaction() as connection:
            notes.write(connection, "counter", (notes.read(connection, "counter") or 0) + 1)


def test_no_update_is_lost_between_threads_and_connections(store: Store, database_url: str) -> None:
    other = open_store(database_url)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda s: count_up(s, 20), [store, other, store, other]))
    with other.reading() as connection:
        assert notes.read(connection, "counter") == 80
    other.close()


def test_many_may_open_an_empty_database_at_once(bare_database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(open_store, [bare_database_url] * 4))
    for store in opened:
        count_up(store, 1)
    with opened[0].reading() as connection:
        assert notes.read(connection, "counter") == 4
    for store in opened:
        store.close()


def test_a_locked_database_is_trouble_that_passes(store: Store, database_url: str) -> None:
    hasty = open_store(database_url, patience=timedelta(milliseconds=50))
    with store.transaction(), pytest.raises(StoreTrouble, match="nothing was written"):
        count_up(hasty, 1)
    count_up(hasty, 1)
    hasty.close()


def test_a_second_transaction_of_one_store_waits_and_then_gives_up(database_url: str) -> None:
    hasty = open_store(database_url, patience=timedelta(milliseconds=50))
    faults: list[BaseException] = []

    def write() -> None:
        try:
            count_up(hasty, 1)
        except StoreTrouble as trouble:
            faults.append(trouble)

    with hasty.transaction():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert "another transaction of this program" in str(faults[0])
    count_up(hasty, 1)
    hasty.close()


def test_a_thread_that_writes_all_the_time_lets_the_others_have_their_turn(database_url: str) -> None:
    store = open_store(database_url, patience=timedelta(seconds=3))
    is_over = threading.Event()

    def write_on() -> None:
        while not is_over.is_set():
            with store.transaction():
                time.sleep(0.05)

    thread = threading.Thread(target=write_on)
    thread.start()
    try:
        count_up(store, 20)
    finally:
        is_over.set()
        thread.join()
        store.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("no url", "cannot be read"),
        ("mysql://localhost/a", "kind 'mysql'"),
        ("postgresql+asyncpg://localhost/a", r"write sqlite.*postgresql\+psycopg://"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_a_url_that_we_cannot_serve_is_the_users_fault(url: str, words: str) -> None:
    with pytest.raises(UserFault, match=words):
        open_store(url)


# --- SQLite -----------------------------------------------------------------------------------------


def test_only_the_owner_can_read_the_database_and_its_logs(sqlite_path: Path, sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with store.transaction() as connection:
        notes.write(connection, "a", 1)
    modes = {path.name: path.stat().st_mode & 0o777 for path in sqlite_path.parent.iterdir()}
    store.close()
    assert modes == {"factwatch.db": 0o600, "factwatch.db-wal": 0o600, "factwatch.db-shm": 0o600}
    assert sqlite_path.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(sqlite_path: Path, sqlite_url: str) -> None:
    sqlite_path.parent.mkdir()
    sqlite_path.touch(mode=0o644)
    open_store(sqlite_url).close()
    assert sqlite_path.stat().st_mode & 0o777 == 0o600


def test_every_connection_is_durable_and_keeps_its_references(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with store.transaction() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    store.close()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def write_two(store: Store) -> None:
    with store.transaction() as connection:
        notes.write(connection, "counter", 2)
        notes.write(connection, "long", "x" * 100_000)


def test_a_full_disk_loses_nothing_and_passes(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    count_up(store, 1)
    with store.transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreTrouble, match="is full"):
        write_two(store)
    with store.transaction() as connection:
        assert notes.read(connection, "counter") == 1
        notes.write(connection, "long", "x" * 100_000)
    store.close()


@pytest.fixture
def ordinary_user(tmp_path: Path) -> Generator[Path]:
    """A directory of a user who is not root, with whose rights the test then runs: root may write any file."""
    # Modules that are loaded late may lie where only root can read them.
    open_store(f"sqlite:///{tmp_path / 'first.db'}").close()
    home = Path(mkdtemp())
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(home, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    yield home
    if is_root:
        os.seteuid(0)
    shutil.rmtree(home)


def test_a_read_only_file_can_be_read_and_is_written_again_once_it_may(ordinary_user: Path) -> None:
    path = ordinary_user / "factwatch.db"
    store = open_store(f"sqlite:///{path}")
    count_up(store, 1)
    store.close()
    path.chmod(0o400)
    with store.reading() as connection:
        assert notes.read(connection, "counter") == 1
    with pytest.raises(StoreTrouble, match="is read-only"):
        count_up(store, 1)
    for file in ordinary_user.iterdir():  # the log files took the mode over
        file.chmod(0o600)
    count_up(store, 1)
    with store.reading() as connection:
        assert notes.read(connection, "counter") == 2
    store.close()


def test_a_folder_in_which_nothing_may_be_made_is_trouble_until_it_may(ordinary_user: Path) -> None:
    store = open_store(f"sqlite:///{ordinary_user / 'factwatch.db'}")
    count_up(store, 1)
    store.close()
    ordinary_user.chmod(0o500)
    with pytest.raises(StoreTrouble, match="nothing was written"):
        count_up(store, 1)
    ordinary_user.chmod(0o700)
    count_up(store, 1)
    with store.reading() as connection:
        assert notes.read(connection, "counter") == 2
    store.close()


def test_a_file_of_another_kind_is_left_alone(sqlite_path: Path, sqlite_url: str) -> None:
    sqlite_path.parent.mkdir()
    sqlite_path.write_text("these are my notes, dear program, and no database at all\n" * 100)
    before = sqlite_path.read_bytes()
    with pytest.raises(StoreTrouble, match="is no SQLite database"):
        open_store(sqlite_url)
    assert sqlite_path.read_bytes() == before


def test_a_place_that_cannot_be_made_is_trouble_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreTrouble, match=re.escape(str(tmp_path / "file" / "factwatch.db"))):
        open_store(f"sqlite:///{tmp_path / 'file' / 'factwatch.db'}")


def test_patience_outlasts_a_short_transaction(store: Store, database_url: str) -> None:
    other = open_store(database_url, patience=MINUTE)
    is_held, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with store.transaction() as connection:
            notes.write(connection, "counter", 10)
            is_held.set()
            may_end.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    is_held.wait()
    threading.Timer(0.1, may_end.set).start()
    count_up(other, 1)
    thread.join()
    with other.reading() as connection:
        assert notes.read(connection, "counter") == 11
    other.close()


# --- PostgreSQL -------------------------------------------------------------------------------------


def break_connections(url: str) -> None:
    """End all connections to a database but one's own, as a server does that is told to stop."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with engine.connect() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend(pid, 5000) {others}"))
    engine.dispose()


def test_a_connection_that_broke_between_transactions_is_replaced_in_silence(postgresql_url: str) -> None:
    store = open_store(postgresql_url)
    count_up(store, 1)
    break_connections(postgresql_url)
    count_up(store, 1)
    with store.reading() as connection:
        assert notes.read(connection, "counter") == 2
    store.close()


def test_a_connection_that_breaks_in_a_transaction_is_trouble_that_passes(postgresql_url: str) -> None:
    store = open_store(postgresql_url)

    def write_and_be_cut_off() -> None:
        with store.transaction() as connection:
            notes.write(connection, "counter", 7)
            break_connections(postgresql_url)
            notes.write(connection, "counter", 8)

    with pytest.raises(StoreTrouble, match=r"does not answer.*is done again"):
        write_and_be_cut_off()
    count_up(store, 1)
    with store.reading() as connection:
        assert notes.read(connection, "counter") == 1
    store.close()


def test_no_trouble_of_a_server_shows_the_password(postgresql_url: str) -> None:
    address = make_url(postgresql_url)
    wrong = {"password": "not-the-secret"}, {"port": 1}, {"database": "nowhere"}
    for part in wrong:
        url = address.set(**part)
        with pytest.raises(StoreTrouble) as caught:
            open_store(url.render_as_string(hide_password=False))
        assert str(url.password) not in str(caught.value)
        assert "***" in str(caught.value)
    with pytest.raises(StoreTrouble) as caught:
        open_store("postgresql://factwatch@127.0.0.1:1/factwatch?password=hunter2&sslpassword=hunter2")
    assert "hunter2" not in str(caught.value)


def test_a_database_that_cannot_hold_all_characters_is_refused(postgresql: str) -> None:
    latin = making_database(postgresql, like="template0 ENCODING 'LATIN1' LOCALE 'C'")
    with latin as url, pytest.raises(UserFault, match="ENCODING 'UTF8'"):
        open_store(url)


def test_a_missing_driver_is_told_with_the_name_of_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UserFault, match=r"factwatch\[postgresql\]"):
        open_store("postgresql://factwatch@127.0.0.1:1/factwatch")


def test_a_writer_that_stands_still_holds_nobody_up_for_ever(postgresql_url: str) -> None:
    store = open_store(postgresql_url)
    with store.transaction() as connection:
        limit = connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar_one()
    store.close()
    assert limit == "2min"
