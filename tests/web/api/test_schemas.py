"""What is published about the API and about webhooks is true."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from monitor.core.telling.digests import Told, digest_message
from monitor.core.telling.notices import feed_ended
from monitor.core.telling.rendering import change_message, withdrawn_message
from monitor.delivery.services import load_services
from tests.core.telling.samples import CHANGE, QUOTE, STATIONERY, WATCH, history
from tests.servers.sinks import open_sink
from tests.web.api.callers import Caller, Desk

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PUBLIC = replace(STATIONERY, public_url="https://watch.example", acting=lambda action, key: f"/act/{action}/{quote(key)}")
MESSAGES = (
    change_message(CHANGE, watch=WATCH, history=history(CHANGE), stationery=PUBLIC),
    withdrawn_message(CHANGE, watch=WATCH, history=history(CHANGE), stationery=STATIONERY),
    digest_message([Told(watch=WATCH, history=history(CHANGE))], key="digest/1", occasion="Today", stationery=PUBLIC),
    feed_ended("https://example.org/feed", ["xiaomi-ev"], STATIONERY),
)


def test_whatever_is_sent_no_mistake_of_ours_comes_to_light_and_all_answers_are_as_described(desk: Desk) -> None:
    token = {"Authorization": f"Bearer {desk.token()}"}
    with desk.serve() as base:
        schema = schemathesis.openapi.from_url(f"{base}/openapi.json", headers=token)
        for found in schema.get_all_operations():
            _try(found.ok(), token)


def _try(operation: Any, token: dict[str, str]) -> None:
    """Call one operation in some ways that its description allows, and in some that it does not."""
    ways = st.one_of(operation.as_strategy(), operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))

    @settings(
        max_examples=8,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=ways)
    def call(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS, headers=token)

    call()


def test_the_body_of_a_webhook_is_as_published(desk: Desk) -> None:
    validator = jsonschema_rs.validator_for(desk.ask("/schemas/webhook.schema.json").json)
    with open_sink() as sink:
        for message, address in product(MESSAGES, ("/", "/?format=markdown", "/?:team=desk")):
            (service,) = load_services(None, [sink.url(address)])
            service.send(message)
        bodies = [request.json for request in sink.requests]
    assert len(bodies) == 12
    for body in bodies:
        validator.validate(body)
        assert not validator.is_valid({**body, "type": "other"})
        assert not validator.is_valid({name: value for name, value in body.items() if name != "title"})
    assert [len(body["changes"]) for body in bodies] == [1] * 9 + [0] * 3


def test_a_program_finds_in_a_webhook_what_changed_field_by_field() -> None:
    with open_sink() as sink:
        (service,) = load_services(None, [sink.url("/?:key=ours")])
        service.send(MESSAGES[0])
        (body,) = [request.json for request in sink.requests]
    assert (body["occasion"], body["key"]) == ("change", "ours")
    (change,) = body["changes"]
    told = {name: change[name] for name in ("change", "watch", "fact", "old", "new", "verdict", "certainty", "state")}
    assert told == {
        "change": CHANGE.key,
        "watch": "xiaomi-ev",
        "fact": "mass-production",
        "old": "2024-H1",
        "new": "2024-H2",
        "verdict": "changes",
        "certainty": "official",
        "state": "accepted",
    }
    assert (change["quote"], change["source"], change["url"]) == (QUOTE, "CnEVPost", "https://cnevpost.com/1")
    assert change["published"] == "2024-01-10T00:00:00+00:00"
    assert change["page"] == "https://watch.example/changes/xiaomi-ev/mass-production%231"
    assert (change["accept"], change["dismiss"]) == (None, "https://watch.example/act/dismiss/xiaomi-ev/mass-production%231")


def test_the_published_schemas_are_schemas(desk: Desk) -> None:
    async def scene(caller: Caller) -> None:
        for name in ("webhook", "watch", "seed", "delivery"):
            reply = await caller.ask(f"/schemas/{name}.schema.json")
            assert reply.headers["Content-Type"] == "application/schema+json"
            jsonschema_rs.meta.validate(reply.json)

    desk.play(scene)
