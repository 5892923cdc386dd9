from __future__ import annotations

import json

from hypothesis import given

from monitor.core.values import Known
from monitor.store.payloads import read_known, read_message, write_known, write_message
from tests.store.builders import KNOWNS, message


@given(known=KNOWNS)
def test_what_is_written_as_json_is_read_equal(known: Known) -> None:
    assert read_known(json.loads(json.dumps(write_known(known)))) == known


def test_a_message_comes_back_in_all_its_dresses() -> None:
    assert read_message(json.loads(json.dumps(write_message(message("a#1"))))) == message("a#1")
