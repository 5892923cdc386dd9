"""Doubting: whether our own reading of an item is sure enough to do without a second reader."""

from __future__ import annotations

from monitor.core.reading.extracting import Reading

UNSURE = (0.2, 0.8)
"""Between these probabilities a best link of a fact may well be wrong, believed or not."""


def doubt_of(reading: Reading) -> str:
    """Why a second reader should be asked, in words; empty where our own reading will do.

    An item that names the subject and of which nothing is believed may say it in other words than ours. Where something is
    believed, the likeliest link of each fact must be clearly right or clearly wrong.
    """
    if not reading.claims:
        return "our own reader believes nothing of it"
    best: dict[str, float] = {}
    for link in reading.links:
        key = link.candidate.fact.key
        best[key] = max(best.get(key, 0.0), link.probability)
    low, high = UNSURE
    for key, probability in best.items():
        if low < probability < high:
            return f"our own reader is unsure of {key} ({probability:.2f})"
    return ""
