"""Comparing two amounts of one unit as magnitudes, at the coarser of the two stated precisions.

A printed number has lost how precisely it was said: the zeros at the end of 200000 may be rounding or not. So the stated
step alone never makes two numbers equal; they must also be close in proportion.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitor.core.judging.relations import Comparison, Relation
from monitor.core.values import SHARE_UNIT, Amount, stated_step

_CLOSE = Decimal("0.02")  # $20bn is not $19bn, nor are 770 aircraft 800: newspapers round by less than one in a hundred
_CLOSE_ABOUT = Decimal("0.03")
_INFINITE = Decimal("Infinity")
_COUNTED_OUT = 100  # below it nobody rounds: 20 plants are not 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """How close two numbers have to be to count as one.

    Attributes:
        tolerance: The rule's own largest relative difference; it takes the place of all else.
        step: The coarser stated step.
        about: Relative difference that is forgiven whatever the step, for "about" and "nearly".
    """

    tolerance: Decimal | None
    step: Decimal
    about: Decimal

    @classmethod
    def of(cls, said: Amount, known: Amount, *, tolerance: Decimal | None, says_change: bool) -> Gauge:
        """The gauge for a pair; nothing is forgiven for an "about" where the sentence says that something changed."""
        is_soft = (said.approximate or known.approximate) and not says_change
        about = _CLOSE if said.unit == SHARE_UNIT else _CLOSE_ABOUT
        return cls(tolerance=tolerance, step=max(_step(said), _step(known)), about=about if is_soft else Decimal(0))

    def equal(self, one: Decimal, other: Decimal) -> bool:
        """Whether the two are one number, said more or less precisely."""
        apart, larger = abs(one - other), max(abs(one), abs(other))
        if self.tolerance is not None:
            return apart <= self.tolerance * larger
        within_step = 2 * apart < self.step and apart <= _CLOSE * larger
        return apart == 0 or within_step or apart <= self.about * larger


def _step(amount: Amount) -> Decimal:
    """Place of the last digit that was stated, or that the closing zeros suggest where nobody kept it."""
    ends = [end for end in (amount.low, amount.high) if end is not None]
    step = amount.step or min(stated_step(end) for end in ends)
    is_count = not amount.approximate and all(end == end.to_integral_value() and abs(end) < _COUNTED_OUT for end in ends)
    return min(step, Decimal(1)) if is_count else step


def relate_amounts(said: Amount, known: Amount, *, tolerance: Decimal | None = None, says_change: bool = False) -> Comparison:
    """Say where an amount lies to the known one; both are in one unit.

    Total. A one-ended amount is compared with that end of a range; against a single number it only has to be in keeping.

    Args:
        tolerance: Largest relative difference that is still the same number; None for the stated precision.
        says_change: The sentence says itself that the number moved, so that small differences count.
    """
    gauge = Gauge.of(said, known, tolerance=tolerance, says_change=says_change)
    if said.low is None or said.high is None:
        return _relate_bound(said, known, gauge, says_change=says_change)
    if known.low is None or known.high is None:
        return _relate_to_bound(said, known, gauge)
    low, high = gauge.equal(said.low, known.low), gauge.equal(said.high, known.high)
    if low and high:
        return Comparison(relation=Relation.SAME, why=f"said {said} is {known} at the stated precision")
    if (low or said.low < known.low) and (high or known.high < said.high):
        return Comparison(relation=Relation.COVERS, why=f"said {said} covers {known}")
    if said.low == said.high and (low or high) and not says_change:
        return Comparison(relation=Relation.COVERS, why=f"said {said} is one end of {known}")
    if (low or known.low < said.low) and (high or said.high < known.high):
        return Comparison(relation=Relation.INSIDE, why=f"said {said} lies inside {known}")
    return Comparison(relation=Relation.DIFFERS, why=f"said {said} is not {known}")


def _ends(amount: Amount) -> tuple[Decimal, Decimal]:
    """Both ends, an open one being infinite."""
    low = -_INFINITE if amount.low is None else amount.low
    return low, _INFINITE if amount.high is None else amount.high


def _relate_bound(said: Amount, known: Amount, gauge: Gauge, *, says_change: bool) -> Comparison:
    """'From 215,900 yuan', 'more than 130,000', 'up to 57 billion'."""
    is_floor = said.high is None
    bound = _ends(said)[0 if is_floor else 1]
    end, far_end = _ends(known) if is_floor else reversed(_ends(known))
    if end.is_infinite():
        is_crossed = bound > far_end if is_floor else bound < far_end
        if is_crossed and not gauge.equal(bound, far_end):
            return Comparison(relation=Relation.DIFFERS, why=f"said {said} leaves no room for {known}")
        return Comparison(relation=Relation.INSIDE, why=f"said {said} bounds {known} from the other side")
    is_single = far_end == end
    if gauge.equal(bound, end):
        if is_single and says_change:
            return Comparison(relation=Relation.DIFFERS, why=f"said {said} says that {known} no longer holds")
        return Comparison(relation=Relation.SAME, why=f"said {said} names that end of {known}")
    if is_single and (end > bound if is_floor else end < bound):
        return Comparison(relation=Relation.COVERS, why=f"said {said} is in keeping with {known}")
    return Comparison(relation=Relation.DIFFERS, why=f"said {said} is not that end of {known}")


def _relate_to_bound(said: Amount, known: Amount, gauge: Gauge) -> Comparison:
    """'13 billion' where 'more than 12 billion' is known."""
    is_floor = known.high is None
    bound = _ends(known)[0 if is_floor else 1]
    near_end, far_end = _ends(said) if is_floor else reversed(_ends(said))
    if gauge.equal(near_end, bound):
        relation = Relation.SAME if said.low == said.high else Relation.INSIDE
        return Comparison(relation=relation, why=f"said {said} begins where {known} does")
    if near_end > bound if is_floor else near_end < bound:
        return Comparison(relation=Relation.INSIDE, why=f"said {said} lies inside {known}")
    if far_end > bound if is_floor else far_end < bound:
        return Comparison(relation=Relation.COVERS, why=f"said {said} holds the end of {known}")
    return Comparison(relation=Relation.DIFFERS, why=f"said {said} lies outside {known}")
