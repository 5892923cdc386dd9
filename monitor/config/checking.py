"""Holding a document against its shape: what pydantic finds, said with line, column and what would be right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from monitor.config.documents import Document, Steps
from monitor.config.fields import ENTRY_EXAMPLES, EXAMPLES
from monitor.config.shapes import FACT_SHAPES, FactShape
from monitor.config.suggesting import mend, nearest
from monitor.errors import Fault

Shape = TypeVar("Shape", bound=BaseModel)

_IN_KEY = "[key]"
_WANTED = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "keys of its own",
    "model_type": "keys of its own",
    "model_attributes_type": "keys of its own",
}


def check_shape(document: Document, shape: type[Shape], faults: list[Fault]) -> Shape | None:
    """Hold a document against its shape.

    Args:
        faults: Receives every defect of shape.

    Returns:
        None where there were any.
    """
    try:
        return shape.model_validate(document.root)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            faults.append(_explain(document, shape, each["loc"], each))
            faults += _faults_behind_kind(document, shape, each)
        return None


def _faults_behind_kind(document: Document, shape: type[BaseModel], error: ErrorDetails) -> list[Fault]:
    """What else is wrong with a fact whose kind is mistyped, taking it for the kind that was meant."""
    meant = nearest(str(error["ctx"]["tag"]), FACT_SHAPES) if error["type"] == "union_tag_invalid" else None
    if meant is None:
        return []
    try:
        FACT_SHAPES[meant].model_validate({**error["input"], "kind": meant})
    except ValidationError as more:
        return [_explain(document, shape, (*error["loc"], meant, *each["loc"]), each) for each in more.errors()]
    return []


def _explain(document: Document, shape: type[BaseModel], steps: Steps, error: ErrorDetails) -> Fault:
    """One complaint of pydantic as a fault of the file."""
    name = str(steps[-1]) if steps else ""
    match error["type"]:
        case "missing":
            return document.fault(steps, f"{name!r} is missing; {_write(name)}", at_key=True)
        case "union_tag_not_found":
            return document.fault(steps, f"'kind' is missing; it may be {', '.join(FACT_SHAPES)}", at_key=True)
        case "extra_forbidden":
            return document.fault(steps, _unknown_key(name, shape, steps), at_key=True)
        case "union_tag_invalid":
            kind = str(error["ctx"]["tag"])
            return document.fault((*steps, "kind"), f"unknown kind {kind!r}; {mend(kind, FACT_SHAPES)}")
        case _ if name == _IN_KEY:
            return document.fault(steps, f"{steps[-2]!r} cannot be a key here; {_KEY_FORM}", at_key=True)
        case _:
            return document.fault(steps, _wrong_value(steps, error))


_CHOICES = {
    "on": "verdict",
    "accept": "way to accept",
    "when": "way to tell",
    "unless": "certainty",
    "group": "grouping",
}
_ID_FORM = "write small letters, digits, - and _, for instance xiaomi-ev"
_KEY_FORM = "write letters, digits, - and _, in small letters for a fact"


def _wrong_value(steps: Steps, error: ErrorDetails) -> str:
    """What is wrong with a value, and what would be right."""
    name = _name_of(steps)
    kind, said = error["type"], error["input"]
    if said is None:
        return f"{_subject(steps)} has no value; {_write(name, steps)}"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
        if not isinstance(said, str):
            return f"{_subject(steps)} wants a name; {_write(name, steps)}"
        return f"unknown {_CHOICES.get(name, name)} {said!r}; {mend(said, allowed)}"
    if kind in ("string_pattern_mismatch", "string_too_long"):
        return f"{said!r} is no {name}; {_ID_FORM}"
    if kind in ("too_short", "string_too_short"):
        return f"{_subject(steps)} is empty; {_write(name, steps)}"
    return f"{_subject(steps)} wants {_WANTED[kind]}; {_write(name, steps)}"


def _name_of(steps: Steps) -> str:
    """The last key on the way, "" for the whole file."""
    return next((step for step in reversed(steps) if isinstance(step, str)), "")


def _subject(steps: Steps) -> str:
    if not steps:
        return "the file"
    return f"an entry of {_name_of(steps)!r}" if isinstance(steps[-1], int) else repr(steps[-1])


def _write(name: str, steps: Steps = ()) -> str:
    """What would be right, by example."""
    parent = str(steps[-2]) if len(steps) > 1 and isinstance(steps[-1], str) else ""
    example = ENTRY_EXAMPLES.get(parent) or EXAMPLES.get(name)
    return f"write for instance {name}: {example}" if example else "write version: 1 and what follows it"


# --- the keys that a mapping takes ------------------------------------------------------------------


def _unknown_key(name: str, shape: type[BaseModel], steps: Steps) -> str:
    """Why a key is not taken: one that facts of another kind take, or one that nothing takes."""
    taken = _shape_at(shape, steps[:-1])
    keys = [field.alias or each for each, field in taken.model_fields.items()]
    if issubclass(taken, FactShape) and any(name in other.model_fields for other in FACT_SHAPES.values()):
        kind = next(kind for kind, other in FACT_SHAPES.items() if other is taken)
        return f"a {kind} fact takes no {name!r}; it takes {', '.join(keys)}"
    return f"unknown key {name!r}; {mend(name, keys)}"


def _shape_at(shape: Any, steps: Steps) -> type[BaseModel]:
    """The model of the mapping that the steps lead to."""
    for step in steps:
        shape = _inside(_bare(shape), step)
    found: type[BaseModel] = _bare(shape)
    return found


def _inside(shape: Any, step: str | int) -> Any:
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        fields: Mapping[str, Any] = {field.alias or name: field.annotation for name, field in shape.model_fields.items()}
        return fields[str(step)]
    if get_origin(shape) in (Union, UnionType):
        return FACT_SHAPES[str(step)]
    return get_args(shape)[-1]


def _bare(shape: Any) -> Any:
    """A type without its annotations and without its "or None"."""
    if get_origin(shape) is Annotated:
        return _bare(get_args(shape)[0])
    arguments = [each for each in get_args(shape) if each is not type(None)]
    if get_origin(shape) in (Union, UnionType) and len(arguments) == 1:
        return _bare(arguments[0])
    return shape
