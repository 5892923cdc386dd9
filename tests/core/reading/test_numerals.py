"""Numerals: digits, words and place characters of all languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.lexicons import load_language
from monitor.core.reading.numerals import Numerals, build_numerals

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
HAN = "零一二三四五六七八九"


def numerals(language: str) -> Numerals:
    return build_numerals(load_language(language))


def in_english(number: int) -> str:
    if number < 20:
        return ONES.split()[number]
    if number < 100:
        tens = TENS.split()[number // 10 - 2]
        return tens if not number % 10 else f"{tens}-{in_english(number % 10)}"
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            head, rest = divmod(number, size)
            glue = " and " if rest < 100 else " "
            return f"{in_english(head)} {name}" + (glue + in_english(rest) if rest else "")
    raise AssertionError(number)


def in_chinese(number: int) -> str:
    for size, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if rest and rest < size // 10 else ""
            return in_chinese(head) + name + gap + (in_chinese(rest) if rest else "")
    return HAN[number]


@given(number=st.integers(min_value=0, max_value=10**11))
def test_english_words_read_back_as_the_number(number: int) -> None:
    assert numerals("en").read(in_english(number)) == number


@given(number=st.integers(min_value=1, max_value=10**11))
def test_chinese_characters_read_back_as_the_number(number: int) -> None:
    assert numerals("zh").read(in_chinese(number)) == number


@given(number=st.integers(min_value=0, max_value=10**15), language=st.sampled_from(["en", "zh", "ja", "ko"]))
def test_grouping_by_commas_does_not_change_a_number(number: int, language: str) -> None:
    assert numerals(language).read(f"{number:,}") == number


@given(
    number=st.integers(min_value=0, max_value=10**15), language=st.sampled_from(["de", "fr", "es", "it", "pt", "nl", "id", "vi"])
)
def test_grouping_by_dots_does_not_change_a_number_where_the_comma_is_decimal(number: int, language: str) -> None:
    assert numerals(language).read(f"{number:,}".replace(",", ".")) == number


@given(number=st.integers(min_value=1000, max_value=10**15), language=st.sampled_from(["fr", "ru", "sv", "da", "hu"]))
def test_grouping_by_spaces_does_not_change_a_number_where_that_is_usual(number: int, language: str) -> None:
    assert numerals(language).read(f"{number:,}".replace(",", " ")) == number


@given(whole=st.integers(min_value=0, max_value=10**6), tenths=st.integers(min_value=0, max_value=99))
def test_the_decimal_mark_is_the_language_s_own(whole: int, tenths: int) -> None:
    assert numerals("en").read(f"{whole}.{tenths:02}") == whole + Decimal(tenths) / 100
    assert numerals("de").read(f"{whole},{tenths:02}") == whole + Decimal(tenths) / 100


@pytest.mark.parametrize(
    ("language", "words", "number"),
    [
        ("en", "three and a half million", "3500000"),
        ("en", "half a billion", "500000000"),
        ("en", "a million", "1000000"),
        ("en", "two hundred thousand", "200000"),
        ("en", "1.2bn", "1200000000"),
        ("en", "1,50,000", "150000"),
        ("en", "0.125", "0.125"),
        ("en", "1'000'000", "1000000"),
        ("de", "1.080 millionen", "1080000000"),
        ("de", "1.080,5", "1080.5"),
        ("de", "fünfundzwanzig", "25"),
        ("de", "zweihundertfünfzigtausend", "250000"),
        ("de", "dreieinhalb milliarden", "3500000000"),
        ("de", "45,2 mio.", "45200000"),
        ("fr", "trois milliards et demi", "3500000000"),
        ("fr", "quatre-vingt-dix-sept", "97"),
        ("fr", "1 669", "1669"),
        ("es", "mil millones", "1000000000"),
        ("es", "doscientos mil", "200000"),
        ("it", "duecentocinquantamila", "250000"),
        ("it", "due milioni e mezzo", "2500000"),
        ("pt", "mil milhões", "1000000000"),
        ("nl", "vijfentwintig", "25"),
        ("zh", "三千", "3000"),
        ("zh", "二十五万", "250000"),
        ("zh", "1.5亿", "150000000"),
        ("zh", "1,080万", "10800000"),
        ("zh", "3万亿", "3000000000000"),
        ("zh", "兩千億", "200000000000"),
        ("zh", "一点五亿", "150000000"),
        ("zh", "两百万", "2000000"),
        ("ja", "1兆2000億", "1200000000000"),
        ("ko", "1조2000억", "1200000000000"),
        ("ko", "1조 2000억", "1200000000000"),
        ("ko", "3만5천", "35000"),
        ("ru", "полтора миллиона", "1500000"),
        ("ru", "два с половиной миллиарда", "2500000000"),
        ("hu", "huszonöt", "25"),
        ("id", "dua puluh lima juta", "25000000"),
        ("sv", "tjugofem", "25"),
        ("da", "halvtreds", "50"),
        ("vi", "114,5 nghìn tỷ", "114500000000000"),
    ],
)
def test_a_numeral_reads_as_its_number(language: str, words: str, number: str) -> None:
    assert numerals(language).read(words) == Decimal(number)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "someone"), ("en", "two three"), ("zh", "二三"), ("de", "einsatz"), ("en", "")]
)
def test_what_is_no_numeral_reads_as_nothing(language: str, words: str) -> None:
    assert numerals(language).read(words) is None


def test_a_vague_numeral_says_so() -> None:
    (numeral,) = numerals("zh").scan("十余万辆")
    assert numeral.is_approximate
    assert numeral.value == 100_000


def test_a_letter_for_a_scale_is_guarded_and_can_be_taken_back() -> None:
    (numeral,) = numerals("en").scan("5m")
    assert numeral.is_guarded
    assert (numeral.value, numeral.without_scale().value, numeral.without_scale().end) == (5_000_000, 5, 1)


@given(source=st.text(max_size=60))
def test_numerals_come_in_order_and_do_not_overlap(source: str) -> None:
    end = 0
    for numeral in numerals("en").scan(source.lower()):
        assert end <= numeral.start < numeral.end
        end = numeral.end
