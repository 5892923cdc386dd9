from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config.rulebook import load_rulebook
from monitor.config.seeds import known_at
from monitor.config.writing import Origin, RuleDraft, RuleTestText, rule_text, seed_text, watch_id
from monitor.core.claims import Certainty
from monitor.core.facts import Event, Fact
from monitor.core.proposing.merging import Proposal
from monitor.core.values import Kind, Known, parse_known
from monitor.core.watches import Subject, Watch
from tests.core.proposing.labelled import FOLDER, read

# What a line of a file can be said to hold: something that is seen.
lines = st.text(min_size=1, max_size=60).filter(lambda text: any(c.isprintable() and not c.isspace() for c in text))


def written(folder: Path, draft: RuleDraft, origin: Origin) -> Watch:
    (folder / "seed.yaml").write_text(seed_text(draft.watch, origin, draft.facts), encoding="utf-8")
    (folder / "rule.yaml").write_text(rule_text(draft), encoding="utf-8")
    (watch,) = load_rulebook(folder / "rule.yaml").watches.values()
    return watch


def test_whatever_is_proposed_is_a_rule_without_a_fault_that_says_the_same(tmp_path: Path) -> None:
    for document in (read(FOLDER / f"{name}.yaml") for name in ("xiaomi", "satellites", "merger")):
        facts = document.proposals().facts
        origin = Origin(title=document.item.title, as_of=document.item.published.date())
        draft = RuleDraft(
            watch="acme", title="Acme", subject=document.subject, baseline="seed.yaml", facts=facts, notify=("desk",)
        )
        watch = written(tmp_path, draft, origin)
        assert dict(watch.facts) == {one.fact.key: one.fact for one in facts}
        for one in facts:
            fact = watch.facts[one.fact.key]
            assert watch.baselines[fact.key].known == known_at(str(one.known), fact, origin.as_of)


@settings(max_examples=40)
@given(name=lines, cue=lines, quote=lines, title=lines)
def test_no_word_of_a_document_breaks_the_file(name: str, cue: str, quote: str, title: str) -> None:
    fact = Fact(key="opening", title=title, kind=Kind.PERIOD, about=(cue,), event=Event.START)
    proposal = Proposal(
        fact=fact, known=Known(value=parse_known("2024", Kind.PERIOD).value), quote=quote, certainty=Certainty.OFFICIAL
    )
    draft = RuleDraft(
        watch=watch_id(name),
        title=title,
        subject=Subject(names=(name,), officials=(cue,)),
        baseline="seed.yaml",
        facts=(proposal,),
        tests=(RuleTestText(text=quote, published=date(2024, 1, 1), expect="{}"),),
    )
    with TemporaryDirectory() as folder:
        watch = written(Path(folder), draft, Origin(title=title, publisher=name, as_of=date(2024, 1, 1)))
    assert watch.subject.names == (" ".join("".join(c if c.isprintable() else " " for c in name).split()),)
    assert str(watch.baselines["opening"].known.value) == "2024"
