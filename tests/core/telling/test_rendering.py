"""One change, told."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.changes import Change, ChangeState, Decider
from monitor.core.claims import Certainty
from monitor.core.messages import Message
from monitor.core.telling.rendering import change_message, withdrawn_message
from monitor.core.verdicts import Verdict
from tests.core.telling.samples import CHANGE, STATIONERY, WATCH, evidence, history, later, period


def told(change: Change, *before: Change, **options: object) -> Message:
    return change_message(change, watch=WATCH, history=history(*before, change), stationery=STATIONERY, **options)  # type: ignore[arg-type]


def test_an_alert_holds_all_that_a_reader_needs_to_judge_it() -> None:
    assert told(CHANGE).text == (
        "Xiaomi's electric car\n"
        "Start of mass production: 2024-H1 -> 2024-H2\n"
        "6 months later; official\n"
        "\n"
        '"Xiaomi will start mass production in the »second half of 2024«, Lei Jun said."\n'
        "CnEVPost, 10 January 2024: https://cnevpost.com/1\n"
        "\n"
        "Compared with 2024-H1, the baseline (Pandaily, 8 November 2023): https://pandaily.com/xiaomi\n"
        "In force (official).\n"
        "Dismiss: factwatch changes dismiss xiaomi-ev/mass-production#1\n"
        "\n"
        "Key: xiaomi-ev/mass-production#1"
    )


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (CHANGE, "Start of mass production now 2024-H2 (was 2024-H1)"),
        (replace(CHANGE, state=ChangeState.CANDIDATE), "Start of mass production said to be 2024-H2 (so far 2024-H1)"),
        (replace(CHANGE, old=period("unknown"), verdict=Verdict.NEW_VALUE), "Start of mass production is 2024-H2"),
        (replace(CHANGE, new=period("2024-03-28 (done)")), "Start of mass production now 2024-03-28 (done) (was 2024-H1)"),
        (replace(CHANGE, new=period("cancelled"), verdict=Verdict.CANCELLED), "Start of mass production cancelled (was 2024-H1)"),
        (replace(CHANGE, new=period("unknown")), "Start of mass production withdrawn (was 2024-H1)"),
        (replace(CHANGE, corrected=period("2024-Q4")), "Start of mass production now 2024-Q4 (was 2024-H1)"),
    ],
)
def test_the_title_is_the_change_in_one_line(change: Change, title: str) -> None:
    assert told(change).title == f"Xiaomi's electric car: {title}"


def test_a_candidate_says_what_it_waits_for_and_how_to_decide() -> None:
    message = told(replace(CHANGE, state=ChangeState.CANDIDATE, certainty=Certainty.REPORTED))
    for dress in (message.text, message.markdown, message.html):
        assert "it waits for an official word, a second publisher or your decision; until then 2024-H1 holds" in dress
        assert "factwatch changes accept xiaomi-ev/mass-production#1" in dress
        assert "factwatch changes dismiss xiaomi-ev/mass-production#1" in dress
        assert "reported, not yet official" in dress


def test_a_value_of_an_earlier_change_is_traced_to_it() -> None:
    assert "Compared with 2024-H2, change xiaomi-ev/mass-production#1 (CnEVPost, 10 January 2024)" in (
        told(later(CHANGE, "2024-03", day=20), CHANGE).text
    )


@pytest.mark.parametrize(
    ("decider", "words"), [(Decider.PERSON, "set by a person"), (Decider.SEED, "by the seed"), (Decider.AUTO, "by rule")]
)
def test_a_value_that_no_article_brought_is_traced_to_who_set_it(decider: Decider, words: str) -> None:
    given_by = replace(CHANGE, evidence=(), decided_by=decider)
    assert (
        f"change xiaomi-ev/mass-production#1 ({words}, 10 January 2024)"
        in told(later(given_by, "2024-03", day=20), given_by).text
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (replace(CHANGE, certainty=Certainty.REPORTED), "In force (1 independent publisher)."),
        (replace(CHANGE, decided_by=Decider.PERSON), "In force (accepted by a person)."),
        (replace(CHANGE, decided_by=Decider.SEED), "In force (set by the seed)."),
        (replace(CHANGE, state=ChangeState.DISMISSED), "Dismissed; 2024-H1 holds."),
        (replace(CHANGE, state=ChangeState.WITHDRAWN), "Withdrawn; 2024-H1 holds."),
        (replace(CHANGE, state=ChangeState.CONFLICT), "Repeats an older value; 2024-H1 holds."),
    ],
)
def test_a_message_says_where_the_change_stands(change: Change, words: str) -> None:
    assert words in told(change).text


def test_a_change_that_was_overtaken_says_what_holds_now() -> None:
    message = change_message(
        CHANGE, watch=WATCH, history=history(CHANGE, later(CHANGE, "2024-03", day=20)), stationery=STATIONERY
    )
    assert "Was in force for a time (official); now 2024-03 holds." in message.text


def test_a_change_without_evidence_is_told_without_a_quote() -> None:
    assert told(replace(CHANGE, evidence=())).text.startswith(
        "Xiaomi's electric car\nStart of mass production: 2024-H1 -> 2024-H2\n6 months later; official\n\nCompared with"
    )


def test_further_evidence_is_counted_by_publishers_and_linked_once_each() -> None:
    more = (
        evidence(publisher="Reuters", url="https://reuters.com/1", day=11),
        evidence(publisher="Reuters", url="https://reuters.com/2", day=12),
        evidence(publisher="36Kr", url="https://36kr.com/1", day=13),
    )
    text = told(replace(CHANGE, evidence=(*CHANGE.evidence, *more))).text
    assert "Also said by 2 other publishers:\n- Reuters, 11 January 2024: https://reuters.com/1\n- 36Kr" in text
    assert "https://reuters.com/2" not in text


def test_the_firmest_evidence_that_stands_is_quoted() -> None:
    rumour = evidence(quote="Rumour has the second half of 2024.", publisher="Gossip", day=1, certainty=Certainty.RUMOUR)
    gone = replace(evidence(quote="Gone: second half of 2024.", publisher="Gone", day=1), is_withdrawn=True)
    text = told(replace(CHANGE, evidence=(rumour, gone, *CHANGE.evidence))).text
    assert '"Xiaomi will start' in text
    assert "Gone" not in text


def test_with_a_page_there_is_a_link_to_the_change() -> None:
    stationery = replace(STATIONERY, public_url="https://facts.example.org")
    message = change_message(CHANGE, watch=WATCH, history=history(CHANGE), stationery=stationery)
    for dress in (message.text, message.markdown, message.html):
        assert "https://facts.example.org/changes/xiaomi-ev/mass-production%231" in dress


def test_a_tag_that_no_destination_has_marks_the_message() -> None:
    message = told(CHANGE, unmatched=("analysts",))
    for dress in (message.text, message.markdown, message.html):
        assert "Told to every destination: none has the tag analysts." in dress


def test_a_fact_that_the_rule_no_longer_has_is_told_by_its_key() -> None:
    bare = replace(WATCH, facts={}, baselines={})
    message = change_message(CHANGE, watch=bare, history=history(CHANGE), stationery=STATIONERY)
    assert "mass-production now 2024-H2" in message.title


def test_a_withdrawn_change_says_what_holds_now() -> None:
    gone = replace(CHANGE, state=ChangeState.WITHDRAWN)
    message = withdrawn_message(gone, watch=WATCH, history=history(gone), stationery=STATIONERY)
    assert message.title == "Xiaomi's electric car: Start of mass production 2024-H2 withdrawn"
    assert "No source says it any longer; 2024-H1 holds." in message.text
    assert "Uphold it:   factwatch changes accept xiaomi-ev/mass-production#1\n" in message.text
    assert message.key == "xiaomi-ev/mass-production#1/withdrawn"


HOSTILE = st.text(alphabet="<>!*_`~[]()@#&|\\\"'\n\r\t\u202e\u2028 ab中") | st.sampled_from(
    [
        "<!channel>",
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "@everyone",
        "{{ 7 * 7 }}",
        "{% raw %}",
        "</blockquote>",
    ]
)


TAG = re.compile(r"</?(?:p|b|br|blockquote|mark|code|small|a)>|<a href=\"https://[^\"<>]*\">")

LINK = re.compile(r"(?<!\\\\)\]\(")


@given(words=st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE), value=st.tuples(st.integers(0, 30), st.integers(0, 30)))
def test_no_word_of_a_feed_becomes_markup(words: tuple[str, str, str, str], value: tuple[int, int]) -> None:
    quote, publisher, url, note = words
    base = evidence(quote=quote, publisher=publisher, url=url)
    claim = replace(base.claim, start=value[0], end=sum(value))
    message = told(replace(CHANGE, note=note, evidence=(replace(base, claim=claim),)))
    assert "<" not in TAG.sub("", message.html)
    assert message.html.count("<a ") == len(LINK.findall(message.markdown)) == 1, "the baseline's alone"
    assert "@everyone" not in message.markdown + message.text
    assert "<!channel>" not in message.markdown
    assert "\n" not in message.title
