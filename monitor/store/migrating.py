"""Bringing a database to the revision of this version, with a copy of the file made first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from monitor.errors import StoreTrouble, UserFault

REVISION = "0001"
"""The newest revision in ``migrations/versions``; known here so that an up-to-date database opens without Alembic."""


def read_revision(connection: Connection) -> str | None:
    """The revision of a database; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def is_current(connection: Connection) -> bool:
    """Whether there is nothing to migrate."""
    return read_revision(connection) == REVISION


def migrate(connection: Connection, *, name: str, path: Path | None) -> None:
    """Apply the missing migrations, all or none, in the caller's writing transaction.

    Args:
        name: What people call the database.
        path: Its file, copied beside itself first when it holds data; None for a database server, whose copies are its
            operator's business.

    Raises:
        UserFault: The database was written by a newer version.
        StoreTrouble: The copy cannot be made.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    present = read_revision(connection)
    if present == REVISION:  # another process was quicker
        return
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in known:
        raise UserFault(
            f"the database {name} is of revision {present}, newer than this version's {REVISION}; "
            "install the newer version again, or go back to the copy that it made beside the database"
        )
    if path and present is not None:
        copy_file(path, path.with_name(f"{path.name}.before-{REVISION}"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def copy_file(path: Path, copy: Path) -> None:
    """Copy a SQLite file whole, its write-ahead log included, readable by its owner only.

    A copy cut short never bears the final name.

    Raises:
        StoreTrouble: The disk is full, or the directory cannot be written.
    """
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
        unfinished.replace(copy)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise StoreTrouble(f"the database {path} cannot be copied before its migration ({error}); nothing was written") from error
