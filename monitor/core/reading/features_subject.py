"""Features: whom the sentence and the headline are about."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.core.reading.candidates import Candidate
from monitor.core.reading.names import Bearer, Name
from monitor.core.reading.scenes import Scene


def subject(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """Whose names stand in the sentence, before and behind the value, and whose carries on where there are none."""
    passage, sentence = candidate.passage, candidate.sentence
    names = passage.names[sentence.index]
    before = [name for name in names if name.start < candidate.start]
    if any(name.bearer is Bearer.SUBJECT for name in names):
        yield "subject named in the sentence", 1.0
    if any(name.bearer is Bearer.OFFICIAL for name in names):
        yield "official named in the sentence", 1.0
    if any(name.bearer is Bearer.OTHER for name in names):
        yield "excluded name in the sentence", 1.0
    if before:
        yield f"last name before is the {before[-1].bearer}'s", 1.0
        yield f"first name is the {names[0].bearer}'s", 1.0
    elif names:
        yield f"next name is the {names[0].bearer}'s", 1.0
    else:
        yield f"carried on from the {_carried(candidate, scene)}", 1.0
    strangers = sum(name.bearer is Bearer.STRANGER for name in names)
    yield "strangers in the sentence", min(strangers, 4) / 4
    if passage.has("reference.pronouns", sentence.start, min(sentence.end, sentence.start + 25)):
        yield "opens with a pronoun", 1.0
    yield from _title_subject(candidate, scene)


def _title_subject(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    if scene.title is None:
        return
    names: tuple[Name, ...] = tuple(name for found in scene.title.names for name in found)
    if any(name.bearer is Bearer.SUBJECT for name in names):
        yield "subject named in the headline", 1.0
        if names[0].is_ours:
            yield "headline begins with the subject", 1.0
    elif names:
        yield "headline names strangers only", 1.0
    if sum(len(passage.hits.get(str(Bearer.SUBJECT), ())) for passage in scene.passages) == 1:
        yield "subject named only once", 1.0


def _carried(candidate: Candidate, scene: Scene) -> str:
    """Whose name was the first of the nearest earlier sentence that has any."""
    passage = candidate.passage
    for index in range(candidate.sentence.index - 1, -1, -1):
        if passage.names[index]:
            return str(passage.names[index][0].bearer)
    if not passage.is_title and scene.title is not None:
        for names in scene.title.names:
            if names:
                return f"{names[0].bearer} of the headline"
    return "nobody"
