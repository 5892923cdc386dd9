"""Drawing: how the value of one fact moved over time, as a picture (SVG).

To the right goes the time at which something was said, upwards what was said. Colours come from the style sheet, through
classes; nothing is told by colour alone. All text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from markupsafe import Markup

from monitor.core.changes import Change, ChangeState, History
from monitor.core.facts import Fact
from monitor.core.judging.recollecting import Stretch, stretches_of
from monitor.core.telling.inert import clean
from monitor.core.telling.vouching import quoted_evidence, sources_of
from monitor.core.telling.wording import show_day, show_known
from monitor.core.values import Amount, Kind, Known, Period, Standing, Status, Value
from monitor.web.axes import Axis, day_axis, number_axis, state_axis

_WIDTH, _LEFT, _RIGHT, _TOP = 720.0, 96.0, 16.0, 18.0
_PLOT_HEIGHT, _GAP, _LANE, _FOOT = 132.0, 6.0, 24.0, 24.0
_THINNEST, _THIN = 4.0, 12.0
_LETTER = 7.6
_LONGEST_QUOTE = 180
_MOST_OTHERS = 60

_NO_VALUE = {Standing.EXPECTED: "unknown", Standing.DONE: "unknown", Standing.CANCELLED: "cancelled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where things stand in the picture.

    Attributes:
        lanes: Names of the lanes below the plot, for what has no value.
    """

    time: Axis
    worth: Axis
    lanes: tuple[str, ...]

    @property
    def floor(self) -> float:
        """The lower edge of the plot."""
        return _TOP + _PLOT_HEIGHT

    @property
    def bottom(self) -> float:
        """The lower edge of the lanes."""
        return self.floor + _GAP + _LANE * len(self.lanes) if self.lanes else self.floor

    def lane(self, name: str) -> float:
        """The middle of a lane."""
        return self.floor + _GAP + _LANE * (self.lanes.index(name) + 0.5)

    def x(self, moment: datetime) -> float:
        """The place of a moment."""
        return _LEFT + self.time.place(_ordinal(moment)) * (_WIDTH - _LEFT - _RIGHT)

    def height(self, worth: float) -> float:
        """The place of a value's end."""
        return self.floor - self.worth.place(worth) * _PLOT_HEIGHT

    def span(self, known: Known) -> tuple[float, float]:
        """Upper and lower edge of what is known; an open end reaches the edge of the plot."""
        if known.value is None:
            middle = self.lane(_NO_VALUE[known.standing])
            return middle, middle
        low, high = _ends(known.value, self.worth)
        top = _TOP if high is None else self.height(high)
        bottom = self.floor if low is None else self.height(low)
        spare = max(0.0, _THINNEST - (bottom - top)) / 2
        return top - spare, bottom + spare


def draw_timeline(history: History, fact: Fact, *, now: datetime) -> Markup:
    """The picture of one fact, from its baseline to now.

    The value in force is a band that lasts as long as it was in force, as high as it is vague; its beginning carries a mark by
    its standing: a disc is expected, a square is done, a cross is cancelled, a ring is unknown. Values that wait are dashed
    rings, and those that were turned down small triangles. Every mark says on hover what was said, when and by whom.
    """
    stretches = stretches_of(history)
    others = [step for step in history.changes if step.state is not ChangeState.ACCEPTED][-_MOST_OTHERS:]
    frame = _frame(stretches, others, fact, now)
    parts = [
        *_grid(frame),
        *(_day_itself(frame) if fact.kind is Kind.PERIOD else ()),
        *(_riser(frame, earlier, later) for earlier, later in pairwise(stretches)),
        *(_rejected(frame, step) for step in others if step.state is not ChangeState.CANDIDATE),
        *(_waiting(frame, step) for step in others if step.state is ChangeState.CANDIDATE),
        *(_in_force(frame, stretch, now) for stretch in stretches),
        *(_label(frame, stretch, now) for stretch in stretches),
    ]
    return Markup('<svg class="timeline" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        _short(_WIDTH), _short(frame.bottom + _FOOT), _summary(stretches, fact), Markup("").join(parts)
    )


def draw_signs() -> tuple[tuple[str, Markup], ...]:
    """What each mark means, with the mark by itself: the legend of all pictures."""
    frame = Markup('<svg class="timeline-sign" viewBox="-8 -8 16 16" aria-hidden="true">{}</svg>')
    return tuple((words, frame.format(_shape(name, 0, 0))) for name, words in _MEANINGS.items())


