"""What newspapers call currencies, in every language, and what is no currency."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from monitor.core.values import Amount
from tests.core.reading.amounts import read, table

NAMES = yaml.safe_load((Path(__file__).parents[2] / "golden" / "currencies" / "names.yaml").read_text(encoding="utf-8"))
MILLIONS = {
    "en": "394 million {}", "zh": "3.94亿{}", "de": "394 Millionen {}", "fr": "394 millions de {}", "es": "394 millones de {}",
    "it": "394 milioni di {}", "pt": "394 milhões de {}", "nl": "394 miljoen {}", "ja": "3億9400万{}", "ko": "3억9400만 {}",
    "ru": "394 миллиона {}", "hu": "394 millió {}", "id": "394 juta {}", "sv": "394 miljoner {}", "da": "394 millioner {}",
    "vi": "394 triệu {}",
}  # fmt: skip


def test_the_table_has_each_currency_in_each_language() -> None:
    assert len(NAMES) >= 50
    assert all(names.keys() == MILLIONS.keys() for names in NAMES.values())


@pytest.mark.parametrize("language", MILLIONS)
def test_an_amount_with_the_name_of_a_currency_is_money_of_it(language: str) -> None:
    """A name that several currencies share may be read as another of them, so long as the rule's currency can decide."""
    wrong = []
    for code, names in NAMES.items():
        mentions = read(MILLIONS[language].format(names[language]), language)
        units = [mention.value.unit for mention in mentions if isinstance(mention.value, Amount)]
        is_right = len(units) == 1 and (units[0] == code or table().could_mean(units[0], code))
        if not is_right or str(mentions[0].value).split()[0] != "394000000":
            wrong.append((code, names[language], [str(mention.value) for mention in mentions]))
    assert not wrong


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "12 real estate projects"),
        ("ja", "10フランス企業"),
        ("ko", "3개 프랑스 기업"),
        ("sv", "120 som väntar"),
        ("vi", "500 nhân viên"),
        ("it", "150 lei ne ha"),
        ("ru", "37 США"),
    ],
)
def test_what_only_begins_or_sounds_like_a_currency_is_none(language: str, text: str) -> None:
    assert not any(mention.rule.startswith("money") for mention in read(text, language))


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "12 million pounds, Cairo said", "12000000 EGP"),
        ("fr", "12 millions de dinars, selon Alger", "12000000 DZD"),
        ("en", "12 million rials, said a woman in Tehran", "12000000 IRR"),
        ("es", "12 millones de pesos, según Bogotá", "12000000 COP"),
        ("de", "12 Millionen Kronen, hieß es in Prag", "12000000 CZK"),
        ("ja", "ネパール政府は12億ルピーを支出", "1200000000 NPR"),
        ("id", "20.193 crore rupee", "201930000000 INR"),
        ("de", "Millionen: 12 Millionen indonesischer Rupiah", "12000000 IDR"),
        ("id", "RM500 juta", "500000000 MYR"),
    ],
)
def test_a_shared_name_is_settled_by_the_places_of_the_text(language: str, text: str, value: str) -> None:
    assert [str(mention.value) for mention in read(text, language)] == [value]
