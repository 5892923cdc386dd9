"""`factwatch password`: the hash of a password, to be kept in its place."""

from __future__ import annotations

import sys

import typer

from monitor.errors import UserFault


def password() -> None:
    """Print the hash of a password, which can stand in FACTWATCH_PASSWORD or in the file of FACTWATCH_PASSWORD_FILE.

    On a terminal it asks twice and shows nothing; else it reads one line: `factwatch password < plain > hashed`.
    """
    from monitor.web.sessions import hash_password

    said = _ask() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not said:
        raise UserFault("an empty password keeps nobody out")
    print(hash_password(said))


def _ask() -> str:
    """Questions go to standard error, so that the hash alone goes into a file."""
    answer: str = typer.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True)
    return answer
