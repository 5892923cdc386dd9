"""Corroborating: what counts as a second source."""

from __future__ import annotations

from monitor.core.changes import Evidence
from monitor.core.claims import Certainty
from monitor.core.items import Item
from monitor.core.judging.corroborating import count_sources, is_copy
from monitor.core.verdicts import Verdict
from tests.core.judging.builders import claim, item

WIRE = (
    "The carmaker will begin mass production in the second half of next year, half a year later than it had planned, its chief "
    "executive told a meeting of suppliers on Tuesday. He gave no reason. Two plants in the north will share the work."
)
OWN_WORDS = (
    "Suppliers have been told to get ready for a start in the second half of next year: the company has put off production of "
    "its first model by about six months, according to three people who were in the room on Tuesday when the chief spoke."
)
CHINESE = "小米汽车将于明年下半年开始量产,比原计划推迟半年。公司首席执行官周二在供应商会议上宣布了这一消息,但没有说明推迟的原因。"


def evidence(*items: Item, certainty: Certainty = Certainty.REPORTED) -> list[Evidence]:
    return [Evidence(claim=claim("2025", source=one, certainty=certainty), verdict=Verdict.CHANGES) for one in items]


def test_nothing_has_no_source() -> None:
    assert count_sources([]) == 0


def test_a_publisher_is_one_source_however_often_it_writes() -> None:
    assert count_sources(evidence(item("1", body=WIRE), item("2", body=OWN_WORDS))) == 1


def test_two_publishers_in_their_own_words_are_two() -> None:
    assert count_sources(evidence(item("1", body=WIRE), item("2", publisher="other.com", body=OWN_WORDS))) == 2


def test_a_syndicated_copy_is_no_second_source() -> None:
    shortened = WIRE.rsplit(". ", 1)[0] + ". (Agencies)"
    assert count_sources(evidence(item("1", body=WIRE), item("2", publisher="other.com", body=shortened))) == 1


def test_a_copy_ties_two_publishers_together_whatever_else_they_write() -> None:
    found = evidence(
        item("1", body=WIRE), item("2", publisher="two.com", body=OWN_WORDS), item("3", publisher="two.com", body=WIRE)
    )
    assert count_sources(found) == 1


def test_a_copy_is_found_in_a_script_without_spaces() -> None:
    assert is_copy(item("1", body=CHINESE), item("2", publisher="other.cn", body="据报道," + CHINESE))


def test_short_texts_are_copies_only_when_they_are_equal() -> None:
    assert is_copy(item("1", body="Launch slips to 2025."), item("1", body="launch slips to 2025"))
    assert not is_copy(item("1", body="Launch slips to 2025."), item("1", body="Launch slips to 2026."))


def test_withdrawn_and_weaker_evidence_does_not_count() -> None:
    one, other = evidence(item("1", body=WIRE), item("2", publisher="other.com", body=OWN_WORDS), certainty=Certainty.RUMOUR)
    gone = Evidence(claim=other.claim, verdict=other.verdict, is_withdrawn=True)
    assert count_sources([one, gone]) == 1
    assert count_sources([one, other], least=Certainty.REPORTED) == 0
