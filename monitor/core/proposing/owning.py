"""Owning: which sentences of a document are about the subject, and which about somebody else.

A sentence is another's if it opens with a name that has not come up together with the subject before ("Tesla sells …",
"In Finland, …"), and so is the one after it that only carries on. A name that headline or lead put beside the subject, or
that the text introduces as that of its president, is of the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from monitor.core.proposing.surveying import UNSPACED, Spot, Survey
from monitor.core.reading.mentions import Mention
from monitor.core.reading.names import Bearer, Name
from monitor.core.reading.passages import Passage

_LEAD = 2  # sentences
_BESIDE = 60  # characters from a person's name to the subject's: "Lu Weibing, president of Xiaomi"
_OPENING = 12  # characters before a name that still opens its sentence: "In Washington"
_ONE_WORD = re.compile(r"[\"'(]?(?:\w{1,4}['. ])?")
_ELIDED = re.compile(r"\w{1,2}'[a-zß-öø-ÿ]")
_LATIN_NAME = re.compile(r"([A-Z][A-Za-z&.-]+)(?=[\u3040-\u30ff\u3400-\u9fff])")  # "SpaceX的星链…"


def sentences_of_others(survey: Survey, ours: frozenset[str]) -> frozenset[int]:
    """The sentences of the body that are about somebody else, by index.

    Args:
        ours: The words of the names of the story.
    """
    return frozenset(index for passage in survey.bodies for index in _others_in(passage, survey, ours))


def is_of_another(spot: Spot, mention: Mention) -> bool:
    """Whether the part of a sentence in which a value stands is about somebody else: "…, and BYD delivered 300,000 cars".

    Behind a colon another sentence begins: "Critics doubt it: Globex, they say, needs 1,300 megawatts".
    """
    clause, _ = spot.sentence.clause_at(mention.start)
    colon = spot.passage.text.plain.rfind(": ", spot.sentence.start, mention.start)
    return any(_is_others(spot, start, mention.start) for start in {clause, colon + 1 if colon > 0 else clause})


def officials_in(survey: Survey) -> tuple[str, ...]:
    """People whom the text introduces as speaking for the subject: "Lu Weibing, president of Xiaomi"."""
    found = (name for passage in survey.passages for name in _introduced(passage))
    return tuple(dict.fromkeys(found))


def names_of_the_story(survey: Survey) -> frozenset[str]:
    """The words of all names that came up together with the subject in headline and lead, and of its officials."""
    found = {word for name in officials_in(survey) for word in _words(name)}
    for passage in survey.passages:
        for sentence in passage.sentences[:_LEAD]:
            names = passage.names[sentence.index]
            if any(name.is_ours for name in names):
                found |= {word for name in names for word in _words(passage.text.plain[name.start : name.end])}
    return frozenset(found)


def _others_in(passage: Passage, survey: Survey, ours: frozenset[str]) -> Iterator[int]:
    """The sentences of a passage that are another's, in order."""
    is_others = False
    for sentence in passage.sentences:
        spot = Spot(survey=survey, passage=passage, sentence=sentence, ours=ours)
        names = passage.names[sentence.index]
        if any(name.is_ours for name in names):
            is_others = False
        elif not (spot.is_half or (is_others and spot.carries_on)):
            is_named = any(name.bearer is Bearer.OTHER for name in names)
            is_others = is_named or _opens(spot, sentence.start, names)
        if is_others:
            yield sentence.index


def _is_others(spot: Spot, start: int, end: int) -> bool:
    """Whether a stretch before a value has the name of somebody else and none of ours."""
    names = [name for name in spot.passage.names[spot.sentence.index] if start <= name.start < end]
    if any(name.is_ours for name in names):
        return False
    return any(name.bearer is Bearer.OTHER for name in names) or _opens(spot, start, names)


def _opens(spot: Spot, start: int, names: Sequence[Name]) -> bool:
    """Whether a stretch opens with the name of somebody who is not of the story."""
    plain = spot.passage.text.plain
    if UNSPACED.search(plain, spot.sentence.start, spot.sentence.end):
        found = (one for one in _LATIN_NAME.finditer(plain, start, spot.sentence.end) if _opens_part(spot, one))
        return any(one[1] not in spot.ours for one in found)
    for name in names:
        lead, text = plain[start : name.start].lstrip(), plain[name.start : name.end]
        if len(lead) > _OPENING or not _ONE_WORD.fullmatch(lead):
            return False
        if _is_a_name(text, spot) and not _words(text) <= spot.ours:
            return True
    return False


def _opens_part(spot: Spot, found: re.Match[str]) -> bool:
    return spot.passage.text.plain[spot.sentence.clause_at(found.start())[0] : found.start()].strip() == ""


def _is_a_name(text: str, spot: Spot) -> bool:
    """Whether a word is a name also where every sentence opens with a capital: not if it is written small elsewhere."""
    lower = text.lower()
    is_opener = lower in spot.survey.outlines.openers.get(spot.survey.language, ())
    return not (is_opener or _ELIDED.match(text) or f" {lower} " in spot.passage.text.plain)


def _introduced(passage: Passage) -> Iterator[str]:
    for sentence in passage.sentences:
        for left, right in pairwise(passage.names[sentence.index]):
            person, subject = (left, right) if right.bearer is Bearer.SUBJECT else (right, left)
            if subject.bearer is Bearer.SUBJECT and person.bearer is Bearer.STRANGER and _has_office(passage, left, right):
                yield passage.text.plain[person.start : person.end]


def _has_office(passage: Passage, left: Name, right: Name) -> bool:
    """Whether a word of an office stands between two names, close together: "…, president of …"."""
    if right.start - left.end > _BESIDE:
        return False
    speech = passage.hits_of("attribution.opining", left.end, right.start)
    offices = passage.hits_of("attribution.official", left.end, right.start)
    return any(not any(verb.start < office.end and office.start < verb.end for verb in speech) for office in offices)


def _words(name: str) -> frozenset[str]:
    return frozenset(word.removesuffix("'s") for word in name.split() if word[:1].isupper())
