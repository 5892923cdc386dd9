from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from monitor.errors import FeedTrouble, UserFault
from monitor.feeds.articles import Article
from monitor.feeds.documents import extract_pdf, load_document, read_document, read_text
from monitor.feeds.workers import open_workers
from tests.feeds.papers import pdf_of


def read(body: bytes, *, content_type: str = "") -> Article:
    async def in_a_worker() -> Article:
        async with open_workers() as workers:
            return await read_document(body, workers=workers, content_type=content_type)

    return asyncio.run(in_a_worker())


def test_a_text_has_paragraphs_and_a_title_that_is_no_sentence() -> None:
    article = read_text(b"Acme builds\n\nAcme will build\na plant.\r\n\r\nIt opens in 2025.\n")
    assert (article.title, article.text) == ("Acme builds", "Acme will build a plant.\nIt opens in 2025.")
    assert read_text(b"Acme builds.\n\nMore.").title == ""
    assert read_text("顶点公司将于\n2025年投产。".encode()).text == "顶点公司将于2025年投产。"


@pytest.mark.parametrize("body", [b"", b" \n\n ", b"\xff\xfe\xfa"])
def test_what_holds_no_text_is_named(body: bytes) -> None:
    with pytest.raises(FeedTrouble):
        read_text(body)


def test_a_pdf_is_read_in_a_worker_by_what_it_begins_with() -> None:
    article = read(pdf_of("Acme will open", "its plant in 2025."), content_type="application/octet-stream")
    assert article.text == "Acme will open its plant in 2025."


def test_a_pdf_without_text_and_a_broken_one_are_named() -> None:
    with pytest.raises(FeedTrouble, match="holds no text"):
        extract_pdf(pdf_of())
    with pytest.raises(FeedTrouble, match="cannot be read"):
        read(b"%PDF-1.4\nnothing of the kind")


def test_other_kinds_are_refused() -> None:
    with pytest.raises(FeedTrouble, match="neither text nor a web page nor a PDF but image/png"):
        read(b"\x89PNG\r\n\0", content_type="image/png")


def test_a_file_that_is_none_is_the_users_to_mend(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone"):
        with pytest.raises(UserFault):
            load_document(path)
