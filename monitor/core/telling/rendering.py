"""One change of one fact, told so that a reader can judge it without opening anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from monitor.core.changes import Change, ChangeState, Decider, Evidence, History
from monitor.core.claims import Certainty
from monitor.core.messages import Message, Occasion
from monitor.core.telling.fitting import Quote, fit_quote
from monitor.core.telling.inert import clean
from monitor.core.telling.itemising import itemise
from monitor.core.telling.moves import describe_move
from monitor.core.telling.stationery import Stationery, write
from monitor.core.telling.vouching import quoted_evidence
from monitor.core.telling.wording import CERTAINTIES, count_of, show_day, show_known
from monitor.core.values import EARLIEST, Known, Standing
from monitor.core.watches import Watch

MOST_LINKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something was said.

    Attributes:
        url: As published; only templates decide whether it may be linked.
    """

    outlet: str
    day: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the value came from that a change is held against.

    Attributes:
        words: ``the baseline (Pandaily, 8 November 2023)`` or ``change xiaomi-ev/launch#2 (CnEVPost, 1 March 2024)``.
    """

    words: str
    url: str = ""


def change_message(
    change: Change, *, watch: Watch, history: History, stationery: Stationery, unmatched: tuple[str, ...] = ()
) -> Message:
    """Tell one change.

    Args:
        change: With its evidence, of which the firmest still standing is quoted.
        watch: The rule; a fact that it no longer has is shown by its key.
        history: Of the same fact; says where the old value came from and whether the new one is in force.
        stationery: Templates and links.
        unmatched: Tags of the rule that no destination has; the message is marked with them.
    """
    evidence = quoted_evidence(change)
    is_in_force = change.state is ChangeState.ACCEPTED and history.in_force == change.brings
    context = {
        "subject": clean(watch.title),
        "fact": fact_title(watch, change.fact),
        "old": show_known(change.old),
        "new": show_known(change.brings),
        "move": describe_move(change.old, change.brings, change.verdict),
        "headline": _headline(change),
        "quote": _quote(evidence),
        "source": source_of(evidence),
        "certainty": CERTAINTIES[change.certainty],
        "readers": clean(evidence.claim.readers) if evidence else "",
        "origin": origin_of(change, watch=watch, history=history),
        "others": _other_sources(change, evidence),
        "also": count_of(len(change.publishers - {evidence.publisher if evidence else ""}), "other publisher"),
        "standing": _standing(change, is_in_force=is_in_force, in_force=history.in_force),
        "is_candidate": change.state is ChangeState.CANDIDATE,
        "note": clean(change.note),
        "link": stationery.change_link(change.key),
        "accept_link": stationery.action_link("accept", change.key),
        "dismiss_link": stationery.action_link("dismiss", change.key),
    }
    itemised = (itemise(change, stationery),)
    return write(stationery, Occasion.CHANGE, context, key=change.key, unmatched=unmatched, changes=itemised)


def withdrawn_message(
    change: Change, *, watch: Watch, history: History, stationery: Stationery, unmatched: tuple[str, ...] = ()
) -> Message:
    """Tell that nothing supports a change any longer: its article was edited or corrected."""
    evidence = quoted_evidence(change)
    context = {
        "subject": clean(watch.title),
        "fact": fact_title(watch, change.fact),
        "told": show_known(change.brings),
        "now": show_known(history.in_force),
        "quote": _quote(evidence),
        "source": source_of(evidence),
        "link": stationery.change_link(change.key),
        "accept_link": stationery.action_link("accept", change.key),
        "change_key": change.key,
    }
    key, itemised = f"{change.key}/withdrawn", (itemise(change, stationery),)
    return write(stationery, Occasion.WITHDRAWN, context, key=key, unmatched=unmatched, changes=itemised)


# --- parts that other messages use too --------------------------------------------------------------


def fact_title(watch: Watch, key: str) -> str:
    """The title that the rule gives a fact, else its key."""
    return clean(watch.facts[key].title) if key in watch.facts else key


def source_of(evidence: Evidence | None) -> Source | None:
    """Outlet, date and link of one piece of evidence."""
    if evidence is None:
        return None
    item = evidence.claim.item
    return Source(outlet=clean(item.publisher), day=show_day(item.published), url=item.url)


def origin_of(change: Change, *, watch: Watch, history: History) -> Origin:
    """Where the value came from that was in force when the change was opened."""
    earlier = [
        step
        for step in history.changes
        if step.sequence < change.sequence and step.brings == change.old and step.state is ChangeState.ACCEPTED
    ]
    if earlier:
        step = earlier[-1]
        source = source_of(quoted_evidence(step))
        said = source or Source(outlet=_decider(step), day=show_day(step.effective))
        return Origin(words=f"change {step.key} ({said.outlet}, {said.day})", url=said.url)
    baseline = watch.baselines.get(change.fact)
    if baseline is None:
        return Origin(words=f"the baseline ({show_day(history.as_of)})")
    if baseline.as_of == EARLIEST:
        return Origin(words="no baseline: the rule names none")
    day: date | datetime = baseline.as_of
    parts = ", ".join(filter(None, (clean(baseline.source), show_day(day))))
    return Origin(words=f"the baseline ({parts})", url=baseline.source_url)


def _decider(step: Change) -> str:
    return {Decider.PERSON: "set by a person", Decider.SEED: "by the seed", Decider.AUTO: "by rule"}[step.decided_by]


def _quote(evidence: Evidence | None) -> Quote | None:
    if evidence is None or not evidence.claim.quote.strip():
        return None
    return fit_quote(evidence.claim.quote, evidence.claim.start, evidence.claim.end)


def _headline(change: Change) -> str:
    """What follows the fact's title in one line: ``now 2024-H2 (was 2024-H1)``."""
    old, new = show_known(change.old), show_known(change.brings)
    if change.brings.value is None:
        return f"{'cancelled' if change.brings.standing is Standing.CANCELLED else 'withdrawn'} (was {old})"
    if change.brings.standing is Standing.CANCELLED:
        return f"cancelled (was {old})"
    if change.state is ChangeState.CANDIDATE:
        return f"said to be {new} (so far {old})"
    return f"is {new}" if change.old.value is None else f"now {new} (was {old})"


