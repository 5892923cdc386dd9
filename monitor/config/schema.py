"""The JSON Schemas with which editors complete and check; ``python -m monitor.config.schema`` writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from monitor.config.deliveries import DeliveryFile
from monitor.config.shapes import FeedEntry, RuleFile, SeedFact, SeedFile, SourceEntry

SCHEMAS: Mapping[str, type[BaseModel]] = {
    "watch.schema.json": RuleFile,
    "seed.schema.json": SeedFile,
    "delivery.schema.json": DeliveryFile,
}
_ALSO_TEXT = (FeedEntry, SourceEntry, SeedFact)


def schema_text(shape: type[BaseModel]) -> str:
    """The schema of a file as it is shipped."""
    schema = shape.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})
    for entry in _ALSO_TEXT:
        if entry.__name__ in definitions:
            definitions[entry.__name__] = {"anyOf": [{"type": ["string", "number"]}, definitions[entry.__name__]]}
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> None:
    """Write every schema into a folder."""
    for name, shape in SCHEMAS.items():
        (folder / name).write_text(schema_text(shape), encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(__file__).parent)
