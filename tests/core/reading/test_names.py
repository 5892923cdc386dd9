"""The names of a sentence: the subject's, its officials', and strangers told by their capital letters."""

from __future__ import annotations

import pytest

from monitor.core.reading.names import Bearer, Name, find_names
from monitor.core.reading.phrases import Hit, compile_phrases
from monitor.core.reading.texts import normalise

OWN = (("subject", "Acme", ""), ("subject", "极点汽车", ""), ("official", "Ada Berg", ""), ("other", "Borealis", ""))


def found(
    source: str, *, common: frozenset[str] = frozenset(), nouns: bool = False, words: tuple[Hit[str], ...] = ()
) -> list[tuple[str, Bearer]]:
    text = normalise(source)
    known = compile_phrases(OWN).find(text)
    names = find_names(text, 0, len(text.plain), known=known, words=words, common=common, nouns_are_capitalised=nouns)
    return [(text.plain[name.start : name.end], name.bearer) for name in names]


def test_the_rules_names_have_their_bearers_in_the_order_of_the_text() -> None:
    assert found("at Borealis, Ada Berg of Acme spoke") == [
        ("Borealis", Bearer.OTHER),
        ("Ada Berg", Bearer.OFFICIAL),
        ("Acme", Bearer.SUBJECT),
    ]


def test_a_name_in_another_script_is_the_subjects_too() -> None:
    assert found("据悉极点汽车将于明年上市") == [("极点汽车", Bearer.SUBJECT)]


def test_capital_letters_make_a_stranger_of_all_their_words() -> None:
    assert found("it sued Bank of America and Zenith") == [("Bank of America", Bearer.STRANGER), ("Zenith", Bearer.STRANGER)]


def test_a_name_of_the_rule_is_no_stranger_besides() -> None:
    assert found("with Ada Berg there") == [("Ada Berg", Bearer.OFFICIAL)]


def test_a_common_word_that_opens_the_sentence_is_no_name() -> None:
    assert found("Nobody knows", common=frozenset({"nobody"})) == []
    assert found("Nobody knows") == [("Nobody", Bearer.STRANGER)]


def test_a_month_is_no_name_anywhere() -> None:
    assert found("it opens in March there", common=frozenset({"march"})) == []


def test_a_known_word_that_opens_the_sentence_is_no_name_and_elsewhere_it_may_be() -> None:
    assert found("Production began", words=(Hit("own:x", 0, 10, "production"),)) == []
    assert found("at Zenith", words=(Hit("own:x", 3, 9, "zenith"),)) == [("Zenith", Bearer.STRANGER)]


def test_one_letter_is_no_name() -> None:
    assert found("plan B failed") == []


@pytest.mark.parametrize(("source", "names"), [("das Werk in Köln", []), ("das BMW baut", ["BMW"]), ("der ID3 kommt", ["ID3"])])
def test_where_nouns_have_capitals_only_acronyms_and_models_are_names(source: str, names: list[str]) -> None:
    assert [name for name, _ in found(source, nouns=True)] == names


def test_only_names_of_the_given_stretch_are_told() -> None:
    text = normalise("Acme spoke. Borealis too.")
    known = compile_phrases(OWN).find(text)
    names = find_names(text, 12, 25, known=known, words=(), common=frozenset(), nouns_are_capitalised=False)
    assert [name.bearer for name in names] == [Bearer.OTHER]


@pytest.mark.parametrize(("bearer", "is_ours"), list(zip(Bearer, (True, True, False, False), strict=True)))
def test_the_subject_and_its_officials_speak_of_the_subject(bearer: Bearer, is_ours: bool) -> None:
    assert Name(start=0, end=1, bearer=bearer).is_ours is is_ours
