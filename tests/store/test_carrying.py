"""Everything that one database holds arrives in another, of either kind."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from monitor.errors import StoreTrouble, UserFault
from monitor.jobs.relocating import relocate
from monitor.jobs.signing import key_of
from monitor.store import carrying, leases, tables
from monitor.store.engine import Store, open_store
from tests.store.builders import NOW
from tests.store.samples import ROWS, contents, fill

LASTING = [table.name for table in tables.metadata.sorted_tables if "leased_until" not in table.c]

between_files = pytest.mark.parametrize(("database_url", "bare_database_url"), [("sqlite", "sqlite")], indirect=True)


@pytest.fixture
def target(bare_database_url: str) -> Generator[Store]:
    """An empty database to go to."""
    store = open_store(bare_database_url)
    yield store
    store.close()


@pytest.fixture
def filled(store: Store) -> Store:
    with store.transaction() as connection:
        fill(connection)
    return store


def test_every_row_of_every_table_arrives_and_is_counted(filled: Store, target: Store) -> None:
    steps: list[int] = []
    carried = relocate(filled, target, begun=steps.append, moved=lambda step: steps.append(-step))
    assert set(carried) == {table.name for table in tables.metadata.sorted_tables}
    assert set(carried.values()) == {ROWS}
    assert sum(steps) == 0, "the bar ends where it was said to end"
    with filled.reading() as old, target.reading() as new:
        before = contents(old)
        assert {name: before[name] for name in LASTING}.items() <= contents(new).items()


def test_new_rows_are_numbered_after_those_that_were_carried(filled: Store, target: Store) -> None:
    relocate(filled, target)
    row = {"name": "new", "digest": "new", "scope": "read", "created": NOW}
    with target.transaction() as connection:
        number = connection.execute(insert(tables.tokens).values(row).returning(tables.tokens.c.id)).scalar_one()
    assert number == ROWS + 1


@between_files
def test_nothing_is_carried_into_a_database_that_holds_something(filled: Store, target: Store) -> None:
    relocate(filled, target)
    with pytest.raises(UserFault, match="name an empty one"):
        relocate(filled, target)


@between_files
def test_nothing_is_carried_while_a_daemon_runs(filled: Store, target: Store) -> None:
    with leases.sole_use(filled), pytest.raises(StoreTrouble, match="end that first"):
        relocate(filled, target)
    with target.reading() as connection:
        assert carrying.is_empty(connection)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_database_is_not_carried_into_itself(filled: Store) -> None:
    with pytest.raises(UserFault, match="that is in use"):
        relocate(filled, filled)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_arrives_otherwise_is_noticed_and_nothing_is_kept(filled: Store, tmp_path: Path) -> None:
    forger = open_store(f"sqlite:///{tmp_path / 'forger.db'}")
    with forger.transaction() as connection:
        forging = "CREATE TRIGGER forge AFTER INSERT ON evidence BEGIN UPDATE evidence SET publisher = 'x'; END"
        connection.execute(text(forging))
    with pytest.raises(StoreTrouble, match=r"rows of evidence did not arrive.*nothing was written"):
        relocate(filled, forger)
    with forger.reading() as connection:
        assert carrying.is_empty(connection)
    forger.close()


def test_links_and_logins_live_on_in_the_new_place(sqlite_url: str, postgresql_url: str) -> None:
    source, target = open_store(sqlite_url), open_store(postgresql_url)
    before = key_of(source)
    relocate(source, target)
    assert key_of(target) == before
    for store in (source, target):
        store.close()


def test_all_processes_with_one_server_have_the_same_key(postgresql_url: str) -> None:
    stores = [open_store(postgresql_url) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(key_of, stores)
    assert first == second
    for store in stores:
        store.close()


@between_files
def test_leases_of_the_old_place_hold_up_nobody_in_the_new_one(filled: Store, target: Store) -> None:
    relocate(filled, target)
    with target.reading() as connection:
        for table in (table for table in tables.metadata.sorted_tables if table.name not in LASTING):
            assert not connection.execute(select(table).where(table.c.leased_until.is_not(None))).all()
