"""`factwatch facts`: the values in force, where they come from, and how they came to be; `facts set` puts one there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from monitor.cli.ledgers import begin_of, find_fact, find_facts, open_ledger, open_review, read_day
from monitor.cli.tables import Form, FormOption, cell, open_console, print_json, print_table, show_day, show_minute, stamp

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from monitor.core.changes import Change
    from monitor.jobs.surveying import FactView


class _ShowByDefault(TyperGroup):
    """A group in which the first word, if it is no command, is what to show: ``facts xiaomi-ev/launch --history``."""

    # Typer gives the type of a context no public name that fits here.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        is_command = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if is_command else ["show", *args])


app = typer.Typer(
    name="facts",
    cls=_ShowByDefault,
    help="The values in force, all of them or those of a WATCH or WATCH/FACT (see facts show --help); and setting them by hand.",
)


@app.command()
def show(
    target: Annotated[str | None, typer.Argument(metavar="[WATCH[/FACT]]", help="Only this watch or fact.")] = None,
    history: Annotated[bool, typer.Option("--history", help="Every step of each fact, with its evidence.")] = False,
    as_of: Annotated[
        date | None, typer.Option("--as-of", metavar="DATE", parser=read_day, help="As it stood at the end of this day.")
    ] = None,
    form: FormOption = Form.HUMAN,
) -> None:
    """Show the values in force; what `factwatch facts` does without a command.

    Dates are those on which a value was said. A value in brackets waits for an official word, a second source or a person.
    """
    entries = _load(target)
    moment = begin_of(as_of) + timedelta(days=1) - timedelta(microseconds=1) if as_of else None
    if history:
        _tell_histories(entries, moment, form)
    elif form is Form.HUMAN:
        _print_values(entries, moment)
    else:
        print_json([_value_row(entry, moment) for entry in entries], form)


@app.command("set")
def set_(
    target: Annotated[str, typer.Argument(metavar="WATCH/FACT")],
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="For instance 2024-H2, '~720000 m2', '2024-03-28 (done)', unknown.")
    ],
    note: Annotated[str, typer.Option(help="Why, for those who read the history.")] = "",
) -> None:
    """Put a value in force by your own word; it stays until something newer is said."""
    from monitor.config.settings import load_settings
    from monitor.core.telling.wording import show_known
    from monitor.jobs.reviewing import set_value
    from monitor.jobs.surveying import view_fact

    with open_review(load_settings()) as context:
        watch, fact = find_fact(target, context.rules.current.watches)
        with context.store.reading() as connection:
            known_steps = len(view_fact(connection, watch, fact).history.changes)
        history = set_value(context, watch.id, fact.key, value, note=note)
    if len(history.changes) == known_steps:
        print(f"{target} is {show_known(history.in_force)} already; nothing changed")
        return
    step = history.changes[-1]
    print(f"{target} is {show_known(step.brings)} now; it was {show_known(step.old)} ({step.key})")


# --- what there is ----------------------------------------------------------------------------------


def _load(target: str | None) -> Sequence[FactView]:
    from monitor.config.rulebook import load_rulebook
    from monitor.config.settings import load_settings
    from monitor.jobs.surveying import view_facts

    settings = load_settings()
    chosen = find_facts(target, load_rulebook(settings.rules).watches)
    with open_ledger(settings) as store, store.reading() as connection:
        return view_facts(connection, chosen)


# --- values -----------------------------------------------------------------------------------------


def _value_row(entry: FactView, moment: datetime | None) -> dict[str, Any]:
    from monitor.core.judging.recollecting import standing_at, step_at, waiting_at
    from monitor.core.telling.vouching import link_behind, word_behind

    known, since = standing_at(entry.history, moment)
    step = step_at(entry.history, moment)
    return {
        "watch": entry.watch.id,
        "fact": entry.fact.key,
        "title": entry.fact.title,
        "kind": str(entry.fact.kind),
        "value": None if known.value is None else str(known.value),
        "standing": str(known.standing),
        "known": str(known),
        "since": stamp(since),
        "change": step.key if step else None,
        "certainty": str(step.certainty) if step else None,
        "source": word_behind(step, entry.baseline),
        "url": link_behind(step, entry.baseline) or None,
        "candidates": [
            {
                "change": change.key,
                "value": str(change.brings),
                "verdict": str(change.verdict),
                "certainty": str(change.certainty),
                "said": stamp(change.effective),
                "publishers": sorted(change.publishers),
            }
            for change in waiting_at(entry.history, moment)
        ],
    }


def _print_values(entries: Sequence[FactView], moment: datetime | None) -> None:
    headings = ("Fact", "Value", "Since", "Certainty", "Source", "Waiting")
    print_table(headings, [_cells(entry, moment) for entry in entries], folding=("Value", "Source", "Waiting"))


def _cells(entry: FactView, moment: datetime | None) -> tuple[Text | str, ...]:
    from monitor.core.judging.recollecting import standing_at, step_at, waiting_at
    from monitor.core.telling.vouching import word_behind
    from monitor.core.telling.wording import show_known

    known, since = standing_at(entry.history, moment)
    step = step_at(entry.history, moment)
    waiting = [f"({show_known(one.brings)}, {one.certainty}, #{one.sequence})" for one in waiting_at(entry.history, moment)]
    return (
        entry.name,
        cell(show_known(known), "bold" if known.value else "dim"),
        show_day(since) if since else "",
        str(step.certainty) if step else "baseline" if since else "",
        cell(word_behind(step, entry.baseline)) if since else "",
        cell(" ".join(waiting), "yellow"),
    )


# --- histories --------------------------------------------------------------------------------------


def _tell_histories(entries: Sequence[FactView], moment: datetime | None, form: Form) -> None:
    if form is not Form.HUMAN:
        print_json([row for entry in entries for row in _history_rows(entry, moment)], form)
        return
    console = open_console()
    for place, entry in enumerate(entries):
        if place:
            console.print()
        _print_history(console, entry, moment)


def _history_rows(entry: FactView, moment: datetime | None) -> list[dict[str, Any]]:
    from monitor.cli.steps import change_row, evidence_row
    from monitor.core.judging.recollecting import steps_until

    begin = {
        "change": None,
        "watch": entry.watch.id,
        "fact": entry.fact.key,
        "old": None,
        "new": str(entry.history.baseline),
        "state": "baseline",
        "said": stamp(entry.history.as_of),
        "note": entry.baseline.note,
        "source": entry.baseline.source,
        "url": entry.baseline.source_url or None,
    }
    steps = steps_until(entry.history, moment)
    return [begin, *({**change_row(step), "evidence": [evidence_row(piece) for piece in step.evidence]} for step in steps)]


def _print_history(console: Console, entry: FactView, moment: datetime | None) -> None:
    from rich.text import Text

    from monitor.core.judging.recollecting import step_at, steps_until
    from monitor.core.telling.wording import show_known

    in_force = step_at(entry.history, moment)
    console.print(Text.assemble((entry.name, "bold"), "  ", cell(entry.fact.title)))
    begin = Text.assemble(
        "  baseline  ", (show_known(entry.history.baseline), "bold"), f"  as of {show_day(entry.history.as_of)}"
    )
    console.print(begin)
    for line in filter(None, (entry.baseline.source, entry.baseline.note)):
        console.print(Text.assemble("    ", cell(line, "dim")))
    for step in steps_until(entry.history, moment):
        _print_step(console, step, is_in_force=step == in_force)


def _print_step(console: Console, step: Change, *, is_in_force: bool) -> None:
    from rich.text import Text

    from monitor.cli.steps import print_evidence, state_cell
    from monitor.core.telling.wording import show_known

    corrected = f" (told as {show_known(step.new)})" if step.corrected else ""
    mark = Text(" <- in force", style="green") if is_in_force else Text("")
    head = (f"  #{step.sequence}  ", f"{show_known(step.old)} -> ", (show_known(step.brings), "bold"), corrected)
    console.print(
        Text.assemble(*head, f"  {step.verdict}, {step.certainty}, ", state_cell(step.state), f" by {step.decided_by}", mark)
    )
    console.print(Text(f"    said {show_minute(step.effective)}, learned {show_minute(step.learned)}", style="dim"))
    if step.note:
        console.print(Text.assemble("    note: ", cell(step.note)))
    for piece in step.evidence:
        print_evidence(console, piece)
