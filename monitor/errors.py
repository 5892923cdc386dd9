"""The error tree: one class for each reaction the program has to a failure.

    FactwatchError                  anything that we raise on purpose
    ├── UserFault                   a person must mend a file, a flag or a setting; exit status 2
    │   └── FileFaults              all faults of the user's files at once, each with line and column
    ├── FeedTrouble                 this feed cannot be read now; note it in its health, go on with the others
    │   ├── FeedGone                the publisher has ended the feed (410); tell it once and stop asking
    │   └── AddressRefused          the address is of a kind that we do not open; never tried again as it is
    ├── ReaderTrouble               the second reader was not heard; the item is judged by our own reading
    └── StoreTrouble                the database cannot be used now; nothing was written, try again later

A failed delivery is no error here: sending answers with an ``Outcome``.
"""

from __future__ import annotations

from dataclasses import dataclass


class FactwatchError(Exception):
    """Anything that the program raises on purpose."""


class UserFault(FactwatchError):
    """Something that a person has to mend; the message says what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """One defect of a file that people write.

    Attributes:
        file: The path as the user gave it.
        line: Counted from 1; 0 where the whole file is meant.
        column: Counted from 1, in characters; 0 where the whole line is meant.
        message: What is wrong; after a semicolon, what would be right.
    """

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = [str(number) for number in (self.line, self.column) if number]
        return f"{':'.join([self.file, *place])}: {self.message}"


class FileFaults(UserFault):
    """Every defect that was found in the user's files, in reading order."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))


class FeedTrouble(FactwatchError):
    """One feed or page cannot be read now.

    Attributes:
        retry_after: Seconds that the host asked us to wait, if it did.
        host: Which host asked that; a redirect may lead to another than the feed's own.
    """

    def __init__(self, message: str, *, retry_after: float | None = None, host: str = "") -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.host = host


class FeedGone(FeedTrouble):
    """The publisher answered 410: the feed has ended."""


class AddressRefused(FeedTrouble):
    """The address leads to a place that feeds have no business with."""


class ReaderTrouble(FactwatchError):
    """A second reader did not answer, or not in a form that can be read.

    Attributes:
        retry_after: Seconds that it asked us to wait, if it did.
        is_for_good: Asking again would be answered likewise: a wrong key, an unknown model, a request that it does not take.
    """

    def __init__(self, message: str, *, retry_after: float | None = None, is_for_good: bool = False) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.is_for_good = is_for_good


class StoreTrouble(FactwatchError):
    """The database cannot be used now (full disk, lock, read-only file); nothing was written."""
