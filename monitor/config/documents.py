"""YAML documents that remember where everything stands in the file.

Every scalar stays the text that the person wrote (``NO`` is Norway, ``2024`` and ``0.10`` keep their digits), because
only the field that takes it knows what it means. Anchors, aliases and tags are refused: rules do not need them, and
they are how a small file becomes a large or a dangerous one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from monitor.errors import Fault

Node = str | None | list[Any] | dict[str, Any]
Steps = tuple[str | int, ...]

LARGEST_FILE = 1_000_000
DEEPEST = 20
_TOO_DEEP = f"more than {DEEPEST} levels deep; no file of ours needs that"

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """A point in a file; line and column are counted from 1, columns in characters."""

    line: int
    column: int


START = Place(1, 1)
_Mark = yaml.Mark | yaml._yaml.Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A parsed file.

    Attributes:
        file: The path as the user gave it.
        root: Dicts, lists, text, and None where a value was left out.
        places: Where each value stands, by the keys and indices that lead to it.
        keys: Where the key of each value of a mapping stands.
    """

    file: str
    root: Node
    places: Mapping[Steps, Place]
    keys: Mapping[Steps, Place]

    def locate(self, steps: Steps) -> Steps:
        """The longest way into the document along these steps; steps that the document does not have are passed over."""
        way: Steps = ()
        for step in steps:
            if (*way, step) in self.places:
                way = (*way, step)
        return way

    def fault(self, steps: Steps, message: str, *, at_key: bool = False) -> Fault:
        """A defect of the value that the steps lead to, or of its key."""
        way = self.locate(steps)
        place = (self.keys.get(way) if at_key else None) or self.places.get(way, START)
        return Fault(file=self.file, line=place.line, column=place.column, message=message)

    def get(self, *steps: str | int) -> Node:
        """The value that the steps lead to; None where there is none."""
        if steps not in self.places:
            return None
        node: Any = self.root
        for step in steps:
            node = node[step]
        return node  # type: ignore[no-any-return]

    def mapping(self, *steps: str | int) -> dict[str, Any]:
        """The mapping that the steps lead to; empty where there is none."""
        node = self.get(*steps)
        return node if isinstance(node, dict) else {}


def read_document(path: Path, file: str, faults: list[Fault]) -> Document | None:
    """Parse a YAML file.

    Args:
        path: The file.
        file: What to call it in faults.
        faults: Receives what is wrong with the file as YAML.

    Returns:
        None where the file is not readable as YAML; a document with duplicate keys keeps the first of them.
    """
    text = read_text(path, file, faults)
    return None if text is None else parse_document(text, file, faults)


def read_text(path: Path, file: str, faults: list[Fault], *, largest: int = LARGEST_FILE) -> str | None:
    """The text of a file that a person wrote; None after a fault."""
    if path.exists() and not path.is_file():
        # A pipe would never end, and a device neither.
        faults.append(Fault(file=file, line=0, column=0, message="is no file; name a file, or a link to one"))
        return None
    try:
        with path.open("rb") as stream:
            raw = stream.read(largest + 1)
    except OSError as error:
        faults.append(Fault(file=file, line=0, column=0, message=f"cannot be read: {error.strerror}"))
        return None
    if len(raw) > largest:
        faults.append(Fault(file=file, line=0, column=0, message=f"is larger than {largest:,} bytes; split it"))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", errors="replace")
        faults.append(_fault(file, _place_of(before, len(before)), "this is no UTF-8; save the file as UTF-8"))
        return None


def parse_document(text: str, file: str, faults: list[Fault]) -> Document | None:
    """Parse YAML text; see ``read_document``."""
    if found := _CONTROL.search(text):
        message = f"a control character (U+{ord(found[0]):04X}); remove it"
        faults.append(_fault(file, _place_of(text, found.start()), message))
        return None
    builder = _Builder(file=file, faults=faults, events=_Events(text))
    try:
        root = builder.build()
    except _Refusal as refusal:
        faults.append(_fault(file, refusal.place, str(refusal)))
        return None
    except yaml.MarkedYAMLError as error:
        faults.append(_explain(error, text, file))
        return None
    return Document(file=file, root=root, places=builder.places, keys=builder.keys)


class _Refusal(Exception):
    """Something that YAML allows and we do not."""

    def __init__(self, mark: _Mark, message: str) -> None:
        super().__init__(message)
        self.place = _place(mark)


class _Events:
    """The parser's events, one after the other; their number is bounded by the size of the file."""

    def __init__(self, text: str) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)

    def next(self) -> yaml.Event:
        return next(self._events)


