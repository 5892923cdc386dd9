"""Claims, facts and histories for the tests of judging, with everything unsaid left plain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from monitor.core.changes import History
from monitor.core.claims import Certainty, Claim, Modality
from monitor.core.facts import Event, Fact, State
from monitor.core.items import Item
from monitor.core.judging.comparing import judge
from monitor.core.judging.deciding import Advance, advance
from monitor.core.values import Amount, Kind, Known, Value, parse_known, parse_value
from monitor.core.watches import Acceptance, Baseline, Policy, Subject, Watch
from tests.core.strategies import amounts, periods, statuses, values

WATCH = "xiaomi-ev"
START = datetime(2024, 1, 1, tzinfo=UTC)
STATES = ("none", "applied", "approved", "revoked")


def on_day(number: int) -> datetime:
    """Noon of a day of the story; the baseline is of day 0."""
    return START + timedelta(days=number, hours=12)


def fact(kind: Kind = Kind.PERIOD, *, tolerance: str | None = None) -> Fact:
    units = {Kind.QUANTITY: "vehicle/year", Kind.MONEY: "CNY", Kind.SHARE: "1"}
    return Fact(
        key="launch",
        title="Launch",
        kind=kind,
        about=("launch",),
        event=Event.START if kind is Kind.PERIOD else None,
        unit=units.get(kind, ""),
        states=tuple(State(name=name, phrases=(name,)) for name in STATES) if kind is Kind.STATUS else (),
        tolerance=None if tolerance is None else Decimal(tolerance),
    )


def value(text: str, kind: Kind = Kind.PERIOD) -> Value:
    return parse_value(text, kind, fact(kind).value_unit)


def known(text: str, kind: Kind = Kind.PERIOD) -> Known:
    return parse_known(text, kind, fact(kind).value_unit, frozenset(STATES) if kind is Kind.STATUS else None)


def item(number: str = "1", *, publisher: str = "pandaily.com", day: int = 1, body: str = "") -> Item:
    return Item(id=number, title=f"Item {number}", body=body, url="", publisher=publisher, published=on_day(day), language="en")


def claim(
    said: str | None,
    kind: Kind = Kind.PERIOD,
    *,
    modality: Modality = Modality.STATED,
    certainty: Certainty = Certainty.OFFICIAL,
    source: Item | None = None,
    **rest: Any,
) -> Claim:
    quote = f"It is {said}."
    return Claim(
        item=source or item(),
        watch=WATCH,
        fact="launch",
        value=None if said is None else value(said, kind),
        modality=modality,
        certainty=certainty,
        quote=quote,
        start=6,
        end=len(quote) - 1,
        **rest,
    )


def history(text: str = "2024-H1", kind: Kind = Kind.PERIOD) -> History:
    return History(watch=WATCH, fact="launch", baseline=known(text, kind), as_of=START)


def watch(*, policy: Policy | None = None, acceptance: Acceptance = Acceptance.AUTO, text: str = "2024-H1") -> Watch:
    return Watch(
        id=WATCH,
        title="Xiaomi EV",
        subject=Subject(names=("Xiaomi",)),
        facts={"launch": fact()},
        policies={"launch": policy or Policy()},
        baselines={"launch": Baseline(known=known(text), as_of=START.date())},
        since=START.date(),
        acceptance=acceptance,
    )


class Story:
    """A fact and what is said of it day by day, each day by another outlet unless the same is named."""

    def __init__(
        self,
        text: str = "2024-H1",
        kind: Kind = Kind.PERIOD,
        *,
        policy: Policy | None = None,
        acceptance: Acceptance = Acceptance.AUTO,
    ) -> None:
        self.kind, self.policy, self.acceptance = kind, policy or Policy(), acceptance
        self.history = history(text, kind)
        self.last = Advance(history=self.history)

    def say(
        self, said: str | None, *, day: int, by: str = "", body: str = "", read_on: int | None = None, **rest: Any
    ) -> list[str]:
        """Let an outlet say a value; what is told of it, as ``verdict value``."""
        outlet = by or f"outlet-{day}.com"
        source = item(f"{outlet}/{day}/{said}", publisher=outlet, day=day, body=body)
        one = claim(said, self.kind, source=source, **rest)
        judgement = judge(one, self.history.in_force, fact(self.kind))
        if judgement is None:
            self.last = Advance(history=self.history)
            return []
        self.last = advance(
            self.history,
            judgement,
            fact=fact(self.kind),
            policy=self.policy,
            acceptance=self.acceptance,
            now=on_day(day if read_on is None else read_on),
        )
        self.history = self.last.history
        return [f"{change.state if change.state == 'withdrawn' else change.verdict} {change.new}" for change in self.last.told]

    @property
    def in_force(self) -> str:
        return str(self.history.in_force)


# --- strategies -------------------------------------------------------------------------------------

all_amounts = amounts.map(lambda amount: Amount(low=amount.low, high=amount.high, unit="CNY", step=amount.step))
values_and_knowns = st.one_of(
    st.tuples(st.just(Kind.PERIOD), periods, st.builds(Known, value=periods)),
    st.tuples(st.just(Kind.MONEY), all_amounts, st.builds(Known, value=all_amounts)),
    st.tuples(st.just(Kind.STATUS), statuses, st.builds(Known, value=statuses)),
)


def claims_of(some: st.SearchStrategy[Value | None]) -> st.SearchStrategy[Claim]:
    """Claims with any manner, certainty and source."""
    return st.builds(
        lambda said, modality, certainty, day, outlet, confidence, **flags: Claim(
            item=item(f"{outlet}/{day}", publisher=outlet, day=day),
            watch=WATCH,
            fact="launch",
            value=said,
            modality=modality,
            certainty=certainty,
            quote=f"It is {said}.",
            start=0,
            end=2,
            confidence=confidence,
            **flags,
        ),
        some,
        st.sampled_from(Modality),
        st.sampled_from(Certainty),
        st.integers(0, 30),
        st.sampled_from(("one.com", "two.com", "three.com")),
        st.floats(0.5, 1.0),
        says_change=st.booleans(),
        is_correction=st.booleans(),
        in_title=st.booleans(),
        is_on_record=st.booleans(),
    )


few_periods = st.sampled_from(
    [value(text) for text in ("2024", "2024-H1", "2024-03", "2024-H2", "2025", "../2024-06", "2025/..")]
)
claims = claims_of(st.one_of(st.none(), few_periods))
any_claims = claims_of(st.one_of(st.none(), values))