def _summary(stretches: Sequence[Stretch], fact: Fact) -> str:
    """What the picture shows, for those who hear it."""
    told = "; ".join(f"{show_known(stretch.known)} since {show_day(stretch.since)}" for stretch in stretches)
    return f"{clean(fact.title)} over time: {told}"


# --- the frame --------------------------------------------------------------------------------------


def _frame(stretches: Sequence[Stretch], others: Sequence[Change], fact: Fact, now: datetime) -> _Frame:
    knowns = [*(stretch.known for stretch in stretches), *(step.brings for step in others)]
    moments = [*(stretch.since for stretch in stretches), *(step.effective for step in others), now]
    without = {_NO_VALUE[known.standing] for known in knowns if known.value is None}
    return _Frame(
        time=day_axis((moment.astimezone(UTC).date() for moment in moments), least_days=7, margin=0.015),
        worth=_worth_axis([known.value for known in knowns if known.value is not None], fact, now),
        lanes=tuple(name for name in ("unknown", "cancelled") if name in without),
    )


def _worth_axis(values: Iterable[Value], fact: Fact, now: datetime) -> Axis:
    """An axis for all values of a fact; without any it spans what one could be."""
    known = list(values)
    match fact.kind:
        case Kind.PERIOD:
            ends = [end for value in known if isinstance(value, Period) for end in (value.first, value.last) if end]
            return day_axis(ends or [now.date()], least_days=60, margin=0.1)
        case Kind.STATUS:
            listed = [state.name for state in fact.states]
            return state_axis([*listed, *dict.fromkeys(str(value) for value in known if str(value) not in listed)])
        case Kind.QUANTITY | Kind.MONEY | Kind.SHARE:
            amounts = [end for value in known if isinstance(value, Amount) for end in (value.low, value.high) if end is not None]
            return number_axis(amounts, fact.value_unit) if amounts else state_axis(())


def _ends(value: Value, axis: Axis) -> tuple[float | None, float | None]:
    """Low and high end of a value on its axis; None where it is open."""
    match value:
        case Period():
            first, last = value.first, value.last
            return None if first is None else float(first.toordinal()), None if last is None else last.toordinal() + 1.0
        case Amount():
            return None if value.low is None else float(value.low), None if value.high is None else float(value.high)
        case Status():
            at = next((tick.at for tick in axis.ticks if tick.label == value.name), None)
            return at, at


def _ordinal(moment: datetime) -> float:
    """A moment as a day and its part."""
    aware = moment.astimezone(UTC)
    return aware.toordinal() + (aware.hour * 60 + aware.minute) / (24 * 60)


def _grid(frame: _Frame) -> Iterator[Markup]:
    line = Markup('<path class="timeline-grid" d="M{} {}H{}"/>')
    text = Markup('<text class="timeline-name" x="{}" y="{}" text-anchor="{}">{}</text>')
    heights = [(frame.height(tick.at), tick.label) for tick in frame.worth.ticks]
    lanes = [(frame.lane(name), name) for name in frame.lanes]
    for height, label in (*heights, *lanes):
        yield line.format(_short(_LEFT), _short(height), _short(_WIDTH - _RIGHT))
        yield text.format(_short(_LEFT - 8), _short(height + 4), "end", _shortened(label, 11))
    for tick in frame.time.ticks:
        across = _LEFT + frame.time.place(tick.at) * (_WIDTH - _LEFT - _RIGHT)
        yield Markup('<path class="timeline-grid" d="M{} {}V{}"/>').format(_short(across), _short(_TOP), _short(frame.bottom))
        yield text.format(_short(across), _short(frame.bottom + 17), "middle", tick.label)


def _day_itself(frame: _Frame) -> Iterator[Markup]:
    """The slope on which the day of the telling is the day that is told: what lies above it is yet to come."""
    low, high = max(frame.time.low, frame.worth.low), min(frame.time.high, frame.worth.high)
    if high > low:
        begin, end = ((_LEFT + frame.time.place(day) * (_WIDTH - _LEFT - _RIGHT), frame.height(day)) for day in (low, high))
        hint = "On this slope the day that was told is the day of the telling; what lies above it was still to come."
        yield Markup('<path class="timeline-today" d="M{} {}L{} {}"><title>{}</title></path>').format(
            *map(_short, (*begin, *end)), hint
        )


# --- values in force --------------------------------------------------------------------------------


def _in_force(frame: _Frame, stretch: Stretch, now: datetime) -> Markup:
    return _hinted(_told(stretch), _band(frame, stretch, now), _mark(frame, stretch))


