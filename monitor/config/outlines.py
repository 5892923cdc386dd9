"""The outlines of facts that are proposed, from their table."""

from __future__ import annotations

from functools import cache

from monitor.config.lexicons import languages, load_language, load_library, load_table
from monitor.core.proposing.outlines import Outlines, build_outlines


@cache
def load_outlines() -> Outlines:
    """The outlines, with the words of fractions in all languages; read once a process."""
    fractions = {
        code: {str(word): str(value) for word, value in (load_language(code).get("amounts") or {}).get("fractions", {}).items()}
        for code in languages()
    }
    return build_outlines(load_table("proposals"), load_library().concepts, fractions)
