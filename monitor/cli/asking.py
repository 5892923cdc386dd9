"""The questions of `factwatch init`, on a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from monitor.cli.init import Wishes
    from monitor.core.proposing.merging import Proposal
    from monitor.jobs.beginning import Glimpse

T = TypeVar("T")

_COMMA = re.compile(r"[,，、;]")


class Asker:
    """Asks one thing after the other; an empty answer leaves it out."""

    def subject(self) -> str:
        """What shall be watched; asked until there is an answer."""
        while True:
            answer = self._ask("What shall be watched? (a name, as the news has it)")
            if answer:
                return answer

    def ask_rest(self, wishes: Wishes) -> Wishes:
        """Ask for what no flag said, in the order in which a rule has it."""
        if not wishes.names:
            wishes = replace(wishes, names=self._several("Other names of it, also in other scripts (parted by commas)"))
        if not wishes.site and not wishes.feeds:
            wishes = self._with_source(wishes)
        if not wishes.document and not wishes.kind:
            wishes = replace(wishes, document=self._ask("A document that tells what is known (a file or an address)"))
        if not wishes.notify:
            wishes = replace(wishes, notify=self._several("Tags of the Apprise configuration to notify (none: everybody)"))
        return wishes

    def kind(self) -> str:
        """Which menu the facts come from."""
        from monitor.config.outlines import load_menus

        menus = tuple(load_menus().values())
        for number, menu in enumerate(menus, 1):
            print(f"  {number}  {menu.title}")
        while True:
            answer = self._ask("What sort of thing is it? (a number)", default="1")
            if answer.isdecimal() and 1 <= int(answer) <= len(menus):
                return menus[int(answer) - 1].name
            if answer in load_menus():
                return answer

    def choose_feeds(self, found: Sequence[Glimpse]) -> tuple[Glimpse, ...]:
        """Which of the feeds that a site has."""
        lines = [f"{one.url}  {one.title} ({one.items} items, {one.naming} about it)" for one in found]
        return self._choose("Which of these feeds?", found, lines)

    def choose_facts(self, found: Sequence[Proposal]) -> tuple[Proposal, ...]:
        """Which of the facts that a document tells."""
        lines = [f"{one.fact.title}: {one.known}" for one in found]
        return self._choose("Which of these facts?", found, lines) if found else ()

    def agrees(self, question: str) -> bool:
        """The last word before anything is written."""
        return typer.confirm(question, default=True)

    def _with_source(self, wishes: Wishes) -> Wishes:
        return replace(wishes, site=address_of(self._ask("A site or a feed to look at (its address)")))

    def _choose(self, question: str, choices: Sequence[T], lines: Sequence[str]) -> tuple[T, ...]:
        for number, line in enumerate(lines, 1):
            print(f"  {number:2}  {printable(line)}")
        while True:
            answer = self._ask(f"{question} (numbers, parted by commas; all, none)", default="all")
            if answer in ("all", "none"):
                return tuple(choices) if answer == "all" else ()
            parts = [part.strip() for part in _COMMA.split(answer)]
            if all(part.isdecimal() and 1 <= int(part) <= len(choices) for part in parts):
                return tuple(choices[int(part) - 1] for part in dict.fromkeys(parts))

    def _several(self, question: str) -> tuple[str, ...]:
        return tuple(filter(None, (part.strip() for part in _COMMA.split(self._ask(question)))))

    @staticmethod
    def _ask(question: str, default: str = "") -> str:
        answer: str = typer.prompt(question, default=default, show_default=bool(default))
        return answer.strip()


def address_of(typed: str) -> str:
    """An address as a person types it: "news.example" is a site, too."""
    clean = typed.strip()
    return clean if not clean or "://" in clean else f"https://{clean}"


def printable(line: str) -> str:
    """A line of somebody else's words without what a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in line)
