"""`factwatch init`: a watch by flags and by questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.rulebook import load_rulebook
from tests.cli.conftest import Command
from tests.cli.terminals import Terminal
from tests.feeds.sites import Site

TEXT = """\
Initech builds a plant

Ada Brown, president of Initech, said that its plant will open in June 2025. It will employ 300 people.
"""
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Plant news</title><link>https://news.example/</link>
<item><guid>1</guid><title>Initech \x1b[31mhires</title><link>https://news.example/1</link></item>
<item><guid>2</guid><title>Weather</title><link>https://news.example/2</link></item></channel></rss>""".replace(b"\x1b", b"")


@pytest.fixture
def news(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site with a page that names one feed."""
    monkeypatch.setenv("FACTWATCH_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    site.give("/", b"<html><head><link rel='alternate' type='application/rss+xml' href='/news.xml'></head></html>")
    site.give("/news.xml", FEED)
    return site


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def rules(factwatch: Command, tmp_path: Path) -> Path:
    """The folder of the rules, with one rule of another watch."""
    assert factwatch
    return tmp_path / "rules"


def test_flags_make_a_rule_that_is_in_order_passes_its_tests_and_knows_its_feeds(
    factwatch: Command, rules: Path, news: Site, document: Path
) -> None:
    done = factwatch(
        "init", "--subject", "Initech", "--name", "顶点", "--site", news.url("/"), "--document", str(document),
        "--published", "2024-03-08", "--notify", "desk", "--yes",
    )  # fmt: skip
    assert done.status == 0, done.err
    watch = load_rulebook(rules).watches["initech"]
    assert (watch.subject.names, watch.subject.officials) == (("Initech", "顶点"), ("Ada Brown",))
    assert [source.url for source in watch.feeds] == [news.url("/news.xml")]
    assert {key: str(one.known) for key, one in watch.baselines.items()} == {"opening": "2025-06", "jobs": "300 job"}
    assert watch.policies["opening"].notify == ("desk",)
    assert len(watch.tests) == 2
    assert factwatch("test", "--watch", "initech").status == 0
    assert "2 items, 1 about Initech" in done.out
    assert "1 watch, 2 facts, 1 feed: in order" in done.out
    assert f"next: read the two files, then FACTWATCH_RULES={rules} factwatch run" in done.out


def test_nothing_is_overwritten_and_no_id_is_given_twice(factwatch: Command, rules: Path) -> None:
    before = {path: path.read_bytes() for path in rules.parent.rglob("*.yaml")}
    refused = factwatch("init", "--subject", "Acme", "--yes")
    assert (refused.status, "is there already and is not overwritten" in refused.err) == (2, True)
    (rules / "acme.yaml").rename(rules / "other.yaml")
    (rules.parent / "seeds" / "acme.yaml").rename(rules.parent / "seeds" / "moved.yaml")
    (rules / "other.yaml").write_text((rules / "other.yaml").read_text().replace("seeds/acme", "seeds/moved"))
    refused = factwatch("init", "--subject", "Acme", "--yes")
    assert (refused.status, "choose another name with --id" in refused.err) == (2, True)
    assert len(list(rules.parent.rglob("*.yaml"))) == len(before)


def test_without_a_network_it_is_written_all_the_same_and_said(factwatch: Command, rules: Path, site: Site) -> None:
    done = factwatch(
        "init", "--subject", "Initech", "--site", site.url("/"), "--feed", site.url("/feed"), "--kind", "law", "--yes"
    )
    assert done.status == 0
    assert "no feeds from" in done.err
    assert f"{site.url('/feed')}: cannot be read now" in done.out
    watch = load_rulebook(rules).watches["initech"]
    assert [source.url for source in watch.feeds] == [site.url("/feed")]
    assert {str(one.known) for one in watch.baselines.values()} == {"unknown"}


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        ((), "give its name with --subject"),
        (("--subject", "Initech"), "or its --kind: product, works, law"),
        (("--subject", "Initech", "--kind", "lawn"), "unknown kind 'lawn'; did you mean 'law'?"),
        (("--subject", "Initech", "--kind", "law", "--feed", "ftp://a.example/"), "initech.yaml:"),
        (("--subject", "Initech", "--document", "/nowhere"), "cannot read /nowhere"),
    ],
)
def test_what_does_not_belong_in_a_rule_is_told_before_anything_is_written(
    factwatch: Command, rules: Path, flags: tuple[str, ...], why: str
) -> None:
    refused = factwatch("init", *flags, "--yes")
    assert (refused.status, why in refused.err) == (2, True), refused.err
    assert [path.name for path in rules.iterdir()] == ["acme.yaml"]


def test_questions_lead_to_the_same(rules: Path, news: Site, document: Path, tmp_path: Path) -> None:
    environment = {"FACTWATCH_DATABASE_URL": f"sqlite:///{tmp_path}/new.db", "FACTWATCH_RULES": str(rules)}
    with Terminal("init", "--published", "2024-03-08", environment=environment) as terminal:
        terminal.answer("What shall be watched?", "Initech")
        terminal.answer("Other names of it", "顶点, Initech AG")
        terminal.answer("A site or a feed", news.url("/"))
        terminal.answer("A document", str(document))
        terminal.answer("Tags of the Apprise", "")
        terminal.answer("Which of these feeds?", "all")
        terminal.answer("Which of these facts?", "7")
        terminal.answer("Which of these facts?", "1")
        assert not (rules / "initech.yaml").exists()
        terminal.answer("Write ", "y")
        assert terminal.end() == 0
        assert "1 watch, 1 fact, 1 feed: in order" in terminal.seen
    watch = load_rulebook(rules).watches["initech"]
    assert (watch.subject.names, tuple(watch.facts)) == (("Initech", "顶点", "Initech AG"), ("opening",))


def test_ctrl_c_leaves_nothing_behind(rules: Path) -> None:
    with Terminal("init", environment={"FACTWATCH_RULES": str(rules)}) as terminal:
        terminal.answer("What shall be watched?", "Initech")
        terminal.interrupt("Other names of it")
        assert terminal.end() != 0
    assert [path.name for path in rules.iterdir()] == ["acme.yaml"]
    assert [path.name for path in (rules.parent / "seeds").iterdir()] == ["acme.yaml"]
