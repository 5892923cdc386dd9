"""Databases as each released version has left them: dumps with rows in every table, frozen with the release.

``python -m tests.store.schemas`` writes the dumps of the newest revision anew, which is right until it is released and wrong
from then on: a change of the tables is a new revision then.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import make_url

from monitor.store.engine import open_store
from monitor.store.migrating import REVISION
from tests.servers.postgres import find_programs, making_database, serving
from tests.store.samples import fill

FOLDER = Path(__file__).parents[1] / "golden" / "schemas"
COMMAND = "python -m tests.store.schemas"
# What another version of the server would say otherwise, or not understand.
_PASSING = ("--", "\\", "SET ", "SELECT pg_catalog.set_config(")


def dump_sqlite() -> str:
    """A database of this version's, as statements for SQLite."""
    with TemporaryDirectory() as folder:
        _make(f"sqlite:///{folder}/factwatch.db")
        with closing(sqlite3.connect(f"{folder}/factwatch.db")) as connection:
            return "\n".join(connection.iterdump()) + "\n"


def dump_postgresql(server: str) -> str:
    """A database of this version's, as statements for PostgreSQL."""
    with making_database(server) as url:
        _make(url)
        address = make_url(url)
        surroundings = {**os.environ, "PGPASSWORD": str(address.password), "PGTZ": "UTC"}
        where = [f"--host={address.host}", f"--port={address.port}", f"--username={address.username}", str(address.database)]
        command = [find_programs() / "pg_dump", "--inserts", "--no-owner", "--no-privileges", *where]
        dump = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True).stdout
    return "".join(line for line in dump.splitlines(keepends=True) if line.strip() and not line.startswith(_PASSING))


def load(dump: Path, url: str) -> None:
    """Make of an empty database the one that was dumped."""
    statements = dump.read_text(encoding="utf-8")
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(address.database))) as connection:
            connection.executescript(statements)
        return
    with psycopg.connect(url.replace("postgresql+psycopg:", "postgresql:", 1), autocommit=True) as connection:
        connection.execute(statements.encode())


def _make(url: str) -> None:
    store = open_store(url)
    with store.transaction() as connection:
        fill(connection)
    store.close()


if __name__ == "__main__":
    (FOLDER / f"{REVISION}.sqlite.sql").write_text(dump_sqlite(), encoding="utf-8")
    with serving() as own:
        (FOLDER / f"{REVISION}.postgresql.sql").write_text(dump_postgresql(own.url), encoding="utf-8")
