"""Trials: sentences that would test the facts of a new rule, with what has to come of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from monitor.core.proposing.merging import Proposal
from monitor.core.values import Amount, Kind, Period, Shift, Standing, months_of

_YEAR = Shift(months=12)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A text and what has to come of it.

    Attributes:
        fact: Key of the fact that has to move; empty where all have to stay silent.
        verdict: How; empty likewise.
        value: To what, in the printed form.
    """

    text: str
    published: date
    fact: str = ""
    verdict: str = ""
    value: str = ""


def trials_of(name: str, facts: Sequence[Proposal], as_of: date) -> Iterator[Trial]:
    """Texts for the facts of a rule, the most telling first; not each of them will be read as it is meant.

    Args:
        name: Of the subject.
        as_of: When the values were true.
    """
    for proposal in facts:
        yield from _moves(name, proposal, as_of)
    for proposal in facts:
        if proposal.quote:
            yield Trial(text=_naming(name, proposal.quote), published=as_of + timedelta(days=1))


def _moves(name: str, proposal: Proposal, as_of: date) -> Iterator[Trial]:
    """A sentence in which the fact moves, or is told for the first time."""
    fact, known = proposal.fact, proposal.known
    cue, day = _cue(proposal), as_of + timedelta(days=30)
    if fact.kind is Kind.PERIOD and known.standing is Standing.EXPECTED:
        month = _later(known.value if isinstance(known.value, Period) else None, as_of)
        verb, verdict = ("has been postponed to", "changes") if known.value else ("is planned for", "new_value")
        when = f"{_MONTHS[month.month - 1]} {month.year}"
        text = f"The {cue} of {name} {verb} {when}, the company said."
        yield Trial(text=text, published=day, fact=fact.key, verdict=verdict, value=f"{month:%Y-%m}")
    elif isinstance(known.value, Amount) and known.value.low is not None and fact.kind is not Kind.SHARE:
        doubled = replace(known.value, low=known.value.low * 2, high=known.value.low * 2, approximate=False)
        amount = f"{_plain(doubled.low or Decimal(0))} {_spoken(fact.unit)}"
        text = f"The {cue} of {name} has been raised to {amount}, the company said."
        yield Trial(text=text, published=day, fact=fact.key, verdict="changes", value=str(doubled))


def _cue(proposal: Proposal) -> str:
    """What the fact is called in a sentence, with the stage or the thing that it is of."""
    title = proposal.fact.title.partition(",")[0].lower()
    return " of ".join((title, *proposal.fact.near[:1]))


def _later(period: Period | None, as_of: date) -> date:
    """A month that lies a year behind the value, or behind the day of the rule."""
    base = _YEAR.moved(period) if period else _YEAR.moved(months_of(as_of.year, as_of.month, 1))
    day = base.last or base.first or as_of
    return max(day, as_of + timedelta(days=60)).replace(day=1)


def _plain(number: Decimal) -> str:
    return f"{number:,f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:,f}"


def _spoken(unit: str) -> str:
    """A unit as a sentence has it: ``vehicle/year`` is "vehicles a year"."""
    noun, _, per = unit.partition("/")
    plural = f"{noun}s" if noun.islower() and len(noun) > 3 else noun
    return f"{plural} a {per}" if per else plural


def _naming(name: str, quote: str) -> str:
    """The sentence, with the subject in front where it speaks of it as "it" only: no item without its name is read."""
    return quote if name in quote else f"{name}: {quote}"
