"""Changes as an Atom feed (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from monitor.core.telling.exports.entries import Channel, Entry

MEDIA_TYPE = "application/atom+xml"
_AUTHOR = "Factwatch"


def write_atom(channel: Channel) -> bytes:
    """The feed as a document in UTF-8."""
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _add(feed, "id", channel.id)
    _add(feed, "title", channel.title)
    _add(feed, "updated", _stamp(channel.updated))
    _add(SubElement(feed, "author"), "name", _AUTHOR)
    _add(feed, "generator", _AUTHOR)
    _link(feed, "self", channel.address, MEDIA_TYPE)
    _link(feed, "alternate", channel.home, "text/html")
    for entry in channel.entries:
        _add_entry(SubElement(feed, "entry"), entry)
    document: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _add_entry(element: Element, entry: Entry) -> None:
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", _stamp(entry.updated))
    _add(element, "published", _stamp(entry.moment))
    for name in entry.publishers:
        _add(SubElement(element, "contributor"), "name", name)
    for term in (entry.change.watch, f"{entry.change.watch}/{entry.change.fact}", str(entry.change.verdict)):
        SubElement(element, "category", {"term": term})
    _link(element, "alternate", entry.link, "text/html")
    _link(element, "via" if entry.link else "alternate", entry.via, "text/html")
    _add(element, "summary", entry.text, type="text")
    _add(element, "content", entry.html, type="html")


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text


def _link(parent: Element, relation: str, address: str, media_type: str) -> None:
    if address:
        SubElement(parent, "link", {"rel": relation, "href": address, "type": media_type})


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
