"""The command as a whole: it starts without what only some of its commands need."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("aiohttp", "alembic", "apprise", "babel", "feedparser", "pydantic", "rich.table", "sqlalchemy", "trafilatura", "yaml")


def test_help_loads_nothing_heavy() -> None:
    ask = (
        "import sys; sys.argv = ['factwatch', '--help']\n"
        "from monitor.cli.app import main\n"
        "try: main()\n"
        f"finally: print('loaded', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].split() == ["loaded"]


def test_every_command_is_named_in_the_help() -> None:
    ask = "import sys; sys.argv = ['factwatch', '--help']\nfrom monitor.cli.app import main\nmain()"
    shown = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout
    for name in ("assess", "backtest", "changes", "check", "config", "deliveries", "explain", "facts", "feeds", "test", "values"):
        assert f"\n  {name} " in shown
