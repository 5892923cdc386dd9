"""Answers in a file, by content: a measurement with a model is recorded once and repeated without it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from monitor.errors import Fault, FileFaults, UserFault
from monitor.readers.calling import Reply


def read_recording(path: Path) -> dict[str, Reply]:
    """The answers of a file by the keys of their questions.

    Raises:
        FileFaults: Every line that is no recorded answer.
        UserFault: The file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserFault(f"{path} cannot be read: {error}") from error
    answers: dict[str, Reply] = {}
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            reply = Reply(text=str(row["answer"]), tokens_in=int(row["tokens_in"]), tokens_out=int(row["tokens_out"]))
            answers[str(row["key"])] = reply
        except (ValueError, LookupError, TypeError):
            message = "this is no recorded answer; record one with --record FILE"
            faults.append(Fault(file=str(path), line=number, column=0, message=message))
    if faults:
        raise FileFaults(faults)
    return answers


def write_recording(path: Path, answers: Mapping[str, Reply]) -> None:
    """Write answers, one JSON object a line in the order of their keys, in place of what the file held.

    Raises:
        UserFault: The file cannot be written.
    """
    rows = (
        {"key": key, "answer": reply.text, "tokens_in": reply.tokens_in, "tokens_out": reply.tokens_out}
        for key, reply in sorted(answers.items())
    )
    try:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    except OSError as error:
        raise UserFault(f"{path} cannot be written: {error.strerror}") from error
