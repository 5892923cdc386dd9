from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.documents import DEEPEST, LARGEST_FILE, Node, Place, parse_document, read_document
from monitor.errors import Fault

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
nodes: st.SearchStrategy[Node] = st.recursive(
    words, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4), max_leaves=12
)


@given(nodes)
def test_what_was_written_is_read(node: Node) -> None:
    faults: list[Fault] = []
    document = parse_document(yaml.safe_dump(node, default_style='"', allow_unicode=True), "x.yaml", faults)
    assert faults == []
    assert document is not None
    assert document.root == node


@given(st.text() | st.text("[]{}-:?&*!|>'\"#%@` \n\tab"))
def test_any_text_is_a_document_or_a_fault(text: str) -> None:
    faults: list[Fault] = []
    document = parse_document(text, "x.yaml", faults)
    assert document is not None or faults


def test_columns_are_counted_in_characters() -> None:
    document = parse_document("车: 小米\n量产: {售价: 𝟗, 时间: [早, 晚]}\n", "x.yaml", [])
    assert document is not None
    assert document.places["车",] == Place(1, 4)
    assert document.keys["量产", "时间"] == Place(2, 13)
    assert document.places["量产", "时间", 1] == Place(2, 21)


def test_scalars_stay_as_written_and_only_nothing_is_nothing() -> None:
    document = parse_document("[NO, 2024, 0.10, true, 2023-11-08, '', ~, null, 'null', ]", "x.yaml", [])
    assert document is not None
    assert document.root == ["NO", "2024", "0.10", "true", "2023-11-08", "", None, None, "null"]


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    faults: list[Fault] = []
    assert parse_document("\n".join(lines), "x.yaml", faults) is None
    assert [(fault.line, fault.column) for fault in faults] == [(1, 5)]


def test_endless_nesting_is_refused() -> None:
    faults: list[Fault] = []
    assert parse_document("[" * 100_000, "x.yaml", faults) is None
    assert faults[0].message.startswith(f"more than {DEEPEST} levels")


def test_a_fault_of_a_missing_value_is_told_where_it_should_be() -> None:
    document = parse_document("a:\n  b: 1\n", "x.yaml", [])
    assert document is not None
    assert str(document.fault(("a", "c"), "missing", at_key=True)) == "x.yaml:1:1: missing"
    assert str(document.fault(("a", "b", "c"), "wrong")) == "x.yaml:2:6: wrong"


def test_text_in_another_encoding_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("a: 1\nb: é".encode("latin-1"))
    faults: list[Fault] = []
    assert read_document(path, "x.yaml", faults) is None
    assert list(map(str, faults)) == ["x.yaml:2:4: this is no UTF-8; save the file as UTF-8"]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("\ufeffa: 1\n".encode())
    document = read_document(path, "x.yaml", [])
    assert document is not None
    assert (document.root, document.keys["a",]) == ({"a": "1"}, Place(1, 1))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a" * (LARGEST_FILE + 1))
    faults: list[Fault] = []
    assert read_document(path, "x.yaml", faults) is None
    assert list(map(str, faults)) == ["x.yaml: is larger than 1,000,000 bytes; split it"]
