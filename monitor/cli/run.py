"""`factwatch run`: the daemon."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.config.settings import Settings
    from monitor.jobs.context import Context


def run() -> None:
    """Watch the feeds of all rules and tell what changes, until Ctrl-C.

    With no configuration, the rules are those in rules/ and alerts are printed here.
    """
    import faulthandler
    import signal
    from contextlib import suppress

    # A supervisor whose watchdog is not fed ends the program with SIGABRT; the stacks of all threads say where it hung.
    faulthandler.enable()
    # Until the loop takes the signals over, either of them is a Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # There is nothing to reload yet, and its default would end the program.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with suppress(KeyboardInterrupt):
        _run()


def _run() -> None:
    import asyncio
    from functools import partial

    from monitor.config.settings import load_settings
    from monitor.daemon import run_daemon
    from monitor.errors import StoreTrouble
    from monitor.logs import set_up_log
    from monitor.store.leases import sole_use
    from monitor.web.serving import open_listener, url_of
    from monitor.wiring import open_context

    settings = load_settings()
    set_up_log(settings.log_level)
    with open_context(settings) as context, sole_use(context.store) as is_alone, open_listener(settings) as listener:
        if context.store.path is not None and not is_alone:
            raise StoreTrouble(f"another factwatch polls with the database {context.store.name}; end that first")
        greet = partial(print, f"{_greeting(context, settings)}, health at {url_of(listener)}/healthz", flush=True)
        asyncio.run(run_daemon(context, listener=listener, is_alone=is_alone, announce=greet))


def _greeting(context: Context, settings: Settings) -> str:
    """What is watched, where it is kept and who is told, in one line."""
    from monitor.core.telling.wording import count_of

    rules = context.rules.current
    watches = "1 watch" if len(rules.watches) == 1 else f"{len(rules.watches)} watches"
    watching = f"watching {count_of(len(rules.audiences), 'feed')} for {watches}"
    destinations = context.courier.destinations
    told = ", ".join(destination.name for destination in destinations) if destinations else "this console"
    return f"{watching}; rules in {settings.rules}, database {context.store.name}, alerts to {told}"
