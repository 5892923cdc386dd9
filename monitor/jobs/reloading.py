"""Reloading: rules that were saved are put in force, or refused with every fault while the last good ones stay."""

from __future__ import annotations

from pathlib import Path

from monitor.config.rulebook import Rulebook, refresh_rulebook
from monitor.jobs.context import Context
from monitor.jobs.ruling import Rules
from monitor.jobs.seeding import seed


def reload_rules(context: Context) -> bool:
    """Read the rule files again; in the writer's thread, so that no item is judged half by old and half by new rules.

    Returns:
        Whether other rules are in force now.
    """
    last = context.rules.current
    fresh = refresh_rulebook(last.book, context.settings.rules)
    for fault in fresh.faults:
        context.log.error("rules not taken", fault=str(fault))
    if fresh.faults:
        context.log.error("the last good rules stay in force", watches=len(last.watches), faults=len(fresh.faults))
    if not fresh.is_changed:
        return False
    context.rules.swap(Rules.of(fresh.rulebook, last.load))
    try:
        seed(context)
    except BaseException:
        context.rules.swap(last)
        raise
    for warning in fresh.rulebook.warnings:
        context.log.warning("rules taken with a warning", warning=str(warning))
    watches, feeds = context.rules.current.watches, context.rules.current.audiences
    context.log.info("rules reloaded", watches=len(watches), feeds=len(feeds))
    return True


def watched_folders(book: Rulebook, rules: Path) -> frozenset[Path]:
    """Where a file may be saved that the rules are made of."""
    folders = {(rules if rules.is_dir() else rules.parent).resolve(), *(file.resolve().parent for file in book.files)}
    return frozenset(folder for folder in folders if folder.is_dir())
