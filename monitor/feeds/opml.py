"""OPML: the lists of feeds that readers exchange, read with suspicion and written plainly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from monitor.errors import Fault, FileFaults
from monitor.feeds.pages import one_line, tidy

LARGEST = 5_000_000
MOST_FEEDS = 10_000
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list.

    Attributes:
        url: As it is written there; it may be no address at all.
        title: One line; may be empty.
    """

    url: str
    title: str = ""


def read_opml(body: bytes, file: str) -> tuple[Outline, ...]:
    """The feeds of a list, each address once, in whichever folders they lie.

    A document type is refused, since entities are all that it could bring: OPML has no use for them, bombs have.

    Args:
        file: What to call the list in faults.

    Raises:
        FileFaults: It is no OPML, is larger than ``LARGEST`` or names more than ``MOST_FEEDS`` feeds.
    """
    if len(body) > LARGEST:
        raise FileFaults([Fault(file=file, line=0, column=0, message=f"is larger than {LARGEST:,} bytes; split it")])
    reading = _Reading(file=file, parser=expat.ParserCreate())
    reading.parser.StartDoctypeDeclHandler = reading.refuse_doctype
    reading.parser.StartElementHandler = reading.begin
    try:
        reading.parser.Parse(body, True)
    except expat.ExpatError as error:
        message = f"this is no XML: {expat.ErrorString(error.code)}; export the list anew from your reader"
        raise FileFaults([Fault(file=file, line=error.lineno, column=error.offset + 1, message=message)]) from None
    return tuple(reading.found.values())


def write_opml(outlines: Iterable[Outline], *, title: str) -> str:
    """A list that every reader takes (OPML 2.0)."""
    lines = [
        f'    <outline type="rss" text={quoteattr(each.title or each.url)} xmlUrl={quoteattr(each.url)}/>' for each in outlines
    ]
    head = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', f"  <head><title>{escape(title)}</title></head>"]
    return "\n".join([*head, "  <body>", *lines, "  </body>", "</opml>", ""])


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What was found so far; a refusal breaks the parser off where it stands."""

    file: str
    parser: expat.XMLParserType
    found: dict[str, Outline] = field(default_factory=dict)
    is_begun: bool = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an element; names are taken in any case, since readers do not agree on it."""
        if not self.is_begun and name.lower() != "opml":
            raise self._refusal(f"this is no OPML but <{name[:40]}>; export the list of feeds from your reader as OPML")
        self.is_begun = True
        said = {key.lower(): value for key, value in attributes.items()}
        url = said.get("xmlurl", "").strip()
        if name.lower() != "outline" or not url:
            return
        if len(self.found) >= MOST_FEEDS:
            raise self._refusal(f"the list names more than {MOST_FEEDS:,} feeds; split it")
        title = one_line(tidy(said.get("title") or said.get("text") or ""))[:_LONGEST_TITLE]
        self.found.setdefault(url, Outline(url=url, title=title))

    def refuse_doctype(self, *_: object) -> None:
        """End at a document type."""
        raise self._refusal("a document type (<!DOCTYPE) is not allowed in a list of feeds; remove it")

    def _refusal(self, message: str) -> FileFaults:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return FileFaults([Fault(file=self.file, line=line, column=column, message=message)])
