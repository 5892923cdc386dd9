"""Typed values of facts and their printed forms.

The printed form is the language between files, commands, the store and people; ``parse_value`` and ``str`` are
each other's inverse for every value.
"""

from __future__ import annotations

from monitor.core.values.amounts import (
    SHARE_UNIT,
    Amount,
    parse_amount,
    print_number,
    same_unit,
    singular,
    stated_step,
)
from monitor.core.values.knowns import (
    UNKNOWN,
    Kind,
    Known,
    Standing,
    Status,
    Value,
    parse_known,
    parse_value,
)
from monitor.core.values.periods import (
    DAY,
    EARLIEST,
    LATEST,
    PERIOD_FORMS,
    Period,
    Shift,
    add_months,
    month_end,
    months_of,
    parse_period,
)

__all__ = [
    "DAY",
    "EARLIEST",
    "LATEST",
    "PERIOD_FORMS",
    "SHARE_UNIT",
    "UNKNOWN",
    "Amount",
    "Kind",
    "Known",
    "Period",
    "Shift",
    "Standing",
    "Status",
    "Value",
    "add_months",
    "month_end",
    "months_of",
    "parse_amount",
    "parse_known",
    "parse_period",
    "parse_value",
    "print_number",
    "same_unit",
    "singular",
    "stated_step",
]