def _other_sources(change: Change, quoted: Evidence | None) -> tuple[Source, ...]:
    """One further link a publisher, in order of publication."""
    seen = {quoted.publisher} if quoted else set()
    found: list[Source] = []
    for evidence in sorted(change.evidence, key=lambda e: e.claim.item.published):
        source = source_of(evidence)
        if source and not evidence.is_withdrawn and evidence.publisher not in seen:
            seen.add(evidence.publisher)
            found.append(source)
    return tuple(found[:MOST_LINKS])


def _standing(change: Change, *, is_in_force: bool, in_force: Known) -> str:
    match change.state:
        case ChangeState.CANDIDATE:
            needs = (
                "an official word, a second publisher or your decision"
                if change.certainty is Certainty.REPORTED
                else "an official word or your decision"
            )
            return f"Not in force yet: it waits for {needs}; until then {show_known(in_force)} holds."
        case ChangeState.ACCEPTED if is_in_force:
            return f"In force ({_reason(change)})."
        case ChangeState.ACCEPTED:
            return f"Was in force for a time ({_reason(change)}); now {show_known(in_force)} holds."
        case ChangeState.DISMISSED:
            return f"Dismissed; {show_known(in_force)} holds."
        case ChangeState.WITHDRAWN:
            return f"Withdrawn; {show_known(in_force)} holds."
        case ChangeState.CONFLICT:
            return f"Repeats an older value; {show_known(in_force)} holds."


def _reason(change: Change) -> str:
    if change.decided_by is not Decider.AUTO:
        return "accepted by a person" if change.decided_by is Decider.PERSON else "set by the seed"
    return "official" if change.certainty is Certainty.OFFICIAL else count_of(len(change.publishers), "independent publisher")
