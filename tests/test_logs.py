"""The log: a line an event whatever is in it, names that are documented, and people spared what terminals obey."""

from __future__ import annotations

import ast
import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.logs import set_up_log

ROOT = Path(__file__).parent.parent
LEVELS = {"debug": "debug", "info": "info", "warning": "warning", "error": "error", "exception": "error"}
HOSTILE = 'Bridge\n{"event": "message sent"}\r\x1b]0;owned\x07\x85\u2028\u202e\ud800\x7f\U000e0001 late'

Event = tuple[str, frozenset[str]]
"""Its level, and its fields."""


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """The set-up is the process's own; what was before comes back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def written(stream: io.StringIO, log: Callable[[structlog.stdlib.BoundLogger], object]) -> str:
    set_up_log("debug", stream)
    log(structlog.stdlib.get_logger("factwatch"))
    return stream.getvalue()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_whatever_a_feed_says_is_a_line_of_json_that_says_it(text: str) -> None:
    line = written(io.StringIO(), lambda log: log.warning("feed not read", why=text))
    assert line.splitlines(keepends=True) == [line]
    assert json.loads(line)["why"] == text


def test_a_line_can_be_written_as_utf_8_and_holds_nothing_that_a_terminal_obeys() -> None:
    line = written(io.StringIO(), lambda log: log.warning("feed not read", why=HOSTILE, feed="量产"))
    assert line.encode()
    assert line.rstrip("\n").isprintable()
    assert "量产" in line


def fail(log: structlog.stdlib.BoundLogger) -> None:
    try:
        raise ValueError(HOSTILE)
    except ValueError:
        log.exception("item not read", item=1)


def test_an_exception_is_in_the_line_of_its_event() -> None:
    (line,) = written(io.StringIO(), fail).splitlines()
    event = json.loads(line)
    assert (event["event"], event["level"], event["item"]) == ("item not read", "error", 1)
    assert event["exception"].startswith("Traceback (most recent call last):\n")


def test_what_libraries_log_is_a_line_too() -> None:
    line = written(io.StringIO(), lambda _: logging.getLogger("some.library").warning("%s failed", HOSTILE))
    assert json.loads(line)["event"] == f"{HOSTILE} failed"
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize("log", [fail, lambda log: log.warning("feed not read", why=HOSTILE), lambda log: log.info(HOSTILE)])
def test_on_a_terminal_no_feed_begins_a_line_or_speaks_to_it(log: Callable[[structlog.stdlib.BoundLogger], object]) -> None:
    text = re.sub(r"\x1b\[\d*m", "", written(Terminal(), log))
    assert "\x1b" not in text
    first, *rest = text.rstrip("\n").split("\n")
    assert re.match(r"\d{4}-\d\d-\d\dT", first)
    assert all(line.startswith("  | ") for line in rest)
    assert all(line.isprintable() for line in (first, *rest))


def test_the_level_is_kept_to() -> None:
    stream = io.StringIO()
    set_up_log("warning", stream)
    structlog.stdlib.get_logger("factwatch").info("feed read")
    assert stream.getvalue() == ""


# --- the names --------------------------------------------------------------------------------------


def logged() -> Iterator[tuple[str, Event]]:
    """Every event that a module logs."""
    for module in sorted((ROOT / "monitor").rglob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        bound = {keyword.arg for call in calls(tree, {"bind"}) for keyword in call.keywords}
        for call in calls(tree, LEVELS.keys()):
            assert isinstance(call.func, ast.Attribute)
            (name,) = call.args
            assert isinstance(name, ast.Constant), f"{module}: {ast.unparse(call)} has no name of its own"
            fields = {keyword.arg or "" for keyword in call.keywords} | {field for field in bound if field}
            if call.func.attr == "exception":
                fields.add("exception")
            yield name.value, (LEVELS[call.func.attr], frozenset(fields))


def calls(tree: ast.AST, names: object) -> Iterator[ast.Call]:
    """Calls of a method of the log."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="log") | ast.Attribute(attr="log"), attr=attr)) if attr in names:  # type: ignore[operator]
                yield node


def documented() -> dict[str, Event]:
    text = (ROOT / "deploy" / "LOGS.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+?)` \| (\w+) \|(.*?)\|", text, flags=re.MULTILINE)
    return {name: (level, frozenset(re.findall(r"`(\w+)`", fields))) for name, level, fields in rows}


def test_every_event_is_documented_with_its_level_and_its_fields_and_no_other_is() -> None:
    found = dict(logged())
    assert len(found) > 30
    assert documented() == found
