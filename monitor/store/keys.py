"""The key of this installation: random, made once, kept where its database is and readable by whoever can read that."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from monitor.errors import StoreTrouble
from monitor.store import notes
from monitor.store.engine import Connection, Store

NAME = "factwatch.key"
_LENGTH = 32
_NOTE = "key"


def load_key(folder: Path) -> bytes:
    """The key that is kept in a folder, made where there is none yet.

    Two processes that make it at the same moment end with the same key: the first to give it its name wins.

    Raises:
        StoreTrouble: It cannot be read or made, or what lies there is no key.
    """
    path = folder / NAME
    try:
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        key = path.read_bytes()
    except OSError as error:
        raise StoreTrouble(f"the key {path} cannot be read or made ({error.strerror})") from error
    if len(key) != _LENGTH:
        raise StoreTrouble(f"{path} holds no key of this program; remove it, and a new one is made (links and sessions end)")
    return key


def _make(path: Path) -> None:
    """Write a whole key under a name of its own first, so that nobody reads half of one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_LENGTH))
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def load_shared_key(store: Store) -> bytes:
    """The key that all processes with one database share, made where there is none yet.

    Raises:
        StoreTrouble: The database cannot be used now.
    """
    with store.reading() as connection:
        known = notes.read(connection, _NOTE)
    if known is None:
        with store.transaction() as connection:
            known = notes.read(connection, _NOTE)
            if known is None:  # and nobody was quicker
                known = secrets.token_hex(_LENGTH)
                notes.write(connection, _NOTE, known)
    return bytes.fromhex(known)


def hand_over_key(source: Store, target: Connection) -> None:
    """Take the key along to a server's database, so that links and logins live on; for the transaction that fills it.

    Raises:
        StoreTrouble: The key beside the source cannot be read.
    """
    if source.path is not None and source.path.with_name(NAME).exists() and target.dialect.name != "sqlite":
        notes.write(target, _NOTE, load_key(source.path.parent).hex())
