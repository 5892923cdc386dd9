"""Checking labelled items against the watches that they are said to be of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitor.config.suggesting import mend
from monitor.core.reading.knowns import read_known
from monitor.core.watches import Watch
from monitor.errors import Fault, FileFaults
from monitor.jobs.answering import Reader
from monitor.jobs.cases import LabelledItem


def check_cases(cases: Iterable[LabelledItem], reader: Reader) -> None:
    """Hold the names and values of cases against the watches.

    Raises:
        FileFaults: Watches and facts that there are not, values that are none of their fact, identities given twice.
    """
    places: dict[str, str] = {}
    faults = []
    for case in cases:
        found = list(_faults_of(case, reader))
        if case.item.id in places:
            found.append(f"the id {case.item.id!r} is also that of {places[case.item.id]}; every item has its own")
        places[case.item.id] = f"{case.file}:{case.line}"
        faults += [Fault(file=case.file, line=case.line, column=0, message=message) for message in found]
    if faults:
        raise FileFaults(faults)


def _faults_of(case: LabelledItem, reader: Reader) -> Iterator[str]:
    if case.watch not in reader.words:
        yield f"there is no watch {case.watch!r}; {mend(case.watch, reader.words)}"
        return
    watch = reader.words[case.watch].watch
    said = [*((label.fact, label.value) for label in case.labels), *case.known.items()]
    for name in [*(fact for fact, _ in said), *case.lenient]:
        if name not in watch.facts:
            yield f"{watch.id} has no fact {name!r}; {mend(name, watch.facts)}"
    for name, value in said:
        if name in watch.facts and (fault := _fault_of_value(value, name, watch, reader)):
            yield fault


def _fault_of_value(value: str, name: str, watch: Watch, reader: Reader) -> str | None:
    try:
        read_known(value, watch.facts[name], reader.library.units)
    except ValueError as fault:
        return f"value of {name}: {fault}"
    return None
