"""Who says it: a rising ladder of certainty, bounded by the feed's tier."""

from __future__ import annotations

import pytest

from monitor.core.claims import Certainty
from monitor.core.reading.attribution import Attribution, attribution_of
from tests.core.reading.builders import LAUNCH, candidates, watch


def heard(body: str, *, cap: Certainty = Certainty.OFFICIAL, language: str = "en") -> Attribution:
    return attribution_of(candidates(watch(LAUNCH), body, language=language)[0], lead=None, cap=cap)


@pytest.mark.parametrize(
    ("body", "language", "certainty"),
    [
        ("The launch is rumoured for 2025.", "en", Certainty.RUMOUR),
        ("网传极点汽车2025年上市。", "zh", Certainty.RUMOUR),
        ("Angeblich kommt der Marktstart 2025.", "de", Certainty.RUMOUR),
        ("Selon une rumeur, le lancement aura lieu en 2025.", "fr", Certainty.RUMOUR),
        ("It proposed a launch in 2025.", "en", Certainty.PROPOSED),
        ("极点汽车提议2025年上市。", "zh", Certainty.PROPOSED),
        ("Der Entwurf nennt den Marktstart 2025.", "de", Certainty.PROPOSED),
        ("Il recommande un lancement en 2025.", "fr", Certainty.PROPOSED),
        ("The launch is reportedly in 2025.", "en", Certainty.REPORTED),
        ("据报道，极点汽车2025年上市。", "zh", Certainty.REPORTED),
        ("Insider sehen den Marktstart 2025.", "de", Certainty.REPORTED),
        ("Selon la presse, le lancement aura lieu en 2025.", "fr", Certainty.REPORTED),
        ("The launch is in 2025.", "en", Certainty.OFFICIAL),
    ],
)
def test_the_words_of_attribution_tell_the_certainty(body: str, language: str, certainty: Certainty) -> None:
    assert heard(body, language=language).certainty is certainty


def test_the_least_certain_word_of_a_sentence_wins() -> None:
    body = "The launch was announced for 2025, reportedly, in a draft, as an unconfirmed leak has it."
    assert heard(body).certainty is Certainty.RUMOUR
    assert heard(body.replace("as an unconfirmed leak has it", "as people say")).certainty is Certainty.PROPOSED


def test_an_official_in_the_sentence_lifts_a_report_but_no_rumour() -> None:
    assert heard("Ada Berg told insiders that the launch is in 2025.").certainty is Certainty.OFFICIAL
    assert heard("Ada Berg is rumoured to want the launch in 2025.").certainty is Certainty.RUMOUR


def test_only_a_named_speaker_is_on_record() -> None:
    assert heard("The ministry announced the launch for 2025.").is_on_record
    assert not heard("The launch is in 2025.").is_on_record
    assert not heard("Reportedly the ministry announced the launch for 2025.").is_on_record


@pytest.mark.parametrize("cap", Certainty)
@pytest.mark.parametrize("body", ["The launch is rumoured for 2025.", "The ministry announced the launch for 2025."])
def test_nothing_rises_above_the_feeds_cap(cap: Certainty, body: str) -> None:
    assert heard(body, cap=cap).certainty is min(cap, heard(body).certainty)


def test_who_is_capped_is_not_on_record() -> None:
    assert not heard("The ministry announced the launch for 2025.", cap=Certainty.RUMOUR).is_on_record


def test_a_bare_headline_speaks_with_the_word_of_the_lead() -> None:
    found = candidates(watch(LAUNCH), "Insiders say so.", title="Acme launch in 2025")
    body = found[0].passage
    other = candidates(watch(LAUNCH), "Insiders see the launch in 2026.")[0]
    lead = (other.passage, other.sentence)
    assert attribution_of(found[0], lead=lead, cap=Certainty.OFFICIAL).certainty is Certainty.REPORTED
    assert attribution_of(found[0], lead=None, cap=Certainty.OFFICIAL).certainty is Certainty.OFFICIAL
    assert body.is_title


def test_a_headline_with_a_word_of_its_own_keeps_it() -> None:
    rumour = candidates(watch(LAUNCH), "", title="Leak: Acme launch in 2025")[0]
    plain = candidates(watch(LAUNCH), "The launch is in 2025.")[0]
    assert attribution_of(rumour, lead=(plain.passage, plain.sentence), cap=Certainty.OFFICIAL).certainty is Certainty.RUMOUR


def test_the_word_behind_it_is_shown_as_it_stands() -> None:
    assert heard("Reportedly the launch is in 2025.").cue == "Reportedly"
