"""The log: an event a line on standard error, for people on a terminal, as JSON otherwise; deploy/LOGS.md lists the events."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_EXCEPTION = "exception"


def set_up_log(level: str, stream: TextIO | None = None) -> None:
    """Log to standard error, or to another stream.

    What the libraries log goes the same way, warnings and worse only. No text of a feed can begin a line of its own or speak to
    the terminal, whatever is logged of it.
    """
    out = stream or sys.stderr
    prepare: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=prepare,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                *(_for_people() if out.isatty() else [_for_machines]),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("factwatch").setLevel(level.upper())
    # It warns each time that a tick finds the one before still at work, which is how a busy second looks.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *prepare, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _for_people() -> list[Any]:
    return [_tame, structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]


def _tame(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Show what does not print as what it is; the lines of a traceback stay lines, and are set in."""
    for name, value in event.items():
        if name == _EXCEPTION:
            event[name] = "\n".join(f"  | {_shown(line)}" for line in str(value).split("\n"))
        elif isinstance(value, str):
            event[name] = _shown(value)
    return event


def _for_machines(_: Any, __: str, event: MutableMapping[str, Any]) -> str:
    """JSON on one line, whatever a reader takes for the end of one: what does not print is escaped, all else is as it reads."""
    return _shown(json.dumps(event, ensure_ascii=False, default=str))


def _shown(text: str) -> str:
    """A text with what does not print (line ends, the terminal's controls, turns of direction, halves of characters) escaped."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _escaped(character) for character in text)


def _escaped(character: str) -> str:
    """As JSON writes it, which people can read as well."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))
