"""Checking Apprise's own configuration file, in its YAML and its text form, before an alert depends on it.

Apprise passes over what it does not understand, so a mistyped address would be noticed by its silence. Each entry is
given to Apprise alone here, and what it refuses is a fault. No message repeats an address: addresses are secrets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import SecretStr

from monitor.config.documents import Document, parse_document, read_text
from monitor.config.suggesting import nearest
from monitor.errors import Fault, FileFaults

_SCHEME = re.compile(r"(?i)([a-z0-9]{1,32})://")
_TAGS_BEFORE = re.compile(r"(?i)[\s,a-z0-9_:-]*=\s*")
_ATTACH_PARAMETER = re.compile(r"(?i)[?&]attach=")
_YAML_KEYS = frozenset({"version", "urls", "groups", "tag", "tags", "asset"})
_NO_INCLUDE = "include is not allowed; write the addresses here, so that they are checked"
_NO_ATTACH = "attach is not allowed; an alert has no attachments, and a file of this machine would be sent"
_NOTHING_LOADED = (
    "Apprise finds no destination here; begin the file with version: 1 (YAML) or with tags=address, "
    "without spaces, for instance analysts=slack://TOKEN"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseFile:
    """A sound Apprise configuration.

    Attributes:
        tags: All that its destinations answer to, groups included.
        destinations: How many there are.
    """

    tags: frozenset[str]
    destinations: int


def check_apprise_file(path: Path) -> AppriseFile:
    """Check an Apprise configuration file; loads all of Apprise, which takes a second.

    Raises:
        FileFaults: Every entry that Apprise would pass over, and includes and attachments.
    """
    faults: list[Fault] = []
    file = str(path)
    text = read_text(path, file, faults)
    if text is None:
        raise FileFaults(faults)
    with _silent_apprise():
        faults += _faults_of_yaml(text, file) if _is_yaml(text) else _faults_of_lines(text, file)
        services = [] if faults else _load(text)
    if not services and not faults:
        faults.append(Fault(file=file, line=0, column=0, message=_NOTHING_LOADED))
    if faults:
        raise FileFaults(faults)
    return AppriseFile(
        tags=frozenset(str(tag) for service in services for tag in service.tags),
        destinations=len(services),
    )


def check_addresses(variable: str, addresses: Sequence[SecretStr]) -> list[Fault]:
    """Those addresses of a setting that Apprise does not take, told by their number."""
    with _silent_apprise():
        return [
            Fault(file=variable, line=0, column=0, message=f"address {number}: {_refusal(address.get_secret_value())}")
            for number, address in enumerate(addresses, start=1)
            if not _load(address.get_secret_value(), form="text")
        ]


@contextmanager
def _silent_apprise() -> Iterator[None]:
    """Apprise logs the addresses that it refuses; here they stay unsaid."""
    from apprise.logger import logger

    was_disabled, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = was_disabled


def _load(text: str, *, form: str | None = None) -> list[Any]:
    """The destinations that Apprise makes of a configuration; it guesses the form where none is given."""
    from apprise.config.base import ConfigBase

    services, _includes = ConfigBase.config_parse(text, config_format=form)
    return list(services)


def _is_yaml(text: str) -> bool:
    """Whether the first line that is neither empty nor a comment has a YAML key."""
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and line[0] not in "#;"), "")
    return re.match(r"(?i)(---|[a-z0-9]+:(?!//))", first) is not None


# --- the YAML form ----------------------------------------------------------------------------------


def _faults_of_yaml(text: str, file: str) -> list[Fault]:
    faults: list[Fault] = []
    document = parse_document(text, file, faults)
    if document is None:
        return faults
    for key in document.mapping():
        if key == "include":
            faults.append(document.fault((key,), _NO_INCLUDE, at_key=True))
        elif key not in _YAML_KEYS:
            near = nearest(key, _YAML_KEYS)
            hint = f"did you mean {near!r}?" if near else f"it may be {', '.join(sorted(_YAML_KEYS))}"
            faults.append(document.fault((key,), f"unknown key {key!r}; {hint}", at_key=True))
    entries = document.get("urls")
    if not isinstance(entries, list):
        return [*faults, document.fault(("urls",), "'urls' wants a list; write for instance urls: [slack://TOKEN]")]
    for index, entry in enumerate(entries):
        faults += _faults_of_entry(document, index, entry)
    return faults


def _faults_of_entry(document: Document, index: int, entry: Any) -> list[Fault]:
    """What is wrong with one destination: an address, or an address with settings below it."""
    steps = ("urls", index)
    if _mentions_attachment(entry):
        return [document.fault(steps, _NO_ATTACH)]
    if _load(yaml.safe_dump({"urls": [entry]}), form="yaml"):
        return []
    addresses = (
        [entry] if isinstance(entry, str) else [key for key in entry if "://" in str(key)] if isinstance(entry, dict) else []
    )
    return [document.fault(steps, _refusal(str(addresses[0]) if addresses else ""))]


def _mentions_attachment(entry: Any) -> bool:
    if isinstance(entry, dict):
        return any(key == "attach" or _mentions_attachment(key) or _mentions_attachment(value) for key, value in entry.items())
    if isinstance(entry, list):
        return any(map(_mentions_attachment, entry))
    return isinstance(entry, str) and _ATTACH_PARAMETER.search(entry) is not None


# --- the text form ----------------------------------------------------------------------------------


def _faults_of_lines(text: str, file: str) -> list[Fault]:
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), start=1):
        body = line.strip()
        message = _fault_of_line(body) if body and body[0] not in "#;" else ""
        if message:
            tags = _TAGS_BEFORE.match(line)
            column = (tags.end() if tags else len(line) - len(line.lstrip())) + 1
            faults.append(Fault(file=file, line=number, column=column, message=message))
    return faults


def _fault_of_line(body: str) -> str:
    """What is wrong with a line ``tags = address``, ``address`` or ``group = tags``; empty where nothing is."""
    if re.match(r"(?i)include\s", body):
        return _NO_INCLUDE
    if _ATTACH_PARAMETER.search(body):
        return _NO_ATTACH
    is_group = re.fullmatch(r"(?i)[a-z0-9_-][\s,a-z0-9_-]*=[\s,a-z0-9_-]+", body) is not None
    return "" if is_group or _load(body, form="text") else _refusal(body)


def _refusal(address: str) -> str:
    """Why Apprise passes over an address, without repeating more of it than its scheme."""
    from apprise.manager_plugins import NotificationManager

    scheme = _SCHEME.search(address)
    if scheme is None:
        return "this is no address; write for instance analysts=slack://TOKEN, in YAML - slack://TOKEN: {tag: analysts}"
    known: list[str] = NotificationManager().schemas()  # type: ignore[no-untyped-call]  # Apprise leaves it without types
    name = scheme[1].lower()
    if name in known:
        return f"Apprise does not take this {name}:// address; a part of it is missing or malformed"
    near = nearest(name, known)
    return f"unknown service {name!r}; {f'did you mean {near!r}?' if near else 'Apprise knows none of that name'}"
