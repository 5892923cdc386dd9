"""Weaknesses of a rule: what is valid, works, and will hardly do what was meant; each with what would be better."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from monitor.config.documents import Document, Steps
from monitor.core.facts import Fact
from monitor.core.reading.folding import fold
from monitor.core.reading.phrases import compile_phrases
from monitor.core.reading.texts import normalise
from monitor.core.values import SHARE_UNIT, Amount, Kind, same_unit, singular
from monitor.core.watches import Watch
from monitor.errors import Fault

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SECRET_PARAMETER = re.compile(r"(?i)[?&][^=&]*(token|secret|api_?key|password)[^=&]*=")
_SHORTEST = 3  # characters of a word that is no name, acronym or unit
# Words of grammar in the languages that are read; no noun is among them, however common, since nouns are what cues are made of.
_EVERYDAY = frozenset(
    "the a an and or but not no of to in on at by for from with into over under up out as if so it its he she they we you i this "  # noqa: SIM905
    "that these those is are was were be been has have had will would can could may might said says more most than new all "
    "der die das den dem des ein eine und oder nicht von zu im in auf mit für ist sind war hat wird "
    "le la les un une des du de et ou ne pas à au en dans sur avec pour est sont a sera "
    "el los las uno una y o no del al en con por para es son fue ha il lo gli di e che non è sono "
    "het een van op met voor niet is zijn wordt och att det som är på av til og er".split()
)
_ANYTHING = "unit"  # takes the place of any noun that is counted


def weaknesses_of(document: Document, watch: Watch) -> Iterator[Fault]:
    """All weaknesses of a sound rule, in the order in which they are looked for."""
    for look in _LOOKS:
        yield from look(document, watch)


# --- where to look ----------------------------------------------------------------------------------


def _feeds(document: Document, watch: Watch) -> Iterator[Fault]:
    if not watch.feeds:
        steps = document.locate(("feeds",)) or ("watch",)
        yield document.fault(steps, "this watch has no feeds; it will read nothing new", at_key=True)
    for index, feed in enumerate(watch.feeds):
        if _SECRET_PARAMETER.search(feed.url):
            yield document.fault(("feeds", index), "this address seems to hold a secret; anyone who reads the rule reads it")


def _names(document: Document, watch: Watch) -> Iterator[Fault]:
    """A name that stands in every text makes every item one of the watch."""
    for index, name in enumerate(watch.subject.names):
        if why := _why_everywhere(name):
            message = f"the name {name!r} is {why}, so nearly every item would be read; write the name in full"
            yield document.fault(("subject", "names", index), message)


# --- cues -------------------------------------------------------------------------------------------


def _cues(document: Document, watch: Watch) -> Iterator[Fault]:
    """A cue that stands in every sentence says of none that it is about the fact.

    The subject's own name is one where the watch has other facts of the kind; the state of the whole is told with no other word.
    """
    names = {fold(name.lower()) for name in watch.subject.names}
    kinds = Counter(fact.kind for fact in watch.facts.values())
    for key, fact in watch.facts.items():
        is_one_of_many = fact.kind is not Kind.STATUS and kinds[fact.kind] > 1
        for index, cue in enumerate(fact.about):
            steps = ("facts", key, "about", index)
            if is_one_of_many and fold(cue.lower()) in names:
                message = f"{cue!r} is the subject's own name, which every item of this watch has; {_better_cue(fact)}"
                yield document.fault(steps, message)
            elif why := _why_everywhere(cue):
                yield document.fault(steps, f"{cue!r} is {why}, so nearly every sentence has it; {_better_cue(fact)}")


def _why_everywhere(phrase: str) -> str:
    """Why a phrase stands nearly everywhere; empty where it does not."""
    letters = re.sub(r"[\W_]", "", phrase)
    if _UNSPACED.search(letters):
        return "a single character" if len(letters) == 1 else ""
    if not letters or phrase.strip().isdecimal():
        return "a number" if letters else "made of marks"
    if len(letters) < _SHORTEST and phrase.islower():
        return "very short"
    words = re.findall(r"[\w']+", phrase.lower())
    return "made of words that every text has" if all(word in _EVERYDAY for word in words) else ""


def _better_cue(fact: Fact) -> str:
    return f"write a phrase that tells {fact.title!r} from everything else"


# --- what is measured -------------------------------------------------------------------------------


def _units(document: Document, watch: Watch) -> Iterator[Fault]:
    for key, fact in watch.facts.items():
        if fact.kind is not Kind.QUANTITY:
            continue
        noun, slash, per = fact.unit.partition("/")
        steps = ("facts", key, "unit")
        if noun.casefold() == _ANYTHING:
            message = f"{fact.unit!r} takes any number of anything; name what is counted, for instance unit: vehicle{slash}{per}"
            yield document.fault(steps, message)
        elif noun in ("%", SHARE_UNIT):
            yield document.fault(steps, f"a fact in {fact.unit!r} is a share; write kind: share and leave the unit out")
        elif singular(noun) != noun:
            right = singular(noun) + slash + per
            yield document.fault(steps, f"units stand in the singular; write {right!r} for {fact.unit!r}")


# --- facts beside each other ------------------------------------------------------------------------


def _rivals(document: Document, watch: Watch) -> Iterator[Fault]:
    """Two facts that would take the same value from the same sentence."""
    for (_, first), (key, second) in combinations(watch.facts.items(), 2):
        shared = [cue for cue in second.about if fold(cue.lower()) in {fold(other.lower()) for other in first.about}]
        if shared and first.kind is second.kind and not _are_told_apart(first, second):
            steps: Steps = ("facts", key, "about", second.about.index(shared[0]))
            ways = {Kind.PERIOD: "with:, not: or event:", Kind.QUANTITY: "with:, not:, unit: or plausible:"}
            by = ways.get(second.kind, "with: or not:")
            message = f"{key!r} claims the same sentences as {first.key!r} ({shared[0]!r}); tell them apart by {by}"
            yield document.fault(steps, message)


def _are_told_apart(first: Fact, second: Fact) -> bool:
    """Whether something but their cues says which of the two a value is of."""
    if set(first.near) != set(second.near) or set(first.without) != set(second.without):
        return True
    if first.event is not second.event or (first.unit and not same_unit(first.unit, second.unit)):
        return True
    if first.kind is Kind.STATUS:
        return not (first.state_names or frozenset()) & (second.state_names or frozenset())
    return _are_apart(first.plausible, second.plausible)


def _are_apart(one: Amount | None, other: Amount | None) -> bool:
    """Whether no amount lies in both of two ranges."""
    if one is None or other is None:
        return False
    return any(
        left.high is not None and right.low is not None and left.high <= right.low for left, right in ((one, other), (other, one))
    )


# --- states -----------------------------------------------------------------------------------------


def _states(document: Document, watch: Watch) -> Iterator[Fault]:
    """Phrases of one state that are told as another one as well, in another form or by its name."""
    for key, fact in watch.facts.items():
        named = [(state.name, state.name.replace("_", " ")) for state in fact.states]
        book = compile_phrases([*((name, words, "en") for name, words in named), *_phrases(fact)])
        for state in fact.states:
            for index, phrase in enumerate(state.phrases):
                text = normalise(phrase.replace("…", " "))
                whole = [hit for hit in book.find(text) if (hit.start, hit.end) == (0, len(text.plain))]
                other = next((hit.label for hit in whole if hit.label != state.name), None)
                if other:
                    message = f"{phrase!r} also tells the state {other!r}, so it tells neither surely; write more of the phrase"
                    yield document.fault(("facts", key, "states", state.name, index), message)


def _phrases(fact: Fact) -> Sequence[tuple[str, str, str]]:
    return [(state.name, phrase, "en") for state in fact.states for phrase in state.phrases]


_LOOKS: tuple[Callable[[Document, Watch], Iterator[Fault]], ...] = (_feeds, _names, _cues, _units, _rivals, _states)
