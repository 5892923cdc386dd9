"""Beginning a watch: which feeds a site has and what they say of the subject, and the files of a rule that is in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.config.feedlines import FeedLine
from monitor.config.lexicons import load_library
from monitor.config.rulebook import load_rulebook
from monitor.config.rules import read_rule
from monitor.config.writing import Origin, RuleDraft, RuleTestText, rule_text, seed_text
from monitor.core.proposing.merging import Proposal
from monitor.core.proposing.trials import Trial, trials_of
from monitor.core.reading.phrases import compile_phrases
from monitor.core.reading.texts import normalise
from monitor.core.verdicts import Verdict
from monitor.core.watches import RuleTest, Subject, Watch
from monitor.errors import Fault, FileFaults, UserFault
from monitor.feeds.discovering import Discovery, discover_feeds
from monitor.feeds.entries import ParsedFeed
from monitor.feeds.previewing import preview_feeds
from monitor.jobs.answering import Reader
from monitor.jobs.context import Network
from monitor.jobs.rehearsing import rehearse

_MOST_TESTS = 2
_MOST_TRIALS = 12  # each is read once; of so many some are read as they are meant
_MOST_HEADLINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A watch as somebody wants it.

    Attributes:
        rules: Folder of the rule files; the seeds lie beside it.
        facts: In the order of the file.
        notify: Apprise tags.
    """

    watch: str
    title: str
    subject: Subject
    rules: Path
    facts: Sequence[Proposal]
    origin: Origin
    feeds: Sequence[FeedLine] = ()
    notify: Sequence[str] = ()

    @property
    def rule_file(self) -> Path:
        """Where the rule goes."""
        return self.rules / f"{self.watch}.yaml"

    @property
    def seed_file(self) -> Path:
        """Where its seed goes."""
        return self.rules.parent / "seeds" / f"{self.watch}.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What a feed says now, before anything of it is stored.

    Attributes:
        naming: How many of its items name the subject.
        headlines: The first of those.
        error: Why it could not be read; empty where it was.
    """

    url: str
    title: str = ""
    items: int = 0
    naming: int = 0
    headlines: tuple[str, ...] = ()
    error: str = ""


# --- feeds ------------------------------------------------------------------------------------------


async def find_feeds(site: str, subject: Subject, network: Network) -> tuple[Glimpse, ...]:
    """The feeds of a site with what they say of the subject.

    Raises:
        FeedTrouble: The site cannot be read, or has none.
    """
    found: tuple[Discovery, ...] = await discover_feeds(site, fetcher=network.fetcher, workers=network.workers)
    return tuple(_glimpse(one.url, one.feed, subject) for one in found)


async def look_at(urls: Collection[str], subject: Subject, network: Network) -> tuple[Glimpse, ...]:
    """What feeds say of the subject now, in the order of their addresses; one that cannot be read says why."""
    answers = {
        answer.url: answer
        async for answer in preview_feeds(dict.fromkeys(urls), fetcher=network.fetcher, workers=network.workers)
    }
    return tuple(
        _glimpse(url, answer.feed, subject) if (answer := answers[url]).feed else Glimpse(url=url, error=answer.error)
        for url in dict.fromkeys(urls)
    )


def _glimpse(url: str, feed: ParsedFeed | None, subject: Subject) -> Glimpse:
    if feed is None:
        return Glimpse(url=url)
    names = compile_phrases(("", name, "") for name in subject.names)
    naming = [entry for entry in feed.entries if names.find(normalise(f"{entry.title}\n{entry.text}"))]
    return Glimpse(
        url=url,
        title=feed.title,
        items=len(feed.entries),
        naming=len(naming),
        headlines=tuple(entry.title for entry in naming[:_MOST_HEADLINES]),
    )


# --- files ------------------------------------------------------------------------------------------


def ensure_free(plan_id: str, rules: Path) -> None:
    """Refuse an id that a rule has already.

    Raises:
        UserFault: One has it, in whichever file.
    """
    try:
        taken = load_rulebook(rules).watches if rules.is_dir() and any(rules.iterdir()) else {}
    except FileFaults:
        return  # other rules are broken, which is for `check` to tell
    if plan_id in taken:
        raise UserFault(f"the watch {plan_id!r} stands in {taken[plan_id].file} already; choose another name with --id")


def compose(plan: Plan) -> Mapping[Path, str]:
    """The files of a watch, read back once: a rule without a fault, with tests that it passes, and its seed.

    Raises:
        FileFaults: Something that the plan brings along does not belong in a rule: an address that is none, a tag.
    """
    draft = RuleDraft(
        watch=plan.watch,
        title=plan.title,
        subject=plan.subject,
        baseline=f"../seeds/{plan.watch}.yaml",
        facts=plan.facts,
        feeds=plan.feeds,
        notify=plan.notify,
    )
    seed = seed_text(plan.watch, plan.origin, plan.facts)
    watch = _read_back(plan, rule_text(draft), seed)
    tests = tuple(_test_of(trial) for trial in _passing(watch, plan))
    return {plan.rule_file: rule_text(replace(draft, tests=tests)), plan.seed_file: seed}


def _read_back(plan: Plan, rule: str, seed: str) -> Watch:
    """The watch that the two texts are; faults are told under the names that the files will have."""
    with TemporaryDirectory() as folder:
        rule_file = Path(folder) / "rules" / plan.rule_file.name
        for path, text in ((rule_file, rule), (Path(folder) / "seeds" / plan.seed_file.name, seed)):
            path.parent.mkdir()
            path.write_text(text, encoding="utf-8")
        reading = read_rule(rule_file)
    if reading.watch is None:
        raise FileFaults([_renamed(fault, plan) for fault in reading.faults])
    return reading.watch


def _renamed(fault: Fault, plan: Plan) -> Fault:
    target = plan.seed_file if "/seeds/" in fault.file else plan.rule_file
    return Fault(file=str(target), line=fault.line, column=fault.column, message=fault.message)


def _passing(watch: Watch, plan: Plan) -> Iterator[Trial]:
    """The first texts that are read as they are meant: one in which something moves before one that has to pass in silence."""
    reader = Reader.build({watch.id: watch}, load_library())
    trials = list(trials_of(plan.subject.names[0], plan.facts, plan.origin.as_of))
    moving = [trial for trial in trials if trial.fact][:_MOST_TRIALS]
    silent = [trial for trial in trials if not trial.fact][:_MOST_TRIALS]
    for group in (moving, silent):
        passed = (trial for trial in group if _passes(watch, trial, reader))
        if first := next(passed, None):
            yield first


def _passes(watch: Watch, trial: Trial, reader: Reader) -> bool:
    expect = {trial.fact: (Verdict(trial.verdict), trial.value)} if trial.fact else {}
    test = RuleTest(text=trial.text, published=trial.published, expect=expect)
    return not any(one.failures for one in rehearse(replace(watch, tests=(test,)), reader))


def _test_of(trial: Trial) -> RuleTestText:
    expect = f"{{{trial.fact}: {{verdict: {trial.verdict}, value: {trial.value}}}}}" if trial.fact else "{}"
    return RuleTestText(text=trial.text, published=trial.published, expect=expect)
