"""Changes are found in the order in which they were learned, page by page, and the newest that counts for each fact."""

from __future__ import annotations

from monitor.store import changes, facts
from monitor.store.engine import Store
from tests.cli.ledger import write_ledger

KEYS = ["acme/opening#3", "acme/opening#2", "acme/opening#1"]


def test_a_page_goes_on_after_the_change_that_it_is_told(store: Store) -> None:
    write_ledger(store)
    with store.reading() as connection:
        for place, key in enumerate(KEYS, start=1):
            found = changes.list_newest(connection, after=key)
            assert [change.key for change in found] == KEYS[place:]
        assert changes.list_newest(connection, after="acme/opening#9") == ()
        assert changes.list_newest(connection, after="nothing") == ()


def test_the_step_in_force_is_the_one_that_the_history_says(store: Store) -> None:
    write_ledger(store)
    with store.reading() as connection:
        histories = facts.load_histories(connection, "acme")
        expected = {history.newest_accepted for history in histories.values()} - {None}
        assert set(changes.list_in_force(connection)) == expected
        assert set(changes.list_in_force(connection, watch="acme")) == expected
        assert changes.list_in_force(connection, watch="other") == ()
