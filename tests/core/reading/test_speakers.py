"""Who is heard in a sentence, and whom somebody merely speaks to."""

from __future__ import annotations

import pytest

from monitor.core.reading.speakers import is_hearer, is_speaker, outsider_over, reporting_outlet
from tests.core.reading.builders import LAUNCH, candidates, watch


def outsider(body: str) -> str | None:
    candidate = candidates(watch(LAUNCH), body)[0]
    hit = outsider_over(candidate)
    return candidate.passage.text.plain[hit.start : hit.end] if hit else None


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("One analyst sees the launch in 2025.", "analyst"),
        ("The launch slips to 2025, analysts say.", "analysts"),
        ("According to analysts the launch slips to 2025.", "analysts"),
        ("The launch slips to 2025, Acme told analysts.", None),
        ("The launch in 2025 surprised analysts.", None),
        ("In a call with analysts Acme set the launch for 2025.", None),
        ("The launch is in 2025, but analysts say otherwise.", None),
        ("At its analyst day Acme set the launch for 2025.", None),
    ],
)
def test_an_outsider_counts_where_it_speaks(body: str, who: str | None) -> None:
    assert outsider(body) == who


def outlet(body: str) -> str | None:
    candidate = candidates(watch(LAUNCH), body)[0]
    hit = reporting_outlet(candidate.passage, candidate.sentence)
    return candidate.passage.text.plain[hit.start : hit.end] if hit else None


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("The launch slips to 2025, the Nikkei reported.", "Nikkei"),
        ("According to Bloomberg the launch slips to 2025.", "Bloomberg"),
        ("The launch slips to 2025, Ada Berg told Reuters.", None),
        ("The launch slips to 2025, and Bloomberg shares fell.", None),
    ],
)
def test_an_outlet_is_a_source_where_it_reports(body: str, who: str | None) -> None:
    assert outlet(body) == who


def test_a_value_between_cuts_the_hearer_off() -> None:
    candidate = candidates(watch(LAUNCH), "Acme moved the launch to 2025 analysts say.")[0]
    (hit,) = candidate.passage.hits_of("modality.forecast", 0, 99)
    assert is_speaker(candidate.passage, candidate.sentence, hit)
    assert not is_hearer(candidate.passage, candidate.sentence, hit)