def _band(frame: _Frame, stretch: Stretch, now: datetime) -> Markup:
    (top, bottom), begin, end = frame.span(stretch.known), *_reach(frame, stretch, now)
    if stretch.known.value is None:
        form = Markup('<path class="timeline-gap is-{}" d="M{} {}H{}"/>')
        return form.format(_NO_VALUE[stretch.known.standing], *map(_short, (begin, top, end)))
    form = Markup('<rect class="timeline-band is-{}{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>')
    size = map(_short, (begin, top, max(end - begin, 1.0), bottom - top))
    return form.format(stretch.known.standing, " is-thin" if bottom - top < _THIN else "", *size)


def _reach(frame: _Frame, stretch: Stretch, now: datetime) -> tuple[float, float]:
    return frame.x(stretch.since), frame.x(stretch.until or max(now, stretch.since))


def _riser(frame: _Frame, earlier: Stretch, later: Stretch) -> Markup:
    """From one value to the next."""
    across, begin, end = frame.x(later.since), _middle(frame, earlier.known), _middle(frame, later.known)
    return Markup('<path class="timeline-riser" d="M{} {}V{}"/>').format(*map(_short, (across, begin, end)))


def _mark(frame: _Frame, stretch: Stretch) -> Markup:
    across, height = frame.x(stretch.since), _middle(frame, stretch.known)
    name = stretch.known.standing if stretch.known.value is not None else _NO_VALUE[stretch.known.standing]
    return _shape(name, across, height)


def _label(frame: _Frame, stretch: Stretch, now: datetime) -> Markup:
    """The value above its band, where there is room for it."""
    (top, _), begin, end = frame.span(stretch.known), *_reach(frame, stretch, now)
    words = show_known(stretch.known)
    if stretch.known.value is None or (len(words) + 2) * _LETTER > end - begin:
        return Markup("")
    form = Markup('<text class="timeline-value" x="{}" y="{}">{}</text>')
    return form.format(_short(begin + 9), _short(max(top - 5, 12.0)), words)


# --- values that are not in force -------------------------------------------------------------------


def _waiting(frame: _Frame, step: Change) -> Markup:
    shape = _shape("waiting", frame.x(step.effective), _middle(frame, step.brings))
    return _hinted(_told_step(step, "waits"), shape)


def _rejected(frame: _Frame, step: Change) -> Markup:
    shape = _shape("rejected", frame.x(step.effective), _middle(frame, step.brings))
    return _hinted(_told_step(step, str(step.state)), shape)


_SHAPES = {
    "expected": "M{0} {1}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "done": "M{0} {1}m-5-5h10v10h-10z",
    "cancelled": "M{0} {1}m-5-5l10 10m0-10l-10 10",
    "unknown": "M{0} {1}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "waiting": "M{0} {1}m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "rejected": "M{0} {1}m-4.5 4l4.5-8l4.5 8z",
}

_MEANINGS = {
    "expected": "expected",
    "done": "done",
    "cancelled": "given up",
    "unknown": "unknown",
    "waiting": "waits, not in force",
    "rejected": "turned down or withdrawn",
}


def _shape(name: str, across: float, height: float) -> Markup:
    path = _SHAPES[name].format(_short(across), _short(height))
    return Markup('<path class="timeline-mark is-{}" d="{}"/>').format(name, path)


def _hinted(told: str, *parts: Markup) -> Markup:
    """Parts that say something on hover."""
    return Markup("<g><title>{}</title>{}</g>").format(told, Markup("").join(parts))


def _middle(frame: _Frame, known: Known) -> float:
    top, bottom = frame.span(known)
    return (top + bottom) / 2


# --- words ------------------------------------------------------------------------------------------


def _told(stretch: Stretch) -> str:
    if stretch.step is None:
        return f"{show_known(stretch.known)}\nbaseline, as of {show_day(stretch.since)}"
    return _told_step(stretch.step, "")


def _told_step(step: Change, state: str) -> str:
    """Value, day, certainty, and the sentence that says it."""
    lines = [", ".join(filter(None, (show_known(step.brings), state))), f"{show_day(step.effective)}, {step.certainty}"]
    if behind := clean(sources_of(step)):
        lines.append(behind)
    if evidence := quoted_evidence(step):
        lines.append(f"“{_shortened(clean(evidence.claim.quote), _LONGEST_QUOTE)}”")
    return "\n".join(lines)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _short(number: float) -> str:
    """A coordinate without digits that nobody sees."""
    return f"{number:.1f}".removesuffix(".0")
