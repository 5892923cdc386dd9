"""`factwatch seed`: a document becomes a rule and its seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.feeds.papers import pdf_of
from tests.feeds.sites import Site

TEXT = """\
Acme builds a plant

Acme will open its plant in June 2025, the company said. It will employ 300 people. Construction began in May 2023.

Initech opened its own plant in 2022.
"""
VALUES = {"opening": "2025-06", "jobs": "300 job", "construction-start": "2023-05 (done)"}


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(TEXT)
    return path


def values(factwatch: Command, source: str, *more: str) -> dict[str, str]:
    answer = factwatch("seed", source, "--subject", "Acme", "--published", "2024-03-08", "--format", "json", *more)
    assert answer.status == 0, answer.err
    return {row["key"]: row["value"] for row in answer.json["facts"]}


def test_a_text_becomes_a_rule_that_is_in_order(factwatch: Command, document: Path, tmp_path: Path) -> None:
    seed, rule = tmp_path / "acme.yaml", tmp_path / "acme.rule.yaml"
    done = factwatch("seed", str(document), "--subject", "Acme", "--name", "顶点", "--published", "2024-03-08", "-o", str(seed))
    assert (done.status, "3 values" in done.out) == (0, True)
    assert "left out: 1 said of somebody else" in done.err
    assert "value: 2025-06\n" in seed.read_text()
    assert "names: [Acme, 顶点]" in rule.read_text()
    checked = factwatch("check", "--rules", str(rule))
    assert (checked.status, "1 watch, 3 facts, 0 feeds: in order" in checked.out) == (0, True)


def test_nothing_is_overwritten(factwatch: Command, document: Path, tmp_path: Path) -> None:
    rule = tmp_path / "acme.rule.yaml"
    rule.write_text("mine")
    refused = factwatch("seed", str(document), "--subject", "Acme", "-o", str(tmp_path / "acme.yaml"))
    assert (refused.status, "is there already and is not overwritten" in refused.err) == (2, True)
    assert (rule.read_text(), (tmp_path / "acme.yaml").exists()) == ("mine", False)


def test_without_a_file_both_are_printed(factwatch: Command, document: Path) -> None:
    done = factwatch("seed", str(document), "--subject", "Acme")
    assert (done.status, done.out.count("version: 1"), "\n---\n" in done.out) == (0, 2, True)
    assert "the document states no date" in done.err


def test_pages_and_pdfs_are_read_from_the_web(factwatch: Command, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTWATCH_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    paragraphs = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n")[1:])
    page = f"<html><head><title>Acme builds a plant</title></head><body><article>{paragraphs}</article></body></html>"
    site.give("/robots.txt", status=404)
    site.give("/news", page.encode(), headers={"Content-Type": "text/html"})
    site.give("/news.pdf", pdf_of(*TEXT.split("\n\n")[1].strip().splitlines()), headers={"Content-Type": "application/pdf"})
    assert values(factwatch, site.url("/news")) == VALUES
    assert values(factwatch, site.url("/news.pdf")) == VALUES


def test_a_place_inside_is_not_opened(factwatch: Command, site: Site) -> None:
    refused = factwatch("seed", site.url("/news"), "--subject", "Acme")
    assert (refused.status, site.requests) == (3, [])


def test_a_document_without_the_subject_is_the_users_to_mend(factwatch: Command, document: Path) -> None:
    refused = factwatch("seed", str(document.parent / "gone"), "--subject", "Acme")
    assert (refused.status, "cannot read" in refused.err) == (2, True)
    document.write_text("Nothing is told here.")
    refused = factwatch("seed", str(document), "--subject", "Acme")
    assert (refused.status, "no value in the document is told of Acme" in refused.err) == (2, True)
