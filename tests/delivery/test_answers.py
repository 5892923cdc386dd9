"""What an answer means for the next try."""

from __future__ import annotations

import pytest

from monitor.core.messages import Outcome, Result
from monitor.core.telling.notices import notice_message
from monitor.delivery.answers import Heard, outcome_of
from monitor.delivery.services import load_services
from tests.core.telling.samples import STATIONERY
from tests.servers.sinks import Answer, Sink

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # in a plugin of Apprise
MESSAGE = notice_message("A title", ["A line."], key="k", stationery=STATIONERY)


@pytest.mark.parametrize(
    ("is_sent", "heard", "outcome"),
    [
        (True, Heard(statuses=[200]), Outcome(result=Result.SENT)),
        (True, Heard(statuses=[404, 200]), Outcome(result=Result.SENT)),
        (True, Heard(statuses=[302]), Outcome(result=Result.FAILED, detail="Slack answered 302 Found")),
        (True, Heard(), Outcome(result=Result.SENT)),
        (False, Heard(), Outcome(result=Result.FAILED, detail="Slack could not be reached or did not take the message")),
        (False, Heard(statuses=[200], error="is_archived"), Outcome(result=Result.REFUSED, detail="Slack answered is_archived")),
        (False, Heard(statuses=[200], error="fatal_error"), Outcome(result=Result.FAILED, detail="Slack answered fatal_error")),
        (False, Heard(statuses=[599]), Outcome(result=Result.FAILED, detail="Slack answered 599")),
        (False, Heard(trouble="SSLError"), Outcome(result=Result.FAILED, detail="Slack: its TLS certificate was not accepted")),
        (False, Heard(lines=[(1, "(535, b'')")]), Outcome(result=Result.REFUSED, detail="Slack: the mail server answered 535")),
    ],
)  # fmt: skip
def test_an_answer_is_judged_by_what_was_overheard(is_sent: bool, heard: Heard, outcome: Outcome) -> None:
    assert outcome_of(is_sent, heard, kind="Slack") == outcome


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (Answer(status=429, headers={"Retry-After": "120"}), 120),
        (
            Answer(status=503, headers={"Retry-After": "Sat, 01 Jan 2028 00:02:00 GMT", "Date": "Sat, 01 Jan 2028 00:00:00 GMT"}),
            120,
        ),
        (Answer(status=429, body=b'{"ok": false, "parameters": {"retry_after": 35}}'), 35),
        (Answer(status=500, headers={"Retry-After": "soon"}), None),
    ],
)
def test_the_wait_that_is_asked_for_is_heard(sink: Sink, answer: Answer, seconds: float | None) -> None:
    sink.answers["/"] = answer
    (service,) = load_services(None, [sink.url()])
    assert service.send(MESSAGE).retry_after == seconds
