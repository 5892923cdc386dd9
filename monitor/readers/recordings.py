"""Answers in a file, by content: a measurement with a model is recorded once and repeated without it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from monitor.errors import Fault, FileFaults, UserFault
from monitor.readers.calling import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Answers by the keys of their questions.

    Attributes:
        model: Whose answers they are.
    """

    model: str = ""
    answers: Mapping[str, Reply] = field(default_factory=dict)


def read_recording(path: Path) -> Recording:
    """The answers of a file.

    Raises:
        FileFaults: Every line of the file that is no recorded answer, or one of another model than the first.
        UserFault: The file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserFault(f"{path} cannot be read: {error}") from error
    model, answers = "", dict[str, Reply]()
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            reply = Reply(text=str(row["answer"]), tokens_in=int(row["tokens_in"]), tokens_out=int(row["tokens_out"]))
            key, answered_by = str(row["key"]), str(row["model"])
        except (ValueError, LookupError, TypeError):
            message = "this is no recorded answer; record some with --reader --record FILE"
            faults.append(Fault(file=str(path), line=number, column=0, message=message))
            continue
        model = model or answered_by
        if answered_by != model:
            message = f"this is an answer of {answered_by!r}, the first is of {model!r}; keep a file for each model"
            faults.append(Fault(file=str(path), line=number, column=0, message=message))
        answers[key] = reply
    if faults:
        raise FileFaults(faults)
    return Recording(model=model, answers=answers)


def write_recording(path: Path, recording: Recording) -> None:
    """Write answers, one JSON object a line in the order of their keys, in place of what the file held.

    Raises:
        UserFault: The file cannot be written.
    """
    rows = (
        {
            "key": key,
            "model": recording.model,
            "answer": reply.text,
            "tokens_in": reply.tokens_in,
            "tokens_out": reply.tokens_out,
        }
        for key, reply in sorted(recording.answers.items())
    )
    try:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    except OSError as error:
        raise UserFault(f"{path} cannot be written: {error.strerror}") from error
