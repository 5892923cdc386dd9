"""The picture of a fact: what it shows, and that nothing of a feed comes alive in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.changes import Change, ChangeState, Evidence, History
from monitor.core.claims import Certainty
from monitor.core.values import UNKNOWN, Kind, Known, Standing
from monitor.core.verdicts import Verdict
from monitor.web.drawing import draw_timeline
from tests.core.judging.builders import START, claim, fact, known, on_day
from tests.core.strategies import values

NAMESPACE = "{http://www.w3.org/2000/svg}"


def step(
    sequence: int, brings: Known, *, day: int, state: ChangeState = ChangeState.ACCEPTED, quote: str = "So it is."
) -> Change:
    said = replace(claim("2024-H2"), quote=quote)
    return Change(
        watch="xiaomi-ev",
        fact="launch",
        sequence=sequence,
        old=UNKNOWN,
        new=brings,
        verdict=Verdict.CHANGES,
        certainty=Certainty.REPORTED,
        state=state,
        effective=on_day(day),
        learned=on_day(day),
        evidence=(Evidence(claim=said, verdict=Verdict.CHANGES),),
    )


def history(*steps: Change, baseline: Known = UNKNOWN) -> History:
    return History(watch="xiaomi-ev", fact="launch", baseline=baseline, as_of=START, changes=steps)


def picture(story: History, kind: Kind = Kind.PERIOD) -> ET.Element:
    drawn = str(draw_timeline(story, fact(kind), now=on_day(400)))
    return ET.fromstring(drawn)  # a picture that is no well-formed XML fails here


def marks(drawn: ET.Element) -> list[str]:
    """The standings of the marks, in the order of the drawing."""
    classes = [element.get("class", "") for element in drawn.iter("path")]
    return [name.removeprefix("timeline-mark is-") for name in classes if name.startswith("timeline-mark")]


def told(drawn: ET.Element) -> str:
    return "\n".join(title.text or "" for title in drawn.iter("title"))


def test_every_standing_has_a_mark_of_its_own() -> None:
    story = history(
        step(1, known("2024-H2"), day=30),
        step(2, Known(standing=Standing.CANCELLED), day=60),
        step(3, known("2025"), day=90),
        step(4, known("2025-01-15 (done)"), day=120),
        step(5, known("2026"), day=150, state=ChangeState.CANDIDATE),
        step(6, known("2023"), day=160, state=ChangeState.DISMISSED),
    )
    drawn = picture(story)
    assert sorted(marks(drawn)) == sorted(["unknown", "expected", "cancelled", "expected", "done", "waiting", "rejected"])
    shapes = {path.get("class"): (path.get("d") or "").partition("m")[2] for path in drawn.iter("path")}
    looks = [form for name, form in shapes.items() if name and name.startswith("timeline-mark") and "unknown" not in name]
    assert len(set(looks)) == len(looks), "told apart by shape, not by colour alone"


def test_a_later_date_stands_higher_and_what_was_said_later_stands_further_right() -> None:
    drawn = picture(history(step(1, known("2026"), day=200), baseline=known("2024")))
    first, second = (band for band in drawn.iter("rect"))
    assert float(second.get("y", "")) < float(first.get("y", ""))
    assert float(second.get("x", "")) == pytest.approx(float(first.get("x", "")) + float(first.get("width", "")), abs=0.2)


def test_a_vague_value_is_a_higher_band_than_a_sharp_one() -> None:
    vague, sharp = picture(history(step(1, known("2024-03"), day=20), baseline=known("2024-H1"))).iter("rect")
    assert float(vague.get("height", "")) > float(sharp.get("height", ""))


def test_hovering_shows_the_value_the_day_the_outlet_and_the_sentence() -> None:
    drawn = picture(history(step(1, known("2024-H2"), day=30, quote="It comes in the second half.")))
    words = told(drawn)
    for expected in ("2024-H2", "31 January 2024, reported", "pandaily.com", "“It comes in the second half.”"):
        assert expected in words
    assert "baseline, as of 1 January 2024" in words


def test_who_cannot_see_it_hears_the_same() -> None:
    drawn = picture(history(step(1, known("2024-H2"), day=30)))
    assert drawn.get("role") == "img"
    assert drawn.get("aria-label") == "Launch over time: unknown since 1 January 2024; 2024-H2 since 31 January 2024"


def test_the_words_of_a_feed_are_text() -> None:
    hostile = '</title></svg><script>alert(1)</script><a href="javascript:alert(2)" onload=x>'
    drawn = draw_timeline(history(step(1, known("2024-H2"), day=30, quote=hostile)), fact(), now=on_day(400))
    assert "<script" not in drawn
    assert "<a " not in drawn
    assert hostile in told(ET.fromstring(drawn))


def test_a_style_is_never_written_into_it() -> None:
    assert "style=" not in draw_timeline(history(step(1, known("2024-H2"), day=30)), fact(), now=on_day(400))


@given(kind=st.sampled_from(Kind), said=st.lists(st.none() | values, min_size=1, max_size=4), baseline=st.none() | values)
def test_whatever_a_fact_went_through_can_be_drawn(kind: Kind, said: list[object], baseline: object) -> None:
    """Also values of another kind than the rule has now, for a rule may be rewritten."""
    steps = [step(number, Known(value=value), day=number) for number, value in enumerate(said, start=1)]  # type: ignore[arg-type]
    drawn = picture(history(*steps, baseline=Known(value=baseline)), kind)  # type: ignore[arg-type]
    assert len(marks(drawn)) == len(said) + 1
    for mark in drawn.iter("rect"):
        assert 0 <= float(mark.get("x", "")) <= 720


def test_a_clock_that_was_set_back_spoils_nothing() -> None:
    drawn = draw_timeline(history(step(1, known("2024-H2"), day=30)), fact(), now=START - timedelta(days=3))
    assert "2024-H2" in drawn
