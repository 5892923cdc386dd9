"""Many changes in one message."""

from __future__ import annotations

from dataclasses import replace

from monitor.core.changes import ChangeState
from monitor.core.telling.digests import Told, digest_message
from monitor.core.values import EARLIEST
from monitor.core.verdicts import Verdict
from tests.core.telling.samples import CHANGE, STATIONERY, WATCH, evidence, history, later

MARCH = later(CHANGE, "2024-03", day=20, evidence=(evidence(publisher="Reuters", day=20),))
DONE = later(MARCH, "2024-03-28 (done)", day=28, evidence=(evidence(publisher="36Kr", day=28),), verdict=Verdict.COMPLETED)
STORY = history(CHANGE, MARCH, DONE)


def digest(*told: Told, limit: int = 10_000) -> str:
    message = digest_message(
        told, key="digest/first-start", occasion="What happened since the baseline", stationery=STATIONERY, limit=limit
    )
    assert message.key in message.markdown
    assert message.key in message.html
    return message.text


def test_a_fact_is_told_by_its_path_from_the_baseline_to_the_present() -> None:
    assert digest(Told(watch=WATCH, history=STORY)) == (
        "What happened since the baseline: 3 changes of 1 fact\n"
        "\n"
        "Xiaomi's electric car\n"
        "\n"
        "  Start of mass production\n"
        "       2024-H1  (Pandaily, 8 November 2023)\n"
        "    -> 2024-H2  (CnEVPost, 10 January 2024)\n"
        "    -> 2024-03  (Reuters, 20 January 2024)\n"
        "    -> 2024-03-28 (done)  (36Kr, 28 January 2024)\n"
        "\n"
        "Key: digest/first-start"
    )


def test_a_watch_without_a_baseline_names_no_day_for_it() -> None:
    bare = replace(WATCH, baselines={STORY.fact: replace(WATCH.baselines[STORY.fact], as_of=EARLIEST)})
    assert "       2024-H1\n" in digest(Told(watch=bare, history=STORY))


def test_a_later_digest_begins_where_the_last_one_ended() -> None:
    text = digest(Told(watch=WATCH, history=STORY, sequences=frozenset({3})))
    assert "   2024-03  (Reuters, 20 January 2024)\n    -> 2024-03-28 (done)" in text
    assert "2024-H1" not in text


def test_what_waits_is_told_as_waiting() -> None:
    waiting = replace(MARCH, state=ChangeState.CANDIDATE)
    text = digest(Told(watch=WATCH, history=history(CHANGE, waiting)))
    assert "    ?  2024-03, not in force  (Reuters, 20 January 2024)" in text


def test_watches_are_told_apart_and_facts_without_a_change_are_left_out() -> None:
    other = replace(WATCH, id="other", title="Another subject")
    text = digest(Told(watch=WATCH, history=STORY), Told(watch=other, history=STORY), Told(watch=other, history=history()))
    assert text.startswith("What happened since the baseline: 6 changes of 2 facts\n")
    assert text.count("Another subject") == 1


def test_what_does_not_fit_is_counted() -> None:
    text = digest(*[Told(watch=WATCH, history=STORY)] * 50, limit=1000)
    assert len(text) <= 1500
    shown = text.count("Start of mass production")
    assert f"... and {50 - shown} more facts: factwatch facts --history" in text


def test_no_watch_is_pushed_out_by_the_length_of_another() -> None:
    long, short = Told(watch=WATCH, history=STORY), Told(watch=replace(WATCH, title="Another subject"), history=STORY)
    text = digest(*[long] * 50, short, short, limit=2000)
    assert text.index("Xiaomi's electric car") < text.index("Another subject")
    assert text.rpartition("Another subject")[2].count("Start of mass production") == 2


def test_what_waits_can_be_decided_from_a_digest() -> None:
    waiting = later(CHANGE, "2025", day=20, state=ChangeState.CANDIDATE)
    public = replace(STATIONERY, public_url="https://watch.example", acting=lambda action, key: f"/act/{action}/{key[-1]}")
    told = Told(watch=WATCH, history=history(CHANGE, waiting))
    message = digest_message([told], key="digest/1", occasion="Today", stationery=public)
    accept, dismiss = "https://watch.example/act/accept/2", "https://watch.example/act/dismiss/2"
    assert f"       Accept:  {accept}\n       Dismiss: {dismiss}\n" in message.text
    for body in (message.markdown, message.html):
        assert accept in body
        assert dismiss in body
    assert [change.accept for change in message.changes] == [None, accept]
