"""Dates, stretches of time and shifts: what each phrase means, and what no text may do to the grammar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config.lexicons import calendar_names, languages, load_language
from monitor.core.reading.period_atoms import read_atoms
from monitor.core.reading.period_feasts import easter, feast, weekend_of
from monitor.core.reading.period_grammar import Found, Rule, compile_rules, reduce_atoms
from monitor.core.reading.periods import PASSES, PeriodGrammar, build_grammar
from monitor.core.reading.resolving import Moment
from monitor.core.reading.tenses import Tenses
from monitor.core.reading.texts import normalise
from monitor.core.values import DAY, Period, Shift, parse_period

GOLDEN = Path(__file__).parents[2] / "golden" / "periods"
PUBLISHED = date(2025, 5, 20)
GRAMMARS = {code: build_grammar(code, load_language(code)["periods"], calendar_names(code)) for code in languages()}
WORDS = """
    2026 26 5 31 Q3 H1 FY 15.05.2026 2026-05-15 30/11 May march Monday next last this first half of the year month week end mid
    late by until since before after between and to from - , . ' in on three six ago later delayed quarter spring 年 月 日 前 后
    下 半年 季度 明年 二〇二六 十五 的 至 推迟 Anfang Ende bis zum Jahres 2030s 1990 19 $ % :
