"""A real browser, where there is one: Debian's chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here; on Debian: apt install chromium")


@dataclass(slots=True, kw_only=True)
class Window:
    """A page of a browser, and all that it complained of.

    Attributes:
        complaints: Errors of scripts, and what the content policy refused.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, url: str) -> None:
        """Load a page and wait until its scripts have run."""
        self.page.goto(url)
        self.page.wait_for_load_state("load")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)


@contextmanager
def open_window(*, width: int = 1280, height: int = 800, scheme: str = "light") -> Iterator[Window]:
    """A browser with one empty page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        look: Any = scheme
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=look)
        page.set_default_timeout(20_000)
        window = Window(page=page)
        page.on("pageerror", lambda error: window.complaints.append(str(error)))
        page.on("console", lambda line: window.complaints.append(line.text) if line.type == "error" else None)
        try:
            yield window
        finally:
            browser.close()


def elsewhere(work: Callable[[], object]) -> None:
    """Do what has a loop of its own in another thread: Playwright's runs in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()
