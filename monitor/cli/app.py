"""The command `factwatch`: its groups, its exit statuses, and what a user sees of an error."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from monitor.cli import (
    assess,
    backup,
    changes,
    check,
    config,
    deliveries,
    explain,
    export,
    facts,
    feeds,
    health,
    init,
    migrate,
    notify,
    password,
    poll,
    run,
    score,
    seed,
    testing,
    tokens,
    values,
)
from monitor.errors import FactwatchError, UserFault

USERS_FAULT, FAILURE = 2, 3

app = typer.Typer(
    name="factwatch",
    help="Watches the news for changes of fact.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # help texts have square brackets of their own, and Rich would cost a third of the start
)
app.add_typer(changes.app)
app.add_typer(deliveries.app)
app.add_typer(facts.app)
app.add_typer(feeds.app)
app.add_typer(tokens.app)

app.command()(assess.assess)
app.command()(assess.backtest)
app.command()(backup.backup)
app.command()(check.check)
app.command()(config.config)
app.command()(explain.explain)
app.command()(export.export)
app.command()(init.init)
app.command()(migrate.migrate)
app.command()(health.health)
app.command()(notify.notify)
app.command()(password.password)
app.command()(poll.poll)
app.command()(backup.restore)
app.command()(run.run)
app.command()(score.score)
app.command()(seed.seed)
app.command("test")(testing.run_tests)
app.command()(values.values)


def main() -> NoReturn:
    """Run the command line; an error that we raise on purpose is one clear message, not a traceback."""
    try:
        app()
    except UserFault as fault:
        print(fault, file=sys.stderr)
        sys.exit(USERS_FAULT)
    except FactwatchError as trouble:
        print(f"factwatch: {trouble}", file=sys.stderr)
        sys.exit(FAILURE)
    sys.exit(0)
