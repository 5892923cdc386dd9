"""The words with which a second reader is asked about one item for one watch, and the form in which it has to answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from monitor.core.facts import Fact
from monitor.core.items import Item
from monitor.core.reading.proposals import Stance
from monitor.core.values import UNKNOWN, Kind, Known
from monitor.core.watches import Watch

if TYPE_CHECKING:
    from jinja2 import Template

PROMPT = "1"
"""The version of the words; a change of the template or of what fills it is a new one, since answers are kept by it."""

_LONGEST_TITLE, _LONGEST_BODY = 1_000, 12_000  # characters; news is told at the front, and every word costs
_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a second reader is asked.

    Attributes:
        key: The same for the same words about the same facts, whatever their values in force: by it answers are kept.
        instructions: The system's message.
        item: The user's message: the item as data.
        form: JSON Schema of the answer.
    """

    key: str
    instructions: str
    item: str
    form: Mapping[str, Any]


def question_of(item: Item, watch: Watch, known: Mapping[str, Known], *, model: str) -> Question:
    """Put an item and the facts of a watch into words; nothing else of the watch leaves the program.

    Args:
        known: Values in force, by fact.
        model: Whose answer it will be; another model's is another answer.
    """
    boundary = f"ITEM-{sha256(f'{item.title}|{item.body}'.encode('utf-8', 'replace')).hexdigest()[:20]}"
    lines = [_line(fact, known.get(key, UNKNOWN)) for key, fact in watch.facts.items()]
    return Question(
        key=question_key(item, watch, model=model),
        instructions=_template().render(subject=json.dumps(watch.title, ensure_ascii=False), facts=lines, boundary=boundary),
        item=f"{boundary}\n{_as_data(item)}\n{boundary}",
        form=form_of(watch),
    )


def question_key(item: Item, watch: Watch, *, model: str) -> str:
    """The key of a question, without the work of putting it into words.

    The values in force and the date are no part of it: what the words of a text are does not change with them, and a value that
    moved a moment ago must not make an answer useless that was waited for.
    """
    facts = [_described(fact) for fact in watch.facts.values()]
    parts = [PROMPT, model, item.title[:_LONGEST_TITLE], item.body[:_LONGEST_BODY], watch.title, facts]
    return sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def form_of(watch: Watch) -> Mapping[str, Any]:
    """The JSON Schema of an answer, in the strict form that servers enforce: every key required, no other allowed."""
    states = sorted({state.name for fact in watch.facts.values() for state in fact.states})
    entry = {
        "fact": {"type": "string", "enum": list(watch.facts)},
        "quote": {"type": "string"},
        "value": {"type": "array", "items": {"type": "string"}},
        "state": {"type": "string", "enum": ["", *states]},
        "standing": {"type": "string", "enum": [str(stance) for stance in Stance]},
        "said_by": {"type": "string"},
    }
    return _closed({"facts": {"type": "array", "items": _closed(entry)}})


def _closed(properties: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _as_data(item: Item) -> str:
    """The item as one line of JSON in which no sign stands that could end it or open another part."""
    fields = {
        "title": item.title[:_LONGEST_TITLE],
        "published": item.published.date().isoformat(),
        "text": item.body[:_LONGEST_BODY],
    }
    text = json.dumps(fields, ensure_ascii=False)
    return "".join(_ESCAPED.get(character, character) for character in text)


def _line(fact: Fact, known: Known) -> str:
    return json.dumps({**_described(fact), "value_in_force": str(known)}, ensure_ascii=False)


def _described(fact: Fact) -> dict[str, Any]:
    return {"fact": fact.key, "title": fact.title, "kind": str(fact.kind), **dict(_particulars(fact))}


def _particulars(fact: Fact) -> Iterator[tuple[str, Any]]:
    match fact.kind:
        case Kind.PERIOD:
            yield "date_of", f"the {fact.event} of it" if fact.event else ""
        case Kind.QUANTITY | Kind.MONEY:
            yield "unit", fact.unit
        case Kind.STATUS:
            yield "states", {state.name: list(state.phrases) for state in fact.states}
        case Kind.SHARE:
            return


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(  # noqa: S701 - plain words for a model, not a page
        loader=PackageLoader("monitor.readers", "prompts"), undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(f"reading-{PROMPT}.j2")
