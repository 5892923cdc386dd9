"""Settling which states a rule means, by the course that all states of a fact make together.

"Open" is a bridge that may be used beside "under construction", and a question without an answer beside "recommended".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

Named = Sequence[Sequence[tuple[str, frozenset[str]]]]
"""For each state of a fact its phrases, spelled as an id, and the ids of the states of the table that they may name."""


def settle_states(named: Named, courses: Mapping[str, frozenset[str]], likely: frozenset[str]) -> list[frozenset[str]]:
    """The states of the table that each state of a fact stands for.

    Args:
        courses: What passes through a state, by its id; empty where everything does.
        likely: The courses of what the fact is about; each counts as much as all its states.

    Returns:
        In the order of the fact's states; empty where the table has none for it. No two share an id: it belongs to the one
        that names it most often.
    """
    support = [Counter(name for _, group in groups for name in group) for groups in named]
    travelled = Counter(course for count in support for course in {course for name in count for course in courses[name]})
    travelled.update(dict.fromkeys(likely, len(named)))
    chosen = [
        frozenset(name for phrase, group in groups for name in _likeliest(phrase, group, count, travelled, courses))
        for groups, count in zip(named, support, strict=True)
    ]
    return [
        frozenset(name for name in names if not _is_of_another(name, index, chosen, support))
        for index, names in enumerate(chosen)
    ]


def _likeliest(
    phrase: str, group: frozenset[str], support: Counter[str], travelled: Counter[str], courses: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Of what one phrase may name, that which most phrases of its state name, on the likeliest course, by its very name."""
    everywhere = max(travelled.values(), default=0)

    def weight(name: str) -> tuple[int, int, bool]:
        return support[name], max((travelled[course] for course in courses[name]), default=everywhere), name == phrase

    best = max(map(weight, group), default=None)
    return frozenset(name for name in group if weight(name) == best)


def _is_of_another(name: str, index: int, chosen: Sequence[frozenset[str]], support: Sequence[Counter[str]]) -> bool:
    """Whether another state names it more often, or as often and earlier in the rule."""
    return any(
        name in names and (support[other][name], -other) > (support[index][name], -index)
        for other, names in enumerate(chosen)
        if other != index
    )
