"""Reloading: what was saved is put in force, or refused with every fault while the last good files stay."""

from __future__ import annotations

from pathlib import Path

from monitor.config.apprise_files import check_apprise_file
from monitor.config.deliveries import delivery_folder, find_delivery_file, read_manners
from monitor.config.rulebook import Rulebook, refresh_rulebook
from monitor.config.settings import Settings
from monitor.errors import FileFaults
from monitor.jobs.context import Context
from monitor.jobs.releasing import reconsider_held
from monitor.jobs.ruling import Rules
from monitor.jobs.seeding import seed


def reload_saved(context: Context) -> None:
    """Take up what was saved, rules or wishes; in the writer's thread."""
    reload_rules(context)
    reload_manners(context)


def reload_rules(context: Context) -> bool:
    """Read the rule files again; in the writer's thread, so that no item is judged half by old and half by new rules.

    Returns:
        Whether other rules are in force now.
    """
    last = context.rules.current
    fresh = refresh_rulebook(last.book, context.settings.rules)
    context.rules.refused = tuple(fresh.faults)
    for fault in fresh.faults:
        context.log.error("rules not taken", fault=str(fault))
    if fresh.faults:
        context.log.error("the last good rules stay in force", watches=len(last.watches), faults=len(fresh.faults))
    if not fresh.is_changed:
        return False
    rules = Rules.of(fresh.rulebook, last.load)
    rules.make_ready()
    context.rules.swap(rules)
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


def reload_manners(context: Context) -> bool:
    """Read delivery.yaml again, and ask anew of what is held until when it waits.

    Returns:
        Whether other wishes are in force now.
    """
    try:
        fresh = read_manners(find_delivery_file(context.settings))
    except FileFaults as broken:
        for fault in broken.faults:
            context.log.error("delivery.yaml not taken", fault=str(fault))
        return False
    if fresh == context.manners.current:
        return False
    context.manners.swap(fresh)
    reconsider_held(context)
    context.log.info("delivery.yaml reloaded", tags=len(fresh.by_tag))
    return True


def reload_destinations(context: Context) -> bool:
    """Read the Apprise configuration again, in a thread of its own: the first look at it loads all of Apprise.

    Returns:
        Whether there are other destinations now; a new password alone makes none.
    """
    file, before = context.settings.apprise_config, context.courier.destinations
    if file is None:
        return False
    try:
        check_apprise_file(file)
    except FileFaults as broken:
        for fault in broken.faults:
            context.log.error("destinations not taken", fault=str(fault))
        return False
    context.courier.reload()
    if context.courier.destinations == before:
        return False
    context.log.info("destinations reloaded", destinations=len(context.courier.destinations))
    return True


def watched_folders(book: Rulebook, settings: Settings) -> frozenset[Path]:
    """Where a file may be saved that rules, delivery.yaml and destinations are made of."""
    rules = settings.rules if settings.rules.is_dir() else settings.rules.parent
    folders = {rules, delivery_folder(settings), *(file.parent for file in book.files)}
    if settings.apprise_config:
        folders.add(settings.apprise_config.parent)
    return frozenset(folder.resolve() for folder in folders if folder.is_dir())
