"""Looking things up in a passage: what begins in a stretch, what stands nearest, and what was published."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.reading.passages import by_label, distance, nearest
from monitor.core.reading.phrases import Hit
from tests.core.reading.builders import CAPACITY, item, scene_of, watch

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda ends: (min(ends), max(ends)))
hits = st.lists(st.builds(lambda span, label: Hit(label, span[0], span[1], "x"), spans, st.sampled_from(("a", "b"))), max_size=12)


@given(left=spans, right=spans)
def test_a_distance_is_the_same_from_either_side_and_never_negative(left: tuple[int, int], right: tuple[int, int]) -> None:
    assert distance(left, right) == distance(right, left) >= 0
    assert distance(left, left) == 0


@given(found=hits, stretch=spans)
def test_the_nearest_hit_has_the_least_distance(found: list[Hit[str]], stretch: tuple[int, int]) -> None:
    closest = nearest(found, *stretch)
    if closest is None:
        assert not found
    else:
        gaps = [distance((hit.start, hit.end), stretch) for hit in found]
        assert distance((closest.start, closest.end), stretch) == min(gaps)


@given(found=hits)
def test_sorting_by_label_loses_nothing_and_orders_by_place(found: list[Hit[str]]) -> None:
    table = by_label(found)
    assert sorted((hit for group in table.values() for hit in group), key=repr) == sorted(found, key=repr)
    assert all(list(group) == sorted(group, key=lambda hit: hit.start) for group in table.values())


@given(start=st.integers(0, 200), length=st.integers(0, 200))
def test_a_stretch_has_the_hits_that_begin_in_it(start: int, length: int) -> None:
    passage = BODY
    label, end = "own:capacity", start + length
    wanted = [hit for hit in passage.hits[label] if start <= hit.start < end]
    assert passage.hits_of(label, start, end) == wanted
    assert passage.has(label, start, end) is bool(wanted)
    assert passage.hits_of("no such label", start, end) == []


def test_every_value_is_of_one_sentence() -> None:
    found = [mention for sentence in BODY.sentences for mention in BODY.mentions_in(sentence)]
    assert found == list(BODY.mentions)
    assert len(found) >= 3


def test_a_quote_is_the_sentence_as_published() -> None:
    quotes = [BODY.quote(sentence) for sentence in BODY.sentences]
    assert quotes[1] == ("Its “capacity” is 300,000\xa0cars.", SOURCE.index("Its"))
    assert all(SOURCE[at:].startswith(quote) for quote, at in quotes)


SOURCE = "Acme’s capacity is 150,000 cars a year. Its “capacity” is 300,000\xa0cars. No capacity was 7 trucks in 2025."
BODY = scene_of(watch(CAPACITY), item(SOURCE)).passages[0]
