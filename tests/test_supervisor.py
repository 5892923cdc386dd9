"""What a supervisor hears: that the program is ready, how it goes, that all of it moves, and that it ends."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from time import monotonic

import pytest

from monitor.daemon import Daemon
from monitor.jobs.vitals import PATIENCE, Vitals
from monitor.supervisor import Supervisor
from monitor.wiring import open_network
from tests.e2e.conftest import newsroom, program, site
from tests.e2e.newsrooms import Newsroom
from tests.e2e.programs import Program
from tests.jobs.rooms import Room, open_room
from tests.servers.supervisors import open_listener

__all__ = ["newsroom", "program", "site"]


@pytest.mark.parametrize("is_abstract", [False, True])
def test_each_word_is_a_datagram_and_a_status_is_told_once(tmp_path: Path, is_abstract: bool) -> None:
    with open_listener(tmp_path, is_abstract=is_abstract) as line:
        supervisor = Supervisor(address=line.address)
        before = monotonic()
        supervisor.note_ready()
        supervisor.note_reload()
        for status in ("all well", "all well", "not so\nREADY=1"):
            supervisor.note_status(status)
        supervisor.note_life()
        supervisor.note_end()
        ready, reload, *rest = line.told
    assert ready == "READY=1"
    assert reload.startswith("RELOADING=1\nMONOTONIC_USEC=")
    assert before <= int(reload.partition("USEC=")[2]) / 1e6 + 0.001 <= monotonic() + 0.001
    assert rest == ["STATUS=all well", "STATUS=not so READY=1", "WATCHDOG=1", "STOPPING=1"]


@pytest.mark.parametrize("address", ["", "/nowhere/notify", "@factwatch-nobody"])
def test_a_supervisor_that_is_not_there_is_no_trouble(address: str) -> None:
    Supervisor(address=address).note_ready()


@pytest.mark.parametrize("stale", ["", "wrote", "sent"])
def test_the_watchdog_is_fed_by_the_tick_and_only_while_all_parts_move(tmp_path: Path, newsroom: Newsroom, stale: str) -> None:
    with open_listener(tmp_path) as line, open_room(tmp_path, newsroom.url, NOTIFY_SOCKET=line.address) as room:
        vitals = Vitals(ticked=monotonic(), wrote=monotonic(), sent=monotonic())
        if stale:
            setattr(vitals, stale, monotonic() - PATIENCE - 1)
        assert not line.told
        asyncio.run(tick(room, vitals))
        told = line.told
    assert ("WATCHDOG=1" in told) is (not stale)
    (status,) = [word for word in told if word.startswith("STATUS=")]
    assert status.startswith("STATUS=watching 1 feed for 1 rule")
    assert ("has not moved for 121 s" in status) is bool(stale)


async def tick(room: Room, vitals: Vitals) -> None:
    async with open_network(room.context.settings) as network:
        daemon = Daemon(context=room.context, network=network, vitals=vitals)
        await daemon.tick()
        await daemon.end()
        daemon.watchdog.leash()


def test_a_program_tells_its_whole_life_and_takes_up_what_was_saved_out_of_its_sight(
    program: Program, newsroom: Newsroom, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    text = program.rule.read_text(encoding="utf-8").replace("../seeds", str(tmp_path / "seeds"))
    (first / "bridge.yaml").write_text(text, encoding="utf-8")
    (second / "bridge.yaml").write_text(text.replace("title: The Harbour Bridge", "title: The bridge"), encoding="utf-8")
    link = tmp_path / "in-force"
    link.symlink_to(first)
    with open_listener(tmp_path) as line:
        program.settings |= {"NOTIFY_SOCKET": line.address, "FACTWATCH_RULES": str(link)}
        program.start()
        program.wait_for(lambda: line.told.count("WATCHDOG=1") > 1)
        assert line.told[0] == "READY=1"
        swapped = tmp_path / "swapped"
        swapped.symlink_to(second)
        swapped.replace(link)
        assert program.process is not None
        program.process.send_signal(signal.SIGHUP)
        program.wait_for_event("rules reloaded")
        program.wait_for(lambda: line.told.count("READY=1") == 2)
        assert program.end(signal.SIGTERM) == 0
        told = line.told
    steps = [word.partition("\n")[0] for word in told if not word.startswith(("WATCHDOG", "STATUS"))]
    assert steps == ["READY=1", "RELOADING=1", "READY=1", "STOPPING=1"]
