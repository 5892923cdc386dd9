"""Runs the soak and prints its table; the exit status is 1 where a promise was broken."""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.store import facts, feeds
from tests.bench.soak.counting import Tally, count
from tests.bench.soak.inboxes import Inboxes, open_inboxes
from tests.bench.soak.outlets import MOST, Outlets, open_outlets
from tests.e2e.programs import Program

DESKS = 20
EVERY = 10
START_PATIENCE, DRAIN_PATIENCE = 300.0, 900.0


@dataclass(slots=True, kw_only=True)
class Soak:
    """One run.

    Attributes:
        kills: When the program was killed.
        memory: Its largest resident size, in megabytes.
    """

    program: Program
    outlets: Outlets
    inboxes: Inboxes
    kills: list[datetime] = field(default_factory=list)
    memory: float = 0.0

    def run(self, *, seconds: float, items: int, kill_every: float) -> int:
        """Publish all items over the time, killing as often as told; then wait until all is told. Returns the exit status."""
        self.program.start()
        self.program.wait_for(self._is_settled, patience=START_PATIENCE)
        time.sleep(1.1)
        turns, began, published = cycle(self.outlets.all), time.monotonic(), 0
        while (elapsed := time.monotonic() - began) < seconds or published < items:
            while published < min(items, items * elapsed / seconds):
                next(turns).publish()
                published += 1
            if elapsed >= kill_every * (len(self.kills) + 1):
                self._kill()
            time.sleep(0.05)
        until = time.monotonic() + DRAIN_PATIENCE
        while self._missing() and time.monotonic() < until:
            time.sleep(0.5)
        self._measure()
        return self.program.end(signal.SIGTERM)

    @property
    def published(self) -> dict[str, datetime]:
        """When each change was published, by its key."""
        return {key: at for outlet in self.outlets.all for key, at in outlet.published.items()}

    def count_ledger(self) -> int:
        """How many steps the ledger holds."""
        store = self.program.open_store()
        with store.reading() as connection:
            histories = [facts.load_history(connection, outlet.watch, "opening") for outlet in self.outlets.all]
        store.close()
        return sum(len(history.changes) for history in histories if history)

    def _is_settled(self) -> bool:
        """Whether each feed was read once, so that what comes now is news."""
        store = self.program.open_store()
        with store.reading() as connection:
            known = feeds.list_all(connection)
        store.close()
        return len(known) == len(self.outlets.all) and all(feed.first_ok_at for feed in known)

    def _missing(self) -> set[str]:
        return self.published.keys() - {arrival.key for arrival in tuple(self.inboxes.arrivals)}

    def _kill(self) -> None:
        self._measure()
        self.program.end(signal.SIGKILL)
        self.kills.append(datetime.now(UTC))
        self.program.start()

    def _measure(self) -> None:
        assert self.program.process is not None
        status = Path(f"/proc/{self.program.process.pid}/status").read_text(encoding="ascii")
        self.memory = max(self.memory, int(status.partition("VmHWM:")[2].split()[0]) / 1024)


def main() -> int:
    """Run as the command line says."""
    options = _options()
    chance = random.Random(options.seed)
    with (
        TemporaryDirectory(prefix="soak-") as folder,
        open_outlets(options.feeds, share=options.faults, chance=chance) as outlets,
        open_inboxes(share=options.faults, chance=chance) as inboxes,
    ):
        program = Program(folder=Path(folder))
        _write_rules(program, outlets)
        (program.folder / "apprise.conf").write_text(inboxes.configuration(DESKS), encoding="utf-8")
        program.settings |= {
            "FACTWATCH_APPRISE_CONFIG": str(program.folder / "apprise.conf"),
            "FACTWATCH_ALLOW_PRIVATE_HOSTS": "127.0.0.0/8",
            # What gathers while the program is down comes at once.
            "FACTWATCH_MOST_CHANGES": "1000",
        }
        soak = Soak(program=program, outlets=outlets, inboxes=inboxes)
        try:
            status = soak.run(seconds=options.minutes * 60, items=options.items, kill_every=options.kill_every)
        except AssertionError as failure:
            print(failure)
            status = -1
        finally:
            if program.process is not None:
                program.process.kill()
        if options.keep:
            options.keep.mkdir(exist_ok=True)
            (options.keep / "soak.log").write_text(program.errors, encoding="utf-8")
        tally = count(soak.published, inboxes.arrivals, soak.kills)
        print_table(soak, tally, status)
    return 0 if tally.is_clean and status == 0 else 1


def print_table(soak: Soak, tally: Tally, status: int) -> None:
    """A row a figure, with the first few keys of what went wrong."""
    requests = len(soak.outlets.site.requests)
    rows: Sequence[tuple[str, object]] = (
        ("feeds", len(soak.outlets.all)),
        ("requests to feeds", requests),
        ("  of them answered with a fault", f"{soak.outlets.faults} ({soak.outlets.faults / max(1, requests):.1%})"),
        ("messages sent", len(soak.inboxes.arrivals) + soak.inboxes.refused),
        ("  of them answered with a fault", soak.inboxes.refused),
        ("kills", len(soak.kills)),
        ("changes published", tally.published),
        ("changes in the ledger", soak.count_ledger()),
        ("changes told", tally.told),
        ("lost", _named(tally.lost)),
        ("  of them gone from the feed before it was asked", sum(len(outlet.missed) for outlet in soak.outlets.all)),
        ("doubled by a kill between sending and settling", _named(tally.doubled_by_kill)),
        ("doubled otherwise", _named(tally.doubled)),
        ("told, but never published", _named(tally.unknown)),
        ("told after a later change of the same fact", _named(tally.out_of_order)),
        ("seconds from publishing to telling: median", _quantile(tally.delays, 0.5)),
        ("  95 of 100 within", _quantile(tally.delays, 0.95)),
        ("  longest", _quantile(tally.delays, 1.0)),
        ("largest resident size, MB", f"{soak.memory:.0f}"),
        ("exit status after SIGTERM", status),
    )
    for name, value in rows:
        print(f"{name:<48} {value}")


def _named(keys: Sequence[str]) -> str:
    return f"{len(keys)}  {' '.join(keys[:5])}".rstrip()


def _quantile(rising: Sequence[float], share: float) -> str:
    return f"{rising[min(len(rising) - 1, int(len(rising) * share))]:.1f}" if rising else "-"


def _write_rules(program: Program, outlets: Outlets) -> None:
    for name in ("rules", "seeds"):
        (program.folder / name).mkdir()
    for watch, rule, seed in outlets.rules(DESKS, every=EVERY):
        (program.folder / "rules" / f"{watch}.yaml").write_text(rule, encoding="utf-8")
        (program.folder / "seeds" / f"{watch}.yaml").write_text(seed, encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="how long to publish")
    parser.add_argument("--items", type=int, default=20_000, help="how many, over all feeds")
    parser.add_argument("--feeds", type=int, default=200, choices=range(1, MOST + 1), metavar=f"1..{MOST}")
    parser.add_argument("--faults", type=float, default=0.1, help="share of all requests that are answered with one")
    parser.add_argument("--kill-every", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=4, help="of the chances")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where to keep the program's log")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
