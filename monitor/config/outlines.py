"""The outlines of facts that are proposed, and the menus of kinds of subject, from their table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from monitor.config.lexicons import languages, load_language, load_library, load_table
from monitor.core.proposing.menus import Menu, build_menus
from monitor.core.proposing.outlines import Outlines, build_outlines


@cache
def load_outlines() -> Outlines:
    """The outlines, with the words of fractions in all languages; read once a process."""
    fractions = {
        code: {str(word): str(value) for word, value in (load_language(code).get("amounts") or {}).get("fractions", {}).items()}
        for code in languages()
    }
    return build_outlines(load_table("proposals"), load_library().concepts, fractions)


@cache
def load_menus() -> Mapping[str, Menu]:
    """The menus by name, in the order of their table."""
    return build_menus(load_table("proposals")["menus"])
