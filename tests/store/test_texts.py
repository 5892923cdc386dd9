from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.watches import FeedSource
from monitor.store import feeds, notes
from monitor.store.engine import Store
from monitor.store.texts import storable, write_json
from tests.store.builders import MINUTE, NOW

HOSTILE = "a\0b\ud800c\\u0000d\\\0e"
WORDS = st.text(st.characters() | st.sampled_from("\0\\u0\ud800"))
VALUES: st.SearchStrategy[Any] = st.recursive(
    WORDS | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner)
)


def cleaned(value: Any) -> Any:
    match value:
        case str():
            return storable(value)
        case list():
            return [cleaned(each) for each in value]
        case dict():
            return {cleaned(key): cleaned(each) for key, each in value.items()}
        case _:
            return value


@given(value=VALUES)
def test_json_loses_only_what_no_database_takes(value: Any) -> None:
    assert json.loads(write_json(value)) == cleaned(value)


@given(text=WORDS)
def test_a_text_is_storable_once_it_was_made_so(text: str) -> None:
    assert "\0" not in storable(text)
    assert storable(storable(text)) == storable(text)
    storable(text).encode()


def test_no_character_of_a_feed_is_refused(store: Store) -> None:
    with store.transaction() as connection:
        ids = feeds.sync(connection, [FeedSource(url="https://example.org/feed")], now=NOW)
        (feed_id,) = ids.values()
        hints = {"hub": f"https://hub.example/{HOSTILE}", "topic": HOSTILE}
        feeds.settle_success(connection, feed_id, now=NOW, next_due=NOW + MINUTE, title=HOSTILE, hints=hints)
        notes.write(connection, HOSTILE, {HOSTILE: [HOSTILE]})
    with store.reading() as connection:
        feed = feeds.find(connection, feed_id)
        assert feed is not None
        assert feed.title == "ab?c\\u0000d\\e"
        assert feeds.list_hubs(connection)[feed_id] == ("https://hub.example/ab?c\\u0000d\\e", "ab?c\\u0000d\\e")
        assert notes.read(connection, HOSTILE) == {"ab?c\\u0000d\\e": ["ab?c\\u0000d\\e"]}
