"""Menus: what is commonly wanted to be known of a product, a plant, a law, for a watch that no document begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monitor.core.claims import Certainty
from monitor.core.facts import Event, Fact, State
from monitor.core.proposing.merging import Proposal
from monitor.core.values import SHARE_UNIT, UNKNOWN, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """A kind of subject.

    Attributes:
        name: By which it is asked for.
        title: In words.
        facts: Of none of which anything is known yet.
    """

    name: str
    title: str
    facts: tuple[Proposal, ...]


def build_menus(table: Mapping[str, Any]) -> Mapping[str, Menu]:
    """Read the table of menus, as ``proposals.yaml`` writes it."""
    return {
        name: Menu(name=name, title=entry["title"], facts=tuple(_unknown(key, said) for key, said in entry["facts"].items()))
        for name, entry in table.items()
    }


def _unknown(key: str, said: Mapping[str, Any]) -> Proposal:
    kind = Kind(said["kind"])
    fact = Fact(
        key=key,
        title=said["title"],
        kind=kind,
        about=tuple(said["about"]),
        event=Event(said.get("event", Event.START)) if kind is Kind.PERIOD else None,
        unit=SHARE_UNIT if kind is Kind.SHARE else said.get("unit", ""),
        states=tuple(State(name=name, phrases=(name.replace("-", " "),)) for name in said.get("states", ())),
    )
    return Proposal(fact=fact, known=UNKNOWN, quote="", certainty=Certainty.OFFICIAL)
