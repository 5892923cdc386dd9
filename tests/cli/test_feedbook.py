"""`factwatch feeds add|discover|import|export`: feeds into the rules and out of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.feeds.opml import read_opml
from tests.cli.conftest import Command
from tests.cli.ledger import FEED, RULE
from tests.feeds.sites import RSS, Site


@pytest.fixture
def rule(factwatch: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert factwatch
    monkeypatch.setenv("FACTWATCH_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    return tmp_path / "rules" / "acme.yaml"


def test_a_feed_that_can_be_read_is_added_and_the_rule_stays_whole(factwatch: Command, rule: Path, site: Site) -> None:
    site.give("/feed", RSS)
    done = factwatch("feeds", "add", site.url(), "--watch", "acme")
    assert (done.status, f"added: {site.url()}" in done.out, "1 feed added" in done.out) == (0, True, True)
    assert rule.read_text() == RULE.replace("feeds: [", f"feeds: [{site.url()}, ")
    assert factwatch("check").status == 0
    assert "known already" in factwatch("feeds", "add", site.url(), "--watch", "acme").out


def test_a_feed_that_cannot_be_read_is_not_added_unless_untried(factwatch: Command, rule: Path, site: Site) -> None:
    site.give("/feed", RSS)
    refused = factwatch("feeds", "add", site.url(), site.url("/gone"), "--watch", "acme")
    assert (refused.status, "answered 404" in refused.err, "nothing was written" in refused.err) == (2, True, True)
    assert rule.read_text() == RULE
    assert factwatch("feeds", "add", site.url("/gone"), "--watch", "acme", "--untried").status == 0
    assert site.url("/gone") in rule.read_text()


def test_an_unknown_watch_is_the_users_fault(factwatch: Command, rule: Path) -> None:
    refused = factwatch("feeds", "add", FEED, "--watch", "amce", "--untried")
    assert (refused.status, "the watches are acme" in refused.err) == (2, True)
    assert rule.exists()


def test_the_feeds_of_a_page_are_listed(factwatch: Command, rule: Path, site: Site) -> None:
    assert rule.exists()
    site.give("/", b"<html><head><link rel='alternate' type='application/rss+xml' href='/news.xml'></head></html>")
    site.give("/news.xml", RSS)
    (row,) = factwatch("feeds", "discover", site.url("/"), "--format", "jsonl").rows
    assert row == {"url": site.url("/news.xml"), "title": "News", "items": 1, "is_named": True}
    assert "named by the page" in factwatch("feeds", "discover", site.url("/")).out
    assert factwatch("feeds", "discover", site.url("/gone")).status == 3


def test_what_is_exported_is_imported(factwatch: Command, rule: Path, tmp_path: Path) -> None:
    exported = factwatch("feeds", "export")
    assert [outline.url for outline in read_opml(exported.out.encode(), "f")] == [FEED]
    listed = tmp_path / "list.opml"
    more = "<outline xmlUrl='https://b.example/' text='B'/><outline xmlUrl='javascript:x'/></body>"
    listed.write_text(exported.out.replace("</body>", more))
    printed = factwatch("feeds", "import", str(listed))
    assert printed.out == f"feeds:\n  - {FEED}  # {FEED}\n  - https://b.example/  # B\n"
    assert "left out, no address of the web: javascript:x" in printed.err
    assert rule.read_text() == RULE
    written = factwatch("feeds", "import", str(listed), "--watch", "acme")
    assert (written.status, "1 feed added" in written.out) == (0, True)
    assert rule.read_text() == RULE.replace("feeds: [", "feeds: [https://b.example/, ")


def test_a_hostile_list_is_refused_in_one_line(factwatch: Command, rule: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.opml"
    listed.write_text("<!DOCTYPE opml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><opml>&x;</opml>")
    refused = factwatch("feeds", "import", str(listed), "--watch", "acme")
    assert (refused.status, refused.out) == (2, "")
    assert "list.opml:1:16: a document type" in refused.err
    assert rule.read_text() == RULE
    listed.write_text("<opml><body/></opml>")
    assert "names no feed" in factwatch("feeds", "import", str(listed)).err
