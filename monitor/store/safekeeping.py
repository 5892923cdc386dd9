"""Copies of whole databases: one file each, taken while others write, and put back in the place of what is lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.errors import StoreTrouble, UserFault
from monitor.store import carrying, leases, migrating
from monitor.store.engine import Store, file_of, open_store

# --- taking -----------------------------------------------------------------------------------------


def back_up(store: Store, file: Path, *, moved: Callable[[int], object] = lambda rows: None) -> None:
    """Copy a whole database into one SQLite file, readable by its owner only, as it is at one moment; others may write meanwhile.

    The copy is checked before it gets its name, so what bears it is whole.

    Args:
        moved: Called now and then with a number of rows that are done, where the database is a server's.

    Raises:
        UserFault: There is such a file already.
        StoreTrouble: It cannot be made, or the database is damaged.
    """
    if file.exists():
        raise UserFault(f"there is a file {file} already; name a new one")
    try:
        with _drafting(file) as draft:
            if store.path is not None:
                _copy(store.path, draft)
            else:
                _write_out(store, draft, moved)
            check_file(draft)
    except (OSError, sqlite3.Error) as error:
        raise StoreTrouble(f"the database {store.name} cannot be copied to {file} ({error}); no copy was made") from error


def copy_file(path: Path, copy: Path) -> None:
    """Copy a SQLite file whole, its write-ahead log included, readable by its owner only.

    A copy cut short never bears the final name.

    Raises:
        StoreTrouble: The disk is full, or the directory cannot be written.
    """
    try:
        with _drafting(copy) as draft:
            _copy(path, draft)
    except (OSError, sqlite3.Error) as error:
        raise StoreTrouble(f"the database {path} cannot be copied to {copy} ({error}); nothing was written") from error


def _copy(path: Path, draft: Path) -> None:
    """By SQLite's own means, in one step: pages that others write meanwhile would begin it anew for ever."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(draft)) as target:
        source.backup(target, pages=-1)
        _fold(target)


def _write_out(store: Store, draft: Path, moved: Callable[[int], object]) -> None:
    target = open_store(f"sqlite:///{draft}")
    try:
        with store.reading() as old, target.transaction() as new:
            carrying.carry(old, new, moved=moved)
    finally:
        target.close()
    with closing(sqlite3.connect(draft)) as connection:
        _fold(connection)


def _fold(connection: sqlite3.Connection) -> None:
    """Have all of a database in the one file."""
    connection.execute("PRAGMA journal_mode = DELETE").fetchall()


@contextmanager
def _drafting(file: Path) -> Iterator[Path]:
    """A file to be written that gets its name, and is on the disk, once it is whole."""
    draft = file.with_name(f"{file.name}.unfinished")
    try:
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        yield draft
        for place in (draft, file.parent):
            _flush(place)
        draft.replace(file)
        _flush(file.parent)
    finally:
        draft.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- checking ---------------------------------------------------------------------------------------


def check_file(file: Path) -> str:
    """The revision of a copy that is whole and of this version or an older one.

    Raises:
        UserFault: It is no database of ours, or a newer version's.
        StoreTrouble: It is damaged, or cannot be read.
    """
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            revision = _read_revision(connection)
            faults = [row[0] for row in connection.execute("PRAGMA integrity_check(1)") if row[0] != "ok"]
            faults += [f"a row of {row[0]} refers to none of {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB:
            raise UserFault(f"{file} is no SQLite database; name a file that factwatch backup has made") from error
        raise StoreTrouble(f"{file} cannot be read ({error})") from error
    if faults:
        raise StoreTrouble(f"{file} is damaged ({faults[0]})")
    if revision is None:
        raise UserFault(f"{file} is no database of this program; name a file that factwatch backup has made")
    if not migrating.is_known(revision):
        raise UserFault(
            f"{file} is of revision {revision}, newer than this version's {migrating.REVISION}; install the newer version"
        )
    return revision


def _read_revision(connection: sqlite3.Connection) -> str | None:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


# --- putting back -----------------------------------------------------------------------------------


def restore(file: Path, url: str, *, now: datetime) -> Path | None:
    """Put a copy in the place of a database, or into an empty one of a server, brought to this version's revision.

    Whatever happened after the copy was taken is unknown again: it is polled and told once more.

    Returns:
        Where the database that it replaced is now, beside it; None where there was none.

    Raises:
        UserFault: It is no copy of ours, or the server's database is not empty.
        StoreTrouble: The copy is damaged, a daemon runs, or the disk is full; the database is as it was.
    """
    check_file(file)
    path = file_of(url)
    if path is None:
        _fill(file, url)
        return None
    if path.exists() and path.samefile(file):
        raise UserFault(f"{file} is the database that is in use; name a copy of it")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with leases.file_at_rest(path):
        replaced = _replace(path, file, now=now)
    open_store(url).close()
    return replaced


def _replace(path: Path, file: Path, *, now: datetime) -> Path | None:
    replaced = path.with_name(f"{path.name}.replaced-{now:%Y%m%dT%H%M%SZ}") if path.exists() else None
    try:
        with _drafting(path) as draft:
            _copy(file, draft)
            if replaced:
                # One that is damaged keeps its log: beside the new file, that would be taken for its own.
                with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
                    _fold(connection)
                replaced.hardlink_to(path)
                for ending in ("-wal", "-shm"):
                    with suppress(FileNotFoundError):
                        path.with_name(path.name + ending).rename(replaced.with_name(replaced.name + ending))
    except (OSError, sqlite3.Error) as error:
        raise StoreTrouble(f"{file} cannot be put in the place of {path} ({error})") from error
    return replaced


def _fill(file: Path, url: str) -> None:
    """Carry a copy over to an empty database; the copy itself is left alone, also where it is of an older revision."""
    with TemporaryDirectory(prefix="factwatch-") as folder:
        copy = Path(folder) / "factwatch.db"
        copy_file(file, copy)
        source = open_store(f"sqlite:///{copy}")
        target = open_store(url)
        try:
            with leases.at_rest(target), source.reading() as old, target.transaction() as new:
                if not carrying.is_empty(new):
                    raise UserFault(f"the database {target.name} holds something; make an empty one and name that")
                carrying.carry(old, new)
                leases.release_all(new)
        finally:
            source.close()
            target.close()
