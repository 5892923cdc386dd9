"""`factwatch check`: rules, seeds, archives, settings, delivery.yaml and the Apprise configuration, every fault at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from monitor.errors import Fault, FileFaults, StoreTrouble

if TYPE_CHECKING:
    from monitor.config.rulebook import Rulebook
    from monitor.config.settings import Settings
    from monitor.store.engine import Connection


def check(
    rules: Annotated[Path | None, typer.Option(help="Folder of the rule files.", show_default="FACTWATCH_RULES")] = None,
    words: Annotated[bool, typer.Option("--words", help="Also show what each cue and state was widened to.")] = False,
    output: Annotated[Literal["human", "json"], typer.Option("--format", help="How to answer.")] = "human",
) -> None:
    """Check rules, seeds, settings, delivery.yaml and the Apprise configuration."""
    faults: list[Fault] = []
    settings = _read_settings(faults)
    if settings and rules:
        settings = settings.model_copy(update={"rules": rules})
    rulebook = _read_rules(rules, settings, faults)
    faults += _references(rulebook, settings)
    warnings = sorted([*rulebook.warnings, *_warnings_around(rulebook, settings)]) if rulebook else []
    if output == "json":
        _print_json(rulebook, faults, warnings, with_words=words)
        raise typer.Exit(2 if faults else 0)
    if faults or rulebook is None:
        raise FileFaults(faults)
    for warning in warnings:
        print(f"{warning} (warning)", file=sys.stderr)
    if words:
        from monitor.cli.widened import widened_lines
        from monitor.config.lexicons import load_library

        for line in widened_lines(rulebook.watches, load_library()):
            print(line)
    print(f"{_counted(rulebook)}: in order")


def _read_settings(faults: list[Fault]) -> Settings | None:
    from monitor.config.settings import load_settings

    try:
        return load_settings()
    except FileFaults as broken:
        faults += broken.faults
        return None


def _read_rules(folder: Path | None, settings: Settings | None, faults: list[Fault]) -> Rulebook | None:
    from monitor.config.rulebook import load_rulebook
    from monitor.config.settings import rules_folder

    try:
        return load_rulebook(folder or (settings.rules if settings else rules_folder()))
    except FileFaults as broken:
        faults += broken.faults
        return None


def _references(rulebook: Rulebook | None, settings: Settings | None) -> list[Fault]:
    """What the files name in each other and in the environment: tags, credentials, destinations."""
    from monitor.config.apprise_files import check_addresses, check_apprise_file
    from monitor.config.references import missing_credentials, missing_tags

    if settings is None:
        return []
    faults = missing_credentials(rulebook, settings) if rulebook else []
    if settings.notify_urls:
        faults += check_addresses("FACTWATCH_NOTIFY_URLS", settings.notify_urls)
    tags: Collection[str] | None = None
    if settings.apprise_config:
        try:
            tags = check_apprise_file(settings.apprise_config).tags
            faults += missing_tags(rulebook, tags) if rulebook else []
        except FileFaults as broken:
            faults += broken.faults
    return faults + _faults_of_delivery(settings, rulebook, tags)


def _faults_of_delivery(settings: Settings, rulebook: Rulebook | None, tags: Collection[str] | None) -> list[Fault]:
    """What is wrong with delivery.yaml, in itself and in what it names.

    Args:
        tags: That destinations have; None where that is not known.
    """
    from monitor.config.deliveries import dangling_names, find_delivery_file, read_manners

    path = find_delivery_file(settings)
    if path is None:
        return []
    try:
        read_manners(path)
    except FileFaults as broken:
        return list(broken.faults)
    return dangling_names(path, watches=rulebook.watches if rulebook else None, tags=tags)


def _warnings_around(rulebook: Rulebook, settings: Settings | None) -> list[Fault]:
    """What is weak in sound rules beside the settings and the database: nobody is told, or what is stored says otherwise."""
    from monitor.config.references import untold
    from monitor.store.engine import is_there, open_store

    if settings is None:
        return []
    warnings = untold(rulebook, settings)
    if not is_there(settings.database_url):
        return warnings
    try:
        store = open_store(settings.database_url)
    except StoreTrouble:
        return warnings
    with closing(store), store.reading() as connection:
        return [*warnings, *_seeds_passed_over(connection, rulebook), *_subjects_unheard(connection, rulebook)]


def _seeds_passed_over(connection: Connection, rulebook: Rulebook) -> list[Fault]:
    """Seeds that were rewritten without a newer date, after the ledger had moved on."""
    from monitor.config.references import at_seed
    from monitor.jobs.seeding import seeds_passed_over

    return [
        at_seed(watch, history.fact, f"the ledger knows {history.in_force} by now; write a newer as_of to overrule it")
        for watch, history in seeds_passed_over(connection, rulebook.watches.values())
    ]


def _subjects_unheard(connection: Connection, rulebook: Rulebook) -> list[Fault]:
    """Subjects that no stored item of their feeds names."""
    from monitor.config.references import at_rule
    from monitor.jobs.overhearing import subjects_unheard

    return [
        at_rule(
            watch,
            ("subject", "names"),
            f"none of the last {count} items of its feeds has one of these names; add the name that they use, or other feeds",
        )
        for watch, count in subjects_unheard(connection, rulebook.watches.values())
    ]


def _print_json(rulebook: Rulebook | None, faults: list[Fault], warnings: list[Fault], *, with_words: bool) -> None:
    watches = list(rulebook.watches.values()) if rulebook else []
    answer: dict[str, Any] = {
        "faults": [asdict(fault) for fault in sorted(faults)],
        "warnings": [asdict(warning) for warning in warnings],
        "watches": len(watches),
        "facts": sum(len(watch.facts) for watch in watches),
        "feeds": sum(len(watch.feeds) for watch in watches),
    }
    if with_words and rulebook:
        from monitor.cli.widened import widened_rows
        from monitor.config.lexicons import load_library

        answer["words"] = widened_rows(rulebook.watches, load_library())
    print(json.dumps(answer, ensure_ascii=False, indent=2))


def _counted(rulebook: Rulebook) -> str:
    """How much there is: "2 watches, 12 facts, 1 feed"."""
    watches = rulebook.watches.values()
    counts = {
        ("watch", "watches"): len(watches),
        ("fact", "facts"): sum(len(watch.facts) for watch in watches),
        ("feed", "feeds"): sum(len(watch.feeds) for watch in watches),
    }
    return ", ".join(f"{count} {one if count == 1 else many}" for (one, many), count in counts.items())
