"""A site on loopback that answers as a test tells it to, badly where it should."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.feeds.sites import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """One host."""
    with Site() as running:
        yield running


@pytest.fixture
def other_site() -> Iterator[Site]:
    """Another host, that is, another port."""
    with Site() as running:
        yield running
