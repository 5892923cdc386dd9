"""The program as a process, with rules, state and surroundings of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monitor.store.engine import Store, open_store

PATIENCE = 60.0

SEED = """\
version: 1
watch: bridge
as_of: 2026-01-01
source: {title: Plan of the city, publisher: City of Harbour, date: 2026-01-01, url: "https://city.example/plan"}
facts:
  opening: {value: 2027-06}
  cost: {value: 50000000 USD}
"""

RULE = """\
version: 1
watch: bridge
title: The Harbour Bridge
baseline: ../seeds/bridge.yaml
subject:
  names: [Harbour Bridge]
feeds:
%s
facts:
  opening:
    title: Opening of the bridge
    kind: period
    about: [open, opening]
  cost:
    title: Cost of the bridge
    kind: money
    currency: USD
    about: [cost, costs]
"""


@dataclass(slots=True, kw_only=True)
class Program:
    """`factwatch` in a folder; started and ended as often as a test likes, and everything it ever said."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def rule(self) -> Path:
        """The rule file."""
        return self.folder / "rules" / "bridge.yaml"

    @property
    def output(self) -> str:
        """Standard output of all runs."""
        return (self.folder / "output").read_text(encoding="utf-8")

    @property
    def errors(self) -> str:
        """Standard error of all runs."""
        return (self.folder / "errors").read_text(encoding="utf-8")

    @property
    def log(self) -> list[dict[str, Any]]:
        """The whole lines of the log."""
        return [json.loads(line) for line in self.errors.splitlines(keepends=True) if line.endswith("\n") and line[0] == "{"]

    def write_rule(self, *urls: str, archive: str = "") -> None:
        """Write the rule with these feeds, each asked every second, and its seed."""
        for name in ("rules", "seeds"):
            (self.folder / name).mkdir(exist_ok=True)
        feeds = "".join(f"  - {{url: '{url}', every: 1s, label: Outlet {n}}}\n" for n, url in enumerate(urls, start=1))
        if archive:
            feeds += "archive: ../seeds/bridge.jsonl\n"
            (self.folder / "seeds" / "bridge.jsonl").write_text(archive, encoding="utf-8")
        (self.folder / "seeds" / "bridge.yaml").write_text(SEED, encoding="utf-8")
        self.rule.write_text(RULE % feeds, encoding="utf-8")

    def start(self) -> None:
        """Begin `factwatch run`."""
        with (self.folder / "output").open("ab") as output, (self.folder / "errors").open("ab") as errors:
            command = [Path(sys.executable).with_name("factwatch"), "run"]
            self.process = subprocess.Popen(command, cwd=self.folder, env=self.environment, stdout=output, stderr=errors)

    @property
    def environment(self) -> dict[str, str]:
        """No more than the program needs."""
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.folder),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "FACTWATCH_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
            "FACTWATCH_LISTEN": "127.0.0.1:0",
            "PYTHONUNBUFFERED": "1",
            **self.settings,
        }

    def end(self, by: signal.Signals = signal.SIGINT) -> int:
        """End it and give its exit status; the negative signal where that killed it."""
        assert self.process is not None
        self.process.send_signal(by)
        status = self.process.wait(PATIENCE)
        self.process = None
        return status

    def children(self) -> list[int]:
        """The processes that it started, from whichever of its threads."""
        assert self.process is not None
        threads = Path(f"/proc/{self.process.pid}/task").iterdir()
        return [int(pid) for thread in threads for pid in (thread / "children").read_text().split()]

    def open_store(self) -> Store:
        """Its database, beside it."""
        return open_store(f"sqlite:///{self.folder / 'state' / 'factwatch' / 'factwatch.db'}")

    def wait_for(self, fact: Callable[[], object], *, patience: float = PATIENCE) -> None:
        """Wait until something is so; a program that ends meanwhile is a failure."""
        until = time.monotonic() + patience
        while not fact():
            assert self.process is None or self.process.poll() is None, f"it ended:\n{self.output}\n{self.errors}"
            assert time.monotonic() < until, f"it did not come about:\n{self.output}\n{self.errors}"
            time.sleep(0.05)

    def wait_for_event(self, event: str, **details: object) -> None:
        """Wait for a line of the log."""
        self.wait_for(lambda: any(line["event"] == event and details.items() <= line.items() for line in self.log))