@dataclass(slots=True, kw_only=True)
class _Builder:
    """Builds the document from the parser's events."""

    file: str
    faults: list[Fault]
    events: _Events
    places: dict[Steps, Place] = field(default_factory=dict)
    keys: dict[Steps, Place] = field(default_factory=dict)

    def build(self) -> Node:
        self.events.next()
        if isinstance(opening := self.events.next(), yaml.StreamEndEvent):
            _refuse(opening, "the file is empty; write version: 1 and what follows it")
        root = self._node(self.events.next(), ())
        self.events.next()
        if not isinstance(another := self.events.next(), yaml.StreamEndEvent):
            _refuse(another, "a second document begins here; write one file a document")
        return root

    def _node(self, event: yaml.Event, way: Steps) -> Node:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _refuse(event, "anchors and aliases (& and *) are not allowed; write it out, or put the text in quotes")
        if getattr(event, "tag", None):
            _refuse(event, "tags (!) are not allowed; write the value alone, or put the text in quotes")
        if len(way) > DEEPEST:
            _refuse(event, _TOO_DEEP)
        self.places[way] = _place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return None if event.implicit[0] and event.value in _NOTHING else str(event.value)
        return self._mapping(way) if isinstance(event, yaml.MappingStartEvent) else self._sequence(way)

    def _sequence(self, way: Steps) -> list[Node]:
        entries: list[Node] = []
        while not isinstance(event := self.events.next(), yaml.SequenceEndEvent):
            entries.append(self._node(event, (*way, len(entries))))
        return entries

    def _mapping(self, way: Steps) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := self.events.next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                _refuse(event, "a key has to be text; put it in quotes")
            key = str(event.value)
            if key in entries:
                first = self.keys[*way, key].line
                message = f"{key!r} stands here a second time (first on line {first}); keep one of the two"
                self.faults.append(_fault(self.file, _place(event.start_mark), message))
                self._skip()
                continue
            self.keys[*way, key] = _place(event.start_mark)
            entries[key] = self._node(self.events.next(), (*way, key))
        return entries

    def _skip(self) -> None:
        """Pass over one node with all that is in it."""
        depth = 0
        while True:
            event = self.events.next()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return


def _refuse(event: yaml.Event, message: str) -> NoReturn:
    raise _Refusal(event.start_mark, message)


# --- faults -----------------------------------------------------------------------------------------

_AT_OPENING = {
    "while scanning a quoted scalar": "the quote that opens here is not closed; close it on the same line",
    "while parsing a flow sequence": "the list that opens here is broken; part its entries by commas and close it with ]",
    "while parsing a flow mapping": "the mapping that opens here is broken; part its entries by commas and close it with }",
}
_AT_PROBLEM = {
    "mapping values are not allowed in this context": "a colon that does not fit here; put text that holds ': ' in quotes",
    "did not find expected key": "this line does not fit what stands above; check its indentation",
    "did not find expected '-' indicator": "this line does not fit the list above; begin it with '- ' or check its indentation",
    "did not find expected node content": "a value is missing here; close what [ or { opened, or put text in quotes",
    "could not find expected ':'": "this key lacks its colon; write key: value",
    "exceeded maximum nesting depth": _TOO_DEEP,
    "found unknown escape character": "an unknown escape in double quotes; use single quotes for text with backslashes",
}


def _explain(error: yaml.MarkedYAMLError, text: str, file: str) -> Fault:
    """The parser's complaint in words that say what to do."""
    mark, problem = error.problem_mark, str(error.problem)
    if error.context in _AT_OPENING and error.context_mark:
        return _fault(file, _place(error.context_mark), _AT_OPENING[error.context])
    if mark is None:
        return _fault(file, START, problem)
    place = _place(mark)
    if problem == "found character that cannot start any token":
        character = text.splitlines()[mark.line][mark.column : mark.column + 1]
        message = "a tab; indent with spaces" if character == "\t" else f"text cannot begin with {character}; put it in quotes"
        return _fault(file, place, message)
    return _fault(file, place, _AT_PROBLEM.get(problem, f"this is no YAML: {problem}"))


def _place(mark: _Mark) -> Place:
    return START if mark is None else Place(mark.line + 1, mark.column + 1)


def _place_of(text: str, offset: int) -> Place:
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(text.count("\n", 0, offset) + 1, offset - line_start + 1)


def _fault(file: str, place: Place, message: str) -> Fault:
    return Fault(file=file, line=place.line, column=place.column, message=message)
