"""The inbox in a real browser: buttons, keys, dialogs, live news, a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.core.changes import ChangeState
from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import open_room
from tests.web.browsers import Window, elsewhere, needs_browser, open_window
from tests.web.desks import Desk, open_desk
from tests.web.test_changes import hear

pytestmark = needs_browser


@pytest.fixture
def window(desk: Desk, newsroom: Newsroom) -> Iterator[Window]:
    """The inbox with two changes."""
    hear(desk.room, newsroom, "October 2027", "December 2027")
    with open_window() as window:
        window.open(f"{desk.url}/changes")
        yield window
        assert window.complaints == []


def states(desk: Desk) -> list[ChangeState]:
    return [change.state for change in desk.room.history().changes]


def see(window: Window, words: str) -> None:
    window.page.get_by_text(words, exact=True).first.wait_for()


def test_with_the_keyboard_alone_changes_are_opened_accepted_dismissed_and_undone(desk: Desk, window: Window) -> None:
    window.press("j", "a")
    see(window, "Accepted: 2027-12.")
    window.press("j", "d")
    window.page.get_by_role("heading", name="Dismiss 2027-10?").wait_for()
    window.page.keyboard.type("misread")
    window.press("Enter")
    see(window, "Dismissed: 2027-10.")
    assert states(desk) == [ChangeState.DISMISSED, ChangeState.ACCEPTED]
    assert desk.room.history().changes[0].note == "misread"
    window.press("u")
    see(window, "Undone.")
    assert states(desk) == [ChangeState.ACCEPTED, ChangeState.ACCEPTED]
    window.press("k")
    window.page.wait_for_url("**/changes/bridge/opening%232")


def test_by_button_a_change_is_accepted_dismissed_with_a_reason_and_taken_back(desk: Desk, window: Window) -> None:
    page = window.page
    page.locator("#list li a").nth(1).click()
    page.get_by_role("button", name="Accept", exact=False).first.click()
    see(window, "Accepted: 2027-10.")
    page.get_by_role("button", name="Dismiss…").click()
    page.get_by_label("Why?").fill("not about this bridge")
    page.get_by_role("dialog").get_by_role("button", name="Dismiss").click()
    see(window, "Dismissed: 2027-10.")
    see(window, "Note: not about this bridge")
    assert desk.room.history().changes[0].state is ChangeState.DISMISSED
    page.locator("#toast").get_by_role("button", name="Undo").click()
    see(window, "Undone.")
    assert states(desk) == [ChangeState.ACCEPTED, ChangeState.ACCEPTED]


def test_by_key_a_change_is_snoozed_for_as_long_as_one_chooses(window: Window) -> None:
    window.press("j", "s")
    window.page.get_by_role("heading", name="Snooze").wait_for()
    window.page.get_by_role("button", name="A week").press("Enter")
    see(window, "Silent for a week.")
    window.press("s")
    see(window, "Heard again.")


def test_by_button_a_change_is_snoozed_and_heard_again(window: Window) -> None:
    window.page.locator("#list li a").first.click()
    window.page.get_by_role("button", name="Snooze").click()
    window.page.get_by_role("button", name="3 days").click()
    see(window, "Silent for 3 days.")
    window.page.get_by_role("button", name="Hear it again").click()
    see(window, "Heard again.")


def test_a_change_that_arrives_stands_in_the_list_without_a_reload(desk: Desk, newsroom: Newsroom, window: Window) -> None:
    window.page.wait_for_function("document.title.startsWith('(2)')")
    elsewhere(lambda: hear(desk.room, newsroom, "October 2027", "December 2027", "March 2028"))
    window.page.locator("#change-bridge-opening-3").wait_for()
    window.page.wait_for_function("document.title.startsWith('(3)')")


def test_what_was_opened_is_no_longer_unread_and_back_leads_back(window: Window) -> None:
    window.page.locator("#list li a").first.click()
    window.page.locator("#change-bridge-opening-2:not(.unread)").wait_for()
    window.page.go_back()
    window.page.get_by_text("Nothing is open").wait_for()


def test_a_phone_shows_the_list_or_the_change_and_nothing_sticks_out(desk: Desk, newsroom: Newsroom) -> None:
    hear(desk.room, newsroom, "October 2027")
    with open_window(width=390, height=844) as window:
        window.open(f"{desk.url}/changes")
        window.page.locator("#list li a").first.click()
        window.page.get_by_role("button", name="Accept").wait_for()
        assert not window.page.locator("#list").is_visible()
        assert not window.sticks_out()
        window.page.get_by_role("link", name="All changes").click()
        window.page.locator("#list li a").first.wait_for()
        assert not window.sticks_out()
        assert window.complaints == []


def test_a_script_of_a_stranger_does_not_run(desk: Desk, newsroom: Newsroom) -> None:
    evil = "Harbour Bridge &lt;img src=x onerror=&quot;document.title='owned'&quot;&gt;"
    hear(desk.room, newsroom, "October 2027", title=evil)
    with open_window() as window:
        window.open(f"{desk.url}/changes/bridge/opening%231")
        window.page.get_by_role("heading", name="Who says so").wait_for()
        assert "owned" not in window.page.title()
        assert window.complaints == []


def test_who_gives_the_password_is_where_he_wanted_to_go(tmp_path: Path, newsroom: Newsroom) -> None:
    with (
        open_room(tmp_path, newsroom.url, FACTWATCH_PASSWORD="correct horse") as room,
        open_desk(room) as desk,
        open_window() as window,
    ):
        window.open(f"{desk.url}/changes?view=all")
        window.page.get_by_label("Password").fill("wrong")
        window.press("Enter")
        window.page.get_by_text("That is not the password.").wait_for()
        window.page.get_by_label("Password").fill("correct horse")
        window.press("Enter")
        window.page.wait_for_url("**/changes?view=all")
        window.page.get_by_role("button", name="Log out").click()
        window.page.wait_for_url("**/login")
