"""Relocating: all that one database holds goes to another, which may be of another kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monitor.errors import UserFault
from monitor.store import carrying, keys, leases
from monitor.store.engine import Store


def relocate(
    source: Store,
    target: Store,
    *,
    begun: Callable[[int], object] = lambda steps: None,
    moved: Callable[[int], object] = lambda steps: None,
) -> Mapping[str, int]:
    """Carry everything to an empty database, in one transaction: all of it arrives, or nothing.

    The source stays as it is; nobody polls, sends or decides with it meanwhile.

    Args:
        begun: Called once with the number of steps to come, a step being a row that is written or compared.
        moved: Called with each number of steps that are done.

    Returns:
        How many rows of each table were carried.

    Raises:
        UserFault: The target holds something, or is the source.
        StoreTrouble: A daemon runs with one of the two, or one of them cannot be used now.
    """
    if source.name == target.name:
        raise UserFault(f"{target.name} is the database that is in use; name another one")
    with leases.at_rest(source), leases.at_rest(target), source.transaction() as old, target.transaction() as new:
        if not carrying.is_empty(new):
            raise UserFault(f"the database {target.name} holds something already; name an empty one")
        begun(2 * sum(carrying.count_rows(old).values()))
        carried = carrying.carry(old, new, moved=moved)
        leases.release_all(new)
        keys.hand_over_key(source, new)
    return carried
