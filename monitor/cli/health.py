"""`factwatch health`: what a running program says of itself, for the health checks of containers and for people."""

from __future__ import annotations

import sys

import typer

_PATIENCE = 10.0
_NOT_WELL = 1
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 # where to ask whoever listens on all addresses


def health() -> None:
    """Ask the program that runs on this machine whether all its parts move; exit 1 with the reasons where they do not."""
    from urllib.error import HTTPError
    from urllib.request import ProxyHandler, build_opener

    from monitor.config.settings import Address, load_settings

    listen = load_settings().listen
    address = Address(host=_ANYWHERE.get(listen.host, listen.host), port=listen.port)
    ours = build_opener(ProxyHandler({}))  # a proxy of the environment is for the feeds
    try:
        with ours.open(f"http://{address}/healthz", timeout=_PATIENCE):
            print("all parts move")
    except HTTPError as refusal:
        with refusal:
            print(_reasons(refusal.read()) or f"{address} answers {refusal.code}", file=sys.stderr)
        raise typer.Exit(_NOT_WELL) from None
    except OSError as error:
        print(f"nothing answers at {address} ({getattr(error, 'reason', error)})", file=sys.stderr)
        raise typer.Exit(_NOT_WELL) from None


def _reasons(body: bytes) -> str:
    """A line each; empty where what answered is not this program."""
    import json

    try:
        return "\n".join(json.loads(body)["reasons"])
    except (ValueError, TypeError, KeyError):
        return ""