"""
FRAGMENTS = st.sampled_from([*WORDS.split(), "\n"])


def cases() -> Iterator[tuple[str, str, str, dict[str, str]]]:
    for path in sorted(GOLDEN.glob("*.yaml")):
        for name, case in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            yield path.stem, str(name), case["text"], case["values"]


def read(language: str, source: str, published: date = PUBLISHED, fiscal_year_start: int = 1) -> dict[str, str]:
    mentions = GRAMMARS[language].find(normalise(source), published=published, fiscal_year_start=fiscal_year_start)
    return {mention.text: str(mention.value) for mention in mentions}


@pytest.mark.parametrize(("language", "name", "source", "expected"), [pytest.param(*c, id=f"{c[0]}: {c[1]}") for c in cases()])
def test_a_phrase_means_the_days_that_a_reader_takes_it_for(
    language: str, name: str, source: str, expected: dict[str, str]
) -> None:
    assert read(language, source) == expected


RULES = [rule for rules in PASSES for rule in rules]


def test_each_rule_has_a_name_of_its_own() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in RULES])
def test_a_rule_reads_its_own_example(rule: Rule) -> None:
    assert any(rule.name in rules_used(grammar, rule.example) for grammar in GRAMMARS.values())


def rules_used(grammar: PeriodGrammar, source: str) -> set[str]:
    """Names of all the rules that made an atom on the way."""
    used: set[str] = set()

    def recording(rule: Rule) -> Rule:
        def build(found: Found) -> object:
            value = rule.build(found)
            if value is not None:
                used.add(rule.name)
            return value

        return replace(rule, build=build)

    text = normalise(source)
    moment = Moment(published=PUBLISHED, tenses=Tenses(text.lower, grammar.cues))
    reduce_atoms(
        compile_rules([[recording(rule) for rule in rules] for rules in PASSES]), read_atoms(text, grammar.vocabulary), moment
    )
    return used


@settings(max_examples=300, deadline=None)
@given(
    source=st.one_of(
        st.text(max_size=80), st.lists(FRAGMENTS, max_size=14).map(" ".join), st.lists(FRAGMENTS, max_size=14).map("".join)
    ),
    language=st.sampled_from(sorted(GRAMMARS)),
    published=st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31)),
)
def test_any_text_gives_ordered_mentions_that_quote_it(source: str, language: str, published: date) -> None:
    text = normalise(source)
    mentions = GRAMMARS[language].find(text, published=published)
    for mention in mentions:
        assert text.plain[mention.start : mention.end] == mention.text
        assert mention.text
    assert all(before.end <= after.start for before, after in pairwise(mentions))


@given(published=st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31)))
def test_a_full_date_does_not_depend_on_the_day_of_publication(published: date) -> None:
    assert read("en", "It opens on 19 November 2026.", published) == {"19 November 2026": "2026-11-19"}


@given(published=st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31)))
def test_a_weekday_told_of_the_past_lies_in_the_week_before(published: date) -> None:
    (value,) = read("en", "The company said on Wednesday.", published).values()
    day = parse_period(value).first
    assert day is not None
    assert 0 <= (published - day).days < 7


@given(published=st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31)))
def test_a_month_told_of_the_future_is_not_over(published: date) -> None:
    (value,) = read("en", "Sales will begin in June.", published).values()
    last = parse_period(value).last
    assert last is not None
    assert published <= last


@given(
    year=st.integers(min_value=1950, max_value=2090), published=st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))
)
def test_that_year_is_the_year_that_was_named_before(year: int, published: date) -> None:
    assert list(read("en", f"It opened in {year} and closed in the same year.", published).values()) == [str(year), str(year)]


@given(
    year=st.integers(min_value=1950, max_value=2050),
    years=st.integers(min_value=2, max_value=40),
    published=st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31)),
)
def test_so_long_later_is_counted_from_the_date_before_and_not_from_today(year: int, years: int, published: date) -> None:
    assert list(read("en", f"It opened in {year} and closed {years} years later.", published).values()) == [
        str(year),
        str(year + years),
    ]


@given(days=st.integers(min_value=1, max_value=200), published=st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31)))
def test_working_days_end_on_no_weekend_and_are_counted_one_by_one(days: int, published: date) -> None:
    (value,) = read("en", f"It will answer in {days} business days.", published).values()
    day = parse_period(value).first
    assert day is not None
    assert day.weekday() < 5
    between = [published + DAY * n for n in range(1, (day - published).days + 1)]
    assert sum(one.weekday() < 5 for one in between) == days


@given(year=st.integers(min_value=1950, max_value=2150))
def test_easter_is_a_sunday_of_spring_and_its_weekend_holds_it(year: int) -> None:
    sunday = easter(year)
    assert sunday.weekday() == 6
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)
    weekend = weekend_of(sunday)
    assert weekend.first
    assert weekend.last
    assert weekend.first <= sunday <= weekend.last


@given(
    year=st.integers(min_value=2001, max_value=2049),
    rule=st.sampled_from(["springfestival", "dragonboat", "midautumn", "easter+49", "thu4-11", "mon-1-05", "12-25"]),
)
def test_a_feast_comes_once_a_year_and_about_a_year_after_the_last(year: int, rule: str) -> None:
    last, this = feast(year - 1, rule), feast(year, rule)
    assert last
    assert this
    assert last.first
    assert this.first
    assert this.first.year == year
    assert 350 <= (this.first - last.first).days <= 385


@given(published=st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31)))
def test_either_of_two_months_runs_from_the_first_to_the_last(published: date) -> None:
    (value,) = read("en", "It will open in May or June 2030.", published).values()
    assert value == "2030-05/2030-06"


@pytest.mark.parametrize(
    ("start", "source", "expected"),
    [
        (4, "profit for fiscal 2026", "2025-04/2026-03"),
        (4, "profit in the first quarter of fiscal 2026", "2025-Q2"),
        (10, "sales in Q1 FY2026", "2025-Q4"),
        (1, "sales in FY26", "2026"),
    ],
)
def test_a_fiscal_year_is_named_for_the_year_that_it_ends_in(start: int, source: str, expected: str) -> None:
    assert list(read("en", source, fiscal_year_start=start).values()) == [expected]


def test_a_japanese_fiscal_year_is_named_for_the_year_that_it_begins_in() -> None:
    assert read("ja", "2026年度下期に開始", fiscal_year_start=4) == {"2026年度下期": "2026-10/2027-03"}


def test_offsets_lead_back_to_the_source() -> None:
    source = "\u201cLaunch\u201d \u2014 in\u00a0Ｑ３ 2026\u2026"
    text = normalise(source)
    (mention,) = GRAMMARS["en"].find(text, published=PUBLISHED)
    start, end = text.to_source(mention.start, mention.end)
    assert source[start:end] == "Ｑ３ 2026"


@pytest.mark.parametrize(
    "source", ["2026-" * 3000, "1." * 5000, "9" * 20000, "the end of " * 2000, "next " * 4000, "年" * 8000, "十" * 8000]
)
def test_a_hostile_text_is_read_to_its_end(source: str) -> None:
    for language in ("en", "zh"):
        GRAMMARS[language].find(normalise(source), published=PUBLISHED)


def test_a_shift_is_told_apart_from_a_period() -> None:
    late, day = GRAMMARS["en"].find(normalise("It came two years late, on 5 May 2025."), published=PUBLISHED)
    assert isinstance(late.value, Shift)
    assert late.is_shift
    assert isinstance(day.value, Period)
    assert not day.is_shift
