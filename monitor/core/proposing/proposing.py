"""From a document to proposals: every value in a sentence of the subject, bound to the word that says what it is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.core.items import Item
from monitor.core.proposing.amounts import amounts_of
from monitor.core.proposing.conditions import conditions_of
from monitor.core.proposing.dates import dates_of
from monitor.core.proposing.drafts import Draft, LeftOut
from monitor.core.proposing.merging import Proposals, merge
from monitor.core.proposing.outlines import Outlines
from monitor.core.proposing.owning import names_of_the_story, officials_in, sentences_of_others
from monitor.core.proposing.surveying import Setting, Spot, Survey, survey
from monitor.core.reading.lexicons import Library
from monitor.core.values import Kind
from monitor.core.watches import Subject


def propose(item: Item, subject: Subject, library: Library, outlines: Outlines) -> Proposals:
    """Propose the facts that a document tells of a subject.

    Values of others, and those that are denied, recalled, supposed or whispered, are left out and listed with the reason.

    Args:
        item: The document; ``published`` is the day from which "next year" is meant.
    """
    found = survey(item, subject, library, outlines)
    told = list(_read(found))
    return merge(
        (one for one in told if isinstance(one, Draft)),
        (one for one in told if isinstance(one, LeftOut)),
        order=tuple(library.concepts.states),
        officials=officials_in(found),
    )


def _read(found: Survey) -> Iterator[Draft | LeftOut]:
    """All that the sentences tell, in order."""
    ours = names_of_the_story(found)
    others = sentences_of_others(found, ours)
    setting = Setting()
    for passage in found.bodies:
        for sentence in passage.sentences:
            spot = Spot(survey=found, passage=passage, sentence=sentence, setting=setting, ours=ours)
            if sentence.index in others:
                yield from (LeftOut(text=one.text, why="said of somebody else", quote=spot.quote) for one in spot.mentions)
                continue
            told = [*dates_of(spot), *amounts_of(spot), *conditions_of(spot)]
            yield from told
            setting = _setting_after(spot, told)


def _setting_after(spot: Spot, told: Sequence[Draft | LeftOut]) -> Setting:
    """What the next sentence may carry on: the last happening that was dated, and the last stage that was named."""
    before = spot.setting
    dated = [one.topic for one in told if isinstance(one, Draft) and one.kind is Kind.PERIOD and one.topic != one.part]
    stages = [(hit.start, part, hit.phrase) for part in spot.survey.outlines.parts for hit in spot.told(part)]
    topic = dated[0] if dated else before.topic
    if stages:
        _, part, cue = max(stages)
        return Setting(topic=topic, part=part, part_cue=cue)
    if spot.carries_on:
        return Setting(topic=topic, part=before.part, part_cue=before.part_cue)
    return Setting(topic=topic)
