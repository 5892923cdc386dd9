"""A real browser, where there is one or can be one, driven by Playwright; run as a program it sees to that."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE = 300  # seconds for a way of installing it


def find_chromium() -> str | None:
    """The system's chromium, else Playwright's own; None where there is neither."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with suppress(Exception), sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        # Downloaded without root it may lack libraries of the system.
        return own if subprocess.run([own, "--version"], capture_output=True, check=False).returncode == 0 else None
    return None


CHROMIUM = find_chromium()

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here, and none could be installed")


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

    def sticks_out(self) -> bool:
        """Whether the page is wider than the window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@contextmanager
def open_window(*, width: int = 1280, height: int = 800, scheme: str = "light", scale: float = 1) -> Iterator[Window]:
    """A browser with one empty page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        look: Any = scheme
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=look, device_scale_factor=scale)
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


# --- installing -------------------------------------------------------------------------------------


def install_chromium() -> bool:
    """Install chromium by the first way that goes: Debian's packages where we are root, Playwright's own download.

    Returns:
        Whether there is one now. Without one the tests of the pages in a browser are skipped, all others are not.
    """
    debian = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    download = [sys.executable, "-m", "playwright", "install", "chromium"]
    is_debian = os.geteuid() == 0 and shutil.which("apt-get") is not None
    ways = [[debian], [["apt-get", "update"], debian]] if is_debian else []
    return any(all(map(_runs, way)) and find_chromium() for way in [*ways, [download]])


def _runs(command: list[str]) -> bool:
    print(f"no chromium here, trying: {' '.join(command)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=_PATIENCE, check=False)
        return done.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    if CHROMIUM is None and not install_chromium():
        print("no chromium could be installed; the tests that need one are skipped")
