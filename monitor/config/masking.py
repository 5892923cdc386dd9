"""Showing the settings without their secrets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import SecretStr

from monitor.config.settings import VARIABLES, Settings, auth_variable

_MASK = "***"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSetting:
    """One setting, fit to be shown.

    Attributes:
        name: The variable that sets it.
        value: Without secrets; empty where it is not set.
        origin: ``default``, ``environment`` or ``file PATH``.
    """

    name: str
    value: str
    origin: str


def shown_settings(settings: Settings) -> list[ShownSetting]:
    """All settings with their origins, secrets masked."""
    rows = [
        ShownSetting(name=variable, value=_shown(getattr(settings, field)), origin=settings.origins[field])
        for variable, field in VARIABLES.items()
    ]
    rows += [
        ShownSetting(name=auth_variable(name), value=_MASK, origin=settings.origins[f"auth.{name}"])
        for name in sorted(settings.auth)
    ]
    return rows


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case SecretStr():
            scheme, separator, _ = value.get_secret_value().partition("://")
            return f"{scheme}://{_MASK}" if separator and scheme.isalnum() else _MASK
        case tuple():
            return " ".join(map(_shown, value))
        case _:
            return mask_url(str(value))


def mask_url(url: str) -> str:
    """An address without its password, fit to be shown: ``postgresql://user:***@host/name``."""
    url = re.sub(r"(://[^:/@]*):.*@", rf"\1:{_MASK}@", url)
    return re.sub(r"(?i)([?&][^=&]*(?:password|secret|token|key)[^=&]*=)[^&#]*", rf"\1{_MASK}", url)
