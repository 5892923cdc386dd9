"""`factwatch score`: how right the alerts on labelled items are, so that anybody can measure the program and their own rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.assess import Consult, Record, Replay, Rules, build_reader, consulted
from monitor.cli.lines import print_rows
from monitor.cli.tables import Form, FormOption, cell, open_console, print_document, print_table
from monitor.errors import UserFault

if TYPE_CHECKING:
    from rich.console import Console

    from monitor.jobs.cases import LabelledItem
    from monitor.jobs.scoring import Entry, Figures


class By(StrEnum):
    """By what figures may be told apart."""

    WATCH = "watch"
    LANGUAGE = "language"
    KIND = "kind"


_NAMES: Mapping[By, Callable[[Entry], str]] = {
    By.WATCH: lambda entry: entry.case.watch,
    By.LANGUAGE: lambda entry: entry.case.item.language,
    By.KIND: lambda entry: str(entry.fact.kind),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """What is shown: the figures of all, those of each group, and the errors that were asked for."""

    mode: str
    items: int
    figures: Figures
    groups: Mapping[str, Figures]
    errors: Sequence[Entry]


def score(  # noqa: PLR0917 - options have names where a person types them
    cases: Annotated[list[Path], typer.Argument(metavar="CASES...", help="Files of labelled items, one JSON object a line.")],
    rules: Rules = Path("rules"),
    replay: Annotated[
        bool, typer.Option("--replay", help="Read the items in the order of their dates, the ledger moving.")
    ] = False,
    errors: Annotated[int, typer.Option(metavar="N", min=0, help="Show the first N errors.")] = 0,
    split: Annotated[str | None, typer.Option(metavar="SPLIT", help="Only the items whose `split` this is.")] = None,
    by: Annotated[By | None, typer.Option("--by", help="The figures of each, too.")] = None,
    form: FormOption = Form.HUMAN,
    consult: Consult = False,
    record: Record = None,
    replay_answers: Replay = None,
) -> None:
    """Count how many alerts on labelled items are right, and how many of those that must come do.

    Each item is judged alone, against the values that were in force before it, or all of them in the course of time. What the
    files hold is told in tests/golden/news/README.md. The exit status is 0 whatever the figures.
    """
    from monitor.jobs.cases import read_cases
    from monitor.jobs.scoring import ERRORS, figures_by, figures_of, rows_of
    from monitor.jobs.scoring import score as count

    chosen = _of_split(list(read_cases(cases)), split)
    reader = consulted(build_reader(rules), rows_of(chosen), consult=consult, record=record, replay_answers=replay_answers)
    entries = count(chosen, reader, is_replay=replay)
    report = _Report(
        mode="replay" if replay else "items",
        items=len(chosen),
        figures=figures_of(entries),
        groups=figures_by(entries, _NAMES[by]) if by else {},
        errors=[entry for entry in entries if entry.mark in ERRORS][:errors],
    )
    match form:
        case Form.HUMAN:
            _print(report, by)
        case Form.JSON:
            print_document(_document(report))
        case Form.JSONL:
            print_rows([_document(report)])


def _of_split(cases: Sequence[LabelledItem], split: str | None) -> Sequence[LabelledItem]:
    chosen = [case for case in cases if split in (None, case.split)]
    if chosen:
        return chosen
    if not cases:
        raise UserFault("the files hold no items; write one JSON object a line")
    there_are = ", ".join(sorted({case.split for case in cases if case.split})) or "none"
    raise UserFault(f"no item is of the split {split!r}; the files have {there_are}")


# --- for machines -----------------------------------------------------------------------------------


def _document(report: _Report) -> dict[str, Any]:
    return {
        "mode": report.mode,
        "items": report.items,
        **_figures_row(report.figures),
        "groups": {name: _figures_row(figures) for name, figures in report.groups.items()},
        "errors": [_error_row(entry) for entry in report.errors],
    }


def _figures_row(figures: Figures) -> dict[str, Any]:
    return {
        "must_alert": figures.wanted,
        "right": figures.right,
        "false": figures.false,
        "missed": figures.missed,
        "precision": round(figures.precision, 4),
        "recall": round(figures.recall, 4),
        "f1": round(figures.f1, 4),
        "recall_any_value": round(figures.told_part, 4),
    }


def _error_row(entry: Entry) -> dict[str, Any]:
    return {
        "error": str(entry.mark),
        "file": entry.case.file,
        "line": entry.case.line,
        "item": entry.case.item.id,
        "fact": f"{entry.case.watch}/{entry.fact.key}",
        "wanted": _wanted(entry),
        "said": _said(entry),
        "quote": _quote(entry),
    }


# --- for people -------------------------------------------------------------------------------------


def _print(report: _Report, by: By | None) -> None:
    from rich.text import Text

    console = open_console()
    for entry in report.errors:
        _print_error(console, entry)
    if report.groups:
        headings = (str(by).capitalize(), "Must alert", "Right", "False", "Missed", "Precision", "Recall")
        print_table(headings, [[cell(text) for text in _columns(name, figures)] for name, figures in report.groups.items()])
    console.print(Text(_summary(report), style="bold"), soft_wrap=True)


def _summary(report: _Report) -> str:
    of = report.figures
    counts = f"{of.right} right, {of.false} false, {of.missed} missed of {of.wanted} that must alert"
    parts = f"precision {of.precision:.3f}, recall {of.recall:.3f}, F1 {of.f1:.3f}"
    return f"{report.mode} {report.items}: {counts}; {parts}; recall with any value {of.told_part:.3f}"


def _columns(name: str, figures: Figures) -> Iterator[str]:
    yield name
    yield from map(str, (figures.wanted, figures.right, figures.false, figures.missed))
    yield f"{figures.precision:.3f}"
    yield f"{figures.recall:.3f}"


def _print_error(console: Console, entry: Entry) -> None:
    """The place of the label first, as compilers print it, so that editors can jump there."""
    from rich.text import Text

    case = entry.case
    head = cell(f"{case.file}:{case.line}: {entry.mark} {case.item.id} [{case.item.language}]")
    fact, wanted, said = cell(f"{case.watch}/{entry.fact.key}", "bold"), cell(_wanted(entry), "green"), cell(_said(entry), "red")
    console.print(Text.assemble(head, " ", fact, ": wanted ", wanted, ", said ", said), soft_wrap=True)
    console.print(Text.assemble("    ", cell(f"“{_quote(entry)}”", "dim")), soft_wrap=True)


def _wanted(entry: Entry) -> str:
    if entry.label is None:
        return "silence or another value"
    return f"{entry.label.verdict} {entry.label.value} (known {entry.label.old or 'unknown'})"


def _said(entry: Entry) -> str:
    return "; ".join(_alert(alert) for alert in entry.alerts) or "nothing"


def _alert(alert: Mapping[str, Any]) -> str:
    return f"{alert['verdict']} {alert['value'] or 'unknown'} (known {alert['known']})"


def _quote(entry: Entry) -> str:
    return entry.label.quote if entry.label else str(entry.alerts[0]["quote"])
