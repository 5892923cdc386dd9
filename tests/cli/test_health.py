"""What `factwatch health` makes of a program that is well, of one that is not, and of nothing at all."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from monitor.cli.app import app
from tests.feeds.sites import Site


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with Site() as site:
        monkeypatch.setenv("FACTWATCH_LISTEN", f"127.0.0.1:{site.port}")
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        yield site


def test_a_program_that_is_well_is_status_0(site: Site) -> None:
    site.give("/healthz", json.dumps({"healthy": True, "reasons": []}).encode())
    assert CliRunner().invoke(app, ["health"]).exit_code == 0


def test_one_that_is_not_is_status_1_with_its_reasons(site: Site) -> None:
    site.give("/healthz", json.dumps({"healthy": False, "reasons": ["the disk is full", "x"]}).encode(), status=503)
    done = CliRunner().invoke(app, ["health"])
    assert (done.exit_code, done.stderr) == (1, "the disk is full\nx\n")


def test_another_program_is_not_taken_for_ours(site: Site) -> None:
    site.give("/healthz", b"<h1>Not found</h1>", status=404)
    done = CliRunner().invoke(app, ["health"])
    assert (done.exit_code, done.stderr) == (1, f"127.0.0.1:{site.port} answers 404\n")


def test_where_nothing_answers_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        monkeypatch.setenv("FACTWATCH_LISTEN", f"0.0.0.0:{gone.getsockname()[1]}")
    done = CliRunner().invoke(app, ["health"])
    assert done.exit_code == 1
    assert done.stderr.startswith("nothing answers at 127.0.0.1:")
