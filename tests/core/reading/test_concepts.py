"""A cue brings all words of the concept that it names, and none of the words that only look like them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml

from monitor.config.lexicons import load_table
from monitor.core.facts import Event
from monitor.core.reading.concepts import Concepts, Widening, build_concepts
from monitor.core.reading.phrases import PhraseBook, compile_phrases
from monitor.core.reading.texts import normalise

GOLDEN = Path(__file__).parents[2] / "golden" / "concepts"
IN_DEPTH = ("en", "zh", "de", "fr")
LANGUAGES = frozenset(("en", "zh", "de", "fr", "es", "it", "pt", "nl", "ja", "ko", "ru", "hu", "sv", "da", "id", "vi", "pl"))
COMMON = ("es", "ja")


@cache
def concepts() -> Concepts:
    return build_concepts(load_table("concepts"), load_table("states"))


def book_of(widenings: Iterable[tuple[str, Widening]], *, rivals: Mapping[str, str] = MappingProxyType({})) -> PhraseBook[str]:
    """A book of what widened cues stand for, each under its label."""
    pairs = tuple(widenings)
    return compile_phrases(
        [(label, *phrase) for label, widening in pairs for phrase in widening.phrases],
        without=[(label, *phrase) for label, widening in pairs for phrase in widening.not_phrases],
        irregular=concepts().irregular,
        rivals=rivals,
    )


def cases(name: str) -> list[Any]:
    rows = yaml.safe_load((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["shows"]) for row in rows]


def found(about: list[str], source: str) -> list[str]:
    text = normalise(source)
    book = book_of([("fact", concepts().widen_all(about, exact=False))])
    return [text.plain[hit.start : hit.end] for hit in book.find(text)]


@pytest.mark.parametrize("case", cases("found"))
def test_a_cue_reads_its_concept_in_every_language(case: dict[str, Any]) -> None:
    assert found(case["about"], case["text"]) == case["words"]


@pytest.mark.parametrize("case", cases("not_found"))
def test_near_words_are_not_the_concept(case: dict[str, Any]) -> None:
    assert found(case["about"], case["text"]) == []


def told(names: list[str], source: str, language: str) -> list[str]:
    """The words that tell the first of some states of a fact."""
    text = normalise(source)
    widened = concepts().widen_states([[name.replace("_", " ")] for name in names], exact=False)
    book = book_of(zip(names, widened, strict=True), rivals=dict.fromkeys(names, "fact"))
    return [text.plain[hit.start : hit.end] for hit in book.find(text, language=language) if hit.label == names[0]]


@pytest.mark.parametrize("case", cases("states_told"))
def test_a_state_is_read_by_what_tells_it_in_every_language(case: dict[str, Any]) -> None:
    assert told(case["states"], case["text"], case["language"]) == case["words"]


@pytest.mark.parametrize("case", cases("states_not_told"))
def test_near_words_do_not_tell_a_state(case: dict[str, Any]) -> None:
    assert told(case["states"], case["text"], case["language"]) == []


@pytest.mark.parametrize("state", list(concepts().states.values()), ids=lambda state: state.id)
def test_every_phrase_of_a_state_is_found_as_it_is_spelled(state: Any) -> None:
    book = book_of([(state.id, concepts().widen_states([[state.id.replace("-", " ")]], exact=False)[0])])
    for word, language in state.words:
        spelled = word.replace("…", " ").replace("*", "")
        assert book.find(normalise(spelled), language=language), word


@pytest.mark.parametrize("state", list(concepts().states.values()), ids=lambda state: state.id)
def test_every_state_speaks_every_language_and_repeats_no_word(state: Any) -> None:
    assert {language for _, language in state.words} == LANGUAGES
    assert len(set(state.words)) == len(state.words)


def test_things_and_states_share_their_courses() -> None:
    travelled = {course for state in concepts().states.values() for course in state.courses}
    assert {course for concept in concepts().by_id.values() for course in concept.courses} <= travelled


def widened_to(*states: list[str], about: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    return [widening.concepts for widening in concepts().widen_states(states, exact=False, about=about)]


def test_the_other_states_settle_what_an_ambiguous_state_means() -> None:
    assert widened_to(["under construction"], ["open"]) == [("under-construction",), ("opened",)]
    assert widened_to(["open"], ["agreed"], ["signed"])[0] == ("talks",)
    assert widened_to(["arrested"], ["released"])[1] == ("freed",)
    assert widened_to(["announced"], ["released"])[1] == ("released",)


def test_what_a_fact_is_about_settles_what_an_ambiguous_state_means() -> None:
    assert widened_to(["closed"], about=("acquisition",)) == [("deal-completed",)]
    assert widened_to(["closed"], about=("closure",)) == [("closed",)]


def test_a_state_that_the_table_does_not_know_is_widened_like_a_cue() -> None:
    assert widened_to(["electric"], ["groundbreaking ceremony"])[0] == ()
    assert widened_to(["dividend"]) == [("dividend",)]


def test_the_states_of_a_fact_share_no_phrase() -> None:
    revoked, cancelled = concepts().widen_states([["revoked"], ["cancelled"]], exact=False)
    assert set(revoked.phrases).isdisjoint(cancelled.phrases)


def test_what_a_rule_gives_to_one_state_is_no_other() -> None:
    passed, approved = concepts().widen_states([["passed"], ["approved", "waved through"]], exact=False)
    assert ("waved through", "en") not in passed.phrases
    assert ("waved through", "") in approved.phrases


def test_an_exact_fact_keeps_the_phrases_of_its_states() -> None:
    (widening,) = concepts().widen_states([["approved"]], exact=True)
    assert widening.phrases == (("approved", ""),)


@pytest.mark.parametrize("concept", list(concepts().by_id.values()), ids=lambda concept: concept.id)
def test_every_word_names_its_concept_and_is_found_as_it_is_spelled(concept: Any) -> None:
    book = book_of([(concept.id, concepts().widen_all([word for word, _ in concept.words], exact=True))])
    for word, _ in concept.words:
        spelled = word.replace("…", " ").replace("*", "")
        assert concept.id in concepts().widen(spelled).concepts, word
        assert book.find(normalise(spelled)), word


def test_every_concept_speaks_the_languages_read_in_depth() -> None:
    silent = {
        (concept.id, language)
        for concept in concepts().by_id.values()
        for language in IN_DEPTH
        if language not in {spoken for _, spoken in concept.words}
    }
    european = {"transposition", "immersion"}
    assert {(name, language) for name, language in silent if name not in european} == set()


def test_most_concepts_speak_the_other_languages_too() -> None:
    for language in (*COMMON, "it", "pt", "nl", "ko", "ru", "hu", "sv", "da", "id", "vi"):
        speaking = sum(any(spoken == language for _, spoken in concept.words) for concept in concepts().by_id.values())
        assert speaking >= len(concepts().by_id) // 2, language


def test_no_word_is_repeated_within_a_language_of_a_concept() -> None:
    repeated = [
        (concept.id, word)
        for concept in concepts().by_id.values()
        for word in set(concept.words)
        if concept.words.count(word) > 1
    ]
    assert repeated == []


def test_no_latin_word_is_so_short_that_it_is_found_everywhere() -> None:
    allowed = {"MW", "GW", "kW", "hp", "PS", "pk", "ga", "vé", "út", "ár", "lỗ", "lãi", "hầm", "giá", "phí"}
    short = {
        word
        for concept in concepts().by_id.values()
        for word, language in concept.words
        if language not in {"zh", "ja", "ko"} and len(word) < 3 and word not in allowed
    }
    assert short == set()


def test_an_exact_fact_keeps_its_cues_and_nothing_more() -> None:
    widening = concepts().widen_all(["launch", "go on sale"], exact=True)
    assert widening.phrases == (("launch", ""), ("go on sale", ""))
    assert widening.concepts == ()
    assert widening.not_phrases == ()


def test_a_cue_of_no_concept_stays_as_it_is() -> None:
    widening = concepts().widen("Sea of Sorrow")
    assert widening.concepts == ()
    assert widening.phrases == (("Sea of Sorrow", ""),)


@pytest.mark.parametrize(
    "cue", ["launched", "Launch date", "the planned launch date", "Launches", "Marktstarts", "開賣", "mises en vente"]
)
def test_a_cue_names_its_concept_in_any_inflection_and_with_fillers(cue: str) -> None:
    assert "launch" in concepts().widen(cue).concepts


@pytest.mark.parametrize("cue", ["launch of a buyback", "relaunch", "Manchester", "lunch"])
def test_a_cue_that_only_holds_a_word_does_not_name_the_concept(cue: str) -> None:
    assert "launch" not in concepts().widen(cue).concepts


def test_the_other_cues_settle_what_an_ambiguous_cue_means() -> None:
    assert set(concepts().widen("上市").concepts) == {"launch", "ipo"}
    assert concepts().widen_all(["上市", "go on sale"], exact=False).concepts == ("launch",)
    assert concepts().widen_all(["上市", "IPO"], exact=False).concepts == ("ipo",)


def test_the_end_that_a_rule_asks_for_settles_what_an_ambiguous_cue_means() -> None:
    assert concepts().widen("construction", event=Event.START).concepts == ("construction-start",)
    assert concepts().widen("construction", event=Event.END).concepts == ("completion",)


def test_a_cue_of_the_other_end_only_is_still_widened() -> None:
    assert concepts().widen("commercial operation", event=Event.END).concepts == ("service-start",)


def test_the_end_is_told_where_all_concepts_agree() -> None:
    assert concepts().widen("groundbreaking").event is Event.START
    assert concepts().widen("completion of construction").event is Event.END
    assert concepts().widen("price").event is None
    assert concepts().widen("construction").event is None


def test_a_near_word_that_a_rule_asks_for_is_no_near_word() -> None:
    assert "Trial production" in found(["production", "trial production"], "Trial production began.")
    assert found(["production"], "Trial production began.") == []


def test_a_german_verb_cue_is_widened_like_its_noun() -> None:
    assert concepts().widen("umgesetzt").concepts == ("transposition",)
