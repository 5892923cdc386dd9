"""Which addresses we open: links in feeds are hostile, and the check stands where the socket is opened.

A name is checked by what it resolves to at that very moment, so a name that changes its address between a check and the
connection gains nothing by it. The operator may allow hosts by name, address or network.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from monitor.errors import AddressRefused, UserFault
from monitor.feeds.links import shown

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

REFUSED = errno.EACCES

# Written out, because the answers of ``ipaddress.is_global`` differ between patch releases of Python.
# Where two networks hold an address, the first one names it.
_SPECIAL: dict[Network, str] = {
    ip_network(network): kind
    for network, kind in {
        "0.0.0.0/8": "unspecified",
        "10.0.0.0/8": "private",
        "100.64.0.0/10": "a carrier's private",
        "127.0.0.0/8": "loopback",
        "169.254.0.0/16": "link-local",
        "172.16.0.0/12": "private",
        "192.0.0.0/24": "protocol",
        "192.0.2.0/24": "documentation",
        "192.88.99.0/24": "6to4 relay",
        "192.168.0.0/16": "private",
        "198.18.0.0/15": "benchmark",
        "198.51.100.0/24": "documentation",
        "203.0.113.0/24": "documentation",
        "224.0.0.0/4": "multicast",
        "240.0.0.0/4": "reserved",
        "::/128": "unspecified",
        "::1/128": "loopback",
        "::/96": "disguised IPv4",
        "::ffff:0:0/96": "disguised IPv4",
        "::ffff:0:0:0/96": "disguised IPv4",
        "64:ff9b::/96": "NAT64",
        "64:ff9b:1::/48": "NAT64",
        "100::/64": "discard",
        "2001::/32": "Teredo",
        "2001::/23": "protocol",
        "2001:db8::/32": "documentation",
        "2002::/16": "6to4",
        "3fff::/20": "documentation",
        "5f00::/16": "segment routing",
        "fc00::/7": "private",
        "fe80::/10": "link-local",
        "fec0::/10": "private",
        "ff00::/8": "multicast",
    }.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """The special places that the operator lets us open (FACTWATCH_ALLOW_PRIVATE_HOSTS).

    Attributes:
        names: Host names in lower case.
        networks: Single addresses are networks of one.
    """

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    def has_name(self, host: str) -> bool:
        """Whether the host is allowed by its name, whatever it resolves to."""
        return host.lower().rstrip(".") in self.names

    def has_address(self, address: Address) -> bool:
        """Whether the address lies in an allowed network."""
        return any(address in network for network in self.networks)


def read_allowance(entries: Iterable[str]) -> Allowance:
    """Sort the entries of the operator's list into names and networks.

    Raises:
        UserFault: An entry looks like an address or network but is none.
    """
    names: set[str] = set()
    networks: list[Network] = []
    for entry in filter(None, (entry.strip().strip("[]") for entry in entries)):
        try:
            networks.append(ip_network(entry, strict=False))
        except ValueError:
            if "/" in entry or ":" in entry:
                raise UserFault(
                    f"FACTWATCH_ALLOW_PRIVATE_HOSTS: {entry!r} is no host; right would be a name, an address or a network, "
                    "such as feeds.lan, 192.168.1.5 or 10.0.0.0/8"
                ) from None
            names.add(entry.lower().rstrip("."))
    return Allowance(names=frozenset(names), networks=tuple(networks))


def kind_of_address(address: Address) -> str | None:
    """What is special about an address ("loopback"), or None for one of the public Internet."""
    return next((kind for network, kind in _SPECIAL.items() if address in network), None)


def check_url(url: str, allowance: Allowance) -> None:
    """Refuse what can be refused before a name is resolved: other schemes and special addresses written as such.

    This is all the check there is when a proxy resolves the names; without one the socket is checked too.

    Raises:
        AddressRefused: The address is of a kind that we do not open.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise AddressRefused(f"{shown(url)} is not an address that can be opened") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise AddressRefused(f"{shown(url)} is not an address of the web; only http:// and https:// are opened")
    if allowance.has_name(host):
        return
    address = _literal(host)
    kind = "loopback" if address is None and _is_local(host) else address and _forbidden(address, allowance)
    if kind is not None:
        raise refusal(host, f"it is a {kind} address")


def guarded_sockets(allowance: Allowance) -> Callable[[tuple[Any, ...]], socket.socket]:
    """A socket factory for aiohttp that opens no socket to a special address.

    It refuses with an OSError of the number ``REFUSED``: the connector gathers the errors of all addresses of a name, and would
    lose one of any other class.
    """

    def open_socket(info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, target = info
        address = ip_address(str(target[0]).partition("%")[0])
        place = _forbidden(address, allowance)
        if place is not None:
            raise OSError(REFUSED, f"{address} is a {place} address")
        return socket.socket(family=family, type=kind, proto=protocol)

    return open_socket


def refusal(host: str, reason: str) -> AddressRefused:
    """The error to raise for a host whose address is refused."""
    return AddressRefused(f"{host} is not opened: {reason}; FACTWATCH_ALLOW_PRIVATE_HOSTS can allow it")


def _forbidden(address: Address, allowance: Allowance) -> str | None:
    kind = kind_of_address(address)
    return None if kind is None or allowance.has_address(address) else kind


def _is_local(host: str) -> bool:
    return f".{_plain(host)}".endswith((".localhost", ".localhost.localdomain"))


def _literal(host: str) -> Address | None:
    """The address that a host spells out, also in the old ways that resolvers still take ("127.1", "0x7f000001")."""
    plain = _plain(host.partition("%")[0])
    try:
        return ip_address(plain)
    except ValueError:
        pass
    if plain.isascii() and plain[:1].isdigit():
        try:
            return IPv4Address(socket.inet_aton(plain))
        except OSError:
            pass
    return None


def _plain(host: str) -> str:
    """The host as resolvers come to see it: wide and circled digits, ideographic full stops and a last dot are only spelling."""
    return normalize("NFKC", host).replace("。", ".").rstrip(".")
