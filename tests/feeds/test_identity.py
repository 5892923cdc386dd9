"""What is one entry and what are two."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis.strategies import builds, lists, sampled_from

from monitor.feeds.entries import ParsedEntry
from monitor.feeds.identity import identify, merge_duplicates

ENTRY = ParsedEntry(id="1", title="Plant opens", url="https://news.example/1", text="It opened.")


def test_a_guid_stands_before_a_link_and_a_link_before_a_hash() -> None:
    assert identify(" tag:1 ", "https://x.example/", "t") == "tag:1"
    assert identify("", "https://x.example/", "t") == "https://x.example/"
    assert identify("", "", "title", "text") == identify("", "", "title", "text") != identify("", "", "title", "other")


def test_a_guid_without_end_is_hashed() -> None:
    assert len(identify("x" * 100_000, "")) < 50


def test_the_same_entry_twice_is_one() -> None:
    assert merge_duplicates([ENTRY, ENTRY]) == (ENTRY,)


def test_revisions_of_an_entry_are_one_and_the_latest_stays_in_the_first_place() -> None:
    old = replace(ENTRY, updated=datetime(2024, 1, 1, tzinfo=UTC))
    new = replace(ENTRY, title="Plant opens late", updated=datetime(2024, 1, 2, tzinfo=UTC))
    other = replace(ENTRY, id="2")
    assert merge_duplicates([old, other, new]) == (new, other) == merge_duplicates([new, other, old])


def test_one_guid_for_several_things_does_not_make_them_one() -> None:
    second = replace(ENTRY, title="Plant closes", url="https://news.example/2")
    merged = merge_duplicates([ENTRY, second])
    assert [entry.title for entry in merged] == ["Plant opens", "Plant closes"]
    assert merged[0].id != merged[1].id


@given(
    lists(
        builds(
            ParsedEntry,
            id=sampled_from("ab"),
            title=sampled_from("xy"),
            url=sampled_from(["", "u"]),
            text=sampled_from("pq"),
            updated=sampled_from([None, datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)]),
        )
    )
)
def test_no_identity_stands_twice_and_merging_again_changes_nothing(entries: list[ParsedEntry]) -> None:
    merged = merge_duplicates(entries)
    assert len({entry.id for entry in merged}) == len(merged)
    assert merge_duplicates(merged) == merged
