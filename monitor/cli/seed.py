"""`factwatch seed`: from a document to the facts and values that a watch can begin with."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.ledgers import read_day
from monitor.errors import UserFault

if TYPE_CHECKING:
    from monitor.core.proposing.merging import Proposal
    from monitor.core.watches import Subject
    from monitor.jobs.drafting import Drafted


class Format(StrEnum):
    """How the proposals are written."""

    YAML = "yaml"
    JSON = "json"


def seed(  # noqa: PLR0917 - options have names where a person types them
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="A text, an HTML page or a PDF: a file, or its address.")],
    subject: Annotated[str, typer.Option("--subject", metavar="NAME", help="What the watch is about.")],
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="ALIAS", help="Another name of it, in any script; may be repeated."),
    ] = None,
    other: Annotated[
        list[str] | None, typer.Option("--not", metavar="NAME", help="What the document also speaks of; may be repeated.")
    ] = None,
    published: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=read_day, help="When it was published; else the page's own date, or today."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="The seed; the rule is written beside it.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="Files to go on with, or JSON for programs.")] = Format.YAML,
) -> None:
    """Propose the facts that a document tells of a subject, as a rule and its seed, ready to edit.

    Each value comes with the sentence that tells it. What is said of others, denied, recalled or only supposed is left out.
    """
    import asyncio

    from monitor.config.saving import ensure_absent
    from monitor.core.watches import Subject

    wanted = Subject(names=tuple(dict.fromkeys((subject, *(name or ())))), others=tuple(other or ()))
    rule = output.with_suffix(".rule.yaml") if output else None
    if output and rule:
        ensure_absent(*((output, rule) if form is Format.YAML else (output,)))
    drafted = asyncio.run(_draft(document, wanted, published))
    if not drafted.proposals.facts:
        raise UserFault(
            f"no value in the document is told of {subject}; give the other names that it uses with --name, "
            "and see how a sentence is read with factwatch explain"
        )
    if form is Format.JSON:
        _give_json(_as_json(drafted, wanted), output)
    else:
        _give_yaml(drafted, wanted, output, rule)
    _tell(drafted)


async def _draft(document: str, subject: Subject, published: date | None) -> Drafted:
    from monitor.config.settings import load_settings
    from monitor.jobs.drafting import draft
    from monitor.wiring import open_network

    async with open_network(load_settings()) as network:
        today = datetime.now(UTC).date()
        return await draft(document, subject, network=network, published=published, today=today)


# --- files ------------------------------------------------------------------------------------------


def _give_yaml(drafted: Drafted, subject: Subject, output: Path | None, rule: Path | None) -> None:
    """Write the two files, or print them one behind the other."""
    from monitor.config.saving import save_new
    from monitor.config.writing import seed_text, watch_id

    watch = watch_id(*subject.names)
    seed = seed_text(watch, drafted.origin, drafted.proposals.facts)
    if output is None or rule is None:
        print(_rule(drafted, subject, watch, f"../seeds/{watch}.yaml"), seed, sep="---\n", end="")
        return
    save_new({output: seed, rule: _rule(drafted, subject, watch, output.name)})
    print(f"{output}: {len(drafted.proposals.facts)} values\n{rule}: the facts; check it with factwatch check --rules {rule}")


def _rule(drafted: Drafted, subject: Subject, watch: str, baseline: str) -> str:
    from monitor.config.writing import RuleDraft, rule_text

    return rule_text(
        RuleDraft(
            watch=watch,
            title=subject.names[0],
            subject=_with_officials(subject, drafted.proposals.officials),
            baseline=baseline,
            facts=drafted.proposals.facts,
        )
    )


def _with_officials(subject: Subject, officials: tuple[str, ...]) -> Subject:
    from monitor.core.watches import Subject

    return Subject(names=subject.names, others=subject.others, officials=officials)


# --- machines ---------------------------------------------------------------------------------------


def _as_json(drafted: Drafted, subject: Subject) -> dict[str, Any]:
    origin = drafted.origin
    return {
        "subject": {"names": subject.names, "not": subject.others, "officials": drafted.proposals.officials},
        "as_of": str(origin.as_of),
        "source": {"title": origin.title, "publisher": origin.publisher, "url": origin.url or None},
        "facts": [_fact_row(one) for one in drafted.proposals.facts],
        "left_out": [{"text": one.text, "why": one.why, "quote": one.quote} for one in drafted.proposals.left_out],
    }


def _fact_row(proposal: Proposal) -> dict[str, Any]:
    fact = proposal.fact
    return {
        "key": fact.key,
        "title": fact.title,
        "kind": fact.kind,
        "about": fact.about,
        "with": fact.near,
        "event": fact.event,
        "unit": fact.unit or None,
        "states": {state.name: state.phrases for state in fact.states},
        "value": str(proposal.known),
        "certainty": str(proposal.certainty),
        "quote": proposal.quote,
    }


def _give_json(answer: dict[str, Any], output: Path | None) -> None:
    import json

    from monitor.config.saving import save_new

    text = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
    if output is None:
        print(text, end="")
    else:
        save_new({output: text})


def _tell(drafted: Drafted) -> None:
    """What a person should know who goes on with it; on standard error, since the files may go to standard output."""
    if not drafted.is_dated:
        print("the document states no date, so today's is taken; give it with --published", file=sys.stderr)
    for line in _left_out_lines(Counter(one.why for one in drafted.proposals.left_out).most_common()):
        print(line, file=sys.stderr)


def _left_out_lines(counts: Sequence[tuple[str, int]]) -> list[str]:
    if not counts:
        return []
    return ["left out: " + "; ".join(f"{count} {why}" for why, count in counts) + " (--format json lists them)"]
