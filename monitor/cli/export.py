"""`factwatch export`: changes, facts and expected dates for feed readers, calendars and spreadsheets."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.errors import UserFault

if TYPE_CHECKING:
    from monitor.jobs.exporting import Export

Kind = Literal["atom", "jsonfeed", "ics", "csv"]


def export(
    kind: Annotated[Kind, typer.Argument(help="Changes as a feed (atom, jsonfeed), expected dates (ics), or a table (csv).")],
    watch: Annotated[str | None, typer.Option(metavar="WATCH", help="Only of this watch.")] = None,
    of: Annotated[Literal["facts", "changes"], typer.Option("--of", help="What the table is of.")] = "changes",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, not to standard output.")
    ] = None,
) -> None:
    """Write what other programs take: the same documents that the daemon serves under /api/v1/exports/."""
    from monitor.cli.ledgers import find_watch, open_ledger
    from monitor.config.rulebook import load_rulebook
    from monitor.config.settings import load_settings
    from monitor.config.templates import load_templates
    from monitor.core.telling.stationery import Stationery
    from monitor.jobs.exporting import export as export_document

    settings = load_settings()
    watches = load_rulebook(settings.rules).watches
    stationery = Stationery(templates=load_templates(), public_url=settings.public_url)
    only = find_watch(watch, watches) if watch else None
    with open_ledger(settings) as store, store.reading() as connection:
        document = export_document(connection, _export(kind, of), watches, only=only, stationery=stationery)
    if output is None:
        sys.stdout.buffer.write(document)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(document)
    except OSError as error:
        raise UserFault(f"cannot write {output}: {error.strerror}") from error


def _export(kind: Kind, of: str) -> Export:
    from monitor.jobs.exporting import Export

    match kind:
        case "atom":
            return Export.ATOM
        case "jsonfeed":
            return Export.JSON_FEED
        case "ics":
            return Export.DATES
        case "csv":
            return Export.FACTS if of == "facts" else Export.CHANGES
