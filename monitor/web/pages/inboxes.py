"""What the inbox shows of changes: gathered from the ledger and put into words, ready for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.core.changes import Change, ChangeState, Evidence, History
from monitor.core.claims import Certainty
from monitor.core.messages import Occasion
from monitor.core.telling.fitting import Quote, fit_quote
from monitor.core.telling.inert import clean
from monitor.core.telling.moves import describe_move
from monitor.core.telling.rendering import Origin, fact_title, origin_of
from monitor.core.telling.vouching import quoted_evidence
from monitor.core.telling.wording import CERTAINTIES, count_of, show_known
from monitor.core.watches import Watch
from monitor.jobs import holding_back
from monitor.jobs.context import Context
from monitor.store import changes, decisions, facts, held, inbox, outbox, snoozes
from monitor.store.engine import Connection
from monitor.store.held import HeldTelling
from monitor.store.inbox import Entry, View
from monitor.store.outbox import DeliveryRecord
from monitor.web.troubles import NotFound

PAGE = 25

TABS = {
    View.INBOX: "Inbox",
    View.WAITING: "To decide",
    View.SNOOZED: "Snoozed",
    View.DECIDED: "Decided",
    View.ALL: "All",
}
STATES = {
    ChangeState.CANDIDATE: ("to decide", "warn"),
    ChangeState.ACCEPTED: ("accepted", "good"),
    ChangeState.DISMISSED: ("dismissed", ""),
    ChangeState.WITHDRAWN: ("withdrawn", "bad"),
    ChangeState.CONFLICT: ("conflict", "warn"),
}
CERTAINTY_LOOKS = {Certainty.OFFICIAL: "good", Certainty.REPORTED: "accent", Certainty.PROPOSED: "accent", Certainty.RUMOUR: ""}
_LISTED_QUOTE, _LISTED_PUBLISHERS = 150, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A change as it stands in the list.

    Attributes:
        old: In force when it was opened.
        move: Direction and size, in words.
        state: A word and its colour.
        sources: Who says it, in one line.
    """

    key: str
    anchor: str
    watch: str
    subject: str
    fact: str
    old: str
    new: str
    move: str
    quote: Quote | None
    sources: str
    languages: tuple[str, ...]
    certainty: str
    certainty_look: str
    state: tuple[str, str]
    learned: datetime
    is_unread: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One piece of evidence.

    Attributes:
        url: As published; the template decides whether it may be linked.
    """

    publisher: str
    title: str
    url: str
    published: datetime
    language: str
    quote: Quote
    certainty: str
    is_withdrawn: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """All that a person needs to decide a change.

    Attributes:
        standing: What its state means, as a sentence.
        corrected_from: What was said, where a person put another value in its place.
        rivals: Open changes of the same fact that bring another value.
        is_kept: It was held back with others, because too many came at once.
        can_undo: The last decision can be taken back.
    """

    row: Row
    change: Change
    certainty: str
    standing: str
    in_force: str
    corrected_from: str
    origin: Origin | None
    support: tuple[Support, ...]
    rivals: tuple[Row, ...]
    tellings: tuple[HeldTelling, ...]
    deliveries: Sequence[DeliveryRecord]
    snoozed: datetime | None
    is_kept: bool
    can_undo: bool

    @property
    def can_accept(self) -> bool:
        """Accepting would bring it into force, or uphold it."""
        return not (self.can_undo and self.change.state is ChangeState.ACCEPTED)

    @property
    def can_dismiss(self) -> bool:
        """Dismissing would change anything."""
        return self.change.state is not ChangeState.DISMISSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """One page of a view.

    Attributes:
        counts: How many changes each view has.
        first: The place of the first row, counted from 1.
    """

    view: View
    watch: str
    rows: tuple[Row, ...]
    counts: dict[View, int]
    unread: int
    page: int
    subjects: dict[str, str]

    @property
    def total(self) -> int:
        """How many the view has."""
        return self.counts[self.view]

    @property
    def pages(self) -> int:
        """How many pages it takes."""
        return max(1, -(-self.total // PAGE))

    @property
    def first(self) -> int:
        """The place of the first row in the view, counted from 1."""
        return (self.page - 1) * PAGE + 1


# --- gathering --------------------------------------------------------------------------------------


def load_inbox(context: Context, view: View, *, watch: str = "", page: int = 1) -> Inbox:
    """A page of a view, of one watch or of all."""
    now, only = context.now(), watch or None
    with context.store.reading() as connection:
        entries = inbox.list_entries(connection, view, watch=only, now=now, offset=(page - 1) * PAGE, limit=PAGE)
        counts = inbox.count_views(connection, watch=only, now=now)
        unread = inbox.count_unread(connection, watch=only, now=now)
    watches = context.rules.current.watches
    rows = tuple(_row(entry, watches.get(entry.change.watch)) for entry in entries)
    subjects = {key: clean(found.title) for key, found in watches.items()}
    return Inbox(view=view, watch=watch, rows=rows, counts=counts, unread=unread, page=page, subjects=subjects)


def load_detail(context: Context, key: str) -> Detail:
    """All of a change.

    Raises:
        NotFound: There is no such change.
    """
    now = context.now()
    with context.store.reading() as connection:
        change = changes.find(connection, key)
        history = facts.load_history(connection, change.watch, change.fact) if change else None
        if change is None or history is None:
            raise NotFound(f"There is no change {key!r}.")
        entry = inbox.find_entry(connection, change)
        before = decisions.recall(connection, key)
        tellings = tuple(telling for telling in held.list_held(connection) if telling.change_key == key)
        deliveries = outbox.list_newest(connection, message_key=key)
        snoozed = snoozes.snoozed_until(connection, change.watch, change.fact, key, now=now)
        rivals = _rivals(connection, change, history)
        is_kept = holding_back.is_kept(connection, change)
    watch = context.rules.current.watches.get(change.watch)
    return Detail(
        row=_row(entry, watch),
        change=change,
        certainty=CERTAINTIES[change.certainty],
        standing=_standing(change, history),
        in_force=show_known(history.in_force),
        corrected_from=show_known(change.new) if change.corrected else "",
        origin=origin_of(change, watch=watch, history=history) if watch else None,
        support=tuple(map(_support, _in_order(change))),
        rivals=tuple(_row(rival, watch) for rival in rivals),
        tellings=tellings,
        deliveries=[record for record in deliveries if record.delivery.message.occasion is not Occasion.NOTICE],
        snoozed=snoozed,
        is_kept=is_kept,
        can_undo=before is not None,
    )


def _rivals(connection: Connection, change: Change, history: History) -> tuple[Entry, ...]:
    others = [
        other
        for other in history.changes
        if other.sequence != change.sequence
        and other.state in (ChangeState.CANDIDATE, ChangeState.CONFLICT)
        and other.brings != change.brings
    ]
    return tuple(inbox.find_entry(connection, other) for other in others[::-1])


# --- words ------------------------------------------------------------------------------------------


def _row(entry: Entry, watch: Watch | None) -> Row:
    change = entry.change
    evidence = quoted_evidence(change)
    languages = {piece.claim.item.language for piece in change.evidence if not piece.is_withdrawn}
    return Row(
        key=change.key,
        anchor=f"change-{change.watch}-{change.fact}-{change.sequence}",
        watch=change.watch,
        subject=clean(watch.title) if watch else change.watch,
        fact=fact_title(watch, change.fact) if watch else change.fact,
        old=show_known(change.old),
        new=show_known(change.brings),
        move=describe_move(change.old, change.brings, change.verdict),
        quote=_quote(evidence, _LISTED_QUOTE) if evidence else None,
        sources=_sources(change),
        languages=tuple(sorted(languages - {""})),
        certainty=str(change.certainty),
        certainty_look=CERTAINTY_LOOKS[change.certainty],
        state=STATES[change.state],
        learned=change.learned,
        is_unread=entry.is_unread,
    )


def _sources(change: Change) -> str:
    names = list(dict.fromkeys(clean(piece.publisher) for piece in change.evidence if not piece.is_withdrawn))
    if not names:
        return "" if change.evidence else f"by {'a person' if change.decided_by == 'person' else 'the seed'}"
    more = len(names) - _LISTED_PUBLISHERS
    return ", ".join(names[:_LISTED_PUBLISHERS]) + (f" and {count_of(more, 'other')}" if more > 0 else "")


def _in_order(change: Change) -> Iterable[Evidence]:
    """The quoted one first, what was withdrawn last."""
    first = quoted_evidence(change)
    return sorted(change.evidence, key=lambda piece: (piece is not first, piece.is_withdrawn, piece.claim.item.published))


def _support(piece: Evidence) -> Support:
    claim = piece.claim
    return Support(
        publisher=clean(piece.publisher),
        title=clean(claim.item.title),
        url=claim.item.url,
        published=claim.item.published,
        language=claim.item.language,
        quote=_quote(piece, 600),
        certainty=str(claim.certainty),
        is_withdrawn=piece.is_withdrawn,
        reasons=tuple(map(clean, claim.reasons)),
    )


def _quote(piece: Evidence, length: int) -> Quote:
    claim = piece.claim
    return fit_quote(claim.quote, claim.start, claim.end, length)


def _standing(change: Change, history: History) -> str:
    """What a change's state means now."""
    match change.state:
        case ChangeState.CANDIDATE:
            return "Not in force. It waits for an official word, a second publisher, or yours."
        case ChangeState.ACCEPTED if history.in_force == change.brings:
            return "In force."
        case ChangeState.ACCEPTED:
            return f"It was in force; a later change took its place. Now: {show_known(history.in_force)}."
        case ChangeState.DISMISSED:
            return f"Dismissed; it stays silent until something firmer repeats it. In force: {show_known(history.in_force)}."
        case ChangeState.WITHDRAWN:
            return f"Nobody says it any longer: its articles were edited or corrected. In force: {show_known(history.in_force)}."
        case ChangeState.CONFLICT:
            return (
                "A newer article repeats an earlier value without saying that anything changed. Kept, not told. "
                f"In force: {show_known(history.in_force)}."
            )
