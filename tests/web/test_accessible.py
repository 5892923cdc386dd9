"""Every page is held against axe-core's rules, in light, in dark and on a phone, and is gone through by keyboard."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from monitor.jobs.reviewing import dismiss
from monitor.jobs.signing import Action, action_path, key_of
from monitor.store import held
from monitor.web.rendering import PLACES
from tests.e2e.newsrooms import Newsroom
from tests.feeds.sites import Site
from tests.jobs.rooms import Room, open_room
from tests.web.browsers import Window, needs_browser, open_window
from tests.web.desks import Desk, open_desk
from tests.web.test_changes import hear
from tests.web.test_pages import give_up_all

pytestmark = needs_browser

PASSWORD = "correct horse"
PAGES = (
    *(place.path for place in PLACES),
    "/changes?view=snoozed",
    "/changes/bridge/opening%232",
    "/watches/bridge",
    "/watches/bridge/opening",
    "/watches/bridge/opening?as_of=2026-06-02",
    "/nothing-here",
)
DIALOGS = ("dismiss", "snooze", "correct", "keys")
_RUN = """
    async (rules) => {
      const options = rules ? { runOnly: { type: "rule", values: rules } } : { resultTypes: ["violations"] };
      const found = await axe.run(document, options);
      return found.violations
        .filter((one) => ["serious", "critical"].includes(one.impact))
        .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
    }
"""


@cache
def axe() -> str:
    """The whole of axe-core, to be evaluated in a page: the content policy lets no page load it."""
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk behind a password with something of everything: unread, dismissed, rumoured, held, dead, failing."""
    with Site() as site, socket.create_server(("127.0.0.1", 0)) as listener:
        newsroom = Newsroom(site=site)
        public = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = {"FACTWATCH_PUBLIC_URL": public, "FACTWATCH_PASSWORD": PASSWORD}
        with open_room(tmp_path_factory.mktemp("desk"), newsroom.url, site.url("/gone"), **settings) as room:
            furnish(room, newsroom)
            with open_desk(room, listener.dup()) as desk:
                yield desk


def furnish(room: Room, newsroom: Newsroom) -> None:
    hear(room, newsroom, "October 2027", "December 2027", "March 2028")
    room.clock.pass_by(hours=1)
    newsroom.publish("Whisper", "The Harbour Bridge will open in May 2030, a rumour says.", published=room.clock())
    room.poll()
    dismiss(room.context, "bridge/opening#1", note="misread")
    give_up_all(room)
    with room.context.store.transaction() as connection:
        until = room.clock() + timedelta(days=2)
        held.hold(connection, "bridge/opening#3", until=until, reason="quiet hours", now=room.clock())


def log_in(window: Window, desk: Desk) -> None:
    window.open(f"{desk.url}/login")
    window.page.get_by_label("Password").fill(PASSWORD)
    window.press("Enter")
    window.page.wait_for_url("**/changes")


