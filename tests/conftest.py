"""Settings of all tests, and the PostgreSQL that they share: how long a machine takes for an example is no law, so no example
has a deadline."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server: FACTWATCH_TEST_POSTGRES, else one of our own, shared by all processes of the run.

    Where none can be had its tests are skipped, but never on CI.
    """
    from tests.servers.postgres import NoServer, sharing_server

    if given := os.environ.get("FACTWATCH_TEST_POSTGRES"):
        yield given
        return
    base = tmp_path_factory.getbasetemp()
    is_one_of_many = "PYTEST_XDIST_WORKER" in os.environ
    try:
        with sharing_server((base.parent if is_one_of_many else base) / "postgresql") as url:
            yield url
    except NoServer as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> Iterator[str]:
    """The name of a database with this version's tables, of which others are quick copies."""
    from sqlalchemy import make_url

    from monitor.store.engine import open_store
    from tests.servers.postgres import making_database

    with making_database(postgresql) as url:
        open_store(url).close()
        yield str(make_url(url).database)


@pytest.fixture
def make_postgresql(postgresql: str) -> Iterator[Callable[[], str]]:
    """Makes databases without any tables and gives their URLs; they live as long as the test."""
    from tests.servers.postgres import making_database

    with ExitStack() as made:
        yield lambda: made.enter_context(making_database(postgresql))


@pytest.fixture
def postgresql_url(postgresql: str, postgresql_template: str) -> Iterator[str]:
    """The URL of a database of its own with this version's tables, all empty."""
    from tests.servers.postgres import making_database

    with making_database(postgresql, like=postgresql_template) as url:
        yield url
