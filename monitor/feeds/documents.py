"""Documents that a watch may begin with: text, web pages and PDF, from a file or from the web, read in a worker with limits."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from monitor.errors import FeedTrouble, UserFault
from monitor.feeds.answers import read_charset
from monitor.feeds.articles import Article, extract_article
from monitor.feeds.fetching import FOR_PAGES, Fetcher, FetchRequest
from monitor.feeds.links import shown
from monitor.feeds.pages import looks_like_page, one_line, tidy
from monitor.feeds.robots import Robots
from monitor.feeds.workers import Workers

MOST_BYTES = 20_000_000
_MOST_PAGES = 200
_MOST_LETTERS = 200_000  # far more than is read of a document
_LONGEST_TITLE = 200
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_FULL_STOPS = tuple(".!?。！？:;")
_HAN = "[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_UNSPACED = re.compile(rf"(?<={_HAN})\n|\n(?={_HAN})")


def is_address(source: str) -> bool:
    """Whether a document is to be got from the web."""
    return source.lower().startswith(("http://", "https://"))


async def fetch_document(url: str, *, fetcher: Fetcher, robots: Robots, workers: Workers) -> Article:
    """Get a document from the web, with its publisher's leave.

    Raises:
        FeedTrouble: It may not be read, or there is nothing in it that can be.
    """
    if not await robots.allow(url):
        raise FeedTrouble(f"{shown(url)} may not be read: the publisher's robots.txt forbids it or cannot be read")
    request = FetchRequest(url=url, accept=f"{FOR_PAGES}, application/pdf", max_bytes=MOST_BYTES)
    answer = await fetcher.fetch(request, permits=robots.allow)
    return await read_document(answer.body, workers=workers, url=answer.url, content_type=answer.content_type)


def load_document(path: Path) -> bytes:
    """The bytes of a local document.

    Raises:
        UserFault: It cannot be read, or is too large.
    """
    if path.exists() and not path.is_file():
        raise UserFault(f"{path} is no file; name a text, an HTML page or a PDF, or its address")
    try:
        with path.open("rb") as stream:
            body = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserFault(f"cannot read {path}: {error.strerror}; name a text, an HTML page or a PDF, or its address") from error
    if len(body) > MOST_BYTES:
        raise UserFault(f"{path} is larger than {MOST_BYTES / 1e6:g} MB; name the part that tells of the subject")
    return body


async def read_document(body: bytes, *, workers: Workers, url: str = "", content_type: str = "") -> Article:
    """The text of a document, whatever it is; what it is called decides less than what it begins with.

    Raises:
        FeedTrouble: There is no text in it.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if body.lstrip()[:5] == b"%PDF-" or kind == "application/pdf":
        return await workers.run(extract_pdf, body)
    if looks_like_page(body) or "html" in kind:
        return await workers.run(extract_article, body, url=url, content_type=content_type)
    if b"\0" in body or (kind and not kind.startswith("text/")):
        raise FeedTrouble(f"the document is neither text nor a web page nor a PDF{f' but {kind}' if kind else ''}")
    return read_text(body, charset=read_charset(content_type) or "utf-8-sig")


def read_text(body: bytes, *, charset: str = "utf-8-sig") -> Article:
    """A plain text: blank lines part paragraphs, other line breaks are wrapping; a first line that is no sentence is the title.

    Raises:
        FeedTrouble: It is empty, or not in the charset.
    """
    try:
        text = body.decode(charset)
    except (UnicodeDecodeError, LookupError):
        raise FeedTrouble("the text is not UTF-8; save it as UTF-8") from None
    paragraphs = [_joined(part) for part in _BLANK_LINE.split(text.replace("\r\n", "\n").strip())]
    paragraphs = [part for part in paragraphs if part]
    if not paragraphs:
        raise FeedTrouble("the document is empty")
    first = paragraphs[0]
    has_title = len(paragraphs) > 1 and len(first) <= _LONGEST_TITLE and not first.endswith(_FULL_STOPS)
    return Article(title=first if has_title else "", text="\n".join(paragraphs[has_title:]))


def extract_pdf(body: bytes) -> Article:
    """The text of a PDF; slow on hostile input, so call it through ``Workers.run``.

    Raises:
        FeedTrouble: It is encrypted, or holds no text, as a scan does not.
    """
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(body))
    if reader.is_encrypted:
        raise FeedTrouble("the PDF is encrypted; save it without a password")
    pages: list[str] = []
    for page in reader.pages[:_MOST_PAGES]:
        pages.append(page.extract_text())
        if sum(map(len, pages)) > _MOST_LETTERS:
            break
    paragraphs = [_joined(_without_hyphens(part)) for part in _BLANK_LINE.split("\n\n".join(pages))]
    text = tidy("\n".join(paragraphs))
    if not text:
        raise FeedTrouble("the PDF holds no text; a scan has to be read by a program for it first")
    stated = reader.metadata.title if reader.metadata else None
    return Article(title=one_line(stated or ""), text=text)


def _joined(paragraph: str) -> str:
    """A paragraph in one line; scripts without spaces get none."""
    return one_line(_UNSPACED.sub("", paragraph.strip()))


def _without_hyphens(text: str) -> str:
    """Words that the end of a line parted, whole again."""
    return re.sub(r"(?<=[^\W\d_])-\n(?=[a-zß-öø-ÿ])", "", text)
