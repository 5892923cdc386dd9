"""When readers are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.claims import Certainty
from monitor.core.telling.grouping import (
    Grouping,
    Manner,
    Manners,
    QuietHours,
    Rhythm,
    Silence,
    decide,
    hold_for,
    hold_longer,
    is_one_message,
)

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours(begin=time(22), end=time(7))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds it
manners = st.builds(
    Manner,
    rhythm=st.sampled_from(Rhythm),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    zone=st.sampled_from([UTC, BERLIN, ZoneInfo("Asia/Shanghai")]),
    quiet=st.sampled_from([(), (NIGHT,), (NIGHT, QuietHours(begin=time(7), end=time(9)))]),
)


DAILY = Manner(rhythm=Rhythm.DAILY, at=time(8), zone=BERLIN)
HOURLY_BUT_AT_NIGHT = Manner(rhythm=Rhythm.HOURLY, quiet=(NIGHT,))


APART = Manner(rhythm=Rhythm.DAILY, group=Grouping.NOTHING)


def silent(watch: str = "") -> Manner:
    return Manner(silences=(Silence(until=at("2024-06-03T00:00+00:00"), watch=watch),))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def hold(manner: Manner, now: str) -> tuple[str, str] | None:
    found = hold_for(manner, watch="w", fact="f", now=at(now))
    return (found.until.isoformat(timespec="minutes"), found.reason) if found else None


def test_by_default_everything_is_told_at_once() -> None:
    assert hold(Manner(), "2024-06-01T23:00+00:00") is None


@pytest.mark.parametrize(
    ("manner", "now", "held"),
    [
        (DAILY, "2024-06-01T07:00+00:00", ("2024-06-02T06:00+00:00", "daily digest")),
        (DAILY, "2024-12-01T05:00+00:00", ("2024-12-01T07:00+00:00", "daily digest")),
        (Manner(rhythm=Rhythm.HOURLY, at=time(0, 15)), "2024-06-01T07:20+00:00", ("2024-06-01T08:15+00:00", "hourly digest")),
        (Manner(quiet=(NIGHT,), zone=BERLIN), "2024-06-01T21:00+00:00", ("2024-06-02T05:00+00:00", "quiet hours")),
        (Manner(quiet=(NIGHT,), zone=BERLIN), "2024-06-01T02:00+00:00", ("2024-06-01T05:00+00:00", "quiet hours")),
        (Manner(quiet=(NIGHT,), zone=BERLIN), "2024-06-01T12:00+00:00", None),
        (HOURLY_BUT_AT_NIGHT, "2024-06-01T21:30+00:00", ("2024-06-02T07:00+00:00", "hourly digest, then quiet hours")),
        (silent("w"), "2024-06-01T12:00+00:00", ("2024-06-03T00:00+00:00", "silenced")),
        (silent("other"), "2024-06-01T12:00+00:00", None),
        (silent(), "2024-06-03T00:00+00:00", None),
    ],
)  # fmt: skip
def test_a_telling_waits_for_its_reader(manner: Manner, now: str, held: tuple[str, str] | None) -> None:
    assert hold(manner, now) == held


@given(manner=manners, now=moments)
def test_what_is_held_is_held_for_two_days_at_most_and_is_told_then(manner: Manner, now: datetime) -> None:
    held = hold_for(manner, watch="w", fact="f", now=now)
    if held:
        assert now < held.until <= now + timedelta(days=2)
        again = hold_for(Manner(zone=manner.zone, quiet=manner.quiet), watch="w", fact="f", now=held.until)
        assert again is None


def test_quiet_hours_of_no_length_are_refused() -> None:
    with pytest.raises(ValueError, match="22:00"):
        QuietHours(begin=time(22), end=time(22))


def test_of_several_manners_the_promptest_counts() -> None:
    manners = Manners(by_tag={"ops": DAILY, "desk": HOURLY_BUT_AT_NIGHT})
    asked = at("2024-06-01T12:30+00:00")
    manner, held = decide(manners.of(["ops", "desk"]), watch="w", fact="f", now=asked)
    assert (manner, held and held.until) == (HOURLY_BUT_AT_NIGHT, at("2024-06-01T13:00+00:00"))
    assert decide(manners.of(["ops", "unheard of"]), watch="w", fact="f", now=asked) == (Manner(), None)
    assert manners.of([]) == (Manner(),)


@pytest.mark.parametrize("certainty", Certainty)
def test_what_is_loud_enough_breaks_through_quiet_hours_and_through_nothing_else(certainty: Certainty) -> None:
    manner = Manner(quiet=(NIGHT,), loud=Certainty.REPORTED, silences=(Silence(until=at("2024-06-03T03:00+00:00"), watch="s"),))
    told = {
        watch: hold_for(manner, watch=watch, fact="f", now=at("2024-06-01T23:00+00:00"), certainty=certainty)
        for watch in ("w", "s")
    }
    assert (told["w"] is None) == (certainty >= Certainty.REPORTED)
    assert told["s"] is not None


def test_a_silence_says_why_and_the_longest_counts() -> None:
    until = at("2024-06-03T00:00+00:00")
    silences = (Silence(until=until, reason="silenced (fair)"), Silence(until=until - timedelta(days=1), fact="f"))
    assert hold(Manner(silences=silences), "2024-06-01T12:00+00:00") == ("2024-06-03T00:00+00:00", "silenced (fair)")


def test_what_has_come_due_waits_for_no_second_digest_but_for_a_new_silence() -> None:
    due = at("2024-06-02T06:00:01+00:00")
    assert hold_longer(DAILY, watch="w", fact="f", now=due) is None
    assert hold_longer(replace(DAILY, silences=silent().silences), watch="w", fact="f", now=due) is not None


def test_a_digest_is_for_those_who_asked_and_for_heaps() -> None:
    said = [(manner, waiting, is_one_message(manner, waiting)) for manner in (Manner(), DAILY, APART) for waiting in (1, 2)]
    assert [answer for _, _, answer in said] == [False, True, True, True, False, False]
