"""robots.txt (RFC 9309): which pages a publisher lets us read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic
from urllib.parse import quote, unquote, urlsplit

from monitor.errors import AddressRefused, FeedGone, FeedTrouble
from monitor.feeds.fetching import Fetcher, FetchRequest
from monitor.feeds.troubles import BadStatus

AGENT = "factwatch"

_KEPT = 24 * 3600.0
_KEPT_UNREAD = 3600.0
_MOST_BYTES = 500_000
_MOST_HOSTS = 2_000


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that concern us: patterns of paths, each with whether it allows."""

    patterns: tuple[tuple[str, bool], ...] = ()

    def allow(self, url: str) -> bool:
        """Whether the page may be read: the longest pattern that matches decides, and of two as long the one that allows."""
        parts = urlsplit(url)
        path = _same_spelling((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        matching = [(len(pattern), allows) for pattern, allows in self.patterns if _matches(pattern, path)]
        return max(matching)[1] if matching else True


ALLOW_ALL = Rules()
ALLOW_NOTHING = Rules((("/", False),))


def read_rules(text: str, agent: str = AGENT) -> Rules:
    """The rules of the group that names the agent, or else of the group for all (``*``)."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    named: list[str] = []
    in_rules = False
    for field, value in _fields(text):
        if field == "user-agent":
            named = [] if in_rules else named
            in_rules = False
            named.append(value.lower().partition("/")[0])
            groups.setdefault(named[-1], [])
        elif field in {"allow", "disallow"}:
            in_rules = True
            if value:
                for name in named:
                    groups[name].append((_same_spelling(value), field == "allow"))
    return Rules(tuple(groups.get(agent, groups.get("*", ()))))


class Robots:
    """Asks each host for its robots.txt once a day, and remembers the answer."""

    def __init__(self, fetcher: Fetcher, *, clock: Callable[[], float] = monotonic) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._known: dict[str, tuple[Rules, float]] = {}

    async def allow(self, url: str) -> bool:
        """Whether the page may be read.

        A host without a robots.txt (any 4xx) allows everything; one that cannot be asked allows nothing for an hour.
        """
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}"
        rules, until = self._known.get(place, (ALLOW_NOTHING, float("-inf")))
        if self._clock() >= until:
            rules, kept = await self._ask(place)
            if len(self._known) >= _MOST_HOSTS:
                del self._known[min(self._known, key=lambda known: self._known[known][1])]
            self._known[place] = rules, self._clock() + kept
        return rules.allow(url)

    async def _ask(self, place: str) -> tuple[Rules, float]:
        request = FetchRequest(url=f"{place}/robots.txt", accept="text/plain, */*;q=0.5", max_bytes=_MOST_BYTES)
        try:
            answer = await self._fetcher.fetch(request)
        except AddressRefused:
            raise
        except FeedGone:
            return ALLOW_ALL, _KEPT
        except BadStatus as trouble:
            return (ALLOW_ALL, _KEPT) if 400 <= trouble.status < 500 and trouble.status != 429 else (ALLOW_NOTHING, _KEPT_UNREAD)
        except FeedTrouble:
            return ALLOW_NOTHING, _KEPT_UNREAD
        return read_rules(answer.body.decode("utf-8-sig", "replace")), _KEPT


def _fields(text: str) -> Iterable[tuple[str, str]]:
    """Names and values, without comments; split by hand, since a pattern takes hours over a hostile line of spaces."""
    for line in text.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _matches(pattern: str, path: str) -> bool:
    """Whether the path begins as the pattern says; ``*`` stands for anything, a last ``$`` for the path's end.

    The pieces between the stars are looked for from left to right, so no pattern can be made slow.
    """
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    end = len(first)
    for piece in pieces:
        begin = path.find(piece, end)
        if begin < 0:
            return False
        end = begin + len(piece)
    if not pattern.endswith("$") or end == len(path):
        return True
    # The last piece was found too early; with a star before it, it may just as well stand at the end.
    return bool(pieces) and path.endswith(pieces[-1])


def _same_spelling(path: str) -> str:
    """Percent-encoding made uniform, so that ``/%7Ejoe`` and ``/~joe`` are one."""
    return quote(unquote(path), safe="/*$?&=;:,+@!'()~%")
