"""No link in a feed leads inside."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis.strategies import ip_addresses

from monitor.errors import AddressRefused, FeedTrouble, UserFault
from monitor.feeds.guarding import Allowance, check_url, kind_of_address, read_allowance
from tests.feeds.sites import RSS, Site, fetch

SPECIAL = (
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.31.0.1", "192.0.0.8", "192.0.2.1"),
    *("192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:8.8.8.8", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1"),
    *("2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1"),
)
OTHER_SPELLINGS = (
    *("127.1", "0x7f000001", "0x7f.1", "2130706433", "2130706433.", "0177.0.0.1", "017700000001", "127.0.0.1.", "0", "0x0"),
    *("①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1", "localhost", "LOCALHOST.", "feeds.localhost", "localhost.localdomain"),
    *("[fe80::1%25eth0]", "[0:0:0:0:0:ffff:7f00:1]", "[64:ff9b::a9fe:a9fe]"),
)
NOT_THE_WEB = (
    *("file:///etc/passwd", "ftp://news.example/", "gopher://x/", "news.example/feed"),
    *("http://", "http://[", "http://a..b/", "http://x:99999/", ""),
)


class Fixed(AbstractResolver):
    """Answers each look-up with the next set of addresses."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        addresses = self._answers.pop(0)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize("address", SPECIAL)
def test_special_addresses_are_refused_as_literals_and_as_what_a_name_resolves_to(address: str) -> None:
    literal = f"[{address}]" if ":" in address else address
    with pytest.raises(AddressRefused):
        check_url(f"http://{literal}/feed", Allowance())
    with pytest.raises(AddressRefused, match=r"^news\.example is not opened"):
        fetch("http://news.example/feed", allowed=(), resolver=Fixed([address]))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "2a00::1"])
def test_public_addresses_are_not_special(address: str) -> None:
    assert kind_of_address(ip_address(address)) is None


@given(ip_addresses())
def test_what_python_knows_as_not_global_is_special(address: object) -> None:
    known = ip_address(str(address))
    if not known.is_global:
        assert kind_of_address(known) is not None


@pytest.mark.parametrize("host", OTHER_SPELLINGS)
def test_other_spellings_of_a_local_address_are_refused(host: str) -> None:
    with pytest.raises(AddressRefused):
        check_url(f"http://{host}/", Allowance())
    with pytest.raises(AddressRefused):
        fetch(f"http://{host}/", allowed=())


@pytest.mark.parametrize("url", NOT_THE_WEB)
def test_only_the_web_is_opened(url: str) -> None:
    with pytest.raises(AddressRefused):
        fetch(url)


def test_each_hop_is_checked(site: Site) -> None:
    site.give("/feed", status=302, headers={"Location": "http://127.0.0.2/admin"})
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.2 is not opened: it is a loopback address"):
        fetch(site.url())
    site.give("/feed", status=302, headers={"Location": "file:///etc/passwd"})
    with pytest.raises(AddressRefused, match="only http:// and https://"):
        fetch(site.url())


def test_a_name_that_changes_its_address_between_two_requests_gains_nothing(site: Site) -> None:
    site.give("/feed", status=302, headers={"Location": site.url("/secret", host="other.example")})
    site.give("/secret", b"inside")
    with pytest.raises(AddressRefused, match=r"other\.example is not opened: 127\.0\.0\.2 is a loopback address"):
        fetch(site.url(host="news.example"), resolver=Fixed(["127.0.0.1"], ["127.0.0.2"]))
    assert [path for path, _ in site.requests] == ["/feed"]


def test_a_name_that_was_well_and_is_rebound_to_an_inner_address_is_refused(site: Site) -> None:
    site.give("/feed", RSS)
    rebinding = Fixed(["127.0.0.1"], ["127.0.0.2"], ["::ffff:127.0.0.1"])
    assert fetch(site.url(host="news.example"), resolver=rebinding).body == RSS
    for address in ("127.0.0.2", "::ffff:7f00:1"):
        with pytest.raises(AddressRefused, match=rf"news\.example is not opened: {address} is a"):
            fetch(site.url(host="news.example"), resolver=rebinding)
    assert len(site.requests) == 1


def test_all_addresses_of_a_name_must_fail_before_it_is_refused(site: Site) -> None:
    site.give("/feed", RSS)
    assert fetch(site.url(host="news.example"), resolver=Fixed(["10.0.0.1", "127.0.0.1"])).body == RSS
    with pytest.raises(AddressRefused):
        fetch(site.url(host="news.example"), resolver=Fixed(["10.0.0.1", "192.168.0.1", "::1"]))


@pytest.mark.parametrize("allowed", ["127.0.0.1", "127.0.0.0/8", "news.example", "NEWS.example."])
def test_the_operator_may_allow_a_name_an_address_or_a_network(site: Site, allowed: str) -> None:
    site.give("/feed", RSS)
    assert fetch(site.url(host="news.example"), allowed=(allowed,), resolver=Fixed(["127.0.0.1"])).body == RSS
    with pytest.raises(FeedTrouble):
        fetch(site.url(host="news.example"), allowed=("10.0.0.0/8", "other.example"), resolver=Fixed(["127.0.0.1"]))


@pytest.mark.parametrize("entry", ["10.0.0.0/99", "fe80::zz", "news.example/24"])
def test_an_entry_that_is_no_host_is_the_users_fault(entry: str) -> None:
    with pytest.raises(UserFault, match="is no host; right would be"):
        read_allowance([entry])
