"""A bar for work that takes long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Steps = Callable[[int], object]


@contextmanager
def showing_progress(what: str) -> Iterator[tuple[Steps, Steps]]:
    """A bar on a terminal's standard error, and nothing elsewhere.

    Yields:
        What to call with the number of steps to come, and with each number of steps that are done.
    """
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda steps: progress.update(task, total=steps), lambda steps: progress.advance(task, steps)
