"""From an item to claims: where they point, what they carry, and what must not change them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.claims import Certainty, Claim, Modality
from monitor.core.reading.extracting import all_candidates
from monitor.core.reading.features import describe_all
from monitor.core.reading.passages import MOST_VALUES
from monitor.core.values import Shift
from tests.core.reading.builders import (
    CAPACITY,
    ENDING,
    FAMILIES,
    LAUNCH,
    LICENCE,
    OPENING,
    PRICE,
    STAKE,
    credulous,
    item,
    library,
    model,
    reading,
    said,
    scene_of,
    watch,
)

EVERYTHING = watch(
    LAUNCH, CAPACITY, PRICE, STAKE, LICENCE, OPENING, ENDING, known={"launch": "2025-03", "capacity": "100000 vehicle/year"}
)


def claims(body: str, *, title: str = "", language: str = "en") -> tuple[Claim, ...]:
    return reading(EVERYTHING, item(body, title=title, language=language)).claims


def pointed(claim: Claim) -> str:
    return claim.quote[claim.start : claim.end]


# --- any text ---------------------------------------------------------------------------------------

WORDS = "Acme|launch|in 2025|six months later|150,000 cars a year|$12bn|not|?|.|\n|，|approved|“|极点"
fragments = st.sampled_from(WORDS.split("|"))
texts = st.one_of(st.text(max_size=120), st.lists(fragments, max_size=25).map(" ".join))


@settings(max_examples=40, deadline=None)
@given(title=texts, body=texts, hint=st.sampled_from(("", "en", "zh", "de", "xx")))
def test_any_text_is_read_and_every_claim_points_into_its_quote(title: str, body: str, hint: str) -> None:
    source = item(body, title=title, language=hint)
    for claim in reading(EVERYTHING, source, with_library=credulous()).claims:
        assert claim.quote in (title if claim.in_title else body)
        assert 0 <= claim.start < claim.end <= len(claim.quote)
        assert 0 <= claim.confidence <= 1


@settings(max_examples=20, deadline=None)
@given(title=texts, body=texts)
def test_the_same_item_is_read_the_same_way(title: str, body: str) -> None:
    assert reading(EVERYTHING, item(body, title=title)) == reading(EVERYTHING, item(body, title=title))


def test_a_sentence_gives_a_candidate_for_each_value_until_it_is_a_table() -> None:
    one = watch(LAUNCH)
    some, more, row = (len(reading(one, item("launch in 2025 and " * count)).links) for count in (5, 15, 40))
    assert more == 3 * some
    assert row == MOST_VALUES


@pytest.mark.parametrize("body", ["", " \n\t ", "\u200b"])
def test_an_empty_text_says_nothing(body: str) -> None:
    assert claims(body, title=body) == ()


# --- where a claim points ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("The “launch” is in\u00a0March\u00a02026.", "March\u00a02026"),
        ("Nothing. The launch — Acme’s first — is in March 2026.", "March 2026"),
        ("The launch is in ２０２６.", "２０２６"),
        ("The capa\u00adcity: Acme’s launch is in Ma\u00adrch 2026.", "Ma\u00adrch 2026"),
    ],
    ids=["quotes and hard spaces", "second sentence", "full width", "soft hyphens"],
)
def test_a_claim_points_at_the_values_words_as_published(body: str, words: str) -> None:
    (claim,) = [claim for claim in claims(body) if claim.fact == "launch"]
    assert pointed(claim) == words
    assert claim.quote in body


def test_a_claim_of_the_headline_quotes_the_headline() -> None:
    (claim,) = claims("", title="Acme launch in March 2026")
    assert (claim.in_title, claim.quote, pointed(claim)) == (True, "Acme launch in March 2026", "March 2026")


def test_a_state_points_at_its_phrase() -> None:
    (claim,) = claims("The licence was approved.")
    assert pointed(claim) == "approved"


# --- what a claim carries ---------------------------------------------------------------------------


def test_a_claim_names_its_watch_fact_item_and_reasons() -> None:
    source = item("The ministry confirmed the launch in March 2026.")
    (claim,) = reading(EVERYTHING, source).claims
    assert (claim.watch, claim.fact, claim.item, str(claim.value)) == ("acme", "launch", source, "2026-03")
    assert len(claim.reasons) == 3
    assert claim.is_on_record
    assert not claim.says_change


@pytest.mark.parametrize("cap", Certainty)
def test_no_claim_rises_above_the_feeds_tier(cap: Certainty) -> None:
    found = reading(EVERYTHING, item("The launch is in March 2026. The price is 200,000 yuan."), cap=cap).claims
    assert [claim.certainty for claim in found] == [cap, cap]


def test_a_distance_is_kept_beside_the_date_it_leads_to() -> None:
    (claim,) = claims("The launch is delayed by six months.")
    assert (str(claim.value), claim.moved_by, claim.says_change) == ("2025-09", Shift(months=6), True)


def test_an_addition_is_kept_beside_the_sum() -> None:
    (claim,) = claims("The capacity grows by 50,000 cars a year.")
    assert (str(claim.value), str(claim.moved_by)) == ("150000 vehicle/year", "50000 vehicle/year")


def test_a_plain_value_was_moved_by_nothing() -> None:
    (claim,) = claims("The launch is in March 2026.")
    assert claim.moved_by is None


def test_a_distance_is_not_believed_where_the_date_is_told_too() -> None:
    assert said(EVERYTHING, "The launch is delayed by a year, to December 2026.") == [("launch", "2026-12")]


def test_a_deadline_in_force_that_is_ruled_out_is_stated_as_what_remains() -> None:
    one = watch(LAUNCH, known={"launch": "../2033"})
    (claim,) = reading(one, item("Acme cannot launch by 2033.")).claims
    assert (str(claim.value), claim.modality, claim.says_change) == ("2034/..", Modality.STATED, True)


def test_what_a_ruled_out_date_leaves_is_not_believed_where_the_new_date_is_told() -> None:
    one = watch(LAUNCH, known={"launch": "2024"})
    assert ("launch", "2025/..") not in said(one, "The launch will not come in 2024 but in autumn 2025.")


def test_a_ruling_out_that_is_itself_denied_stays_denied() -> None:
    one = watch(LAUNCH, known={"launch": "../2033"})
    (claim,) = reading(one, item("Acme denied reports that it cannot launch by 2033.")).claims
    assert claim.modality is Modality.DENIED


def test_a_correction_says_so() -> None:
    (claim,) = claims("Correction: the launch is in March 2026.")
    assert claim.is_correction


@pytest.mark.parametrize("body", ["The launch will come.", "The licence will be approved."])
def test_an_undated_plan_and_a_state_to_come_are_no_claims(body: str) -> None:
    assert claims(body) == ()


@pytest.mark.parametrize(
    ("body", "modality"),
    [
        ("The launch of Acme was a success.", Modality.ACHIEVED),
        ("The launch of Acme was scrapped.", Modality.CANCELLED),
        ("The launch of Acme was put off indefinitely.", Modality.WITHDRAWN),
    ],
)
def test_an_event_without_date_is_a_claim_without_value(body: str, modality: Modality) -> None:
    (claim,) = claims(body)
    assert (claim.value, claim.modality, pointed(claim)) == (None, modality, "launch")


@pytest.mark.parametrize(
    ("body", "title", "is_news"),
    [
        ("The licence was approved on Thursday.", "", True),
        ("The licence was approved on 14 March 2019.", "", False),
        ("The licence was approved.", "", False),
        ("More soon.", "Acme licence approved", True),
    ],
)
def test_a_state_of_the_headline_or_of_the_last_week_is_told_as_a_change(body: str, title: str, is_news: bool) -> None:
    found = [claim for claim in claims(body, title=title) if claim.fact == "licence"]
    assert [claim.says_change for claim in found] == [is_news]


def test_what_is_not_believed_is_kept_as_a_link_without_claim() -> None:
    doubting = replace(library(), models={name: model({"bias": -9.0}) for name in FAMILIES})
    found = reading(EVERYTHING, item("The launch is in March 2026."), with_library=doubting)
    assert found.claims == ()
    assert "launch" in {link.candidate.fact.key for link in found.links}


def test_an_item_without_headline_or_body_has_one_passage() -> None:
    assert [passage.is_title for passage in reading(EVERYTHING, item("", title="Acme")).passages] == [True]
    assert [passage.is_title for passage in reading(EVERYTHING, item("Acme")).passages] == [False]


# --- languages and names ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("zh", "极点汽车将于2026年3月上市。"),
        ("de", "Der Marktstart ist für März 2026 geplant."),
        ("fr", "Le lancement est prévu en mars 2026."),
        ("es", "El lanzamiento está previsto para marzo de 2026."),
    ],
)
def test_a_rule_in_english_reads_other_languages(language: str, body: str) -> None:
    assert said(EVERYTHING, body, language=language) == [("launch", "2026-03")]
    assert reading(EVERYTHING, item(body, language=language)).language == language


def test_a_name_in_another_script_is_the_subject() -> None:
    scene = scene_of(EVERYTHING, item("极点汽车将于2026年3月上市。", language=""))
    found = describe_all(tuple(all_candidates(scene, library())), scene)
    assert found
    assert all("subject named in the sentence" in features for features in found)


# --- what must not change a claim -------------------------------------------------------------------

NEWS = "Acme confirmed the launch in March 2026. The capacity is 150,000 cars a year."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", " Shares of another maker rose."),
        ("", "\nSubscribe to our newsletter. All rights reserved."),
        ("By Jane Roe\n", ""),
        ("BERLIN (Reuters) - ", ""),
        ("", "\nRead more: ten ways to save on fuel."),
    ],
    ids=["unrelated sentence", "boilerplate", "byline", "dateline", "teaser"],
)
def test_words_about_others_change_no_claim(before: str, after: str) -> None:
    plain, dressed = (reading(EVERYTHING, item(body)).claims for body in (NEWS, before + NEWS + after))
    assert [content(claim) for claim in dressed] == [content(claim) for claim in plain]
    assert plain


def content(claim: Claim) -> tuple[str, str, Modality, Certainty, str]:
    return claim.fact, str(claim.value), claim.modality, claim.certainty, pointed(claim)
