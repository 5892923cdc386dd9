"""The words of strangers, made harmless."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.telling.inert import clean, escape_markdown, link_markdown, mark_markdown, quiet_plain, web_link


@given(st.text(alphabet=st.characters()))
def test_clean_text_is_one_line_without_controls_and_can_be_sent(text: str) -> None:
    shown = clean(text)
    shown.encode()
    assert not {"Cc", "Cs", "Zl", "Zp"} & {unicodedata.category(character) for character in shown}
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f") & set(shown)
    assert clean(shown) == shown


@given(st.text(alphabet="ab _*`~|\\[]()<>!#@&\u4e2d"))
def test_no_sign_of_markdown_stands_free_in_escaped_text(text: str) -> None:
    shown = escape_markdown(text)
    assert not set("*`~|") & set(shown)
    for at, sign in enumerate(shown):
        assert sign not in "[]()<>!#" or shown[at - 1] == "\\"
        assert sign != "_" or (shown[at - 1].isalnum() and shown[at + 1].isalnum())
    assert escape_markdown(shown) is shown


@pytest.mark.parametrize("call", ["@everyone", "@here", "@channel", "@all"])
def test_nobody_calls_a_whole_channel(call: str) -> None:
    assert call not in quiet_plain(f"read this {call}!")
    assert call not in escape_markdown(f"read this {call}!")


@pytest.mark.parametrize(
    "tag", ["<!channel>", "<users/all>", '<at user_id="all">', "<https://evil.example|bank>", "</p>", "<script>"]
)
def test_no_bracket_opens_a_tag_in_plain_text(tag: str) -> None:
    assert tag not in quiet_plain(f"read this {tag}!")
    assert quiet_plain("<500,000 CNY, 3 < 4") == "<500,000 CNY, 3 < 4"


def test_an_address_of_a_person_stays_as_it_is() -> None:
    assert quiet_plain("ask a@example.org") == escape_markdown("ask a@example.org") == "ask a@example.org"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://bank.example@evil.example/",
        "//x",
        "",
        "http://[",
        "ftp://x",
    ],
)
def test_only_honest_web_addresses_are_linked(address: str) -> None:
    assert web_link(address) == ""
    assert link_markdown("name", address) == "name"


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/>|<x", "https://example.org/%3E%7C%3Cx"),
        ("https://example.org/(x)\n", "https://example.org/%28x%29"),
        ("http://例子.example/新闻", "http://%E4%BE%8B%E5%AD%90.example/%E6%96%B0%E9%97%BB"),
    ],
)
def test_an_address_cannot_break_out_of_its_link(address: str, link: str) -> None:
    assert web_link(address) == link


@pytest.mark.parametrize(
    ("parts", "marked"),
    [
        (("in ", "2024", ", he said"), "in **2024**, he said"),
        (("将于", "2024年", "上市"), "将于\u200a**2024年**\u200a上市"),
        (("from", "$5bn", ""), "from\u200a**$5bn**"),
        (("no value", "", ""), "no value"),
    ],
)
def test_the_value_is_bold_where_bold_is_seen(parts: tuple[str, str, str], marked: str) -> None:
    assert mark_markdown(*parts) == marked
