"""Lists of feeds: read from any reader, refused where hostile, and read back as they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import builds, characters, lists, text

from monitor.errors import FileFaults
from monitor.feeds.opml import LARGEST, MOST_FEEDS, Outline, read_opml, write_opml

BOMB = "".join(f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True))


def opml(body: str, head: str = "") -> bytes:
    return f"<?xml version='1.0'?>{head}<opml version='1.0'><body>{body}</body></opml>".encode()


def test_feeds_are_found_in_any_folder_and_each_address_once() -> None:
    listed = opml(
        "<outline text='Cars'><outline text='A' title='A &amp; B' xmlUrl='https://a.example/'/><outline text='deeper'>"
        "<OUTLINE TEXT='C&#10;D' xmlurl=' https://c.example/ '/></outline></outline>"
        "<outline text='again' xmlUrl='https://a.example/'/><outline text='no feed' htmlUrl='https://b.example/'/>"
    )
    assert read_opml(listed, "f") == (
        Outline(url="https://a.example/", title="A & B"),
        Outline(url="https://c.example/", title="C D"),
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (opml("<outline xmlUrl='&i;'/>", f"<!DOCTYPE opml [<!ENTITY a 'ha'>{BOMB}]>"), "f:1:.*a document type .* is not allowed"),
        (opml("&x;", "<!DOCTYPE opml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), "a document type .* is not allowed"),
        (b"<html><body/></html>", "this is no OPML but <html>"),
        (b"<opml><body>\n<outline", r"f:2:\d+: this is no XML: .*export the list anew"),
        (b"", "this is no XML"),
        (b"\xff\xfe\x00", "this is no XML"),
        (b"<opml>" + b" " * LARGEST, "is larger than 5,000,000 bytes"),
        (opml("".join(f"<outline xmlUrl='{n}'/>" for n in range(MOST_FEEDS + 1))), "more than 10,000 feeds"),
        (b"<opml>" * 100_000, "this is no XML"),
    ],
    ids=["bomb", "external", "html", "cut off", "empty", "garbage", "large", "many", "deep"],
)
def test_what_is_no_list_or_a_hostile_one_is_refused_with_its_place(body: bytes, reason: str) -> None:
    with pytest.raises(FileFaults, match=reason):
        read_opml(body, "f")


words = text(characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30)


@given(lists(builds(Outline, url=words, title=words), unique_by=lambda outline: outline.url))
def test_what_is_written_is_read_back(outlines: list[Outline]) -> None:
    assert read_opml(write_opml(outlines, title="<&>").encode(), "f") == tuple(outlines)
