"""HTML to text, and the parts of a watched page that are its items."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]

from monitor.errors import FeedTrouble
from monitor.feeds.dates import read_date
from monitor.feeds.entries import ParsedEntry, ParsedFeed, limit
from monitor.feeds.identity import digest, merge_duplicates
from monitor.feeds.links import absolute

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset "  # noqa: SIM905
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table "
    "tbody tfoot thead tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset(
    "head title script style noscript template svg math iframe object video audio canvas select textarea".split()  # noqa: SIM905
)
_SPACES = re.compile(r"[ \t\r\f\v\xa0\u200b]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u00ad\ud800-\udfff]")
_INLINE = frozenset("a abbr b cite code del em font i img ins kbd mark q s small span strong sub sup time u".split())  # noqa: SIM905
_TAG = re.compile(rf"</?(?:{'|'.join(_BLOCKS | _CELLS | _SILENT | _INLINE)})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_LONGEST_TITLE = 200


def html_to_text(markup: str) -> str:
    """What a reader sees of a piece of HTML: a line a paragraph, no scripts and styles, spaces folded."""
    if "<" not in markup and "&" not in markup:
        return tidy(_fold(markup))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    # The wrapper keeps the parser from dropping what stands before the first element.
    root = etree.fromstring(b"<div>" + _UNSEEN.sub("", markup).encode() + b"</div>", parser)
    return "" if root is None else tidy("".join(_pieces(root)))


def plain_to_text(text: str) -> str:
    """Plain text, as feeds have it, in the same form: blank lines part paragraphs, other line breaks are only wrapping.

    Character references and tags in text that is declared plain are publishers' mistakes, and are read as they were meant.
    """
    if _TAG.search(text):
        return html_to_text(text)
    return tidy("\n".join(_fold(paragraph) for paragraph in _PARAGRAPH.split(html.unescape(text))))


def one_line(text: str) -> str:
    """The text with its paragraphs joined."""
    return " ".join(text.split())


def headline(text: str, url: str = "") -> str:
    """A title for something that has none: its first sentence, or else its address."""
    first = _SENTENCE_END.split(text.partition("\n")[0], maxsplit=1)[0]
    if len(first) > _LONGEST_TITLE:
        first = first[:_LONGEST_TITLE].rpartition(" ")[0] or first[:_LONGEST_TITLE]
        first += "…"
    return first or url


def tidy(text: str) -> str:
    """Fold spaces, drop empty lines and characters that nobody sees."""
    lines = (_SPACES.sub(" ", line).strip() for line in _UNSEEN.sub("", text).split("\n"))
    return "\n".join(filter(None, lines))


def looks_like_page(body: bytes) -> bool:
    """Whether a document that is no feed is a web page."""
    return re.search(rb"<(?:!doctype\s+html|html|head|body)\b", body[:5000], re.IGNORECASE) is not None


def feeds_of_page(body: bytes, url: str) -> tuple[str, ...]:
    """The addresses of the feeds that a web page names in its head, absolute."""
    soup = _soup(body)
    links = soup.find_all("link", rel="alternate", type=re.compile(r"(?:rss|atom|feed)\+(?:xml|json)", re.IGNORECASE))
    return tuple(dict.fromkeys(filter(None, (absolute(url, str(link.get("href") or "")) for link in links))))


def select_items(body: bytes, *, selector: str, url: str, encoding: str = "") -> ParsedFeed:
    """Read a watched page: each element that the CSS selector matches is an item, known by its text.

    Its title is its first heading, else its first link, else its first sentence; its date is that of a ``<time datetime>``.

    Args:
        encoding: As the answer's head states it; the page's own statement is used where it is empty.

    Raises:
        FeedTrouble: The selector is none, or matches nothing: most likely the page was rebuilt.
    """
    from soupsieve import SelectorSyntaxError

    soup = _soup(body, encoding)
    try:
        elements = soup.select(selector)
    except (SelectorSyntaxError, NotImplementedError):
        raise FeedTrouble(f"{selector!r} is no CSS selector") from None
    entries = merge_duplicates(limit(entry for element in elements if (entry := _entry(element, url)).text))
    if not entries:
        raise FeedTrouble(f"nothing on the page matches the selector {selector!r}")
    title = soup.title.get_text() if soup.title else ""
    language = str(soup.html.get("lang") or "") if soup.html else ""
    return ParsedFeed(title=one_line(title), entries=entries, language=language[:2].lower(), site=url)


def _entry(element: Tag, url: str) -> ParsedEntry:
    text = html_to_text(str(element))
    link = element if element.name == "a" else element.find("a", href=True)
    heading = element.find(["h1", "h2", "h3", "h4", "h5", "h6"]) or (link if link is not element else None)
    title = one_line(heading.get_text(" ")) if heading else ""
    return ParsedEntry(
        id=digest(one_line(text)),
        title=title or headline(text),
        url=(absolute(url, str(link.get("href") or "")) if link else "") or url,
        text=text,
        published=_stated_time(element),
    )


def _stated_time(element: Tag) -> datetime | None:
    stated = element.find("time", datetime=True)
    return read_date(str(stated["datetime"])) if stated else None


def _soup(body: bytes, encoding: str = "") -> BeautifulSoup:
    from bs4 import BeautifulSoup

    return BeautifulSoup(body, "lxml", from_encoding=encoding or None)


def _pieces(root: etree._Element) -> list[str]:
    """The text of a tree in reading order, with a line break at the edges of each block; no recursion, so depth is no danger."""
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        silent = tag in _SILENT
        if tag in _BLOCKS:
            pieces.append("\n")
        elif tag in _CELLS:
            pieces.append(" ")
        if event == "start" and silent:
            walk.skip_subtree()
        elif event == "start" and element.text:
            pieces.append(_fold(element.text))
        if event == "end" and element.tail:
            pieces.append(_fold(element.tail))
    return pieces


def _fold(text: str) -> str:
    """Line breaks inside of running text are only white space."""
    return text.replace("\n", " ")
