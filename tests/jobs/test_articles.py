"""The text behind a short item is fetched once and read as part of it."""

from __future__ import annotations

from monitor.jobs.articles import joined
from monitor.store import articles
from monitor.store.articles import ArticleState
from tests.e2e.newsrooms import Newsroom, opening
from tests.jobs.rooms import Room

PAGE = """<html lang="en"><body><article><h1>Bridge</h1><p>The council met on Monday for four hours, and the harbour was full of
people who wanted to hear what would become of the road to the north.</p><p>%s</p><p>The meeting ended with a vote that nobody in
the room had expected, and the next one is a month away.</p></article></body></html>"""


def announce(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    room.clock.pass_by(days=1)
    newsroom.publish("The Harbour Bridge", "The council met about the Harbour Bridge.", published=room.clock())


def states(room: Room) -> dict[ArticleState, int]:
    with room.context.store.reading() as connection:
        return articles.count(connection)


def test_an_article_tells_what_its_feed_left_out(room: Room, newsroom: Newsroom) -> None:
    announce(room, newsroom)
    newsroom.site.give("/1", (PAGE % opening("November 2028")).encode(), headers={"Content-Type": "text/html"})
    room.poll()
    room.poll()
    assert states(room) == {ArticleState.FETCHED: 1}
    assert room.keys == ["bridge/opening#1"]
    assert sum(path == "/1" for path, _ in newsroom.site.requests) == 1


def test_an_article_that_robots_may_not_read_is_not_asked_for(room: Room, newsroom: Newsroom) -> None:
    announce(room, newsroom)
    newsroom.site.give("/robots.txt", b"User-agent: *\nDisallow: /\n")
    room.poll()
    assert not any(path == "/1" for path, _ in newsroom.site.requests)


def test_an_article_that_is_not_there_is_not_asked_for_again(room: Room, newsroom: Newsroom) -> None:
    announce(room, newsroom)
    room.poll()
    assert states(room) == {ArticleState.REFUSED: 1}


def test_a_summary_stays_beside_a_text_that_does_not_hold_it() -> None:
    assert joined("It opens in June.", "The city said:\nIt opens in June.") == "The city said:\nIt opens in June."
    assert joined("It opens in June.", "Please subscribe.") == "It opens in June.\nPlease subscribe."
