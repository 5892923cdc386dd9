"""Sentences end where a reader hears them end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.reading.sentences import split_sentences
from monitor.core.reading.texts import normalise


def sentences(source: str, *, has_ordinal_dot: bool = False) -> list[str]:
    text = normalise(source)
    return [text.plain[one.start : one.end] for one in split_sentences(text, has_ordinal_dot=has_ordinal_dot)]


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("Work began on Monday. It ends in May.", 2),
        ("The U.S. agency met Mr. Smith at 4 p.m. on Monday.", 1),
        ("J. R. Smith said No. 3 is ready.", 1),
        ("It tops out at 210 km/h. The other does not.", 2),
        ("It costs 11.5 billion. That is all.", 2),
        ("Will it open? Nobody knows!", 2),
        ("二期已于6月23日竣工。接下来将进行验收。", 2),
        ('He said: "It is done." Then he left.', 2),
        ("One line\nanother line", 2),
        ("The first; the second", 2),
    ],
)
def test_a_full_stop_ends_a_sentence_and_an_abbreviation_does_not(source: str, count: int) -> None:
    assert len(sentences(source)) == count


def test_a_dot_behind_a_number_is_part_of_a_date_where_the_language_writes_so() -> None:
    source = "Das Spiel erscheint am 26. Mai 2026. Der Preis fehlt."
    assert len(sentences(source, has_ordinal_dot=True)) == 2


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("The answer is no. Nobody knows.", 2),
        ("It is unit No. 3 of the plant.", 1),
        ("Work began at Acme Inc. The first cars follow.", 2),
        ("Acme Inc. Chairman Smith spoke.", 1),
        ("It opens at 4 p.m. The second gate stays shut.", 2),
        ("It was in the U.S. The firm left.", 2),
        ("He met H. Von Trapp there.", 1),
        ("Yahoo! said so.", 1),
        ("It waits… and waits.", 1),
        ("It waits… Then it opens.", 2),
        ("So ist z. B. Berlin dabei.", 1),
        ("In St. Pölten hält der Zug.", 1),
        ("Le projet de M. Le Goff coûte cher.", 1),
        ("Los EE. UU. Mantienen el plan.", 1),
        ("Завод открылся в 2025 г. Компания довольна.", 2),
        ("В г. Москва открылся завод.", 1),
        ("他说：“可以。”然后离开。", 2),
        ("開業は27年か？ 同社は未定とする。", 2),
    ],
)
def test_a_dot_is_judged_by_what_stands_before_and_behind_it(source: str, count: int) -> None:
    assert len(sentences(source)) == count


def test_an_ordinal_goes_on_unless_a_sentence_opens_behind_it() -> None:
    assert sentences("Sie kommt am 3. Oktober.", has_ordinal_dot=True) == ["Sie kommt am 3. Oktober."]
    assert sentences("Das Los war die 26. Der Preis fehlt.", has_ordinal_dot=True) == ["Das Los war die 26.", "Der Preis fehlt."]


@pytest.mark.parametrize(
    ("source", "report"),
    [
        ("LONDON, 5 May (Reuters) - The works opened.", "The works opened."),
        ("NEW YORK, May 5 -- The works opened.", "The works opened."),
        ("Berlin (dpa) - Das Werk ist offen.", "Das Werk ist offen."),
        ("(AFP) - L'usine est ouverte.", "L'usine est ouverte."),
        ("新华社北京5月5日电 工厂开工。", "工厂开工。"),
        ("【ベルリン共同】工場が開業した。", "工場が開業した。"),
        ("(서울=연합뉴스) 홍길동 기자 = 공장이 문을 열었다.", "공장이 문을 열었다."),
        ("By Ann Lee\nThe works opened.", "The works opened."),
        ("By A. B. Lee\nThe works opened.", "The works opened."),
        ("By Ann Lee and Jo de Vries, Berlin\n\nThe works opened.", "The works opened."),
        ("By Ann Lee\nLONDON, 5 May (Reuters) - The works opened.", "The works opened."),
        ("Von Jörg Ötztal und Ida Berg\nDas Werk ist offen.", "Das Werk ist offen."),
        ("Автор: Анна Ли\nЗавод открыт.", "Завод открыт."),
        ("记者 王伟\n工厂开工。", "工厂开工。"),
        ("田中太郎記者\n工場が開業した。", "工場が開業した。"),
    ],
)
def test_a_dateline_or_byline_is_no_part_of_the_report(source: str, report: str) -> None:
    assert sentences(source) == [report]


@pytest.mark.parametrize(
    "source",
    [
        "GTA VI - Release date set",
        "Acme (ACM) - the maker",
        "【訂正】工場が開業した。",
        "Berlin - the city waits",
        "By the end of May\nthe works open.",
        "By May 2026\nthe works open.",
        "By Ann Lee\n",
        "Par ailleurs, rien\nne bouge.",
        "文物馆开工\n工期两年。",
    ],
)
def test_what_only_begins_like_a_dateline_or_byline_is_read(source: str) -> None:
    assert "\n".join(sentences(source)) == normalise(source).plain.strip()


@pytest.mark.parametrize(
    "tail",
    [
        "(Reporting by A. Berg; editing by B. Lind)",
        "Read more: Another works opens in 2031",
        "Lesen Sie auch: Noch ein Werk",
        "责任编辑：王",
    ],
)
def test_what_stands_under_every_article_is_no_sentence(tail: str) -> None:
    assert sentences(f"The works opened.\n{tail}")[0] == "The works opened."
    assert not any(tail[:8] in one for one in sentences(f"The works opened.\n{tail}"))


def test_a_headline_without_commas_breaks_at_its_space_where_words_have_none() -> None:
    text = normalise("有人月周回飛行を再延期　月面着陸は27年半ば")
    (only,) = split_sentences(text)
    assert len(only.breaks) == 1


@given(source=st.text())
def test_clauses_cover_their_sentence(source: str) -> None:
    for one in split_sentences(normalise(source)):
        for offset in range(one.start, one.end):
            start, end = one.clause_at(offset)
            assert one.start <= start <= offset < end <= one.end
            assert one.parts_between(offset, offset) == 0


@given(source=st.text(st.characters(exclude_characters="©")))
def test_sentences_are_in_order_and_lose_no_letter_of_plain_text(source: str) -> None:
    text = normalise(source)
    found = split_sentences(text)
    assert all(left.end <= right.start for left, right in pairwise(found))
    inside = sum(sum(c.isalnum() for c in text.plain[one.start : one.end]) for one in found)
    assert inside == sum(c.isalnum() for c in text.plain)


def test_a_clause_ends_at_a_comma_but_not_inside_a_number() -> None:
    text = normalise("Output was 10,000 cars, and sales were weak")
    (only,) = split_sentences(text)
    start, end = only.clause_at(text.plain.index("10,000"))
    assert text.plain[start:end] == "Output was 10,000 cars,"


def test_a_sentence_that_never_ends_is_read_piece_by_piece() -> None:
    text = normalise("launch in 2025 and " * 500)
    pieces = split_sentences(text)
    assert max(piece.end - piece.start for piece in pieces) <= 1_000
    assert "".join(text.plain[piece.start : piece.end] for piece in pieces) == text.plain.strip()


def test_a_word_that_never_ends_is_cut_too() -> None:
    pieces = split_sentences(normalise("长" * 2_500))
    assert [piece.end - piece.start for piece in pieces] == [1_000, 1_000, 500]
