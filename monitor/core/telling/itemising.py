"""A change field by field, for programs that are told of it."""

from __future__ import annotations

from monitor.core.changes import Change, ChangeState
from monitor.core.messages import Particulars
from monitor.core.telling.inert import clean, quiet_plain, web_link
from monitor.core.telling.stationery import Stationery
from monitor.core.telling.vouching import quoted_evidence


def itemise(change: Change, stationery: Stationery) -> Particulars:
    """What a message tells of a change, in printed forms; what there is not is None."""
    evidence = quoted_evidence(change)
    claim = evidence.claim if evidence else None
    can_accept = change.state in (ChangeState.CANDIDATE, ChangeState.WITHDRAWN)
    return Particulars(
        change=change.key,
        watch=change.watch,
        fact=change.fact,
        old=str(change.old),
        new=str(change.brings),
        verdict=str(change.verdict),
        certainty=str(change.certainty),
        state=str(change.state),
        # Whoever takes these may show them in a chat; the API has the very words.
        quote=quiet_plain(clean(claim.quote)) if claim else None,
        source=quiet_plain(clean(claim.item.publisher)) if claim else None,
        url=(web_link(claim.item.url) or None) if claim else None,
        published=claim.item.published.isoformat() if claim else None,
        page=stationery.change_link(change.key) or None,
        accept=(stationery.action_link("accept", change.key) or None) if can_accept else None,
        dismiss=(stationery.action_link("dismiss", change.key) or None) if change.state is not ChangeState.WITHDRAWN else None,
    )
