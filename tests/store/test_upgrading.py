"""A database of any released version becomes this version's, with all that it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from monitor.store import carrying, leases, migrating
from monitor.store.engine import open_store
from monitor.store.tables import metadata
from tests.store.samples import ROWS
from tests.store.schemas import COMMAND, FOLDER, dump_sqlite, load

DUMPS = sorted(FOLDER.glob("*.sql"))


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_every_released_database_becomes_this_version_s(dump: Path, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if dump.name.endswith(".postgresql.sql"):
        make: Callable[[], str] = request.getfixturevalue("make_postgresql")
        url = make()
    else:
        url = f"sqlite:///{tmp_path / 'factwatch.db'}"
    load(dump, url)
    store = open_store(url)
    with store.transaction() as connection:
        assert migrating.is_current(connection)
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata) == []
        counts = carrying.count_rows(connection)
        leases.release_all(connection)
    store.close()
    dumped = dump.read_text(encoding="utf-8")
    lost = {table for table, count in counts.items() if f"{table} (" in dumped.replace('"', "") and count != ROWS}
    assert not lost


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_newest_revision_has_a_dump_for_each_kind(kind: str) -> None:
    assert (FOLDER / f"{migrating.REVISION}.{kind}.sql").exists(), f"write it: {COMMAND}"


def test_the_dump_of_the_newest_revision_is_of_these_tables() -> None:
    kept = (FOLDER / f"{migrating.REVISION}.sqlite.sql").read_text(encoding="utf-8")
    assert kept == dump_sqlite(), f"the tables have changed; before the release: {COMMAND}; after it: add a revision"
