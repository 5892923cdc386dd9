"""The console, where alerts go while no destination is configured."""

from __future__ import annotations

import sys
from typing import TextIO

from monitor.core.messages import Message, Outcome, Result
from monitor.core.telling.fitting import below_title

_RULE = "─" * 72


def print_message(message: Message, stream: TextIO | None = None) -> Outcome:
    """Print the plain text of a message between two rules; it is sent when it is flushed.

    Args:
        message: Whose words are clean of control sequences already.
        stream: In place of standard output.
    """
    out = stream or sys.stdout
    encoding = getattr(out, "encoding", None) or "utf-8"
    block = f"{_RULE}\n{message.title}\n{_RULE}\n{below_title(message.title, message.text)}\n"
    try:
        out.write(block.encode(encoding, "replace").decode(encoding) + "\n")
        out.flush()
    except (OSError, ValueError) as trouble:
        return Outcome(result=Result.FAILED, detail=f"the console is closed ({type(trouble).__name__})")
    return Outcome(result=Result.SENT)
