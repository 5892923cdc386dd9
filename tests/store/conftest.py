"""One store for every kind of database; set FACTWATCH_TEST_POSTGRES to a server's URL to run the suite on PostgreSQL too."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from monitor.store.engine import Store, open_store

POSTGRESQL = os.environ.get("FACTWATCH_TEST_POSTGRES", "")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    """The URL of an empty database of its own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'state' / 'factwatch.db'}"
        return
    if not POSTGRESQL:
        pytest.skip("FACTWATCH_TEST_POSTGRES names no server")
    name = f"factwatch_{uuid4().hex}"
    server = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def store(database_url: str) -> Generator[Store]:
    """An open, empty store."""
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    """Where a SQLite database may be made; nothing is there yet."""
    return tmp_path / "state" / "factwatch.db"


@pytest.fixture
def sqlite_url(sqlite_path: Path) -> str:
    return f"sqlite:///{sqlite_path}"
