from __future__ import annotations

import json
from dataclasses import fields

from hypothesis import given

from monitor.core.claims import Claim
from monitor.core.items import Item
from monitor.core.values import Known
from monitor.store.payloads import read_claim, read_known, read_message, write_claim, write_known, write_message
from tests.store.builders import KNOWNS, NOW, claim, claims, message


@given(known=KNOWNS)
def test_what_is_written_as_json_is_read_equal(known: Known) -> None:
    assert read_known(json.loads(json.dumps(write_known(known)))) == known


@given(said=claims(Item(id="1", title="t", body="b", url="", publisher="p", published=NOW)))
def test_a_claim_comes_back_with_every_field(said: Claim) -> None:
    payload = json.loads(json.dumps(write_claim(said)))
    assert payload.keys() == {field.name for field in fields(Claim)} - {"item", "watch", "fact"}
    assert read_claim(payload, item=said.item, watch=said.watch, fact=said.fact) == said


def test_a_claim_that_was_stored_before_a_field_was_thought_of_takes_its_default() -> None:
    item = Item(id="1", title="t", body="b", url="", publisher="p", published=NOW)
    payload = write_claim(claim(item))
    del payload["is_correction"], payload["confidence"]
    assert read_claim(payload, item=item, watch="car", fact="launch") == claim(item)


def test_a_message_comes_back_in_all_its_dresses() -> None:
    assert read_message(json.loads(json.dumps(write_message(message("a#1"))))) == message("a#1")
