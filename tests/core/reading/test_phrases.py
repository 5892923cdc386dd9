"""A phrase is found in any inflection, as a part of a compound, and nowhere else."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.reading.folding import fold
from monitor.core.reading.phrase_words import Irregular
from monitor.core.reading.phrases import compile_phrases
from monitor.core.reading.texts import normalise

FORMS = MappingProxyType({"break": ("broke", "broken"), "broke": ("break", "broken")})
BREAK = Irregular(MappingProxyType({"": FORMS, "en": FORMS}))


def found(phrase: str, language: str, source: str) -> list[str]:
    text = normalise(source)
    hits = compile_phrases([("it", phrase, language)], irregular=BREAK).find(text)
    return [text.plain[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("phrase", "language", "source", "words"),
    [
        (
            "start production",
            "",
            "They started production and are starting production.",
            ["started production", "starting production"],
        ),
        ("start production", "", "It starts the production soon.", ["starts the production"]),
        ("delivery", "en", "Deliveries of one delivery.", ["Deliveries", "delivery"]),
        ("release", "en", "releasing, released, releases", ["releasing", "released", "releases"]),
        ("scrap", "en", "It scrapped the plan and is scrapping more.", ["scrapped", "scrapping"]),
        ("priced", "", "A price; pricing.", ["price", "pricing"]),
        ("pass", "en", "It passes and passed.", ["passes", "passed"]),
        ("break ground", "en", "They broke ground; ground was broken.", ["broke ground"]),
        ("broke ground", "", "They break ground.", ["break ground"]),
        ("mass production", "", "mass-production and mass\nproduction", ["mass-production", "mass\nproduction"]),
        ("pre-order", "", "preorder, pre-order, pre order, preorders", ["preorder", "pre-order", "pre order", "preorders"]),
        ("Auslieferung", "de", "Die Auslieferungen", ["Auslieferungen"]),
        ("liefern", "de", "Sie liefert, lieferte und hat geliefert.", ["liefert", "lieferte", "geliefert"]),
        ("lancer", "fr", "Il lance, lançait, a lancé; elles sont lancées.", ["lance", "lançait", "lancé", "lancées"]),
        ("aplazado", "es", "Las obras aplazadas y el plan aplazado", ["aplazadas", "aplazado"]),
        ("lanciare", "it", "Lancerà, lanciato, lanciano", ["lanciato", "lanciano"]),
        ("adiar", "pt", "Adiou, adiada e adiarão", ["Adiou", "adiada", "adiarão"]),
        ("öppning", "sv", "Öppningen av öppningarna", ["Öppningen", "öppningarna"]),
        ("gyártás", "hu", "A gyártást és a gyártásának", ["gyártást", "gyártásának"]),
        ("запуск", "ru", "О запуске и запусков", ["запуске", "запусков"]),
        ("출시", "ko", "출시는 내년이다. 출시된다.", ["출시", "출시"]),
        ("rilis", "id", "rilisnya", ["rilisnya"]),
    ],
)
def test_inflected_forms_are_found(phrase: str, language: str, source: str, words: list[str]) -> None:
    assert found(phrase, language, source) == words


@pytest.mark.parametrize(
    ("phrase", "language", "source", "words"),
    [
        ("Serienproduktion", "de", "Serienproduktionsstart", ["Serienproduktion"]),
        ("Produktion", "de", "Batterieproduktion", ["Produktion"]),
        ("Produktion", "", "Batterieproduktionen", ["Produktionen"]),
        ("fabriek", "nl", "batterijfabriek", ["fabriek"]),
        ("tunnel", "da", "Femerntunnelen", ["tunnelen"]),
        ("fabrik", "sv", "batterifabriken", ["fabriken"]),
    ],
)
def test_a_word_is_found_in_a_compound(phrase: str, language: str, source: str, words: list[str]) -> None:
    assert [word.lower() for word in found(phrase, language, source)] == [word.lower() for word in words]


@pytest.mark.parametrize(
    ("phrase", "language", "source"),
    [
        ("fare", "", "warfare and welfare"),
        ("open", "", "reopen the opera"),
        ("fine", "en", "final and confine"),
        ("Bau", "de", "Tagebau und Bauamt"),
        ("production", "en", "reproduction of overproduction"),
        ("mål", "sv", "mal"),
        ("giá", "vi", "Gia Lai"),
        ("start production", "", "start. Production"),
        ("put … on sale", "", "put it away. The rest went on sale"),
        ("put … on sale", "", "put 3 away. 4 went on sale"),
        ("put … on sale", "", "put one two three four five on sale"),
        ("开始…生产", "zh", "开始了,新的生产"),
        ("phase I", "", "The next phase is near."),
    ],
)
def test_other_words_are_not_found(phrase: str, language: str, source: str) -> None:
    assert found(phrase, language, source) == []


@pytest.mark.parametrize(
    ("phrase", "language", "source", "words"),
    [
        ("put … on sale", "en", "They put the new car on sale", ["put the new car on sale"]),
        ("put … on sale", "en", "They put on sale the car", ["put on sale"]),
        ("geht … in Betrieb", "de", "Die Bahn geht Ende 2026 in Betrieb.", ["geht Ende 2026 in Betrieb"]),
        ("tritt … in Kraft", "de", "Das Gesetz tritt am 1. Juni in Kraft.", ["tritt am 1. Juni in Kraft"]),
        ("took … stake", "en", "It took a 3.5 percent stake", ["took a 3.5 percent stake"]),
        ("nimmt … die Produktion auf", "de", "Das Werk nimmt im Mai die Produktion auf.", ["nimmt im Mai die Produktion auf"]),
        ("开始…生产", "zh", "工厂开始大规模生产", ["开始大规模生产"]),
    ],
)
def test_words_may_stand_in_a_marked_gap(phrase: str, language: str, source: str, words: list[str]) -> None:
    assert found(phrase, language, source) == words


def test_a_long_acronym_may_be_spelled_as_a_name() -> None:
    assert found("ETIAS", "", "Etias starts, ETIAS starts, etias starts") == ["Etias", "ETIAS"]
    assert found("ITER", "en", "Iter is late") == ["Iter"]
    assert found("WHO", "", "Who is late") == []


def test_an_acronym_must_match_in_case() -> None:
    assert found("EES", "", "The EES and the fees, the ees; EESs") == ["EES", "EESs"]


def test_edges_are_not_checked_beside_chinese_characters() -> None:
    assert found("SU7", "", "小米SU7将于上市") == ["SU7"]
    assert found("量产", "", "汽车量产时间") == ["量产"]
    assert found("A股上市", "zh", "公司在A股上市后") == ["A股上市"]


def test_traditional_and_simplified_characters_are_one() -> None:
    assert found("量产", "zh", "預計量產時間") == ["量產"]
    assert found("開賣", "zh", "新手机开卖") == ["开卖"]


def test_accents_may_be_missing_in_the_cue_and_in_the_text() -> None:
    assert found("Eroffnung", "", "Die Eröffnung") == ["Eröffnung"]
    assert found("inauguración", "es", "La inauguracion") == ["inauguracion"]


def test_an_elided_article_is_no_part_of_a_word() -> None:
    assert found("ouverture", "fr", "L'ouverture d’ouverture") == ["ouverture", "ouverture"]
    assert found("chiffre d'affaires", "", "Le chiffre d’affaires annuel") == ["chiffre d'affaires"]


def test_the_longest_hit_of_a_label_hides_those_inside() -> None:
    text = normalise("The launch date is set")
    book = compile_phrases([("it", "launch", ""), ("it", "launch date", ""), ("other", "date", "")])
    assert [(hit.label, hit.phrase) for hit in book.find(text)] == [("it", "launch date"), ("other", "date")]


def test_a_phrase_without_blanks_out_the_hits_of_its_own_label_only() -> None:
    text = normalise("The launch pad was ready for launch")
    book = compile_phrases([("it", "launch", ""), ("pad", "launch", "")], without=[("it", "launch pad", "")])
    assert [(hit.label, hit.start) for hit in book.find(text)] == [("pad", 4), ("it", 29), ("pad", 29)]


def test_only_the_given_stretch_is_searched_and_offsets_are_of_the_whole_text() -> None:
    text = normalise("Launch. The launch. Launch")
    hits = compile_phrases([("it", "launch", "")]).find(text, 8, 19)
    assert [(hit.start, hit.end) for hit in hits] == [(12, 18)]


def test_words_of_another_language_than_the_text_are_left_out() -> None:
    text = normalise("La première 上市")
    book = compile_phrases([("it", "premiere", "en"), ("it", "上市", "zh"), ("own", "premiere", "")])
    assert [hit.label for hit in book.find(text)] == ["it", "own", "it"]
    assert [hit.label for hit in book.find(text, language="fr")] == ["own"]


def test_a_book_without_phrases_finds_nothing() -> None:
    assert compile_phrases([("it", "…", ""), ("it", "", "")]).find(normalise("anything …")) == []


WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäéåçñőабвгд产業日本", min_size=1, max_size=9)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
LANGUAGES = st.sampled_from(["", "en", "de", "fr", "es", "it", "pt", "nl", "sv", "ru", "hu", "pl", "id", "vi", "zh", "ja", "ko"])


@given(phrase=PHRASES, language=LANGUAGES)
def test_every_phrase_is_found_as_it_is_spelled(phrase: str, language: str) -> None:
    text = normalise(f"Well, {phrase}.")
    hits = compile_phrases([("it", phrase, language)]).find(text)
    assert any(hit.start <= 6 and hit.end >= 6 + len(phrase) for hit in hits)


@given(phrases=st.lists(st.tuples(st.just("it"), st.text(max_size=12), LANGUAGES), max_size=6), source=st.text(max_size=80))
def test_any_text_is_searched_and_hits_lie_inside_it(phrases: list[tuple[str, str, str]], source: str) -> None:
    text = normalise(source)
    ends = [(hit.start, hit.end) for hit in compile_phrases(phrases).find(text)]
    assert all(0 <= start < end <= len(text.plain) for start, end in ends)
    assert ends == sorted(ends)


@given(source=st.text(max_size=60))
def test_folding_keeps_the_length(source: str) -> None:
    lower = normalise(source).lower
    assert len(fold(lower)) == len(lower)


@given(before=PHRASES, phrase=PHRASES, language=LANGUAGES)
def test_a_sentence_before_moves_the_hits_and_nothing_else(before: str, phrase: str, language: str) -> None:
    book = compile_phrases([("it", phrase, language)])
    alone = [(hit.start, hit.end) for hit in book.find(normalise(f" {phrase}."))]
    lead = f"{before}."
    behind = [(hit.start - len(lead), hit.end - len(lead)) for hit in book.find(normalise(f"{lead} {phrase}."))]
    assert [span for span in behind if span[0] >= 0] == alone


def test_the_longer_phrase_of_rivals_is_meant() -> None:
    phrases = [("yes", "approve", "en"), ("no", "refuse to approve", "en"), ("it", "approve", "en")]
    book = compile_phrases(phrases, rivals={"yes": "answer", "no": "answer"})
    assert [hit.label for hit in book.find(normalise("they refuse to approve"))] == ["no", "it"]
    assert [hit.label for hit in book.find(normalise("they approve"))] == ["yes", "it"]


@pytest.mark.parametrize(
    ("phrase", "language", "source", "found"),
    [
        ("volver", "es", "El equipo no volverá a su estadio", ["volverá"]),
        ("riaprire", "it", "Il teatro riaprirà a maggio", ["riaprirà"]),
        ("gyártás", "hu", "Megkezdték a gyártást", ["gyártást"]),
        ("volver", "en", "They said that volverá is a word", []),
    ],
)
def test_a_guest_is_found_in_the_forms_of_the_texts_language(phrase: str, language: str, source: str, found: list[str]) -> None:
    text = normalise(source)
    book = compile_phrases([("it", phrase, "")], guests=[("it", phrase)])
    assert [text.plain[hit.start : hit.end] for hit in book.find(text, language=language)] == found
