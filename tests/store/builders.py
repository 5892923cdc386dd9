"""Ready-made nouns and strategies for the store's tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import strategies as st
from sqlalchemy import Connection

from monitor.core.changes import Change, ChangeState, Decider, Evidence, History
from monitor.core.claims import Certainty, Claim, Modality, Sight
from monitor.core.items import Item
from monitor.core.messages import Message, Occasion
from monitor.core.values import Amount, Known, Shift, Standing, Status, Value, months_of
from monitor.core.verdicts import Verdict
from monitor.core.watches import Baseline, FeedSource
from monitor.store import feeds, items
from monitor.store.sightings import Sighting
from tests.core.strategies import periods

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BASELINE = Baseline(known=Known(value=months_of(2024, 1, 6)), as_of=date(2023, 11, 8), note="said by its maker", source="a paper")


def message(key: str, occasion: Occasion = Occasion.CHANGE, title: str = "launch moved") -> Message:
    return Message(occasion=occasion, key=key, title=title, text="t", markdown="*m*", html="<p>h</p>")


def sighting(identity: str = "a", title: str = "The car comes", body: str = "In June.", **other: object) -> Sighting:
    fields = {"url": "https://example.org/a", "publisher": "example.org", "published": NOW, "language": "en", **other}
    return Sighting(identity=identity, title=title, body=body, **fields)  # type: ignore[arg-type]


def add_feed(connection: Connection, url: str = "https://example.org/feed") -> int:
    return feeds.sync(connection, [FeedSource(url=url)], now=NOW)[url, None]


def add_item(connection: Connection, **fields: object) -> Item:
    feed_id = add_feed(connection)
    return items.store(connection, feed_id, [sighting(**fields)], now=NOW)[0].item  # type: ignore[arg-type]


def claim(item: Item, fact: str = "launch") -> Claim:
    return Claim(
        item=item,
        watch="car",
        fact=fact,
        value=months_of(2024, 7, 6),
        modality=Modality.PLANNED,
        certainty=Certainty.REPORTED,
        quote=item.title,
        start=4,
        end=7,
        in_title=True,
    )


def change(sequence: int, evidence: tuple[Evidence, ...] = (), fact: str = "launch") -> Change:
    return Change(
        watch="car",
        fact=fact,
        sequence=sequence,
        old=BASELINE.known,
        new=Known(value=months_of(2024 + sequence, 7, 6)),
        verdict=Verdict.CHANGES,
        certainty=Certainty.REPORTED,
        state=ChangeState.CANDIDATE,
        effective=NOW,
        learned=NOW,
        evidence=evidence,
    )


# --- strategies -------------------------------------------------------------------------------------

# Hours that a zone skips or has twice equal nothing in another zone (PEP 495), so offsets are fixed here.
OFFSETS = st.builds(timezone, st.integers(-720, 840).map(lambda minutes: timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=OFFSETS)  # noqa: DTZ001
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
NUMBERS = st.decimals(Decimal("-1e12"), Decimal("1e12"), allow_nan=False, places=3)
STEPS = st.sampled_from([Decimal("0.1"), Decimal(1), Decimal("1E+4"), Decimal(0)])


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    low, high = draw(st.none() | NUMBERS), draw(st.none() | NUMBERS)
    if low is None and high is None:
        low = draw(NUMBERS)
    if low is not None and high is not None and high < low:
        low, high = high, low
    unit = draw(st.sampled_from(["m2", "vehicle/year", "CNY", "person", "1"]))
    return Amount(low=low, high=high, unit=unit, step=draw(STEPS), approximate=draw(st.booleans()))


STATUSES = st.builds(Status, name=st.sampled_from(["approved", "applied", "unknown", "cancelled", "2024", "none (yet)", "获批"]))
SHIFTS = st.builds(Shift, months=st.integers(-60, 60), days=st.integers(-60, 60))
VALUES: st.SearchStrategy[Value] = periods | amounts() | STATUSES
KNOWNS = st.builds(Known, value=st.none() | VALUES, standing=st.sampled_from(Standing))


@st.composite
def claims(draw: st.DrawFn, item: Item) -> Claim:
    return Claim(
        item=item,
        watch="car",
        fact="launch",
        value=draw(st.none() | VALUES),
        modality=draw(st.sampled_from(Modality)),
        certainty=draw(st.sampled_from(Certainty)),
        quote=draw(TEXTS),
        start=draw(st.integers(0, 500)),
        end=draw(st.integers(0, 500)),
        in_title=draw(st.booleans()),
        says_change=draw(st.booleans()),
        is_correction=draw(st.booleans()),
        is_on_record=draw(st.booleans()),
        moved_by=draw(st.none() | SHIFTS | amounts()),
        confidence=draw(st.floats(0, 1)),
        seen_by=draw(st.sampled_from(Sight)),
        model=draw(TEXTS),
        prompt=draw(TEXTS),
        reasons=tuple(draw(st.lists(TEXTS, max_size=3))),
    )


@st.composite
def supports(draw: st.DrawFn, stored: tuple[Item, ...]) -> Evidence:
    said = draw(claims(draw(st.sampled_from(stored))))
    return Evidence(claim=said, verdict=draw(st.sampled_from(Verdict)), is_withdrawn=draw(st.booleans()))


@st.composite
def changed(draw: st.DrawFn, sequence: int, stored: tuple[Item, ...], begin: tuple[Evidence, ...] = ()) -> Change:
    """Any state of a change whose evidence begins with as many pieces as ``begin`` has."""
    kept = tuple(draw(st.just(old) | supports(stored)) for old in begin)
    return Change(
        watch="car",
        fact="launch",
        sequence=sequence,
        old=draw(KNOWNS),
        new=draw(KNOWNS),
        verdict=draw(st.sampled_from(Verdict)),
        certainty=draw(st.sampled_from(Certainty)),
        state=draw(st.sampled_from(ChangeState)),
        effective=draw(MOMENTS),
        learned=draw(MOMENTS),
        evidence=kept + tuple(draw(st.lists(supports(stored), max_size=2))),
        is_told=draw(st.booleans()),
        decided_by=draw(st.sampled_from(Decider)),
        corrected=draw(st.none() | KNOWNS),
        note=draw(TEXTS),
    )


@st.composite
def grown(draw: st.DrawFn, history: History, stored: tuple[Item, ...]) -> History:
    """A history that the ledger may turn another into: steps altered in any way, steps added, none lost."""
    kept = [draw(st.just(old) | changed(old.sequence, stored, old.evidence)) for old in history.changes]
    fresh = [draw(changed(len(kept) + n, stored)) for n in range(1, draw(st.integers(0, 2)) + 1)]
    return History(
        watch=history.watch, fact=history.fact, baseline=history.baseline, as_of=history.as_of, changes=(*kept, *fresh)
    )
