"""`factwatch backup` and `factwatch restore`: a whole copy of the database, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.ledgers import open_ledger
from monitor.cli.progress import showing_progress

BackupFile = Annotated[Path, typer.Argument(metavar="FILE")]


def backup(file: BackupFile) -> None:
    """Copy the whole database into one new file, also while the daemon runs: as it is at one moment, and checked.

    The file is a SQLite database that only you can read, whichever kind is in use; restore puts it back into either. For a large
    PostgreSQL, pg_dump is quicker.
    """
    from monitor.config.settings import load_settings
    from monitor.store.carrying import count_rows
    from monitor.store.safekeeping import back_up

    with open_ledger(load_settings()) as store, showing_progress("Copying") as (begun, moved):
        if store.is_shared:
            with store.reading() as connection:
                begun(2 * sum(count_rows(connection).values()))
        back_up(store, file, moved=moved)
    print(f"{file}: all of {store.name}, {file.stat().st_size / 1e6:.1f} MB")


def restore(file: BackupFile) -> None:
    """Put a copy that backup made in the place of the database; what it replaces is kept beside it.

    End the daemon first. What happened since the copy is polled and told once more. A PostgreSQL has to be empty.
    """
    from monitor.config.settings import load_settings
    from monitor.errors import UserFault
    from monitor.store.safekeeping import restore as put_back

    if not file.is_file():
        raise UserFault(f"{file}: no such file")
    replaced = put_back(file, load_settings().database_url, now=datetime.now(UTC))
    print(f"restored from {file}" + (f"; what was there before is now {replaced}" if replaced else ""))
