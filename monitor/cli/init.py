"""`factwatch init`: a watch by questions or flags, from a name and a site to a rule in order and a first look at its feeds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.ledgers import read_day
from monitor.errors import FeedTrouble, UserFault

if TYPE_CHECKING:
    from monitor.cli.asking import Asker
    from monitor.config.settings import Settings
    from monitor.config.writing import Origin
    from monitor.core.proposing.merging import Proposal
    from monitor.core.watches import Subject
    from monitor.jobs.beginning import Glimpse, Plan
    from monitor.jobs.context import Network

_MANY = "may be repeated."
_USUAL_KIND = "works"  # where nobody can be asked and the document cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody said of the watch, by flags first and then by answers.

    Attributes:
        id: Empty for one made of the subject's name.
        kind: Name of a menu; empty where a document tells the facts.
    """

    subject: str
    id: str = ""
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    site: str = ""
    feeds: tuple[str, ...] = ()
    document: str = ""
    published: date | None = None
    kind: str = ""
    notify: tuple[str, ...] = ()


def init(  # noqa: PLR0917 - options have names where a person types them
    subject: Annotated[str, typer.Option("--subject", metavar="NAME", help="What is watched.")] = "",
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="ALIAS", help=f"Another name of it, in any script; {_MANY}")
    ] = None,
    other: Annotated[
        list[str] | None, typer.Option("--not", metavar="NAME", help=f"What a clause may be about instead; {_MANY}")
    ] = None,
    site: Annotated[str, typer.Option("--site", metavar="URL", help="A site whose feeds are looked for.")] = "",
    feed: Annotated[list[str] | None, typer.Option("--feed", metavar="URL", help=f"The address of a feed; {_MANY}")] = None,
    document: Annotated[
        str, typer.Option("--document", metavar="DOCUMENT", help="What tells the facts: a text, HTML or PDF file, or an address.")
    ] = "",
    published: Annotated[
        date | None, typer.Option(metavar="DATE", parser=read_day, help="When the document was published.")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="What sort of subject it is, where no document tells the facts.")
    ] = "",
    notify: Annotated[
        list[str] | None, typer.Option("--notify", metavar="TAG", help=f"A tag of the Apprise configuration; {_MANY}")
    ] = None,
    id_: Annotated[str, typer.Option("--id", metavar="ID", help="The watch's id; else made of the name.")] = "",
    rules: Annotated[Path | None, typer.Option(help="Folder of the rule files.", show_default="FACTWATCH_RULES")] = None,
    is_settled: Annotated[bool, typer.Option("--yes", help="Ask nothing; what no flag says is left out.")] = False,
) -> None:
    """Make a watch: a rule with comments and tests, its baseline, and a first look at its feeds.

    On a terminal it asks for what no flag says. Nothing is written before the last answer, and nothing is ever overwritten.
    """
    from monitor.cli.asking import Asker, address_of
    from monitor.config.settings import load_settings

    settings = load_settings()
    settings = settings.model_copy(update={"rules": rules}) if rules else settings
    wishes = Wishes(
        subject=subject.strip(),
        id=id_,
        names=tuple(name or ()),
        others=tuple(other or ()),
        site=address_of(site),
        feeds=tuple(map(address_of, feed or ())),
        document=document,
        published=published,
        kind=kind,
        notify=tuple(notify or ()),
    )
    asker = None if is_settled or not sys.stdin.isatty() else Asker()
    _begin(wishes, settings, asker)


def _begin(wishes: Wishes, settings: Settings, asker: Asker | None) -> None:
    import asyncio

    from monitor.config.saving import save_new
    from monitor.jobs.beginning import compose

    wishes = _with_subject(wishes, settings, asker)
    if asker:
        wishes = asker.ask_rest(wishes)
    plan, glimpses = asyncio.run(_plan(wishes, settings, asker))
    files = compose(plan)
    if asker and not asker.agrees(f"Write {' and '.join(map(str, files))}?"):
        raise typer.Exit(0)
    save_new(files)
    _report(plan, glimpses, settings)


def _with_subject(wishes: Wishes, settings: Settings, asker: Asker | None) -> Wishes:
    """The wishes with a subject whose id is free and of which something shall be known."""
    from monitor.config.saving import ensure_absent
    from monitor.config.writing import watch_id
    from monitor.jobs.beginning import ensure_free

    if not wishes.subject:
        if asker is None:
            raise UserFault("what shall be watched? give its name with --subject, or run factwatch init on a terminal")
        wishes = replace(wishes, subject=asker.subject())
    wishes = replace(wishes, id=wishes.id or watch_id(wishes.subject, *wishes.names))
    ensure_absent(settings.rules / f"{wishes.id}.yaml", settings.rules.parent / "seeds" / f"{wishes.id}.yaml")
    ensure_free(wishes.id, settings.rules)
    if asker is None and not wishes.document and not wishes.kind:
        raise UserFault(f"what shall be known of it? give a --document that tells it, or its --kind: {', '.join(_kinds())}")
    return wishes


