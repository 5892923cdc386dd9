"""The process that works on hostile input: it reads jobs from a pipe, answers them one by one, and may die over any of them.

Started as ``python -m monitor.feeds.worker`` by ``workers``. A job is a pickled call of a function of ours; an answer is the
function's result or the trouble that it raised; each stands behind its length.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import struct
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from monitor.errors import FeedTrouble

_LENGTH = struct.Struct(">Q")

_MOST_MEMORY = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A call of a function of ours, by its place in the code.

    Attributes:
        deadline: Seconds, after which the kernel ends the process, whatever code it runs and whether or not its parent lives.
    """

    work: Callable[..., Any]
    arguments: Sequence[Any]
    options: Mapping[str, Any]
    deadline: float


def main() -> None:
    """Answer jobs until the other side closes the pipe."""
    # Whoever prints by accident must not break the pipe: standard output becomes standard error.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    while (message := receive(sys.stdin.buffer)) is not None:
        send(answers, pickle.dumps(_answer(message)))


def send(stream: IO[bytes], message: bytes) -> None:
    """Write one message behind its length."""
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read one message; None where the other side ended before it was whole."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    message = stream.read(length)
    return message if len(message) == length else None


def _answer(message: bytes) -> Any:
    """The result of a job, or the trouble that it met; anything that goes wrong inside a parser is the document's fault."""
    job: Job = pickle.loads(message)  # noqa: S301 - it comes from our own parent
    # The alarm's default action ends the process, also in the middle of C code.
    signal.setitimer(signal.ITIMER_REAL, job.deadline)
    try:
        return job.work(*job.arguments, **job.options)
    except FeedTrouble as trouble:
        return trouble
    except MemoryError:
        return FeedTrouble("the document needs too much memory")
    except Exception as error:
        return FeedTrouble(f"the document cannot be read ({type(error).__name__})")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
