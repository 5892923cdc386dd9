"""In what manner a value is said: each rule with a text it is for and a near miss, in the languages read in depth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.core.claims import Modality
from monitor.core.facts import Fact
from monitor.core.reading.modality import is_negated, modality_of, says_change
from tests.core.reading.builders import CAPACITY, LAUNCH, LICENCE, PUBLISHED, candidates, manner, watch

OTHER_STATES = replace(LICENCE, states=(replace(LICENCE.states[1], phrases=("approved", "genehmigt", "获批", "approuvée")),))


def said(body: str, language: str, fact: Fact = LAUNCH, known: str = "2025") -> Modality:
    return manner(watch(fact, known={fact.key: known}), body, language=language).modality


@pytest.mark.parametrize(
    ("language", "body", "near_miss"),
    [
        ("en", "Will Acme launch in 2025?", "Acme will launch in 2025."),
        ("en", 'Will Acme launch in 2025?"', "They ask why. Acme will launch in 2025."),
        ("zh", "极点汽车会在2025年上市吗？", "极点汽车将于2025年上市。"),
        ("de", "Kommt der Marktstart 2025?", "Der Marktstart kommt 2025."),
        ("fr", "Le lancement aura-t-il lieu en 2025 ?", "Le lancement aura lieu en 2025."),
    ],
)
def test_a_question_says_nothing(language: str, body: str, near_miss: str) -> None:
    assert said(body, language) is Modality.ASKED
    assert said(near_miss, language) is Modality.PLANNED


@pytest.mark.parametrize(
    ("language", "body", "near_miss"),
    [
        ("en", "Acme denied that the launch slips to 2025.", "Acme said that the launch slips to 2025."),
        ("zh", "极点汽车否认2025年上市。", "极点汽车宣布2025年上市。"),
        ("de", "Acme dementiert einen Marktstart 2025.", "Acme meldet einen Marktstart 2025."),
        ("fr", "Acme dément un lancement en 2025.", "Acme annonce un lancement en 2025."),
    ],
)
def test_what_is_called_wrong_is_denied(language: str, body: str, near_miss: str) -> None:
    assert said(body, language) is Modality.DENIED
    assert said(near_miss, language) is Modality.PLANNED


def test_a_rumour_is_denied_by_the_sentence_behind_it_and_plain_news_is_not() -> None:
    assert said("It is rumoured that the launch slips to 2025. That is untrue.", "en") is Modality.DENIED
    assert said("The launch slips to 2025. Another story is untrue.", "en") is Modality.PLANNED
    assert said("It is rumoured that the launch slips to 2025. Nobody spoke. That is untrue.", "en") is Modality.PLANNED


@pytest.mark.parametrize(
    ("language", "body", "near_miss"),
    [
        ("en", "If the launch moved to 2025 it would hurt.", "The launch moved to 2025, and it hurt."),
        ("zh", "如果2025年上市就晚了。", "2025年上市。"),
        ("de", "Falls der Marktstart 2025 kommt.", "Der Marktstart kommt 2025."),
        ("fr", "Si le lancement a lieu en 2025.", "Le lancement a lieu en 2025."),
    ],
)
def test_what_is_supposed_is_hypothetical(language: str, body: str, near_miss: str) -> None:
    assert said(body, language) is Modality.HYPOTHETICAL
    assert said(near_miss, language) is Modality.PLANNED


@pytest.mark.parametrize(
    ("language", "body", "near_miss"),
    [
        ("en", "The launch was originally planned for 2025.", "The launch is planned for 2025."),
        ("en", "A launch in 2025 instead of 2026.", "A launch in 2025 and not 2026."),
        ("zh", "原定2025年上市。", "定于2025年上市。"),
        ("de", "Ursprünglich sollte der Marktstart 2025 kommen.", "Nun soll der Marktstart 2025 kommen."),
        ("fr", "Le lancement était initialement fixé à 2025.", "Le lancement est fixé à 2025."),
    ],
)
def test_what_used_to_be_is_recalled(language: str, body: str, near_miss: str) -> None:
    found = candidates(watch(LAUNCH, known={"launch": "2025"}), body, language=language)
    assert Modality.RECALLED in {modality_of(candidate, PUBLISHED).modality for candidate in found}
    assert said(near_miss, language) is Modality.PLANNED


@pytest.mark.parametrize(
    ("language", "body", "near_miss"),
    [
        ("en", "An analyst sees the launch in 2025.", "The chairman sees the launch in 2025."),
        ("zh", "分析师称新车2025年上市。", "公司称新车2025年上市。"),
        ("de", "Ein Analyst sieht den Marktstart 2025.", "Der Vorstand sieht den Marktstart 2025."),
        ("fr", "Un analyste voit le lancement en 2025.", "Le groupe voit le lancement en 2025."),
    ],
)
def test_who_has_no_say_only_forecasts(language: str, body: str, near_miss: str) -> None:
    assert said(body, language) is Modality.FORECAST
    assert said(near_miss, language) is Modality.PLANNED


@pytest.mark.parametrize(
    ("language", "body", "near_miss"),
    [
        ("en", "The licence is expected to be approved.", "The licence was approved."),
        ("zh", "牌照有望获批。", "牌照获批。"),
        ("de", "Die Lizenz wird genehmigt.", "Die Lizenz ist genehmigt."),
        ("fr", "La licence doit être approuvée.", "La licence est approuvée."),
    ],
)
def test_a_state_that_is_still_to_come_is_planned(language: str, body: str, near_miss: str) -> None:
    assert said(body, language, OTHER_STATES, "unknown") is Modality.PLANNED
    assert said(near_miss, language, OTHER_STATES, "unknown") is Modality.STATED


@pytest.mark.parametrize("verb", ["wurde genehmigt", "hatte man genehmigt"])
def test_a_german_past_is_no_conditional(verb: str) -> None:
    assert said(f"Die Lizenz {verb}.", "de", OTHER_STATES, "unknown") is Modality.STATED


def test_a_word_of_the_future_behind_a_state_or_far_before_it_does_not_reach_it() -> None:
    body = "When everybody had left the building the licence was approved, and will stay."
    assert said(body, "en", OTHER_STATES, "unknown") is Modality.STATED


@pytest.mark.parametrize(
    ("language", "body", "near_miss"),
    [
        ("en", "The licence has never been approved.", "The licence has been approved."),
        ("zh", "牌照并未获批。", "牌照已获批。"),
        ("de", "Die Lizenz ist nicht genehmigt.", "Die Lizenz ist genehmigt."),
        ("fr", "La licence n'est jamais approuvée.", "La licence est approuvée."),
    ],
)
def test_a_negated_state_is_denied(language: str, body: str, near_miss: str) -> None:
    assert said(body, language, OTHER_STATES, "unknown") is Modality.DENIED
    assert said(near_miss, language, OTHER_STATES, "unknown") is Modality.STATED


@pytest.mark.parametrize(
    "body",
    [
        "The capacity is not 100,000 cars a year but 150,000 cars a year.",
        "The capacity is not small but 150,000 cars a year.",
        "The capacity, not known before, is 150,000 cars a year.",
    ],
    ids=["ended by another value", "ended by a but", "ended by a break"],
)
def test_a_negation_has_an_end(body: str) -> None:
    last = candidates(watch(CAPACITY), body)[-1]
    assert str(last.value) == "150000 vehicle/year"
    assert is_negated(last) is None


@pytest.mark.parametrize(
    ("language", "body", "near_miss"),
    [
        ("en", "The launch was scrapped.", "The launch was a success."),
        ("zh", "极点汽车取消上市。", "极点汽车正式上市。"),
        ("de", "Der Marktstart wurde gestrichen.", "Der Marktstart ist geglückt."),
        ("fr", "Le lancement est annulé.", "Le lancement a eu lieu."),
    ],
)
def test_a_plan_that_is_given_up_is_cancelled(language: str, body: str, near_miss: str) -> None:
    assert said(body, language) is Modality.CANCELLED
    assert said(near_miss, language) is Modality.ACHIEVED


@pytest.mark.parametrize(
    ("language", "body", "near_miss"),
    [
        ("en", "The launch was put off indefinitely.", "The launch was definitely a success."),
        ("zh", "新车上市时间待定。", "新车正式上市。"),
        ("de", "Der Marktstart wurde auf unbestimmte Zeit verschoben.", "Der Marktstart ist geglückt."),
        ("fr", "Le lancement est reporté sine die.", "Le lancement a eu lieu."),
    ],
)
def test_a_date_without_successor_is_withdrawn(language: str, body: str, near_miss: str) -> None:
    assert said(body, language) is Modality.WITHDRAWN
    assert said(near_miss, language) is Modality.ACHIEVED


@pytest.mark.parametrize(
    ("language", "behind", "ahead"),
    [
        ("en", "Acme launched the car in March 2023.", "Acme launches the car in March 2025."),
        ("zh", "极点汽车2023年3月上市。", "极点汽车2025年3月上市。"),
        ("de", "Der Marktstart war im März 2023.", "Der Marktstart ist im März 2025."),
        ("fr", "Le lancement a eu lieu en mars 2023.", "Le lancement a lieu en mars 2025."),
    ],
)
def test_a_date_behind_has_happened_and_one_ahead_is_a_plan(language: str, behind: str, ahead: str) -> None:
    assert said(behind, language) is Modality.ACHIEVED
    assert said(ahead, language) is Modality.PLANNED


def test_between_the_two_the_verbs_tell() -> None:
    assert said("Acme has launched the car this year.", "en") is Modality.ACHIEVED
    assert said("Acme will launch the car this year.", "en") is Modality.PLANNED


def test_an_amount_without_any_cue_is_stated_plainly() -> None:
    assert manner(watch(CAPACITY), "The capacity is 150,000 cars a year.").modality is Modality.STATED


def test_the_manner_shows_the_word_that_made_it_so() -> None:
    one = manner(watch(LAUNCH), "Acme Denied a launch in 2025.")
    assert one.cue == "Denied"
    assert one.why


@pytest.mark.parametrize(
    ("body", "cue"),
    [
        ("A launch in 2026 instead of 2025.", "instead of"),
        ("The launch was moved from March 2025 to March 2026.", "from"),
        ("Originally the launch was set for 2025.", "Originally"),
        ("The target of 2025 for the launch cannot be met.", "cannot be met"),
    ],
)
def test_the_manner_of_an_old_value_shows_the_word_before_it(body: str, cue: str) -> None:
    cues = {modality_of(one, PUBLISHED).cue for one in candidates(watch(LAUNCH, known={"launch": "2030"}), body)}
    assert cue in cues


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "The target of 2025 for the launch cannot be met."),
        ("de", "Das Ziel 2025 sei nicht zu halten."),
        ("de", "Ein Marktstart im Jahr 2025 ist vom Tisch."),
        ("ja", "2025年の発売は不可能だ。"),
    ],
)
def test_a_few_words_take_back_what_stands_before_them(language: str, body: str) -> None:
    known = watch(LAUNCH, known={"launch": "2025"})
    assert "2026/.." in {str(one.value) for one in candidates(known, body, language=language)}


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "A launch in May 2026 is no longer on the table."),
        ("en", "The target of May 2026 for the launch is no longer achievable."),
        ("fr", "La date de mai 2026 pour le lancement ne pourra pas être tenue."),
        ("es", "La fecha de mayo de 2026 para el lanzamiento no podrá cumplirse."),
    ],
)
def test_a_date_that_is_taken_back_behind_is_no_plan(language: str, body: str) -> None:
    known = watch(LAUNCH, known={"launch": "2028"})
    (one,) = [found for found in candidates(known, body, language=language) if found.value is not None]
    assert modality_of(one, PUBLISHED).modality is Modality.DENIED


def test_without_negates_no_date() -> None:
    (one,) = candidates(watch(LAUNCH), "The first launch without a crew is due in May 2026.")
    assert modality_of(one, PUBLISHED).modality is Modality.PLANNED


def test_a_date_until_which_nothing_happens_is_the_date() -> None:
    (one,) = candidates(watch(LAUNCH, known={"launch": "2025"}), "The launch will not come until 2025.")
    assert is_negated(one) is None


@pytest.mark.parametrize(("body", "changes"), [("The launch slips to 2025.", True), ("The launch is in 2025.", False)])
def test_a_sentence_says_itself_that_something_moved(body: str, changes: bool) -> None:
    assert says_change(candidates(watch(LAUNCH), body)[0]) is changes
