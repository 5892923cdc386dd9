"""Changes as entries of a feed that others subscribe to, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from monitor.core.changes import Change, ChangeState, History
from monitor.core.telling.inert import clean, web_link
from monitor.core.telling.rendering import change_message
from monitor.core.telling.stationery import Stationery
from monitor.core.telling.vouching import quoted_evidence
from monitor.core.watches import Watch

# What XML 1.0 cannot hold, escaped or not; JSON could, but readers of both come from the same authors.
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change, told as in an alert.

    Attributes:
        id: A URI, the change's for ever, whatever becomes of addresses.
        link: The page of the change; empty where there is no page.
        via: The article that is quoted; empty where none may be linked.
        text: Plain.
        html: Feed text in it is escaped.
        moment: When it was learned.
        updated: When a person decided it, where one did since.
        publishers: Who said so, by name.
    """

    id: str
    key: str
    link: str
    via: str
    title: str
    text: str
    html: str
    moment: datetime
    updated: datetime
    publishers: tuple[str, ...]
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed of changes.

    Attributes:
        id: A URI, the feed's for ever.
        address: Its own address; empty in a file.
        home: The page that it belongs to; empty without one.
        entries: Newest first.
    """

    id: str
    title: str
    address: str
    home: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When an entry was learned or decided last; long ago where there is none."""
        return max((entry.updated for entry in self.entries), default=_NEVER)


def channel_of(
    changes: Iterable[Change],
    *,
    only: Watch | None,
    watches: Mapping[str, Watch],
    histories: Mapping[tuple[str, str], History],
    decided: Mapping[str, datetime],
    stationery: Stationery,
    address: str = "",
) -> Channel:
    """The feed of some changes, in their order; those whose watch or fact the rules no longer have are left out.

    Args:
        only: The watch whose changes it is of; None for all.
        watches: By id.
        histories: By watch and fact.
        decided: When persons decided changes, by key.
        address: Where the feed is served.
    """
    # Without what acts: whoever reads a feed may look, and a link that an alert carries would let him decide.
    plain = Stationery(templates=stationery.templates, public_url=stationery.public_url)
    entries = [
        _entry(change, watch=watches[change.watch], history=history, decided=decided.get(change.key), stationery=plain)
        for change in changes
        if change.watch in watches and (history := histories.get((change.watch, change.fact)))
    ]
    return Channel(
        id=_urn(f"changes/{only.id if only else ''}"),
        title=f"Changes: {clean(only.title)}" if only else "Changes of fact",
        address=address,
        home=stationery.public_url,
        entries=tuple(entries),
    )


def is_for_others(change: Change) -> bool:
    """Whether a feed tells it: what an alert or a digest told, and what is or was in force."""
    return change.is_told or change.state is ChangeState.ACCEPTED


def printable(text: str) -> str:
    """The text without what no feed can hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


def _entry(change: Change, *, watch: Watch, history: History, decided: datetime | None, stationery: Stationery) -> Entry:
    message = change_message(change, watch=watch, history=history, stationery=stationery)
    evidence = quoted_evidence(change)
    return Entry(
        # The moment parts it from a change of the same name in another installation.
        id=_urn(f"{change.key}@{change.learned.isoformat()}"),
        key=change.key,
        link=stationery.change_link(change.key),
        via=web_link(evidence.claim.item.url) if evidence else "",
        title=printable(message.title),
        text=printable(message.text),
        html=printable(message.html),
        moment=change.learned,
        updated=max(change.learned, decided or change.learned),
        publishers=_names(change),
        change=change,
    )


def _names(change: Change) -> tuple[str, ...]:
    names: Sequence[str] = sorted({printable(clean(publisher)) for publisher in change.publishers})
    return tuple(filter(None, names))


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"factwatch:{name}").urn
