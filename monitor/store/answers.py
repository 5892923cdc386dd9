"""What second readers answered, kept by the content of the question, so that no text is asked about twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.engine import insert_unless_known
from monitor.store.tables import answers
from monitor.store.texts import storable


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """One answer.

    Attributes:
        reader: Who gave it: model and host.
        text: As it came, whether or not it can be read.
    """

    key: str
    reader: str
    text: str
    tokens_in: int
    tokens_out: int


def find(connection: Connection, key: str) -> KeptAnswer | None:
    """The answer to a question; None where it was never answered. For any transaction."""
    row = connection.execute(select(answers).where(answers.c.key == key)).one_or_none()
    if row is None:
        return None
    return KeptAnswer(key=row.key, reader=row.reader, text=row.text, tokens_in=row.tokens_in, tokens_out=row.tokens_out)


def known_keys(connection: Connection, keys: Collection[str]) -> frozenset[str]:
    """Those of some questions that were answered; for any transaction."""
    return frozenset(connection.execute(select(answers.c.key).where(answers.c.key.in_(keys))).scalars())


def keep(connection: Connection, answer: KeptAnswer, *, now: datetime) -> None:
    """Keep an answer; the first one to a question stays. For a writing transaction.

    Characters that no database takes are dropped or replaced.
    """
    insert_unless_known(
        connection,
        answers,
        key=answer.key,
        reader=answer.reader,
        text=storable(answer.text),
        tokens_in=answer.tokens_in,
        tokens_out=answer.tokens_out,
        answered_at=now,
    )
