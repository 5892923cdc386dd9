"""`factwatch tokens`: who may use the API, and for what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from monitor.cli.ledgers import open_ledger
from monitor.cli.tables import Form, FormOption, cell, print_json, print_table, show_distance, show_minute, stamp

if TYPE_CHECKING:
    from monitor.store.tokens import TokenRecord

app = typer.Typer(name="tokens", help="Tokens for programs that use the API.", no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who will use it, for instance grafana.")],
    scope: Annotated[Literal["read", "write"], typer.Option(help="Look only, or also decide.")] = "read",
) -> None:
    """Give out a token. It is shown once and cannot be shown again; send it as `Authorization: Bearer TOKEN`.

    Programs that know user names and passwords only, such as feed readers, take it as the password.
    """
    from monitor.config.settings import load_settings
    from monitor.jobs.granting import grant
    from monitor.store.engine import open_store
    from monitor.store.tokens import Scope

    # Unlike other commands this one may come before the first start of the daemon, so it makes the database.
    store = open_store(load_settings().database_url)
    try:
        _, text = grant(store, name, Scope(scope), now=datetime.now(UTC))
    finally:
        store.close()
    print(text)


@app.command("list")
def list_(form: FormOption = Form.HUMAN) -> None:
    """List the tokens that were given out, with their last use."""
    from monitor.config.settings import load_settings
    from monitor.store import tokens

    with open_ledger(load_settings()) as store, store.reading() as connection:
        found = tokens.list_all(connection)
    if form is not Form.HUMAN:
        print_json([_row(token) for token in found], form)
    elif not found:
        print("no tokens; factwatch tokens add NAME gives one out")
    else:
        now = datetime.now(UTC)
        rows = [
            (
                str(token.id),
                cell(token.name),
                str(token.scope),
                show_minute(token.created),
                show_distance(token.last_used, now) or "never",
                cell(show_minute(token.revoked_at), "red"),
            )
            for token in found
        ]
        print_table(("Id", "Name", "Scope", "Given", "Used", "Revoked"), rows, folding={"Name"})


def _row(token: TokenRecord) -> dict[str, Any]:
    return {
        "id": token.id,
        "name": token.name,
        "scope": str(token.scope),
        "created": stamp(token.created),
        "last_used": stamp(token.last_used),
        "revoked": stamp(token.revoked_at),
    }


@app.command()
def revoke(token: Annotated[int, typer.Argument(metavar="ID", help="Of factwatch tokens list.")]) -> None:
    """End a token at once, also for a daemon that runs."""
    from monitor.config.settings import load_settings
    from monitor.jobs.granting import revoke as revoke_token

    with open_ledger(load_settings()) as store:
        ended = revoke_token(store, token, now=datetime.now(UTC))
    print(f"token {ended.id} ({ended.name}) opens nothing any more")
