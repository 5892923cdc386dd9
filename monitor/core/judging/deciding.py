"""Whether a rule wants to be told."""

from __future__ import annotations

from monitor.core.verdicts import Judgement
from monitor.core.watches import Policy


def is_wanted(judgement: Judgement, policy: Policy) -> bool:
    """Whether the rule would tell this on its own: its verdict is one of the rule's and enough stands behind it."""
    return judgement.verdict in policy.on and judgement.claim.certainty >= policy.certainty
