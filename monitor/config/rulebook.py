"""The rulebook: all rule files of a folder, with their seeds and archives; every defect of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from monitor.config.rules import RuleReading, read_rule
from monitor.config.settings import DELIVERY_NAME
from monitor.core.watches import Watch
from monitor.errors import Fault, FileFaults

_ENDINGS = frozenset({".yaml", ".yml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """All watches, checked.

    Attributes:
        watches: By id, in the order of the files' names.
        warnings: What works and is probably not meant.
        files: Every file that was read: rules, seeds and archives.
        digest: Of the contents of these files; two rulebooks with the same digest say the same.
    """

    watches: Mapping[str, Watch]
    warnings: tuple[Fault, ...] = ()
    files: tuple[Path, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What a look at changed files led to.

    Attributes:
        rulebook: The rules in force from now on: the new ones, or the last good ones where the new ones have faults.
        faults: Why the new ones are not in force; empty where they are.
        is_changed: The rules in force are others than before.
    """

    rulebook: Rulebook
    faults: tuple[Fault, ...]
    is_changed: bool


def load_rulebook(folder: Path) -> Rulebook:
    """Read every rule file of a folder.

    Args:
        folder: Holds files that end in .yaml or .yml (``delivery.yaml`` is none of them); or one rule file.

    Raises:
        FileFaults: Every defect of every rule, seed and archive.
    """
    paths = _rule_files(folder)
    readings = [read_rule(path) for path in paths]
    faults = [fault for reading in readings for fault in reading.faults]
    faults += _same_ids(readings)
    if faults:
        raise FileFaults(list(dict.fromkeys(faults)))
    files = tuple(dict.fromkeys(path for reading in readings for path in reading.files))
    return Rulebook(
        watches={reading.watch.id: reading.watch for reading in readings if reading.watch},
        warnings=tuple(sorted(warning for reading in readings for warning in reading.warnings)),
        files=files,
        digest=_digest(files),
    )


def refresh_rulebook(last: Rulebook, folder: Path) -> Refreshed:
    """Read the folder again; the last good rules stay in force while the new ones have a fault."""
    try:
        fresh = load_rulebook(folder)
    except FileFaults as broken:
        return Refreshed(rulebook=last, faults=broken.faults, is_changed=False)
    return Refreshed(rulebook=fresh, faults=(), is_changed=fresh.digest != last.digest)


def _rule_files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise FileFaults([_whole(folder, "no such folder; name the folder of the rule files with --rules or FACTWATCH_RULES")])
    paths = sorted(path for path in folder.iterdir() if path.suffix in _ENDINGS and not path.name.startswith("."))
    paths = [path for path in paths if path.name != DELIVERY_NAME]
    if not paths:
        raise FileFaults([_whole(folder, "no rule file here; a rule file ends in .yaml")])
    return paths


def _same_ids(readings: Iterable[RuleReading]) -> list[Fault]:
    """Watches that have the id of a watch before them."""
    first: dict[str, str] = {}
    faults: list[Fault] = []
    for reading in readings:
        if reading.id is None or reading.document is None:
            continue
        earlier = first.setdefault(reading.id, reading.document.file)
        if earlier != reading.document.file:
            message = f"the watch {reading.id!r} stands in {earlier} already; give this one another id"
            faults.append(reading.document.fault(("watch",), message))
    return faults


def _whole(path: Path, message: str) -> Fault:
    return Fault(file=str(path), line=0, column=0, message=message)


def _digest(files: Iterable[Path]) -> str:
    digest = sha256()
    for path in files:
        digest.update(f"{path}\0".encode())
        # A file that vanished since it was read counts as empty: the next look sees a change.
        digest.update(sha256(path.read_bytes() if path.is_file() else b"").digest())
    return digest.hexdigest()