# --- the plan ---------------------------------------------------------------------------------------


async def _plan(wishes: Wishes, settings: Settings, asker: Asker | None) -> tuple[Plan, tuple[Glimpse, ...]]:
    """Everything that the files are made of; the network is used here and nowhere else."""
    from monitor.config.feedlines import FeedLine
    from monitor.core.watches import Subject
    from monitor.jobs.beginning import Plan, look_at
    from monitor.wiring import open_network

    subject = Subject(names=tuple(dict.fromkeys((wishes.subject, *wishes.names))), others=wishes.others)
    async with open_network(settings) as network:
        found = await _from_site(wishes, subject, network, asker)
        given = await look_at(wishes.feeds, subject, network)
        facts, origin, officials = await _facts(wishes, subject, network, asker)
    glimpses = tuple({one.url: one for one in (*given, *found)}.values())
    plan = Plan(
        watch=wishes.id,
        title=wishes.subject,
        subject=replace(subject, officials=officials),
        rules=settings.rules,
        facts=facts,
        origin=origin,
        feeds=tuple(FeedLine(url=one.url, title=one.title) for one in glimpses),
        notify=wishes.notify,
    )
    return plan, glimpses


async def _from_site(wishes: Wishes, subject: Subject, network: Network, asker: Asker | None) -> tuple[Glimpse, ...]:
    """The feeds of the site that are wanted; a site that cannot be read is told, and goes without."""
    from monitor.jobs.beginning import find_feeds

    if not wishes.site:
        return ()
    try:
        found = await find_feeds(wishes.site, subject, network)
    except FeedTrouble as trouble:
        print(f"no feeds from {wishes.site}: {trouble}", file=sys.stderr)
        return ()
    return asker.choose_feeds(found) if asker else found


async def _facts(
    wishes: Wishes, subject: Subject, network: Network, asker: Asker | None
) -> tuple[Sequence[Proposal], Origin, tuple[str, ...]]:
    """The facts with where they come from and who speaks for the subject: from the document, or else from a menu."""
    from monitor.config.writing import Origin
    from monitor.jobs.drafting import draft

    today = datetime.now(UTC).date()
    if wishes.document:
        try:
            drafted = await draft(wishes.document, subject, network=network, published=wishes.published, today=today)
        except FeedTrouble as trouble:
            print(f"no facts from {wishes.document}: {trouble}", file=sys.stderr)
        else:
            facts = asker.choose_facts(drafted.proposals.facts) if asker else drafted.proposals.facts
            if facts:
                return facts, drafted.origin, drafted.proposals.officials
            print(f"{wishes.document} tells no value of {wishes.subject}; a menu takes its place", file=sys.stderr)
    menu = _menu(wishes.kind or (asker.kind() if asker else _USUAL_KIND))
    return menu, Origin(title="nothing is known yet", as_of=today), ()


def _kinds() -> tuple[str, ...]:
    from monitor.config.outlines import load_menus

    return tuple(load_menus())


def _menu(kind: str) -> Sequence[Proposal]:
    from monitor.config.outlines import load_menus
    from monitor.config.suggesting import mend

    menus = load_menus()
    if kind not in menus:
        raise UserFault(f"unknown kind {kind!r}; {mend(kind, menus)}")
    return menus[kind].facts


# --- the report -------------------------------------------------------------------------------------


def _report(plan: Plan, glimpses: Sequence[Glimpse], settings: Settings) -> None:
    from monitor.cli.check import check
    from monitor.core.telling.wording import count_of

    print(f"{plan.rule_file}: {count_of(len(plan.facts), 'fact')}, {count_of(len(plan.feeds), 'feed')}")
    print(f"{plan.seed_file}: what is known of them")
    for glimpse in glimpses:
        _show(glimpse, plan.title)
    check(rules=plan.rule_file, words=False, output="human")
    folder = "" if settings.rules == Path("rules") else f"FACTWATCH_RULES={settings.rules} "
    print(f"next: read the two files, then {folder}factwatch run")


def _show(glimpse: Glimpse, subject: str) -> None:
    """A first poll of a feed: nothing of it is stored."""
    from monitor.cli.asking import printable
    from monitor.core.telling.wording import count_of
    from monitor.feeds.links import shown

    if glimpse.error:
        print(f"  {shown(glimpse.url)}: cannot be read now: {glimpse.error}")
        return
    print(f"  {shown(glimpse.url)}: {count_of(glimpse.items, 'item')}, {glimpse.naming} about {subject}")
    for headline in glimpse.headlines:
        print(f"    - {printable(headline)}")
