"""Every language of the lexicon is whole, and its words are words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from monitor.config.lexicons import calendar_names, languages, load_language, load_lexicon, load_library, load_table
from monitor.core.reading.texts import normalise

SECTIONS = ("modality", "attribution", "reference")
ENGLISH = load_language("en")
# Verbs at the end of a sentence have their helpers behind them, and not every language has a mood for what is only supposed.
GRAMMAR_ONLY_OF_SOME = {"hypothetical_behind", "not_yet_behind", "hearing_behind", "conditional"}


def words(section: Any) -> Iterator[Any]:
    """All leaves of a section, keys left out."""
    if isinstance(section, dict):
        for part in section.values():
            yield from words(part)
    elif isinstance(section, list):
        for part in section:
            yield from words(part)
    else:
        yield section


def test_the_tables_are_no_languages() -> None:
    assert {"en", "zh", "de", "fr"} <= set(languages())
    assert not {"concepts", "units", "linker"} & set(languages())
    assert list(languages()) == sorted(languages())


@pytest.mark.parametrize("code", languages())
def test_a_lexicon_has_every_section_that_english_has(code: str) -> None:
    lexicon = load_language(code)
    for section in SECTIONS:
        assert lexicon[section].keys() - GRAMMAR_ONLY_OF_SOME == ENGLISH[section].keys()
        assert [name for name, phrases in lexicon[section].items() if not phrases] == []
    assert {"numerals", "amounts", "periods", "traits"} <= lexicon.keys()
    assert "function_words" in lexicon["traits"]


@pytest.mark.parametrize("code", languages())
def test_no_word_became_a_boolean_or_a_number(code: str) -> None:
    lexicon = load_language(code)
    cues = [word for section in SECTIONS for word in words(lexicon[section])] + lexicon["traits"]["function_words"]
    assert [word for word in cues if not isinstance(word, str) or not word.strip()] == []


@pytest.mark.parametrize("code", languages())
def test_no_key_is_written_twice(code: str) -> None:
    from importlib.resources import files

    node = yaml.compose(files("monitor.lexicon").joinpath(f"{code}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert node is not None
    twice = [key.value for section, body in node.value if section.value in SECTIONS for key in repeated(body)]
    assert twice == []


def repeated(body: Any) -> list[Any]:
    seen: set[str] = set()
    return [key for key, _ in body.value if key.value in seen or seen.add(key.value)]  # type: ignore[func-returns-value]


@pytest.mark.parametrize("code", languages())
def test_a_language_is_told_by_function_words_or_by_its_script(code: str) -> None:
    assert load_library().function_words[code] or code in {"zh", "ja", "ko", "ru", "vi"}


@pytest.mark.parametrize("code", languages())
def test_every_cue_is_found_where_it_stands_alone(code: str) -> None:
    lexicon, words_of = load_lexicon(code), load_language(code)
    for section in SECTIONS:
        for name, phrases in words_of[section].items():
            for phrase in phrases:
                spelled = phrase.replace("…", " ").replace("*", "")
                if any(character.isalpha() for character in spelled):
                    labels = {hit.label for hit in lexicon.cues.find(normalise(spelled))}
                    assert f"{section}.{name}" in labels, (section, name, phrase)


@pytest.mark.parametrize("code", languages())
def test_the_calendar_has_twelve_months_and_seven_days(code: str) -> None:
    names = calendar_names(code)
    assert set(names.months.values()) == set(range(1, 13))
    assert set(names.weekdays.values()) == set(range(7))
    assert all(name == name.lower() for name in (*names.months, *names.weekdays))


def test_names_of_months_and_days_are_no_names_of_companies() -> None:
    assert {"march", "monday"} <= load_lexicon("en").common
    assert {"märz", "montag"} <= load_lexicon("de").common


def test_german_traits_reach_the_reader_and_english_has_none() -> None:
    german, english = load_lexicon("de"), load_lexicon("en")
    assert german.has_ordinal_dot
    assert german.nouns_are_capitalised
    assert not english.has_ordinal_dot
    assert not english.nouns_are_capitalised


def test_the_library_has_every_language_and_english_for_the_rest() -> None:
    library = load_library()
    assert set(library.lexicons) == set(library.function_words) == set(languages())
    assert library.lexicons.get("xx") is None
    assert library.lexicon("de").code == "de"
    assert library.lexicon("xx").code == "en"


def test_the_linker_has_a_model_for_every_family() -> None:
    models = load_library().models
    assert set(models) == {"period", "amount", "share", "status"} == set(load_table("linker"))
    assert all(0 < model.threshold < 1 and model.weights for model in models.values())


def test_everything_is_loaded_once() -> None:
    assert load_library() is load_library()
