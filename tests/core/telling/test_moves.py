"""Direction and size of a move."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.telling.moves import describe_move
from monitor.core.values import Amount, Kind, Known, Period, Value, parse_known
from monitor.core.verdicts import Verdict
from tests.core.strategies import amounts, periods

MIRROR = {"later": "earlier", "more": "less", "narrower": "wider"}


def move(old: str, new: str, kind: Kind = Kind.PERIOD, unit: str = "1", verdict: Verdict = Verdict.CHANGES) -> str:
    return describe_move(parse_known(old, kind, unit), parse_known(new, kind, unit), verdict)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2024-H1", "2024-H2", "6 months later"),
        ("2024-01", "2024-06", "5 months later"),
        ("2024-06", "2024-01", "5 months earlier"),
        ("2024-H1", "2024-11", "5 months later"),
        ("2024", "2026", "2 years later"),
        ("2024-Q1", "2025-Q2", "1 year and 3 months later"),
        ("2024-03-28", "2024-04-06", "9 days later"),
        ("2024-03-28", "2024-04-04", "1 week later"),
        ("2024-03-28", "2024-08-11", "about 4 months later"),
        ("2024-01-31", "2024-02-29", "1 month later"),
        ("2024-H1", "2024-03", "narrower: was 2024-H1"),
        ("2024-03", "2024-H1", "wider: was 2024-03"),
        ("../2024-06", "../2024-12", "6 months later"),
        ("2024/..", "2027/..", "3 years later"),
        ("2026", "2027/..", "1 year later"),
        ("2024/..", "2026-06", "narrower: was 2024/.."),
        ("2024-06", "2024-06~", "now approximate"),
        ("2024-06~", "2024-06", "no longer approximate"),
        ("../2024-06", "2026/..", "about 1 year and 6 months later"),
        ("2026/..", "../2024-06", "about 1 year and 6 months earlier"),
        ("../2024-06", "2024-03/..", "now open-ended: was ../2024-06"),
        ("2024-03/..", "../2024-06", "now a deadline: was 2024-03/.."),
        ("2024-H1", "2024-H1 (done)", "from expected to done"),
        ("2024-H1", "2024-03-28 (done)", "from expected to done, within 2024-H1"),
        ("2024-H1", "2024-08 (done)", "from expected to done, 2 months later"),
        ("2024-H1", "cancelled", "the plan is given up"),
        ("2024-H1", "unknown", "withdrawn, with nothing in its place"),
        ("unknown", "2024-H1", "first value told"),
        ("cancelled", "2024-H1", "taken up again after it was cancelled"),
    ],
)
def test_a_move_of_a_period(old: str, new: str, words: str) -> None:
    assert move(old, new) == words


@pytest.mark.parametrize(
    ("old", "new", "unit", "words"),
    [
        ("150000", "200000", "vehicle/year", "50,000 vehicle/year more (+33%)"),
        ("215900", "195900", "CNY", "20,000 CNY less (-9%)"),
        ("0", "5", "fab", "5 fab more"),
        ("1000", "1001", "job", "1 job more (+0.1%)"),
        ("15-60", "20-65", "GWh", "low end 5 GWh more (+33%), high end 5 GWh more (+8%)"),
        ("15-60", "20-80", "GWh", "low end 5 GWh more (+33%), high end 20 GWh more (+33%)"),
        ("15-60", "20-50", "GWh", "narrower: was 15-60 GWh"),
        ("20-50", "15-60", "GWh", "wider: was 20-50 GWh"),
        ("<500000", "<400000", "CNY", "100,000 CNY less (-20%)"),
        ("<500000", ">400000", "CNY", "bounded differently: was <500,000 CNY"),
        ("720000", "~720000", "m2", "now approximate"),
        ("~720000", "720000", "m2", "no longer approximate"),
    ],
)
def test_a_move_of_an_amount(old: str, new: str, unit: str, words: str) -> None:
    assert move(old, new, Kind.QUANTITY, unit) == words


def test_a_move_of_a_share_is_told_in_points() -> None:
    assert move("25%", "40%", Kind.SHARE) == "15 percentage points more"


def test_a_move_of_a_status_is_told_by_its_names() -> None:
    assert move("applied", "approved", Kind.STATUS) == "from applied to approved"


@given(old=periods, new=periods)
def test_seen_from_the_other_side_later_is_earlier(old: Period, new: Period) -> None:
    assert _direction(old, new) == _mirrored(_direction(new, old))


@given(pair=st.tuples(amounts, amounts))
def test_seen_from_the_other_side_more_is_less(pair: tuple[Amount, Amount]) -> None:
    old, new = pair
    assert _direction(old, new) == _mirrored(_direction(new, old))


@given(low=st.integers(1, 10**9), more=st.integers(1, 10**9))
def test_a_larger_number_is_more(low: int, more: int) -> None:
    old, new = (Amount(low=Decimal(n), high=Decimal(n), unit="m2") for n in (low, low + more))
    assert f"{more:,} m2 more" in describe_move(Known(value=old), Known(value=new), Verdict.CHANGES)


def _direction(old: Value, new: Value) -> list[str]:
    words = describe_move(Known(value=old), Known(value=new), Verdict.CHANGES).replace(":", "").replace(",", "").split()
    return [word for word in words if word in {*MIRROR, *MIRROR.values()}]


def _mirrored(words: list[str]) -> list[str]:
    back = MIRROR | {other: one for one, other in MIRROR.items()}
    return [back[word] for word in words]
