"""Bringing a database to the revision of this version, with a copy of the file made first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from monitor.errors import UserFault

if TYPE_CHECKING:
    from alembic.config import Config

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

    present = read_revision(connection)
    if present == REVISION:  # another process was quicker
        return
    if present is not None and not is_known(present):
        raise UserFault(
            f"the database {name} is of revision {present}, newer than this version's {REVISION}; "
            "install the newer version again, or go back to the copy that it made beside the database"
        )
    if path and present is not None:
        # That module opens databases, which this one brings up to date.
        from monitor.store.safekeeping import copy_file

        copy_file(path, path.with_name(f"{path.name}.before-{REVISION}"))
    config = _configure()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def is_known(revision: str) -> bool:
    """Whether a revision is this version's or one before it."""
    from alembic.script import ScriptDirectory

    return any(script.revision == revision for script in ScriptDirectory.from_config(_configure()).walk_revisions())


def _configure() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
