from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from monitor.errors import StoreTrouble, UserFault
from monitor.store import migrating, notes
from monitor.store.engine import Store, open_store
from monitor.store.tables import metadata

MIGRATIONS = Path(migrating.__file__).parent / "migrations"


def set_revision(path: Path, revision: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_the_migrations_make_the_very_tables_that_the_code_speaks_of(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_revision_in_the_code_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == migrating.REVISION


def test_a_new_database_needs_no_copy(sqlite_path: Path, sqlite_url: str) -> None:
    open_store(sqlite_url).close()
    assert [path.name for path in sqlite_path.parent.iterdir()] == ["factwatch.db"]


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The program as it may be one day: one migration more, which adds a column."""
    package = tmp_path / "later"
    (package / "migrations" / "versions").mkdir(parents=True)
    for file in [MIGRATIONS / "env.py", *(MIGRATIONS / "versions").glob("0*.py")]:
        (package / file.relative_to(MIGRATIONS.parent)).write_bytes(file.read_bytes())
    (package / "migrations" / "versions" / "9999_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = '9999', {migrating.REVISION!r}\n"
        "def upgrade():\n    op.add_column('notes', sa.Column('author', sa.Text()))\n"
    )
    monkeypatch.setattr(migrating, "REVISION", "9999")
    monkeypatch.setattr(migrating, "__file__", str(package / "migrating.py"))
    return "9999"


@pytest.fixture
def filled(sqlite_path: Path, sqlite_url: str) -> Path:
    """A database of this version that holds a note, some of it still in the write-ahead log."""
    store = open_store(sqlite_url)
    with store.transaction() as connection:
        notes.write(connection, "a", 1)
    store.close()
    return sqlite_path


def test_a_database_with_data_is_copied_before_it_is_migrated(filled: Path, sqlite_url: str, next_version: str) -> None:
    store = open_store(sqlite_url)
    with store.reading() as connection:
        assert notes.read(connection, "a") == 1
        assert migrating.read_revision(connection) == next_version
    store.close()
    copy = filled.with_name(f"factwatch.db.before-{next_version}")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT key, value FROM notes").fetchall() == [("a", 1)]
        assert "author" not in [row[1] for row in connection.execute("PRAGMA table_info(notes)")]


def test_a_copy_that_cannot_be_made_stops_the_migration(filled: Path, sqlite_url: str, next_version: str) -> None:
    filled.with_name(f"factwatch.db.before-{next_version}").mkdir()
    with pytest.raises(StoreTrouble, match="cannot be copied"):
        open_store(sqlite_url)
    with closing(sqlite3.connect(filled)) as connection:
        assert "author" not in [row[1] for row in connection.execute("PRAGMA table_info(notes)")]


def test_a_migration_that_fails_halfway_leaves_the_database_as_it_was(
    filled: Path, sqlite_url: str, next_version: str, tmp_path: Path
) -> None:
    script = tmp_path / "later" / "migrations" / "versions" / f"{next_version}_next.py"
    script.write_text(script.read_text() + "    op.execute('INSERT INTO nowhere VALUES (1)')\n")
    with pytest.raises(Exception, match="nowhere"):
        open_store(sqlite_url)
    with closing(sqlite3.connect(filled)) as connection:
        assert "author" not in [row[1] for row in connection.execute("PRAGMA table_info(notes)")]


def test_a_database_of_a_newer_version_is_refused_untouched(filled: Path, sqlite_url: str) -> None:
    set_revision(filled, "7777")
    with pytest.raises(UserFault, match=r"revision 7777.*install the newer version"):
        open_store(sqlite_url)
    assert [path.name for path in filled.parent.iterdir()] == ["factwatch.db"]
