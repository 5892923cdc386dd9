"""Changes as a JSON Feed (version 1.1), each with its values for programs in an extension of ours."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from monitor.core.telling.exports.entries import Channel, Entry

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write_jsonfeed(channel: Channel) -> bytes:
    """The feed as a document in UTF-8; what is empty is left out."""
    document = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.address,
        "authors": [{"name": "Factwatch"}],
        "language": "en",
    }
    told = {name: value for name, value in document.items() if value}
    return json.dumps({**told, "items": [_item(entry) for entry in channel.entries]}, ensure_ascii=False, indent=1).encode()


def _item(entry: Entry) -> dict[str, Any]:
    change = entry.change
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.link,
        "external_url": entry.via,
        "title": entry.title,
        "content_text": entry.text,
        "content_html": entry.html,
        "date_published": _stamp(entry.moment),
        "date_modified": _stamp(entry.updated),
        "authors": [{"name": name} for name in entry.publishers],
        "tags": [change.watch, f"{change.watch}/{change.fact}", str(change.verdict)],
    }
    values = {
        "change": change.key,
        "old": str(change.old),
        "new": str(change.brings),
        "verdict": str(change.verdict),
        "certainty": str(change.certainty),
        "state": str(change.state),
    }
    return {**{name: value for name, value in item.items() if value}, "_factwatch": values}


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
