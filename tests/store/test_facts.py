from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from monitor.core.changes import ChangeState, Decider, Evidence, History
from monitor.core.items import Item
from monitor.core.values import UNKNOWN, Known, months_of
from monitor.core.verdicts import Verdict
from monitor.core.watches import Baseline
from monitor.store import changes, facts, items
from monitor.store.engine import Connection, Store
from tests.store.builders import BASELINE, NOW, add_feed, add_item, change, claim, grown, sighting

AS_OF = datetime(2023, 11, 8, tzinfo=UTC)


def begin(connection: Connection, *keys: str, watch: str = "car") -> None:
    facts.sync_baselines(connection, watch, dict.fromkeys(keys or ("launch",), BASELINE), now=NOW)


def load(connection: Connection, fact: str = "launch") -> History:
    history = facts.load_history(connection, "car", fact)
    assert history is not None
    return history


# --- the seed ---------------------------------------------------------------------------------------


def test_a_fact_begins_at_its_baseline(store: Store) -> None:
    with store.transaction() as connection:
        begin(connection)
        assert load(connection) == History(watch="car", fact="launch", baseline=BASELINE.known, as_of=AS_OF)
        assert facts.load_baseline(connection, "car", "launch") == BASELINE
        assert facts.load_history(connection, "car", "price") is None


def test_an_unchanged_seed_is_no_news(store: Store) -> None:
    with store.transaction() as connection:
        begin(connection)
        assert facts.sync_baselines(connection, "car", {"launch": BASELINE}, now=NOW) == ()


@pytest.mark.parametrize(
    "edited",
    [
        replace(BASELINE, known=Known(value=months_of(2025, 1, 6))),
        replace(BASELINE, as_of=date(2024, 1, 1)),
        replace(BASELINE, known=UNKNOWN),
    ],
)
def test_a_seed_that_says_something_else_is_told_and_does_not_touch_the_ledger(store: Store, edited: Baseline) -> None:
    with store.transaction() as connection:
        begin(connection)
        (difference,) = facts.sync_baselines(connection, "car", {"launch": edited}, now=NOW)
        assert (difference.fact, difference.stored, difference.stored_as_of) == ("launch", BASELINE.known, AS_OF)
        assert (difference.seed, difference.seed_as_of.date()) == (edited, edited.as_of)
        assert load(connection).baseline == BASELINE.known
        facts.replace_baseline(connection, "car", "launch", edited)
        assert facts.sync_baselines(connection, "car", {"launch": edited}, now=NOW) == ()


def test_a_removed_fact_is_archived_and_comes_back_with_its_history(store: Store) -> None:
    with store.transaction() as connection:
        begin(connection, "launch", "price")
        facts.save_history(connection, load(connection), replace(load(connection), changes=(change(1),)))
        begin(connection, "price")
        assert set(facts.load_histories(connection, "car")) == {"price"}
        assert load(connection).changes == (change(1),)
        begin(connection, "launch", "price")
        assert facts.load_histories(connection, "car")["launch"].changes == (change(1),)


def test_the_facts_of_a_watch_without_a_file_are_archived(store: Store) -> None:
    with store.transaction() as connection:
        begin(connection)
        begin(connection, watch="plane")
        facts.archive_watches(connection, but=["plane"], now=NOW)
        assert facts.load_histories(connection, "car") == {}
        assert set(facts.load_histories(connection, "plane")) == {"launch"}


# --- the histories ----------------------------------------------------------------------------------


def add_items(connection: Connection) -> tuple[Item, ...]:
    wordings = [("a", "June"), ("a", "July"), ("b", "June"), ("c", "八月")]
    stored = items.store(connection, add_feed(connection), [sighting(i, body=body) for i, body in wordings], now=NOW)
    return tuple(version.item for version in stored)


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_what_is_saved_is_loaded_equal_however_often_it_grows(store: Store, data: st.DataObject) -> None:
    with store.transaction() as connection:
        for table in (changes.evidence, changes.changes):
            connection.execute(table.delete())
        stored = add_items(connection) or tuple(version.item for n in "123" for version in items.list_versions(connection, n))
        begin(connection)
        history = load(connection)
        for _ in range(data.draw(st.integers(1, 3))):
            after = data.draw(grown(history, stored))
            moved = facts.save_history(connection, history, after)
            assert load(connection) == after
            assert facts.load_histories(connection, "car") == {"launch": after}
            assert moved == tuple(new for new in after.changes if new not in history.changes)
            history = after


def test_only_the_difference_is_written(store: Store) -> None:
    with store.transaction() as connection:
        begin(connection)
        support = Evidence(claim=claim(add_item(connection)), verdict=Verdict.CHANGES)
        before = replace(load(connection), changes=tuple(change(number, (support,)) for number in range(1, 9)))
        facts.save_history(connection, load(connection), before)
        written: list[str] = []
        event.listen(connection, "before_cursor_execute", lambda *event: written.append(event[2].split()[0]))
        assert facts.save_history(connection, before, before) == ()
        assert written == []
        accepted = replace(before.changes[3], state=ChangeState.ACCEPTED, decided_by=Decider.PERSON)
        assert facts.save_history(
            connection, before, replace(before, changes=(*before.changes[:3], accepted, *before.changes[4:]))
        )
        assert written == ["UPDATE"]


