from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import BaseModel

import monitor.config
from monitor.config.fields import EXAMPLES
from monitor.config.schema import SCHEMAS, schema_text
from monitor.config.shapes import FACT_SHAPES, RuleFile

SHIPPED = Path(monitor.config.__file__).parent


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_shipped_schema_is_the_one_of_the_models(name: str) -> None:
    assert (SHIPPED / name).read_text(encoding="utf-8") == schema_text(SCHEMAS[name])


def test_the_schema_tells_the_kinds_of_facts_apart() -> None:
    schema = json.loads(schema_text(RuleFile))
    (fact,) = schema["properties"]["facts"]["patternProperties"].values()
    assert set(fact["discriminator"]["mapping"]) == set(FACT_SHAPES)
    assert all(entry.get("additionalProperties", False) is False for entry in schema["$defs"].values())


def test_every_key_has_an_example_to_show_in_a_fault() -> None:
    shapes: list[type[BaseModel]] = [RuleFile, *FACT_SHAPES.values()]
    keys = {field.alias or name for shape in shapes for name, field in shape.model_fields.items()}
    assert keys - {"accept"} <= set(EXAMPLES)
