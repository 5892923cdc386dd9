"""What the rules, seeds and archives say is taken up once, and silently."""

from __future__ import annotations

from pathlib import Path

from monitor.core.changes import Decider
from monitor.jobs.digesting import send_digest
from monitor.jobs.seeding import seed
from monitor.store import facts
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.test_watching import ARCHIVE
from tests.jobs.rooms import BEGIN, Room, open_room


def rename(room: Room, old: str, new: str) -> None:
    """Give rule and seed the id of another watch."""
    seed_file = room.program.folder / "seeds" / "bridge.yaml"
    seed_file.write_text(seed_file.read_text(encoding="utf-8").replace(f"watch: {old}", f"watch: {new}"), encoding="utf-8")
    room.rewrite(f"watch: {old}", f"watch: {new}")


def test_an_archive_moves_the_ledger_in_the_order_of_its_dates_and_makes_one_digest(tmp_path: Path) -> None:
    with open_room(tmp_path, "http://127.0.0.1:9/feed", archive=ARCHIVE) as room:
        assert room.values() == ["2027-09", "2027-11"]
        assert [f"{change.effective:%m-%d}" for change in room.history().changes] == ["02-01", "03-01"]
        assert room.keys == ["digest"]


def test_seeding_again_changes_nothing(tmp_path: Path) -> None:
    with open_room(tmp_path, "http://127.0.0.1:9/feed", archive=ARCHIVE) as room:
        before = room.history()
        seed(room.context)
        assert not send_digest(room.context, is_quiet=True)
        assert room.history() == before
        assert room.keys == ["digest"]


def test_a_fact_that_is_added_reads_what_is_stored_and_the_others_stay(room: Room, newsroom: Newsroom) -> None:
    newsroom.publish("Plan", opening("November 2028"), published=BEGIN)
    newsroom.publish("Money", "The Harbour Bridge will create 400 jobs, the city said.", published=BEGIN)
    room.poll()
    before = room.history()
    room.rewrite("  cost:\n", "  jobs:\n    {title: Jobs, kind: quantity, unit: job, about: [jobs]}\n  cost:\n")
    send_digest(room.context, is_quiet=True)
    assert room.values("jobs") == ["400 job"]
    assert room.history() == before
    assert room.keys == ["digest", "digest"]


def test_a_watch_that_goes_is_set_aside_and_comes_back_with_its_history(room: Room, newsroom: Newsroom) -> None:
    newsroom.publish("Plan", opening("November 2028"), published=BEGIN)
    room.poll()
    before = room.history()
    rename(room, "bridge", "viaduct")
    with room.context.store.reading() as connection:
        assert not facts.load_histories(connection, "bridge")
    rename(room, "viaduct", "bridge")
    assert room.history() == before


def test_a_seed_that_was_rewritten_is_the_beginning_while_there_is_no_step_and_a_step_after(
    room: Room, newsroom: Newsroom
) -> None:
    seed_file = room.program.folder / "seeds" / "bridge.yaml"
    text = seed_file.read_text(encoding="utf-8")
    seed_file.write_text(text.replace("opening: {value: 2027-06}", "opening: {value: 2027-07}"), encoding="utf-8")
    room.rewrite("title: The Harbour Bridge", "title: Harbour Bridge")
    assert str(room.history().in_force) == "2027-07"
    assert not room.history().changes
    newsroom.publish("Plan", opening("November 2028"), published=BEGIN)
    room.poll()
    later = text.replace("as_of: 2026-01-01", "as_of: 2026-07-01").replace("{value: 2027-06}", "{value: 2029-01}")
    seed_file.write_text(later, encoding="utf-8")
    room.rewrite("title: Harbour Bridge", "title: The bridge")
    assert room.last().decided_by is Decider.SEED
    assert str(room.history().in_force) == "2029-01"
    assert room.keys == ["digest"]
