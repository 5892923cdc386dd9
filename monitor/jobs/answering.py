"""Answering: items from a file, each judged alone against given values, nothing stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from monitor.core.claims import Certainty
from monitor.core.items import Item
from monitor.core.judging.assessing import judge_item
from monitor.core.judging.deciding import is_wanted
from monitor.core.reading.agreeing import read_together
from monitor.core.reading.extracting import Reading, read
from monitor.core.reading.knowns import read_known
from monitor.core.reading.lexicons import Library
from monitor.core.reading.proposals import Hearing
from monitor.core.reading.routing import Router
from monitor.core.reading.watchwords import WatchWords, prepare_watch
from monitor.core.values import Known
from monitor.core.verdicts import Judgement
from monitor.core.watches import Watch
from monitor.errors import UserFault


def nobody(item: Item, words: WatchWords) -> Hearing | None:
    """There is no second reader."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The watches of a rulebook made ready for reading, with the library and the router.

    Attributes:
        hear: What a second reader has answered about an item for a watch; None where it was not asked or not heard.
    """

    library: Library
    words: Mapping[str, WatchWords]
    router: Router
    hear: Callable[[Item, WatchWords], Hearing | None] = nobody

    @classmethod
    def build(cls, watches: Mapping[str, Watch], library: Library) -> Reader:
        """Prepare every watch; some milliseconds each."""
        words = {key: prepare_watch(watch, library.concepts, stop_words=library.stop_words) for key, watch in watches.items()}
        return cls(library=library, words=words, router=Router(watches.values()))

    def read(
        self,
        item: Item,
        watch: str,
        known: Mapping[str, Known],
        *,
        cap: Certainty = Certainty.OFFICIAL,
        hearing: Hearing | None = None,
    ) -> Reading:
        """Read an item for a watch, by our own reader and what a second one has answered.

        Args:
            known: Values in force, by fact.
            cap: The highest certainty that the feed's tier allows.
            hearing: In place of what ``hear`` gives.
        """
        words = self.words[watch]
        heard = hearing or self.hear(item, words)
        if heard is None:
            return read(item, words, known, self.library, cap=cap)
        return read_together(item, words, known, self.library, heard, cap=cap)


def item_of(row: Mapping[str, Any]) -> Item:
    """The item of one line of a file: ``id published source lang title body url``."""
    return Item(
        id=str(row.get("id") or row.get("url") or row.get("title")),
        title=str(row.get("title") or ""),
        body=str(row.get("body") or ""),
        url=str(row.get("url") or ""),
        publisher=str(row.get("source") or ""),
        published=moment_of(row),
        language=str(row.get("lang") or ""),
    )


def moment_of(row: Mapping[str, Any]) -> datetime:
    """When a row says it was published; a date without a time zone is taken as UTC."""
    try:
        published = datetime.fromisoformat(str(row["published"]).replace("Z", "+00:00"))
    except (KeyError, ValueError) as fault:
        said = row.get("published")
        raise UserFault(f"item {row.get('id')!r}: 'published' must be a date such as 2024-06-15, not {said!r}") from fault
    return published if published.tzinfo else published.replace(tzinfo=UTC)


def answer(row: Mapping[str, Any], reader: Reader) -> Iterator[dict[str, Any]]:
    """A row per claim that the item makes, over all watches that it names."""
    item = item_of(row)
    for key in reader.router.route(item):
        words = reader.words[key]
        known = known_of(row.get("known") or {}, words.watch, reader)
        claims = reader.read(item, key, known).claims
        for judgement in judge_item(claims, known, words.watch):
            yield answer_row(judgement, words.watch)


def answer_row(judgement: Judgement, watch: Watch) -> dict[str, Any]:
    """The line that ``assess`` prints of one judgement; ``value`` carries no standing."""
    claim, value = judgement.claim, judgement.said.value
    return {
        "item": claim.item.id,
        "watch": claim.watch,
        "fact": claim.fact,
        "verdict": str(judgement.verdict),
        "value": None if value is None else str(value),
        "known": str(judgement.known),
        "quote": claim.quote,
        "certainty": str(claim.certainty),
        "confidence": claim.confidence,
        "reasons": list(judgement.reasons),
        "alert": is_wanted(judgement, watch.policies[claim.fact]),
    }


def known_of(given: Mapping[str, Any], watch: Watch, reader: Reader) -> dict[str, Known]:
    """The values in force for an item: those that its row gives, else the baseline's.

    Raises:
        UserFault: A given value is none of its fact.
    """
    known = {key: baseline.known for key, baseline in watch.baselines.items()}
    for name, text in given.items():
        watch_id, _, key = str(name).partition("/")
        if watch_id == watch.id and key in watch.facts:
            try:
                known[key] = read_known(str(text), watch.facts[key], reader.library.units)
            except ValueError as fault:
                raise UserFault(f"known value of {name}: {fault}") from fault
    return known
