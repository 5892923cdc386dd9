"""Texts that any database takes: a character that some refuse must not hold up the feed that has it for ever."""

from __future__ import annotations

import json
import re
from typing import Any

# An even number of backslashes before it, or the escape would be the text "\u0000" that somebody wrote.
_ESCAPED_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def storable(text: str) -> str:
    """The text without what a database refuses: NUL, and halves of surrogate pairs."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def write_json(value: Any) -> str:
    """A value as JSON in whose texts everything is storable."""
    return _ESCAPED_NUL.sub(r"\1", storable(json.dumps(value, ensure_ascii=False)))
