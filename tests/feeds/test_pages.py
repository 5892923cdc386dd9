"""HTML to text, and pages watched by a selector."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from, text

from monitor.errors import FeedTrouble
from monitor.feeds.pages import headline, html_to_text, plain_to_text, select_items

URL = "https://news.example/status"
PAGE = """<html lang="de-AT"><head><title>Stand</title></head><body><main><ul>
<li><time datetime="2024-03-05T10:00:00+01:00">5. März</time><h3>Werk <b>öffnet</b></h3><p>Im Mai. <a href="/1">mehr</a></p></li>
<li><a href="/2">Werk schließt</a> im Juni.</li>
<li>Erst 2025. Mehr bald.</li>
<li>  </li>
</ul></main><footer><ul><li>Impressum</li></ul></footer></body></html>"""


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("", ""),
        ("plain", "plain"),
        ("one\ntwo", "one two"),
        ("a &lt; b &amp;&nbsp;c", "a < b & c"),
        ("<p>One<p>Two", "One\nTwo"),
        ("One<br>two<br/><br/>three", "One\ntwo\nthree"),
        ("<b>bo</b>ld <i>and</i> more", "bold and more"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("<table><tr><td>1<td>2<tr><td>3</table>", "1 2\n3"),
        ("x<script>alert('<p>y')</script><style>p{}</style><!-- z -->w", "xw"),
        ("<div>" * 1000 + "deep", "deep"),
        ("soft\u00adhyphen \u200bnothing\x00", "softhyphen nothing"),
        ("<p>a</p>\n\n<p> </p><p>b</p>", "a\nb"),
    ],
)
def test_a_reader_sees_a_line_a_paragraph(markup: str, seen: str) -> None:
    assert html_to_text(markup) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("wrapped\nline\n\nnext", "wrapped line\nnext"),
        ("AT&amp;T", "AT&T"),
        ("5 < 6 > 4", "5 < 6 > 4"),
        ("<p>meant</p><p>so</p>", "meant\nso"),
        ("<unknown>", "<unknown>"),
    ],
)
def test_plain_text_keeps_its_paragraphs(written: str, seen: str) -> None:
    assert plain_to_text(written) == seen


@given(
    lists(
        sampled_from(["<p>", "</p>", "<td>", "<script>", "</script>", "<", ">", "&", "&#0;", "<!--", "]]>", "\n", "x"]) | text()
    )
)
def test_no_markup_breaks_it_and_no_line_is_empty(pieces: list[str]) -> None:
    seen = html_to_text("".join(pieces))
    assert all(line == line.strip() != "" for line in seen.split("\n") if seen)


def test_a_headline_is_the_first_sentence_cut_at_a_word() -> None:
    assert headline("It opened. More.") == "It opened."
    assert headline("开业了。更多。") == "开业了。"
    assert headline("word " * 100).endswith("word…")
    assert headline("", URL) == URL


def test_each_element_that_the_selector_matches_is_an_item() -> None:
    page = select_items(PAGE.encode(), selector="main li", url=URL)
    first, second, third = page.entries
    assert (first.title, first.url) == ("Werk öffnet", "https://news.example/1")
    assert first.text == "5. März\nWerk öffnet\nIm Mai. mehr"
    assert first.published == datetime(2024, 3, 5, 9, tzinfo=UTC)
    assert (second.title, second.url, second.published) == ("Werk schließt", "https://news.example/2", None)
    assert (third.title, third.url) == ("Erst 2025.", URL)
    assert (page.title, page.language) == ("Stand", "de")


def test_an_item_of_a_page_is_known_by_its_text_wherever_it_stands() -> None:
    moved = PAGE.replace("<main><ul>", "<main><ul><li class='new'>Neu.</li>").replace("  <a", "\n<a")
    before = {entry.id for entry in select_items(PAGE.encode(), selector="main li", url=URL).entries}
    after = {entry.id for entry in select_items(moved.encode(), selector="main li", url=URL).entries}
    assert before < after
    assert len(after - before) == 1


def test_a_selector_that_is_none_or_matches_nothing_is_trouble() -> None:
    with pytest.raises(FeedTrouble, match="is no CSS selector"):
        select_items(PAGE.encode(), selector="li[", url=URL)
    with pytest.raises(FeedTrouble, match="nothing on the page matches"):
        select_items(PAGE.encode(), selector=".gone", url=URL)


def test_the_charset_of_the_head_is_followed() -> None:
    (entry,) = select_items("<p>量產</p>".encode("big5"), selector="p", url=URL, encoding="big5").entries
    assert entry.text == "量產"
