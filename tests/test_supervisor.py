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
from tests.deploy.volumes import project
from tests.e2e.conftest import newsroom, program, site
from tests.e2e.newsrooms import Newsroom
from tests.e2e.programs import Program
from tests.jobs.rooms import Room, open_room
from tests.servers.supervisors import Listener, open_listener

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


def test_the_watchdog_is_fed_by_the_tick_and_only_while_all_parts_move(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_listener(tmp_path) as line, open_room(tmp_path, newsroom.url, NOTIFY_SOCKET=line.address) as room:
        told = dict(asyncio.run(tick_with(room, line, ["", "wrote", "sent"])))
    assert [stale for stale, heard in told.items() if "WATCHDOG=1" in heard] == [""]
    for stale, words in [("", "watching 1 feed for 1 rule"), ("wrote", "the database has not"), ("sent", "the sender has not")]:
        (status,) = [word for word in told[stale] if word.startswith("STATUS=")]
        assert words in status


async def tick_with(room: Room, line: Listener, stale: list[str]) -> list[tuple[str, list[str]]]:
    """What is told at a tick while one part has stood still for too long; an empty name means none."""
    heard: list[tuple[str, list[str]]] = []
    async with open_network(room.context.settings) as network:
        for part in stale:
            vitals = Vitals(ticked=monotonic(), wrote=monotonic(), sent=monotonic())
            if part:
                setattr(vitals, part, monotonic() - PATIENCE - 1)
            daemon = Daemon(context=room.context, network=network, vitals=vitals)
            before = len(line.told)
            await daemon.tick()
            heard.append((part, line.told[before:]))
            await daemon.end()
            daemon.watchdog.leash()
    return heard


def test_a_program_that_a_watchdog_ends_says_where_it_hung(program: Program) -> None:
    program.start()
    program.wait_for(lambda: "health at" in program.output)
    assert program.end(signal.SIGABRT) == -signal.SIGABRT
    assert "Fatal Python error: Aborted" in program.errors
    assert "monitor/cli/run.py" in program.errors


def test_a_program_tells_its_whole_life_and_takes_up_what_is_saved_in_and_out_of_its_sight(
    program: Program, newsroom: Newsroom, tmp_path: Path
) -> None:
    rule, seed = program.rule.read_text(encoding="utf-8"), (tmp_path / "seeds" / "bridge.yaml").read_text(encoding="utf-8")
    for release in ("first", "second"):
        project(tmp_path / release / "rules", 1, "bridge.yaml", rule.replace("The Harbour Bridge", f"The {release} bridge"))
        project(tmp_path / release / "seeds", 1, "bridge.yaml", seed)
    link = tmp_path / "in-force"
    link.symlink_to("first")
    with open_listener(tmp_path) as line:
        program.settings |= {"NOTIFY_SOCKET": line.address, "FACTWATCH_RULES": str(link / "rules")}
        program.start()
        program.wait_for(lambda: newsroom.asked and line.told.count("WATCHDOG=1") > 1)
        assert line.told[0] == "READY=1"
        for revision in (2, 3):
            project(
                tmp_path / "first" / "rules", revision, "bridge.yaml", rule.replace("The Harbour", f"Revision {revision} of the")
            )
            program.wait_for(lambda revision=revision: reloads(program) >= revision - 1)
        (tmp_path / "swapped").symlink_to("second")
        (tmp_path / "swapped").replace(link)
        before = reloads(program)
        assert program.process is not None
        program.process.send_signal(signal.SIGHUP)
        program.wait_for(lambda: reloads(program) > before)
        assert program.end(signal.SIGTERM) == 0
        told = line.told
    steps = [word.partition("\n")[0] for word in told if not word.startswith(("WATCHDOG", "STATUS"))]
    assert len(steps) >= 2 + 2 * 3
    assert steps == ["READY=1", *["RELOADING=1", "READY=1"] * (len(steps) // 2 - 1), "STOPPING=1"]


def reloads(program: Program) -> int:
    return program.errors.count('"rules reloaded"')
