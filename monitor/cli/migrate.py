"""`factwatch migrate`: to another database, with everything."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli.ledgers import open_ledger
from monitor.cli.progress import showing_progress
from monitor.cli.tables import Form, FormOption, cell, print_document, print_table


def migrate(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="An empty database; PGPASSWORD may give the password.")],
    form: FormOption = Form.HUMAN,
) -> None:
    """Carry everything from the database in use to an empty one of either kind: in one transaction, counted and compared.

    End the daemon first. The database in use stays as it is; name the new one with FACTWATCH_DATABASE_URL afterwards.
    """
    from monitor.config.settings import load_settings
    from monitor.jobs.relocating import relocate
    from monitor.store.engine import open_store

    with open_ledger(load_settings()) as source:
        target = open_store(to)
        try:
            with showing_progress("Carrying") as (begun, moved):
                carried = relocate(source, target, begun=begun, moved=moved)
        finally:
            target.close()
    if form is not Form.HUMAN:
        print_document({"from": source.name, "to": target.name, "rows": dict(carried)})
        return
    print_table(("Table", "Rows"), [(cell(table), str(count)) for table, count in carried.items()])
    print(f"{sum(carried.values())} rows carried to {target.name}, counted and compared; name it with FACTWATCH_DATABASE_URL now")
