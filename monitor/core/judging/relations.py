"""How a said value lies to a known one, before anybody asks what that means for the fact."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """Where the said value lies.

    ``same``: equal at the coarser stated precision.
    ``covers``: vaguer than the known value and in keeping with it.
    ``inside``: sharper than the known value and in keeping with it.
    ``differs``: the two cannot both hold.
    """

    SAME = "same"
    COVERS = "covers"
    INSIDE = "inside"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A relation and the reason for it in words."""

    relation: Relation
    why: str

    @property
    def is_compatible(self) -> bool:
        """Whether both values can hold."""
        return self.relation is not Relation.DIFFERS
