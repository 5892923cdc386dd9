"""`factwatch config`: every setting, where it comes from, and no secret."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer


def config(
    output: Annotated[Literal["human", "json"], typer.Option("--format", help="How to answer.")] = "human",
) -> None:
    """Show all settings and where each comes from; secrets are masked."""
    from monitor.config.masking import shown_settings
    from monitor.config.settings import load_settings

    rows = shown_settings(load_settings())
    if output == "json":
        print(json.dumps({row.name: {"value": row.value, "origin": row.origin} for row in rows}, ensure_ascii=False, indent=2))
        return
    width = max(len(row.name) for row in rows)
    for row in rows:
        print(f"{row.name:<{width}}  {row.value or '-'}  ({row.origin})")
