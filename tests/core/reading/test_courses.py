"""What a state means is settled by its own phrases, by the other states, and by what the fact is about."""

from __future__ import annotations

from monitor.core.reading.courses import Named, settle_states

COURSES = {
    "opened": frozenset({"works"}),
    "talks": frozenset({"deal"}),
    "complete": frozenset({"works"}),
    "closed-deal": frozenset({"deal"}),
    "halted": frozenset[str](),
    "cancelled": frozenset[str](),
}


def settle(*states: dict[str, set[str]], likely: frozenset[str] = frozenset()) -> list[frozenset[str]]:
    named: Named = [[(phrase, frozenset(ids)) for phrase, ids in state.items()] for state in states]
    return settle_states(named, COURSES, likely)


def test_most_phrases_of_a_state_decide() -> None:
    state = {"stopped": {"halted", "cancelled"}, "scrapped": {"cancelled"}}
    assert settle(state) == [{"cancelled"}]


def test_where_phrases_do_not_decide_the_course_of_the_other_states_does() -> None:
    is_open = {"open": {"opened", "talks"}}
    assert settle(is_open, {"finished": {"complete"}})[0] == {"opened"}
    assert settle(is_open, {"closed": {"closed-deal"}})[0] == {"talks"}


def test_what_the_fact_is_about_counts_as_much_as_all_its_states() -> None:
    assert settle({"open": {"opened", "talks"}}, likely=frozenset({"deal"})) == [{"talks"}]


def test_a_state_that_everything_passes_through_is_on_every_course() -> None:
    stopped = {"stopped": {"halted", "talks"}}
    assert settle(stopped, {"finished": {"complete"}}, {"open": {"opened"}})[0] == {"halted"}


def test_its_very_name_decides_last() -> None:
    assert settle({"halted": {"halted", "cancelled"}}) == [{"halted"}]


def test_two_states_of_a_fact_never_mean_the_same() -> None:
    paused = {"paused": {"halted"}, "on-hold": {"halted"}}
    assert settle({"idle": {"halted"}}, paused) == [frozenset(), {"halted"}]
    assert settle({"idle": {"halted"}}, {"paused": {"halted"}}) == [{"halted"}, frozenset()]


def test_what_the_table_does_not_know_stands_for_nothing() -> None:
    assert settle({"electric": set()}) == [frozenset()]
