"""Guessing which of the allowed names a person meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """The allowed name that a mistyped one is nearest to; None where none is near."""
    near = get_close_matches(name.casefold(), allowed_by_fold := {each.casefold(): each for each in allowed}, n=1, cutoff=0.7)
    return allowed_by_fold[near[0]] if near else None


def mend(name: str, allowed: Iterable[str]) -> str:
    """What would be right in the place of an unknown name: the nearest allowed one, or the list of them all."""
    names = list(allowed)
    near = nearest(name, names)
    return f"did you mean {near!r}?" if near else f"it may be {_listed(names)}"


def _listed(names: list[str]) -> str:
    """Names in a row: "a, b or c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
