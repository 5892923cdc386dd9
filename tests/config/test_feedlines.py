"""Feeds written into rule files: what was there stays, and a file with a fault is never saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import characters, lists, sampled_from, text

from monitor.config.documents import parse_document
from monitor.config.feedlines import FeedLine, add_feeds, add_to_rule
from monitor.errors import FileFaults, UserFault
from tests.cli.ledger import RULE, write_rules

NEW = (FeedLine(url="https://b.example/rss?x=1&y=2", title="B: the #1"), FeedLine(url="https://c.example/it's, {odd}"))
FEEDS = "feeds: [https://example.org/feed.xml]\n"
WRITTEN = """\
- https://b.example/rss?x=1&y=2  # B: the #1
- 'https://c.example/it''s, {odd}'
"""


def added(before: str, ending: str = "facts: {}\n") -> str:
    text = f"# top\n{before}{ending}"
    document = parse_document(text, "r.yaml", [])
    assert document is not None
    changed = add_feeds(text, document, NEW)
    assert changed.startswith("# top\n")
    assert changed.endswith(ending)
    return changed.removeprefix("# top\n").removesuffix(ending)


def indented(spaces: int) -> str:
    return "".join(" " * spaces + line for line in WRITTEN.splitlines(keepends=True))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("feeds:\n  - a  # first\n", "feeds:\n  - a  # first\n" + indented(2)),
        ("feeds:\n- a\n- {url: b}\n\n# of facts\n", f"feeds:\n- a\n- {{url: b}}\n{WRITTEN}\n# of facts\n"),
        (
            "feeds:\n    # why\n    - url: a\n      # slow\n      every: 1h\n",
            "feeds:\n    # why\n    - url: a\n      # slow\n      every: 1h\n" + indented(4),
        ),
        ("feeds:\n", "feeds:\n" + indented(2)),
        (
            "feeds: [a, {url: b}]  # two\n",
            "feeds: [https://b.example/rss?x=1&y=2, 'https://c.example/it''s, {odd}', a, {url: b}]  # two\n",
        ),
        ("feeds: []\n", "feeds: [https://b.example/rss?x=1&y=2, 'https://c.example/it''s, {odd}']\n"),
    ],
    ids=["list", "list at the margin", "entries of several lines", "empty", "flow", "empty flow"],
)
def test_feeds_stand_in_the_lists_own_style_and_comments_stay(before: str, after: str) -> None:
    assert added(before) == after


def test_a_rule_without_feeds_gets_them_at_its_end() -> None:
    document = parse_document("facts: {}", "r.yaml", [])
    assert document is not None
    assert add_feeds("facts: {}", document, NEW) == "facts: {}\nfeeds:\n" + indented(2)


def test_line_ends_stay_what_they_are() -> None:
    before = "feeds:\r\n  - a\r\nfacts: {}\r\n"
    document = parse_document(before, "r.yaml", [])
    assert document is not None
    assert add_feeds(before, document, NEW).count("\r\n") == 5


def test_what_cannot_be_added_to_is_said_with_the_lines_to_write() -> None:
    text = "{watch: w, facts: {}}"
    document = parse_document(text, "r.yaml", [])
    assert document is not None
    with pytest.raises(UserFault, match=r"write these by hand:\n  - https://b\.example/rss"):
        add_feeds(text, document, NEW)


words = text(characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@given(
    urls=lists(words, unique=True, min_size=1, max_size=3),
    title=words,
    before=sampled_from(["feeds: [a]\n", "feeds:\n- a\n", ""]),
)
def test_any_address_is_read_back_as_it_was_written(urls: list[str], title: str, before: str) -> None:
    text = before + "facts: {}\n"
    document = parse_document(text, "r.yaml", [])
    assert document is not None
    feeds = [FeedLine(url=f"https://{url}", title=title) for url in urls]
    changed = parse_document(add_feeds(text, document, feeds), "r.yaml", [])
    assert changed is not None
    assert {f"https://{url}" for url in urls} | ({"a"} if before else set()) == set(changed.get("feeds") or ())  # type: ignore[arg-type]


def test_known_feeds_are_left_out_and_the_rest_is_saved_once(tmp_path: Path) -> None:
    rule = write_rules(tmp_path) / "acme.yaml"
    rule.chmod(0o640)
    known, new = FeedLine(url="https://example.org/feed.xml"), FeedLine(url="https://b.example/")
    assert add_to_rule(rule, [known, new, new]) == (new,)
    assert rule.read_text() == RULE.replace(FEEDS, "feeds: [https://b.example/, https://example.org/feed.xml]\n")
    assert rule.stat().st_mode & 0o777 == 0o640
    assert add_to_rule(rule, [new]) == ()
    assert [path.name for path in rule.parent.iterdir()] == ["acme.yaml"]


@pytest.mark.parametrize("url", ["https://user:secret@b.example/", "nonsense", "file:///etc/passwd"])
def test_a_rule_that_would_have_a_fault_stays_as_it_was(tmp_path: Path, url: str) -> None:
    rule = write_rules(tmp_path) / "acme.yaml"
    with pytest.raises(FileFaults, match=r"rules/acme\.yaml:6:\d+: "):
        add_to_rule(rule, [FeedLine(url=url)])
    assert rule.read_text() == RULE
    assert [path.name for path in rule.parent.iterdir()] == ["acme.yaml"]


def test_behind_a_symbolic_link_the_file_is_written_and_the_link_stays(tmp_path: Path) -> None:
    rule = write_rules(tmp_path) / "acme.yaml"
    link = tmp_path / "linked.yaml"
    link.symlink_to(rule)
    assert add_to_rule(link, [FeedLine(url="https://b.example/")])
    assert link.is_symlink()
    assert "https://b.example/" in rule.read_text()
