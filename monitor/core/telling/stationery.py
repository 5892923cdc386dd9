"""What every message is written on: the templates, where the page is, and the marks that any message may carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import quote

from monitor.core.messages import Message, Occasion, Particulars
from monitor.core.telling.fitting import fit
from monitor.core.telling.inert import clean, quiet_plain

TITLE_LENGTH = 240


class Dress(StrEnum):
    """The forms of one message, named as the template files end."""

    TITLE = "title"
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


class Templates(Protocol):
    """Templates by occasion and dress; what fills them is escaped for the dress."""

    def render(self, occasion: Occasion, dress: Dress, context: Mapping[str, Any]) -> str:
        """Fill one template."""
        ...


def without_acting(action: str, key: str) -> str:
    """Nothing can be done to a change by a link alone."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    """What messages are written with.

    Attributes:
        public_url: Where people reach the page, without a closing slash; empty where there is no page to link.
        acting: For an action and the key of a change the path whose holder may do it, without a login; empty for none.
    """

    templates: Templates
    public_url: str = ""
    acting: Callable[[str, str], str] = without_acting

    def change_link(self, key: str) -> str:
        """The page of a change, or nothing without a page."""
        return f"{self.public_url}/changes/{quote(key, safe='/')}" if self.public_url else ""

    def action_link(self, action: str, key: str) -> str:
        """Where whoever has the message can ``accept`` or ``dismiss`` a change; nothing without a page."""
        path = self.acting(action, key) if self.public_url else ""
        return f"{self.public_url}{path}" if path else ""


def write(
    stationery: Stationery,
    occasion: Occasion,
    context: Mapping[str, Any],
    *,
    key: str,
    is_serious: bool = False,
    unmatched: tuple[str, ...] = (),
    changes: tuple[Particulars, ...] = (),
) -> Message:
    """Fill the four templates of an occasion.

    Args:
        stationery: Templates and links.
        occasion: Which templates.
        context: What fills them.
        key: Shown at the foot.
        is_serious: Shown as a warning.
        unmatched: Tags of the rule that no destination has.
        changes: What the message tells of, for programs.
    """
    filling = {**context, "key": key, "unmatched": unmatched}

    def fill(dress: Dress) -> str:
        return stationery.templates.render(occasion, dress, filling).strip()

    return Message(
        occasion=occasion,
        key=key,
        title=fit(quiet_plain(clean(fill(Dress.TITLE))), TITLE_LENGTH),
        text=quiet_plain(fill(Dress.TEXT)),
        markdown=fill(Dress.MARKDOWN),
        html=fill(Dress.HTML),
        is_serious=is_serious,
        changes=changes,
    )
