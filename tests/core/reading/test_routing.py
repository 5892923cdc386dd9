"""An item goes to the watches whose subject it names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.reading.routing import Router
from monitor.core.watches import Subject, Watch
from tests.core.reading.builders import item, watch


def named(key: str, *names: str) -> Watch:
    return replace(watch(of=Subject(names=names)), id=key)


ROUTER = Router(
    [named("acme", "Acme", "极点汽车"), named("bank", "Erste Bank"), named("nio", "NIO", "蔚来"), named("acme-2", "Acme")]
)


def routed(body: str, title: str = "") -> tuple[str, ...]:
    return ROUTER.route(item(body, title=title))


def test_every_watch_of_a_name_gets_the_item_in_alphabetical_order() -> None:
    assert routed("NIO sues Acme") == ("acme", "acme-2", "nio")


def test_the_headline_counts_as_much_as_the_body() -> None:
    assert routed("", title="NIO opens") == routed("NIO opens") == ("nio",)


@pytest.mark.parametrize("body", ["Acmeology is no name", "Pacme", "Nothing here", ""])
def test_a_name_stands_at_word_edges(body: str) -> None:
    assert routed(body) == ()


@pytest.mark.parametrize("body", ["与NIO合作", "蔚来NIO汽车", "“NIO”", "NIO's", "(NIO)", "的蔚来将"])
def test_a_name_beside_chinese_characters_or_marks_is_found(body: str) -> None:
    assert routed(body) == ("nio",)


def test_full_width_letters_and_hard_spaces_are_read_as_plain_ones() -> None:
    assert routed("ＮＩＯ") == ("nio",)
    assert routed("Erste\u00a0Bank") == ("bank",)


def test_an_acronym_keeps_its_capitals() -> None:
    assert routed("a nio of things") == ()


def test_a_name_does_not_run_from_the_headline_into_the_body_unseen() -> None:
    assert routed("Bank heute", title="Erste Hilfe") == ()


def test_no_watches_want_nothing() -> None:
    assert Router([]).route(item("Acme")) == ()


@settings(max_examples=40)
@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_a_name_between_spaces_is_found_in_any_text(before: str, after: str) -> None:
    assert {"acme", "acme-2"} <= set(routed(f"{before} Acme {after}"))