def test_a_watch_is_loaded_in_as_many_queries_with_one_fact_as_with_many(store: Store) -> None:
    with store.transaction() as connection:
        keys = [f"fact-{number}" for number in range(12)]
        begin(connection, *keys)
        item = add_item(connection)
        for key in keys:
            support = Evidence(claim=claim(item, key), verdict=Verdict.CHANGES)
            after = replace(load(connection, key), changes=(change(1, (support,), key), change(2, (support,), key)))
            facts.save_history(connection, load(connection, key), after)
        queries: list[str] = []
        event.listen(connection, "before_cursor_execute", lambda *event: queries.append(event[2]))
        histories = facts.load_histories(connection, "car")
        assert len(queries) == 3
        assert {key: len(history.changes[1].evidence) for key, history in histories.items()} == dict.fromkeys(keys, 1)


def test_the_ledger_refuses_to_shrink(store: Store) -> None:
    with store.transaction() as connection:
        begin(connection)
        support = Evidence(claim=claim(add_item(connection)), verdict=Verdict.CHANGES)
        full = replace(load(connection), changes=(change(1, (support,)),))
        facts.save_history(connection, load(connection), full)
        for shrunk in (replace(full, changes=()), replace(full, changes=(change(1),)), replace(full, fact="price")):
            with pytest.raises(ValueError, match=r"lost|is not"):
                facts.save_history(connection, full, shrunk)
        assert load(connection) == full


def test_evidence_needs_an_item_that_is_stored_in_these_words(store: Store) -> None:
    with store.transaction() as connection:
        begin(connection)
        item = add_item(connection)
        for unknown in (replace(item, id="999"), replace(item, id="archive-1"), replace(item, body="other words")):
            support = Evidence(claim=claim(unknown), verdict=Verdict.CHANGES)
            with pytest.raises(LookupError, match="not in the store"):
                facts.save_history(connection, load(connection), replace(load(connection), changes=(change(1, (support,)),)))


def test_evidence_keeps_the_words_that_it_was_read_from(store: Store) -> None:
    with store.transaction() as connection:
        begin(connection)
        support = Evidence(claim=claim(add_item(connection, body="In June.")), verdict=Verdict.CHANGES)
        facts.save_history(connection, load(connection), replace(load(connection), changes=(change(1, (support,)),)))
        items.store(connection, add_feed(connection), [sighting(body="In July.")], now=NOW)
        assert load(connection).changes[0].evidence[0].claim.item.body == "In June."


# --- changes by themselves --------------------------------------------------------------------------


def test_changes_are_found_by_key_filter_and_item(store: Store) -> None:
    with store.transaction() as connection:
        begin(connection, "launch", "price")
        item = add_item(connection)
        support = Evidence(claim=claim(item), verdict=Verdict.CHANGES)
        one = change(1, (support,))
        two = replace(change(2), state=ChangeState.ACCEPTED, learned=NOW + timedelta(days=1))
        facts.save_history(connection, load(connection), replace(load(connection), changes=(one, two)))
        price = change(1, fact="price")
        facts.save_history(connection, load(connection, "price"), replace(load(connection, "price"), changes=(price,)))
    with store.reading() as connection:
        assert changes.find(connection, "car/launch#1") == one
        for unknown in ("car/launch#9", "car/launch", "#1", "car/launch#1 OR 1=1", ""):
            assert changes.find(connection, unknown) is None
        assert changes.list_newest(connection) == (two, price, one)
        assert changes.list_newest(connection, limit=1) == (two,)
        assert changes.list_newest(connection, watch="plane") == ()
        assert changes.list_newest(connection, watch="car", fact="launch", states=[ChangeState.CANDIDATE]) == (one,)
        assert changes.list_newest(connection, since=NOW + timedelta(hours=1)) == (two,)
        assert changes.find_by_item(connection, item.id) == (one,)
        assert changes.find_by_item(connection, "999") == ()
        assert changes.count(connection) == {("car", ChangeState.CANDIDATE): 2, ("car", ChangeState.ACCEPTED): 1}


# --- what is in force -------------------------------------------------------------------------------


def test_the_values_in_force_are_those_of_the_histories_in_one_query(store: Store) -> None:
    late = replace(change(1), state=ChangeState.ACCEPTED, effective=NOW)
    early = replace(change(2), state=ChangeState.ACCEPTED, effective=NOW - timedelta(days=9))
    corrected = replace(change(3), state=ChangeState.ACCEPTED, corrected=Known(value=months_of(2031, 1, 3)), effective=NOW)
    with store.transaction() as connection:
        begin(connection, "launch", "price", "gone")
        for step in (late, early, corrected, replace(change(4), effective=NOW + timedelta(days=1))):
            changes.add(connection, step)
        begin(connection, "launch", "price")
        launch, price = facts.list_in_force(connection)
        history = load(connection)
    assert (launch.fact, launch.known, launch.since) == ("launch", history.in_force, history.in_force_since)
    assert launch.known == Known(value=months_of(2031, 1, 3))
    assert (price.fact, price.known, price.since) == ("price", BASELINE.known, AS_OF)