def look_for_faults(window: Window, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds serious or critical in the page as it stands."""
    if not window.page.evaluate("typeof axe === 'object'"):
        window.page.evaluate(axe())
    found: list[str] = window.page.evaluate(_RUN, rules)
    return found


def faults_of(window: Window, name: str) -> dict[str, list[str]]:
    """Of a page in light, and of its colours in dark."""
    ways = {"light": look_for_faults(window)}
    window.page.emulate_media(color_scheme="dark")
    ways["dark"] = look_for_faults(window, ["color-contrast"])
    window.page.emulate_media(color_scheme="light")
    return {f"{name}, {scheme}": found for scheme, found in ways.items() if found}


def test_no_page_has_a_serious_fault(desk: Desk) -> None:
    faults: dict[str, list[str]] = {}
    with open_window() as window:
        window.open(f"{desk.url}/login")
        faults |= faults_of(window, "/login")
        log_in(window, desk)
        for path in (*PAGES, acting_link(desk)):
            window.open(f"{desk.url}{path}")
            faults |= faults_of(window, path)
    assert faults == {}


def test_no_dialog_has_a_serious_fault(desk: Desk) -> None:
    faults: dict[str, list[str]] = {}
    with open_window() as window:
        log_in(window, desk)
        window.open(f"{desk.url}/changes/bridge/opening%232")
        for name in DIALOGS:
            window.page.evaluate("name => document.getElementById(name).showModal()", name)
            faults |= faults_of(window, name)
            window.press("Escape")
    assert faults == {}


def test_on_a_phone_no_page_has_a_serious_fault_or_is_wider_than_the_screen(desk: Desk) -> None:
    faults: dict[str, list[str]] = {}
    with open_window(width=390, height=844) as window:
        log_in(window, desk)
        for path in (*PAGES, acting_link(desk)):
            window.open(f"{desk.url}{path}")
            if found := look_for_faults(window):
                faults[path] = found
            if window.sticks_out():
                faults[f"{path} is too wide"] = [str(window.page.evaluate("document.documentElement.scrollWidth"))]
    assert faults == {}


def test_on_a_phone_a_picture_begins_at_its_newest_end_and_the_navigation_shows_where_one_is(desk: Desk) -> None:
    with open_window(width=390, height=844) as window:
        log_in(window, desk)
        window.open(f"{desk.url}/watches/bridge/opening")
        rest = "picture => picture.scrollWidth - picture.clientWidth - picture.scrollLeft"
        picture = window.page.locator(".picture.scroll")
        assert picture.evaluate("picture => picture.scrollLeft") > 0
        assert picture.evaluate(rest) < 2
        window.open(f"{desk.url}/deliveries")
        edge = window.page.locator(".top [aria-current]").evaluate("place => place.getBoundingClientRect().right")
        assert edge <= 390


# --- by keyboard ------------------------------------------------------------------------------------

_STEP = """
    () => {
      const here = document.activeElement, last = window.lastFocus;
      window.lastFocus = here;
      const style = getComputedStyle(here), box = here.getBoundingClientRect();
      return {
        name: (here.getAttribute("aria-label") || here.innerText || here.name || here.tagName).trim().split("\\n")[0],
        isBody: here === document.body,
        isVisible: box.width > 1 && box.height > 1 && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
        isLater: !last || last === here || Boolean(last.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING),
      };
    }
"""


def test_tab_leads_through_a_page_in_the_order_of_reading_and_shows_where_one_is(desk: Desk) -> None:
    with open_window() as window:
        log_in(window, desk)
        for path in ("/changes/bridge/opening%232", "/watches/bridge/opening", "/feeds", "/deliveries"):
            window.open(f"{desk.url}{path}")
            steps = list(tab_through(window))
            assert steps[0]["name"] == "Skip to the content"
            assert [step["name"] for step in steps if not step["isVisible"]] == [], path
            assert [step["name"] for step in steps if not step["isLater"]] == [], path


def tab_through(window: Window) -> Iterator[dict[str, Any]]:
    """Where the Tab key leads, until it leaves the page."""
    for _ in range(80):
        window.press("Tab")
        step: dict[str, Any] = window.page.evaluate(_STEP)
        if step["isBody"]:
            return
        yield step


def test_a_dialog_is_left_by_escape_to_where_one_was(desk: Desk) -> None:
    with open_window() as window:
        log_in(window, desk)
        window.open(f"{desk.url}/changes/bridge/opening%232")
        window.page.get_by_role("button", name="Snooze").focus()
        window.press("Enter")
        window.page.get_by_role("heading", name="Snooze").wait_for()
        window.press("Escape")
        assert window.page.evaluate("document.activeElement.dataset.opens") == "snooze"


def acting_link(desk: Desk) -> str:
    """A link of a message that accepts a change."""
    context = desk.room.context
    return action_path(key_of(context.store), Action.ACCEPT, "bridge/opening#3", now=desk.room.clock())
