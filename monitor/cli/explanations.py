"""How a text was read, as rows for machines and as lines for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from monitor.cli.tables import cell, open_console, show_day, stamp

if TYPE_CHECKING:
    from rich.console import Console

    from monitor.jobs.explaining import Explanation, Weighed

_SHOWN_FROM = 0.05

# --- for machines -----------------------------------------------------------------------------------


def explanation_row(one: Explanation) -> dict[str, Any]:
    """All that was seen, with every candidate of every fact that has any."""
    from monitor.cli.spans import sentence_row

    passages = one.reading.passages
    return {
        "watch": one.watch.id,
        "item": one.item.id,
        "title": one.item.title,
        "url": one.item.url,
        "published": stamp(one.item.published),
        "language": one.reading.language,
        "sentences": [sentence_row(passage, sentence) for passage in passages for sentence in passage.sentences],
        "facts": [_fact_row(one, key, weighed) for key, weighed in one.by_fact().items()],
        "second_reader": list(one.reading.remarks),
    }


def _fact_row(one: Explanation, key: str, candidates: Sequence[Weighed]) -> dict[str, Any]:
    judgement = one.judgement_of(key)
    return {
        "fact": key,
        "known": str(one.known[key]),
        "verdict": str(judgement.verdict) if judgement else None,
        "said": str(judgement.said) if judgement else None,
        "certainty": str(judgement.claim.certainty) if judgement else None,
        "alert": one.is_told(key),
        "reasons": [*(judgement.reasons if judgement else ()), *one.assessment.reasons.get(key, ())],
        "candidates": [_candidate_row(weighed) for weighed in candidates],
    }


def _candidate_row(weighed: Weighed) -> dict[str, Any]:
    link, claim, answer = weighed.link, weighed.claim, weighed.answer
    candidate = link.candidate
    return {
        "value": None if candidate.value is None else str(candidate.value),
        "text": weighed.words,
        "making": str(candidate.making),
        "probability": round(link.probability, 4),
        "believed": link.is_believed,
        "features": [{"name": name, "weight": round(weight, 3)} for name, weight in link.parts],
        "modality": str(claim.modality) if claim else None,
        "certainty": str(claim.certainty) if claim else None,
        "verdict": str(answer.verdict) if answer and answer.verdict else None,
        "reasons": list(weighed.manner),
    }


# --- for people -------------------------------------------------------------------------------------


def print_explanations(explanations: Sequence[Explanation], *, everything: bool) -> None:
    """Sentences in colours, then the facts with their candidates, the likeliest first.

    Args:
        everything: Also candidates that are as good as impossible.
    """
    from rich.text import Text

    from monitor.cli.spans import print_sentence

    console = open_console()
    for place, one in enumerate(explanations):
        if place:
            console.print()
        console.print(Text.assemble((one.watch.id, "bold"), "  ", cell(one.watch.title)))
        console.print(f"published {show_day(one.item.published)}, read as {one.reading.language}")
        for passage in one.reading.passages:
            for sentence in passage.sentences:
                print_sentence(console, passage, sentence)
        by_fact = one.by_fact()
        if not by_fact:
            console.print("nothing in the text can be a value of a fact of this watch")
        for key, weighed in by_fact.items():
            _print_fact(console, one, key, weighed, everything=everything)
        for remark in one.reading.remarks:
            console.print(cell(f"second reader: {remark}", "dim"))


def _print_fact(console: Console, one: Explanation, key: str, candidates: Sequence[Weighed], *, everything: bool) -> None:
    from rich.text import Text

    from monitor.core.telling.wording import show_known

    shown = [
        weighed for weighed in candidates if everything or weighed.link.is_believed or weighed.link.probability >= _SHOWN_FROM
    ]
    if not shown:
        return
    console.print()
    console.print(Text.assemble((key, "bold"), f"  known is {show_known(one.known[key])}"))
    for weighed in shown:
        _print_candidate(console, weighed)
    if hidden := len(candidates) - len(shown):
        console.print(Text(f"  and {hidden} below {_SHOWN_FROM} (--all shows them)", style="dim"))
    _print_verdict(console, one, key)


def _print_candidate(console: Console, weighed: Weighed) -> None:
    from rich.padding import Padding
    from rich.text import Text

    link = weighed.link
    value = str(link.candidate.value or "the event, without a date")
    mark, style = ("+", "green") if link.is_believed else ("-", "dim")
    belief = "believed" if link.is_believed else "not believed"
    head = Text.assemble(
        (f"  {mark} {value}", style), f"  {link.probability:.2f} {belief}  ", cell(f"“{weighed.words}”", "yellow")
    )
    console.print(head)
    lines = (f"{link.candidate.making}: {', '.join(link.reasons)}", *(weighed.manner if link.is_believed else ()))
    for line in lines:
        console.print(Padding(cell(line, "dim"), (0, 0, 0, 6), expand=False))


def _print_verdict(console: Console, one: Explanation, key: str) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from monitor.core.telling.wording import show_known

    judgement = one.judgement_of(key)
    if judgement is None:
        console.print(Text("  = nothing that confirms or moves it"))
        return
    told = Text("alert", style="bold green") if one.is_told(key) else Text("no alert", style="bold")
    said = f" {show_known(judgement.said)}" if judgement.moves else ""
    console.print(Text.assemble(f"  = {judgement.verdict}{said}, {judgement.claim.certainty}: ", told))
    for reason in one.assessment.reasons.get(key, ()):
        console.print(Padding(cell(reason, "dim"), (0, 0, 0, 6), expand=False))
