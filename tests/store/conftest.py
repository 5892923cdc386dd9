"""One store for every kind of database: what the tests say of it holds on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from monitor.store.engine import Store, open_store


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database of its own that holds nothing."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite:///{tmp_path / 'state' / 'factwatch.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database of its own in which there are no tables yet."""
    if request.param == "postgresql":
        make: Callable[[], str] = request.getfixturevalue("make_postgresql")
        return make()
    return f"sqlite:///{tmp_path / 'bare' / 'factwatch.db'}"


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
