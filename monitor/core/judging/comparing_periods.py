"""Comparing two periods as runs of days.

Closed periods are compared by covering. A deadline ("by June") is compared by its last day and an earliest date ("from
June") by its first, because their open side says nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

from monitor.core.judging.relations import Comparison, Relation
from monitor.core.values import DAY, EARLIEST, LATEST, Period, add_months

_MONTH = timedelta(days=31)
_EXACT = timedelta(0)


def relate_periods(said: Period, known: Period) -> Comparison:
    """Say where a period lies to the known one.

    Total. The ends of an approximate period match within a month.
    """
    slack = _MONTH if said.approximate or known.approximate else _EXACT
    if said.last is None:
        return _relate_earliest(said, known, slack)
    if said.first is None:
        return _relate_deadline(said, known, slack)
    if known.last is None:
        return _after_earliest(said, known, slack)
    if known.first is None:
        return _within_deadline(said, known, slack)
    return _relate_closed(said, known, slack)


def names_later_date(said: Period, known: Period) -> bool:
    """Whether a date is named well after the earliest one, which is all that was known.

    'August 2026' where 'not before June 2026' is known is in keeping with it, and yet another date to plan with; '20 June 2026',
    and 'August 2026' where 'from 2026' is known, only say the same more sharply.
    """
    if known.first is None or known.last is not None or said.first is None or said.last is None:
        return False
    return said.first > _end_of_unit(known.first) + (_MONTH if said.approximate or known.approximate else _EXACT)


def _ends(period: Period) -> tuple[date, date]:
    """Both ends, an open one being the edge of the calendar that we keep."""
    return period.first or EARLIEST, period.last or LATEST


def _relate_closed(said: Period, known: Period, slack: timedelta) -> Comparison:
    """'In the third quarter of 2024' where '2024-H2' is known."""
    (first, last), (known_first, known_last) = _ends(said), _ends(known)
    is_within = known_first - slack <= first and last <= known_last + slack
    # "19 December" is sharper than "around the end of the year", although both ends are near.
    if is_within and 2 * said.days < known.days:
        return Comparison(relation=Relation.INSIDE, why=f"said {said} lies inside {known}")
    if _near(first, known_first, slack) and _near(last, known_last, slack):
        return Comparison(relation=Relation.SAME, why=f"said {said} is the known {known}")
    if first - slack <= known_first and known_last <= last + slack:
        return Comparison(relation=Relation.COVERS, why=f"said {said} covers {known}")
    if is_within and said.approximate:
        return Comparison(relation=Relation.COVERS, why=f"said {said} is too soft to be sharper than {known}")
    if is_within:
        return Comparison(relation=Relation.INSIDE, why=f"said {said} lies inside {known}")
    return Comparison(relation=Relation.DIFFERS, why=f"said {said} lies outside {known}")


def _within_deadline(said: Period, known: Period, slack: timedelta) -> Comparison:
    """'In June 2025' where 'by the end of 2025' is known."""
    (first, last), (_, deadline) = _ends(said), _ends(known)
    if first > deadline + slack:
        return Comparison(relation=Relation.DIFFERS, why=f"said {said} is later than {known} allows")
    if last >= deadline - slack:
        return Comparison(relation=Relation.COVERS, why=f"said {said} holds the last day of {known}")
    return Comparison(relation=Relation.INSIDE, why=f"said {said} lies before the last day of {known}")


def _after_earliest(said: Period, known: Period, slack: timedelta) -> Comparison:
    """'In May 2027' where 'not before 2027' is known."""
    (first, last), (earliest, _) = _ends(said), _ends(known)
    if last < earliest - slack:
        return Comparison(relation=Relation.DIFFERS, why=f"said {said} is earlier than {known} allows")
    if first - slack <= earliest:
        return Comparison(relation=Relation.COVERS, why=f"said {said} holds the first day of {known}")
    return Comparison(relation=Relation.INSIDE, why=f"said {said} lies after the first day of {known}")


def _relate_deadline(said: Period, known: Period, slack: timedelta) -> Comparison:
    """'By the end of 2026': only the last day counts, so that it does not confirm a date well before it."""
    (_, last), (known_first, known_last) = _ends(said), _ends(known)
    if known.last is None:
        if last < known_first - slack:
            return Comparison(relation=Relation.DIFFERS, why=f"said {said} ends before {known} begins")
        return Comparison(relation=Relation.INSIDE, why=f"said {said} bounds {known} from the other side")
    if _near(last, known_last, slack):
        return Comparison(relation=Relation.SAME, why=f"said {said} has the last day of {known}")
    if known.first and known_first <= last < known_last:
        return Comparison(relation=Relation.INSIDE, why=f"the last day of said {said} lies inside {known}")
    direction = "later" if last > known_last else "earlier"
    return Comparison(relation=Relation.DIFFERS, why=f"the last day of said {said} is {direction} than that of {known}")


def _relate_earliest(said: Period, known: Period, slack: timedelta) -> Comparison:
    """'From June', 'not before 2027': only the first day counts, at the precision that it was said with."""
    (first, _), (known_first, known_last) = _ends(said), _ends(known)
    if known.first is None:
        if first > known_last + slack:
            return Comparison(relation=Relation.DIFFERS, why=f"said {said} begins after {known} ends")
        return Comparison(relation=Relation.INSIDE, why=f"said {said} bounds {known} from the other side")
    if _near(first, known_first, slack) or first <= known_first <= _end_of_unit(first):
        return Comparison(relation=Relation.SAME, why=f"said {said} has the first day of {known}")
    if known.last and known_first < first <= known_last:
        return Comparison(relation=Relation.INSIDE, why=f"the first day of said {said} lies inside {known}")
    direction = "later" if first > known_first else "earlier"
    return Comparison(relation=Relation.DIFFERS, why=f"the first day of said {said} is {direction} than that of {known}")


def _end_of_unit(first: date) -> date:
    """The last day of the calendar unit that a first day was most likely said as: 'from 2029', 'from June', 'from 5 June'."""
    if first.day != 1:
        return first
    return add_months(first, 12 if first.month == 1 else 1) - DAY


def _near(one: date, other: date, slack: timedelta) -> bool:
    return abs(one - other) <= slack
