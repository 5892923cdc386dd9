"""Who is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.telling.routing import CONSOLE, Destination, Route, others, route

SLACK = Destination(name="slack-1", kind="Slack", tags=frozenset({"analysts"}))
MAIL = Destination(name="mailto-1", kind="E-Mail", tags=frozenset({"ops"}))
ALL = Destination(name="json-1", kind="JSON", receives_all=True)
EVERY = (SLACK, MAIL, ALL)


def test_a_tag_chooses_its_destinations_and_those_that_are_told_everything() -> None:
    assert route(["analysts"], EVERY) == Route(destinations=("json-1", "slack-1"))


def test_no_tag_means_everybody() -> None:
    assert route([], EVERY).destinations == ("json-1", "mailto-1", "slack-1")


def test_a_tag_that_nobody_has_goes_to_everybody_and_is_marked() -> None:
    assert route(["analysts", "desk"], EVERY) == Route(destinations=("json-1", "mailto-1", "slack-1"), unmatched=("desk",))


def test_without_destinations_there_is_the_console() -> None:
    assert route(["analysts"], ()) == Route(destinations=(CONSOLE,))


def test_the_death_of_a_destination_is_told_to_the_others() -> None:
    assert others("slack-1", EVERY) == ("json-1", "mailto-1")
    assert others("slack-1", [SLACK]) == (CONSOLE,)


@given(tags=st.lists(st.sampled_from(["analysts", "ops", "desk"])), there=st.lists(st.sampled_from(EVERY), unique=True))
def test_an_alert_always_goes_somewhere(tags: list[str], there: list[Destination]) -> None:
    assert route(tags, there).destinations
