"""`delivery.yaml`: when and how the readers of each Apprise tag are told, checked like the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, time
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from monitor.config.checking import check_shape
from monitor.config.documents import Document, read_document
from monitor.config.fields import CertaintyName, ClockTime, FactName, Id, Line, Moment, Version, Zone
from monitor.config.settings import DELIVERY_NAME, Settings
from monitor.config.shapes import Entry
from monitor.config.suggesting import mend
from monitor.core.claims import Certainty
from monitor.core.telling.grouping import Grouping, Manner, Manners, QuietHours, Rhythm, Silence
from monitor.core.watches import Watch
from monitor.errors import Fault, FileFaults

_MORNING = time(8)

# --- the shape of the file --------------------------------------------------------------------------


class QuietEntry(Entry):
    """A stretch of every day in which nothing is told; it may pass midnight."""

    from_: ClockTime = Field(alias="from", description="When it begins.")
    to: ClockTime = Field(description="When it ends; what waited is told then.")
    unless: CertaintyName | None = Field(default=None, description="What is at least so certain is told all the same.")

    @model_validator(mode="after")
    def _has_a_length(self) -> QuietEntry:
        if self.from_ == self.to:
            raise ValueError(
                "quiet hours that begin when they end are none, or all day; write for instance from: 22:00, to: 07:00"
            )
        return self


class MannerEntry(Entry):
    """How the readers of one tag are told."""

    when: Literal["at once", "hourly", "daily"] = Field(default="at once", description="At once, or in a digest.")
    at: ClockTime | None = Field(default=None, description="Time of a daily digest; its minutes place an hourly one.")
    zone: Zone | None = Field(default=None, description="The readers' clock, in place of the file's.")
    quiet: QuietEntry | None = Field(default=None, description="Hours in which nothing is told.")
    group: Literal["all", "watch", "nothing"] = Field(
        default="all", description="What comes due together is one message: all of it, that of each watch, or nothing."
    )

    @model_validator(mode="after")
    def _times_a_digest_only(self) -> MannerEntry:
        if self.at and self.when == "at once":
            raise ValueError("at: is the time of a digest; write when: daily or when: hourly beside it, or leave it out")
        return self


class SilenceEntry(Entry):
    """Nothing is told until a moment; what came meanwhile is told then."""

    until: Moment = Field(description="A day, which ends the silence as it begins, or a day and a time.")
    tag: Line = Field(default="", description="Only for the readers of this tag.")
    watch: Id = Field(default="", description="Only of this watch.")
    fact: FactName = Field(default="", description="Only of this fact, as WATCH/FACT.")
    note: Line = Field(default="", description="Why, for those who ask what was held back.")

    @model_validator(mode="after")
    def _names_one_watch(self) -> SilenceEntry:
        if self.watch and self.fact:
            raise ValueError("fact: names its watch already; remove watch:")
        return self


class DeliveryFile(Entry):
    """When and how alerts are told."""

    version: Version
    zone: Zone = Field(default=ZoneInfo("UTC"), description="The clock of all times in this file.")
    default: MannerEntry = Field(default=MannerEntry(), description="For destinations of no tag that is named here.")
    tags: dict[Line, MannerEntry] = Field(default={}, description="By Apprise tag.")
    silences: list[SilenceEntry] = Field(default=[], description="Each with its end.")


# --- reading ----------------------------------------------------------------------------------------


def find_delivery_file(settings: Settings) -> Path | None:
    """The file that the settings name, else the one that lies beside the rules now; None where there is none."""
    if settings.origins.get("delivery", "default") != "default":
        return settings.delivery
    beside = _folder(settings) / DELIVERY_NAME
    return beside if beside.is_file() else None


def delivery_folder(settings: Settings) -> Path:
    """Where the file lies, or would if somebody wrote one."""
    named = find_delivery_file(settings)
    return named.parent if named else _folder(settings)


def _folder(settings: Settings) -> Path:
    return settings.rules if settings.rules.is_dir() else settings.rules.parent


def read_manners(path: Path | None) -> Manners:
    """Read a delivery file; without one everything is told at once.

    Raises:
        FileFaults: Everything that is wrong with it.
    """
    if path is None:
        return Manners()
    faults: list[Fault] = []
    document = read_document(path, str(path), faults)
    entry = check_shape(document, DeliveryFile, faults) if document else None
    if entry is None or faults:
        raise FileFaults(faults)
    return _to_manners(entry)


def _to_manners(entry: DeliveryFile) -> Manners:
    tags = dict.fromkeys([*entry.tags, *(silence.tag for silence in entry.silences if silence.tag)])
    return Manners(
        by_tag={tag: _to_manner(entry.tags.get(tag, entry.default), entry, tag=tag) for tag in tags},
        other=_to_manner(entry.default, entry),
    )


def _to_manner(said: MannerEntry, file: DeliveryFile, *, tag: str = "") -> Manner:
    quiet = said.quiet
    return Manner(
        rhythm=Rhythm(said.when),
        at=said.at or _MORNING,
        zone=said.zone or file.zone,
        quiet=(QuietHours(begin=quiet.from_, end=quiet.to),) if quiet else (),
        loud=Certainty[quiet.unless.upper()] if quiet and quiet.unless else None,
        group=Grouping(said.group),
        silences=tuple(_to_silence(silence, file.zone) for silence in file.silences if silence.tag in ("", tag)),
    )


def _to_silence(said: SilenceEntry, zone: ZoneInfo) -> Silence:
    watch, _, fact = said.fact.partition("/")
    return Silence(
        until=said.until.replace(tzinfo=zone).astimezone(UTC),
        watch=said.watch or watch,
        fact=fact,
        reason=f"silenced ({said.note})" if said.note else "silenced",
    )


# --- what it names elsewhere ------------------------------------------------------------------------


def dangling_names(path: Path, *, watches: Mapping[str, Watch] | None, tags: Collection[str] | None) -> list[Fault]:
    """Tags that no destination has, and silences of watches and facts that no rule has.

    Args:
        watches: None where the rules could not be read.
        tags: None where no Apprise configuration gives any.
    """
    document = read_document(path, str(path), [])
    if document is None:
        return []
    faults = list(_dangling_tags(document, tags)) if tags is not None else []
    return faults + (list(_dangling_targets(document, watches)) if watches is not None else [])


def _dangling_tags(document: Document, tags: Collection[str]) -> Iterator[Fault]:
    hint = "add it to one in the Apprise configuration"
    for tag in document.mapping("tags"):
        if tag not in tags:
            message = f"no destination has the tag {tag!r}; {mend(tag, sorted(tags)) if tags else hint}"
            yield document.fault(("tags", tag), message, at_key=True)
    for index in _silences(document):
        named = document.get("silences", index, "tag")
        if isinstance(named, str) and named not in tags:
            message = f"no destination has the tag {named!r}; {mend(named, sorted(tags)) if tags else hint}"
            yield document.fault(("silences", index, "tag"), message)


def _dangling_targets(document: Document, watches: Mapping[str, Watch]) -> Iterator[Fault]:
    facts = [f"{watch.id}/{fact}" for watch in watches.values() for fact in watch.facts]
    for index in _silences(document):
        for key, known in (("watch", list(watches)), ("fact", facts)):
            name = document.get("silences", index, key)
            if isinstance(name, str) and name not in known:
                message = f"the rules have no {key} {name!r}; {mend(name, known) if known else 'remove it'}"
                yield document.fault(("silences", index, key), message)


def _silences(document: Document) -> range:
    silences = document.get("silences")
    return range(len(silences) if isinstance(silences, list) else 0)
