"""Whatever stands in a rule or a seed, the answer is a rulebook or faults, never a crash."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.rulebook import Rulebook, refresh_rulebook
from tests.config.rule_files import FULL_RULE, FULL_SEED, write_full

words = st.sampled_from(["", "x", "2024", "<5", "-", "none", "../seeds", "https://[", "period", "{", "name: [x"])
anything: st.SearchStrategy[Any] = st.recursive(
    words | st.none(),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(words | st.sampled_from(["url", "kind", "value"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def places_of(node: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every node of a document but its root."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for key, inner in pairs for place in [(*way, key), *places_of(inner, (*way, key))]]


def replaced(node: Any, way: tuple[Any, ...], by: Any) -> Any:
    """The document with another node in one place."""
    if not way:
        return by
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[way[0]] = replaced(node[way[0]], way[1:], by)
    return copy


def plain(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


RULE, SEED = plain(FULL_RULE), plain(FULL_SEED)


@given(st.sampled_from(places_of(RULE)), st.sampled_from(places_of(SEED)), anything, anything)
def test_any_rule_is_read_or_has_faults(
    in_rule: tuple[Any, ...], in_seed: tuple[Any, ...], rule_node: Any, seed_node: Any
) -> None:
    with TemporaryDirectory() as folder:
        rules = write_full(Path(folder))
        (rules / "acme-plant.yaml").write_text(yaml.safe_dump(replaced(RULE, in_rule, rule_node)))
        (rules.parent / "seeds" / "acme-plant.yaml").write_text(yaml.safe_dump(replaced(SEED, in_seed, seed_node)))
        outcome = refresh_rulebook(Rulebook(watches={}), rules)
    assert outcome.faults or outcome.rulebook.watches
    assert all(fault.line and fault.column and fault.message for fault in outcome.faults)
