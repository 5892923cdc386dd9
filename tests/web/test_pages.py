"""The pages that show: what stands on them, what they teach while there is nothing, and that no stranger's word comes alive."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from monitor.core.telling.retrying import Fate, Settle
from monitor.jobs.reloading import reload_rules
from monitor.jobs.reviewing import dismiss, set_value
from monitor.jobs.self_watching import watch_itself
from monitor.store import held, outbox
from monitor.store.outbox import DeliveryState
from tests.e2e.newsrooms import Newsroom, opening
from tests.jobs.rooms import Room, open_room
from tests.jobs.test_polling import publish
from tests.web.desks import Answer, Desk, open_desk

PATHS = ("/overview", "/watches", "/watches/bridge", "/watches/bridge/opening", "/watches/bridge/cost", "/feeds", "/deliveries")
HOSTILE = "&lt;script&gt;alert(1)&lt;/script&gt; Harbour Bridge"


class Outline(HTMLParser):
    """What a browser would make of a page: its elements, its links, and whether they are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "input", "img", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def look(desk: Desk, path: str) -> str:
    """A page's source, once it is there."""
    answer = desk.visitor().get(path, Accept="text/html")
    assert answer.status == 200, answer.text
    return answer.text


def words(source: str) -> str:
    """What a page says, without its mark-up."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", source.partition("<main")[2]))


@pytest.fixture
def told(desk: Desk, newsroom: Newsroom) -> Desk:
    """A desk on which an opening moved, was repeated, and is rumoured to move again."""
    room = desk.room
    room.poll()
    publish(room, newsroom, "November 2028")
    room.poll()
    room.clock.pass_by(days=1)
    newsroom.publish("Again", opening("November 2028"), published=room.clock())
    newsroom.publish("Rumour", "The Harbour Bridge will open in May 2030, a rumour says.", published=room.clock())
    room.poll()
    return desk


# --- every page -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_well_formed_titled_and_free_of_inline_code(told: Desk, path: str) -> None:
    source = look(told, path)
    page = Outline(source)
    assert page.open == []
    assert len(page.all("h1")) == 1
    assert "<title>" in source
    assert all("src" in script for script in page.all("script"))
    assert not [
        1 for _, attributes in page.elements if "style" in attributes or any(name.startswith("on") for name in attributes)
    ]
    assert len(source) < 150_000


@pytest.mark.parametrize("path", PATHS)
def test_a_page_can_be_used_without_eyes_and_by_keyboard(told: Desk, path: str) -> None:
    page = Outline(look(told, path))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    labels = {attributes.get("for") for attributes in page.all("label")}
    fields = [field for field in page.all("input") if field.get("type") != "hidden"]
    assert all(field.get("id") in labels for field in fields)
    assert all("scope" in heading for heading in page.all("th"))
    scrolling = [attributes for _, attributes in page.elements if "scroll" in (attributes.get("class") or "").split()]
    assert all(one.get("tabindex") == "0" and one.get("aria-label") for one in scrolling)


@pytest.mark.parametrize(
    "path", ["/watches/nothing", "/watches/bridge/nothing", "/watches/nothing/opening", "/watches/%3Cscript%3E"]
)
def test_what_is_not_there_is_said_to_be_missing(desk: Desk, path: str) -> None:
    answer = desk.visitor().get(path, Accept="text/html")
    assert answer.status == 404
    assert "<script>" not in answer.text.partition("<main")[2]


# --- overview ---------------------------------------------------------------------------------------


def test_the_overview_of_a_quiet_week_teaches(desk: Desk) -> None:
    desk.room.poll()
    said = words(look(desk, "/overview"))
    for sentence in (
        "Nothing has moved.",
        "No plan has passed its last day",
        "No plan ends so soon.",
        "Every feed could be read",
    ):
        assert sentence in said


def test_the_overview_shows_what_changed_this_week_and_no_longer_than_that(told: Desk) -> None:
    assert "2027-06 → 2028-11" in words(look(told, "/overview"))
    told.room.clock.pass_by(days=8)
    assert "2027-06 → 2028-11" not in words(look(told, "/overview"))


def test_the_overview_shows_what_is_due_soon_and_then_overdue(desk: Desk) -> None:
    set_value(desk.room.context, "bridge", "opening", "2026-06-20")
    assert re.search(r"Due within 30 days Opening of the bridge .* in 19 days", words(look(desk, "/overview")))
    desk.room.clock.pass_by(days=26)
    assert re.search(r"Overdue Opening of the bridge .* 1 week ago", words(look(desk, "/overview")))
    set_value(desk.room.context, "bridge", "opening", "2026-06-20 (done)")
    assert "No plan has passed its last day" in words(look(desk, "/overview"))


def test_the_overview_shows_what_is_unhealthy(desk: Desk, newsroom: Newsroom) -> None:
    newsroom.site.give(newsroom.path, status=500)
    desk.room.poll()
    desk.room.clock.pass_by(days=2)
    desk.room.poll()
    watch_itself(desk.room.context)
    give_up_all(desk.room)
    said = words(look(desk, "/overview"))
    for sentence in ("A feed has failed for a day", "answered 500", "1 message could not be delivered"):
        assert sentence in said


def test_rules_that_were_not_taken_are_named(desk: Desk) -> None:
    desk.room.program.rule.write_text("version: 1\nwatch: [\n", encoding="utf-8")
    reload_rules(desk.room.context)
    assert "The saved rules are not in force" in words(look(desk, "/overview"))


# --- watch ------------------------------------------------------------------------------------------


def test_a_watch_shows_each_fact_with_its_value_its_word_and_when_it_is_expected(told: Desk) -> None:
    said = words(look(told, "/watches/bridge"))
    assert "Opening of the bridge 2028-11" in said
    assert re.search(r"On the word of Outlet 1 , official", said)
    assert "Expected by 30 November 2028, in 2 years and about" not in said
    assert re.search(r"Expected by 30 November 2028, in .* years?", said)
    assert re.search(r"Waits 2030-05 , rumour", said)
    assert re.search(r"Cost of the bridge 50,000,000 USD Since 1 January 2026, the baseline", said)
    assert "City of Harbour" in said


def test_a_watch_draws_what_moved_and_says_what_did_not(told: Desk) -> None:
    page = Outline(look(told, "/watches/bridge"))
    pictures = [svg for svg in page.all("svg") if svg.get("role") == "img"]
    assert [(svg.get("aria-label") or "").partition(" over")[0] for svg in pictures] == ["Opening of the bridge"]
    assert "Nothing has been said that moves it." in words(look(told, "/watches/bridge"))


def test_a_picture_comes_by_itself_where_a_page_asks_for_it_later(told: Desk) -> None:
    source = look(told, "/watches/bridge/opening/timeline")
    assert "<html" not in source
    assert [svg.get("role") for svg in Outline(source).all("svg")] == ["img"]
    assert told.visitor().get("/watches/bridge/nothing/timeline").status == 404


def test_of_a_watch_that_moved_much_later_pictures_come_when_they_are_scrolled_to(
    told: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_value(told.room.context, "bridge", "cost", "60000000 USD")
    for drawn, later in ((8, 0), (1, 1), (0, 2)):
        monkeypatch.setattr("monitor.web.pages.watches._DRAWN_AT_ONCE", drawn)
        page = Outline(look(told, "/watches/bridge"))
        awaited = [place["hx-get"] for place in page.all("div") if place.get("hx-trigger") == "revealed"]
        assert len([svg for svg in page.all("svg") if svg.get("role") == "img"]) + len(awaited) == 2
        assert len(awaited) == later
        for path in awaited:
            assert 'role="img"' in look(told, str(path))


def test_all_watches_are_listed(told: Desk) -> None:
    source = look(told, "/watches")
    assert 'href="/watches/bridge"' in source
    assert "2 of 2 facts known, 1 feed" in words(source)
    assert "1 candidate" in words(source)


# --- fact -------------------------------------------------------------------------------------------


def test_a_fact_shows_its_whole_history_with_quotes_outlets_and_certainty(told: Desk) -> None:
    source = look(told, "/watches/bridge/opening")
    said = words(source)
    assert re.search(r"#1 2027-06 → 2028-11 accepted in force", said)
    assert re.search(r"#2 2028-11 → 2030-05 candidate", said)
    assert "baseline 2027-06 as of 1 January 2026" in said
    assert "<mark>November 2028</mark>" in source
    assert "Outlet 1" in said
    assert "rumour" in said


def test_who_repeats_a_value_speaks_for_it_and_who_names_another_against(told: Desk) -> None:
    favour, _, against = words(look(told, "/watches/bridge/opening")).partition("Said against it")
    assert "Said for it 2" in favour
    assert "May 2030" in against.partition("History")[0]


def test_who_denies_a_value_speaks_against_it(told: Desk, newsroom: Newsroom) -> None:
    told.room.clock.pass_by(days=1)
    denial = "The city denied that the Harbour Bridge will cost 50 million dollars."
    newsroom.publish("Denied", denial, published=told.room.clock())
    told.room.poll()
    against = words(look(told, "/watches/bridge/cost")).partition("Said against it")[2].partition("History")[0]
    assert denial in against
    assert "denied" in against.replace(denial, "")


def test_a_fact_can_be_seen_as_of_any_day(told: Desk) -> None:
    before = words(look(told, "/watches/bridge/opening?as_of=2026-06-01"))
    assert "As it stood at the end of 1 June 2026" in before
    assert "the baseline, as of 1 January 2026" in before
    assert "2028-11" not in before.partition("History")[2]
    after = words(look(told, "/watches/bridge/opening?as_of=2026-06-02"))
    assert re.search(r"→ 2028-11 accepted in force then", after)
    assert "2030-05" not in after
    assert "before the baseline nothing was known" in words(look(told, "/watches/bridge/opening?as_of=2025-01-01"))


def test_a_day_that_is_none_is_refused(told: Desk) -> None:
    answer = told.visitor().get("/watches/bridge/opening?as_of=soon", Accept="text/html")
    assert answer.status == 422
    assert "write year-month-day" in answer.text


def test_a_long_history_goes_on_on_the_next_page_and_ends_with_the_baseline(told: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.pages.facts._A_PAGE", 2)
    for year in (2031, 2032, 2033):
        told.room.clock.pass_by(hours=1)
        set_value(told.room.context, "bridge", "opening", str(year))
    path, seen = "/watches/bridge/opening", list[str]()
    for _ in range(3):
        source = look(told, path)
        history = words(source).partition(" History ")[2]
        seen += re.findall(r"#(\d)", history)
        onward = re.search(r'href="(\?before=\d+)#history"', source)
        assert (onward is None) == ("baseline 2027-06" in history)
        path = f"/watches/bridge/opening{onward[1]}" if onward else ""
    assert (seen, path) == (["5", "4", "3", "2", "1"], "")


def test_what_a_person_said_is_named_as_such(told: Desk) -> None:
    dismiss(told.room.context, "bridge/opening#1", note="misread")
    said = words(look(told, "/watches/bridge/opening"))
    assert re.search(r"2028-11 dismissed .* decided by a person Note: misread", said)


# --- feeds ------------------------------------------------------------------------------------------


def test_a_feed_shows_its_health_its_last_item_its_rhythm_and_when_it_is_due(told: Desk) -> None:
    said = words(look(told, "/feeds"))
    assert re.search(r"Outlet 1 .* bridge well (Again|Rumour) ", said)
    assert "3 this week, 3 in all asked every 1 second" in said


def test_a_feed_that_cannot_be_read_says_why(desk: Desk, newsroom: Newsroom) -> None:
    newsroom.site.give(newsroom.path, status=500)
    desk.room.poll()
    said = words(look(desk, "/feeds"))
    assert "1 cannot be read" in said
    assert re.search(r"failing .*500.* 1 failure in a row, since", said)


def test_a_feed_is_asked_now_on_demand_with_a_token_only(told: Desk) -> None:
    room = told.room
    room.poll()
    visitor = told.visitor()
    visitor.get("/feeds")
    path = f"/feeds/{room.feed.id}/poll"
    assert not is_due(room)
    assert visitor.send("POST", path).status == 403
    assert not is_due(room)
    assert visitor.post(path).status == 303
    assert is_due(room)
    assert visitor.post("/feeds/999/poll").status == 422


def test_a_page_with_a_script_gets_the_row_alone(told: Desk) -> None:
    told.room.poll()
    visitor = told.visitor()
    visitor.get("/feeds")
    answer = visitor.post(f"/feeds/{told.room.feed.id}/poll", HX_Request="true")
    assert answer.text.strip().startswith("<tr")
    assert "disabled" in answer.text


def test_many_feeds_are_paged_the_ill_ones_first(tmp_path: Path, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.pages.feeds.A_PAGE", 1)
    with open_room(tmp_path, newsroom.url, newsroom.site.url("/gone")) as room, open_desk(room) as desk:
        room.poll()
        first, second = (words(look(desk, f"/feeds?page={number}")) for number in (1, 2))
        assert "2 feeds, 1 cannot be read" in first
        assert ("Outlet 2" in first, "Outlet 1" in first, "Outlet 1" in second) == (True, False, True)
        assert 'rel="next"' in look(desk, "/feeds")
        assert desk.visitor().get("/feeds?page=0").status == 422


def test_an_address_is_shown_without_its_secrets(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_room(tmp_path, f"{newsroom.url}?key=s3cret") as room, open_desk(room) as desk:
        source = look(desk, "/feeds")
    assert "s3cret" not in source
    assert "key=…" in source


def is_due(room: Room) -> bool:
    return room.feed.next_due is not None and room.feed.next_due <= room.clock()


# --- deliveries -------------------------------------------------------------------------------------


def test_deliveries_that_are_none_yet_teach(desk: Desk) -> None:
    for state, lesson in {
        "": "factwatch notify --test",
        "?state=held": "delivery.yaml",
        "?state=pending": "wait for their turn",
        "?state=dead": "can be tried again",
    }.items():
        assert lesson in words(look(desk, f"/deliveries{state}"))


def test_a_delivery_shows_its_state_its_destination_and_its_tries(told: Desk) -> None:
    said = words(look(told, "/deliveries"))
    assert re.search(r"change pending .*console next try", said)


def test_what_is_held_says_until_when_and_why(told: Desk) -> None:
    context = told.room.context
    until = context.now() + timedelta(days=2)
    with context.store.transaction() as connection:
        held.hold(connection, "bridge/opening#1", until=until, reason="quiet hours", now=context.now())
    source = look(told, "/deliveries?state=held")
    assert "bridge/opening#1 quiet hours all that the rule names" in words(source)
    assert until.isoformat() in source


def give_up_all(room: Room) -> None:
    """No service took what is in the outbox."""
    context = room.context
    with context.store.transaction() as connection:
        for delivery in outbox.lease_due(connection, now=context.now(), lease=timedelta(minutes=1), limit=99):
            outbox.settle(connection, delivery.id, Settle(fate=Fate.DEAD, detail="404 Not Found"), now=context.now())


def dead_ids(room: Room) -> list[int]:
    with room.context.store.reading() as connection:
        return [record.delivery.id for record in outbox.list_newest(connection, states=[DeliveryState.DEAD])]


def test_a_dead_delivery_says_why_and_is_tried_again_on_demand(told: Desk) -> None:
    give_up_all(told.room)
    dead, *_ = dead_ids(told.room)
    visitor = told.visitor()
    assert "404 Not Found" in words(visitor.get("/deliveries?state=dead").text)
    assert visitor.send("POST", f"/deliveries/{dead}/retry").status == 403
    assert dead in dead_ids(told.room)
    answer = visitor.post(f"/deliveries/{dead}/retry", HX_Request="true")
    assert "pending" in words(f"<main>{answer.text}")
    assert dead not in dead_ids(told.room)
    assert visitor.post(f"/deliveries/{dead}/retry").status == 422


def test_all_dead_deliveries_are_tried_again_at_once(told: Desk) -> None:
    give_up_all(told.room)
    visitor = told.visitor()
    visitor.get("/deliveries")
    assert visitor.post("/deliveries/retry").status == 303
    assert dead_ids(told.room) == []


def test_there_are_no_other_states(desk: Desk) -> None:
    assert desk.visitor().get("/deliveries?state=lost").status == 422


# --- strangers --------------------------------------------------------------------------------------


@pytest.fixture
def attacked(desk: Desk, newsroom: Newsroom) -> Desk:
    """A feed whose every word would like to be code."""
    room = desk.room
    room.poll()
    room.clock.pass_by(days=1)
    date = f"{room.clock():%a, %d %b %Y %H:%M:%S +0000}"
    newsroom.items.append(
        f"<item><guid isPermaLink='false'>x</guid><title>{HOSTILE}</title><link>javascript:alert(2)</link>"
        f"<description>{HOSTILE} will open in May 2029, the city said.</description><pubDate>{date}</pubDate></item>"
    )
    room.poll()
    assert room.values() == ["2029-05"]
    return desk


def test_the_words_of_feeds_are_never_mark_up_and_their_hostile_links_are_no_links(attacked: Desk) -> None:
    for path in PATHS:
        page = Outline(look(attacked, path))
        assert all((script.get("src") or "").startswith("/static/") for script in page.all("script"))
        for link in page.all("a"):
            assert re.match(r"(/|#|https?://)", link.get("href") or ""), link


def test_what_strangers_wrote_is_still_shown(attacked: Desk) -> None:
    answer: Answer = attacked.visitor().get("/watches/bridge/opening")
    assert "May 2029" in answer.text
