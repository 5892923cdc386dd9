"""One send to one destination, against real servers on loopback."""

from __future__ import annotations

import html
import logging
import re
import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from monitor.core.changes import Change
from monitor.core.messages import Message, Occasion, Outcome, Result
from monitor.core.telling.rendering import change_message
from monitor.delivery.services import Service, load_services
from monitor.errors import UserFault
from tests.core.telling.samples import CHANGE, STATIONERY, WATCH, evidence, history
from tests.servers.mail import Mailbox, part
from tests.servers.sinks import Answer, Sink
from tests.servers.slack import ADDRESS, DISCORD_ADDRESS, TELEGRAM_ADDRESS, Slack

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # in a plugin of Apprise

HOSTILE = (
    "<!channel> *loud* _it_ `code` ~gone~ @everyone [x](javascript:alert) <https://evil.example|bank> <script>alert(1)</script> "
    "start in the second half of 2024 & \u202eback"
)


def told(change: Change = CHANGE) -> Message:
    return change_message(change, watch=WATCH, history=history(change), stationery=STATIONERY)


def hostile() -> Message:
    return told(
        replace(CHANGE, evidence=(evidence(quote=HOSTILE, publisher="Evil *x* [p](https://evil.example)", url="javascript:x"),))
    )


def only(*addresses: str) -> Service:
    (service,) = load_services(None, addresses)
    return service


def test_a_sink_gets_the_plain_text(sink: Sink) -> None:
    assert only(sink.url()).send(told()) == Outcome(result=Result.SENT)
    posted = sink.requests[0].json
    assert posted["title"] == "Xiaomi's electric car: Start of mass production now 2024-H2 (was 2024-H1)"
    assert posted["message"] == told().text
    assert "6 months later; official" in posted["message"]


def test_mail_has_the_text_and_the_html_with_feed_text_escaped(mailbox: Mailbox) -> None:
    assert only(mailbox.url("a@example.org")).send(hostile()).result is Result.SENT
    (mail,) = mailbox.mails
    assert mail["subject"] == "Xiaomi's electric car: Start of mass production now 2024-H2 (was 2024-H1)"
    page = part(mail, "html")
    assert "<mark><b>second half of 2024</b></mark>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert "javascript:x" not in page
    assert "\u202e" not in page
    text = part(mail, "plain")
    assert "second half of 2024" in text
    assert "factwatch changes dismiss xiaomi-ev/mass-production#1" in text


def test_slack_gets_bold_and_links_of_ours_and_nothing_live_of_the_feed(slack: Slack) -> None:
    assert only(ADDRESS).send(hostile()).result is Result.SENT
    (payload,) = slack.payloads
    (attachment,) = payload["attachments"]
    assert attachment["title"] == "Xiaomi's electric car: Start of mass production now 2024-H2 (was 2024-H1)"
    assert attachment["text"].split("\n")[0] == "*Start of mass production: 2024-H1 → 2024-H2*"
    assert "*second half of 2024*" in attachment["text"]
    assert "<https://pandaily.com/xiaomi|the baseline (Pandaily, 8 November 2023)>" in attachment["text"]
    quote = next(line for line in attachment["text"].split("\n") if "channel" in line)
    assert quote == (
        "> “&lt;!channel&gt; ∗loud∗ ＿it＿ ‵code‵ ∼gone∼ @\u2060everyone [x](javascript:alert) &lt;https://evil.example∣bank&gt; "
        "&lt;script&gt;alert(1)&lt;/script&gt; start in the *second half of 2024* &amp; back”"
    )
    assert "Evil ∗x∗ [p](https://evil.example), 10 January 2024" in attachment["text"]
    raw = slack.requests[0].body.decode()
    assert "<!channel" not in raw
    assert "|bank" not in raw


@pytest.mark.parametrize(
    ("status", "result"),
    [(302, Result.FAILED), (301, Result.REFUSED), (400, Result.REFUSED), (404, Result.REFUSED), (410, Result.REFUSED),
     (429, Result.FAILED), (500, Result.FAILED), (503, Result.FAILED)],
)  # fmt: skip
def test_the_status_says_whether_another_try_is_worth_it(sink: Sink, status: int, result: Result) -> None:
    sink.answers["/hook"] = Answer(status=status, headers={"Location": sink.url("/elsewhere", "http"), "Retry-After": "77"})
    outcome = only(sink.url("/hook")).send(told())
    assert outcome.result is result
    assert outcome.retry_after == 77
    assert str(status) in outcome.detail
    assert len(sink.requests) == 1, "neither followed nor tried again"


def test_an_address_cannot_switch_redirects_or_optional_on(sink: Sink) -> None:
    sink.answers["/hook"] = Answer(status=302, headers={"Location": sink.url("/elsewhere", "http")})
    assert only(sink.url("/hook?redirect=yes&optional=yes&retry=3")).send(told()).result is Result.FAILED
    assert [request.path for request in sink.requests] == ["/hook"]


def test_a_refused_connection_is_worth_another_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert only(f"json://127.0.0.1:{port}/").send(told()) == Outcome(result=Result.FAILED, detail="JSON: the connection failed")


def test_a_revoked_slack_token_is_refused_for_good(slack: Slack) -> None:
    slack.status, slack.body = 403, b"invalid_token"
    assert only(ADDRESS).send(told()) == Outcome(result=Result.REFUSED, detail="Slack answered 403 Forbidden")


@pytest.mark.parametrize(("answer", "result"), [("550 no such user", Result.REFUSED), ("451 try later", Result.FAILED)])
def test_a_mail_server_says_whether_another_try_is_worth_it(mailbox: Mailbox, answer: str, result: Result) -> None:
    mailbox.refusal = answer
    outcome = only(mailbox.url("a@example.org")).send(told())
    assert outcome == Outcome(result=result, detail=f"E-Mail: the mail server answered {answer[:3]}")


def test_each_target_of_an_address_is_a_destination_of_its_own(mailbox: Mailbox) -> None:
    services = load_services(None, [mailbox.url("a@example.org", "b@example.org")])
    assert len({service.destination.name for service in services}) == 2
    services[1].send(told())
    assert [mail["to"] for mail in mailbox.mails] == ["b@example.org"]


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("tgram://123456789:abcdefg_hijklmnop/111/222", 2),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7/#a/#b", 2),
        ("rocket://user:pass@host/#channel/@person", 2),
        ("matrix://user:pass@host/#room/!id:host/@person", 3),
        ("sns://AHIAJGNT76XIMXDBIJYA/bu1dHSdO22pfaaVy/wmNsdjJBvRU0TOCdaLlWEQTg/us-east-2/12223334444/#topic", 2),
        ("pushy://key/device/#topic", 2),
        ("json://host/path", 1),
    ],
)
def test_targets_of_every_sort_are_split(address: str, count: int) -> None:
    services = load_services(None, [address])
    assert [len(service.plugin) for service in services] == [1] * count
    assert len({service.destination.name for service in services}) == count


def test_the_pace_of_a_service_is_told_and_no_thread_sleeps_for_it() -> None:
    service = only(ADDRESS)
    assert service.destination.pace == timedelta(seconds=1.2)
    assert service.plugin.request_rate_per_sec == 0


@pytest.mark.parametrize(
    ("status", "result"), [(503, Result.FAILED), (302, Result.FAILED), (404, Result.REFUSED), (200, Result.SENT)]
)
def test_optional_turns_no_failure_into_a_success(sink: Sink, status: int, result: Result) -> None:
    sink.answers["/hook"] = Answer(status=status)
    assert only(sink.url("/hook?optional=yes")).send(told()).result is result


def test_names_hold_no_secret_and_outlive_a_new_password_and_another_order() -> None:
    before = ["json://user:sekret1@host/x?+Token=sekret2&:p=sekret3", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7/"]
    names = [service.destination.name for service in load_services(None, before)]
    after = [before[1], "json://user:changed@host/x?+Token=other"]
    assert [service.destination.name for service in load_services(None, after)] == names[::-1]
    assert not any("sekret" in name for name in names)


def test_addresses_that_differ_in_secrets_alone_get_names_of_their_own() -> None:
    first, second = (service.destination.name for service in load_services(None, ["json://h/?+T=1", "json://h/?+T=2"]))
    assert second == f"{first}-2"


def test_an_address_that_stands_there_twice_is_one_destination_with_the_tags_of_both(tmp_path: Path) -> None:
    configuration = tmp_path / "apprise.conf"
    configuration.write_text("analysts=json://h/x\nops=json://h/x\n")
    (service,) = load_services(configuration, ["json://h/x"])
    assert service.destination.tags == {"analysts", "ops"}
    assert service.destination.receives_all


def test_tags_come_from_the_configuration_and_includes_do_not(tmp_path: Path, sink: Sink) -> None:
    other = tmp_path / "other.conf"
    other.write_text(f"ops={sink.url('/other')}\n")
    configuration = tmp_path / "apprise.yaml"
    configuration.write_text(
        f"version: 1\ninclude: [{other}]\nasset: {{http_redirects: true}}\nurls:\n"
        f"- {sink.url('/a')}:\n  - tag: analysts\n- {sink.url('/b')}:\n  - tag: always\n"
    )
    services = load_services(configuration, [sink.url("/c")])
    assert [(sorted(s.destination.tags), s.destination.receives_all) for s in services] == [
        (["analysts"], False),
        (["always"], True),
        ([], True),
    ]
    assert not any(service.plugin.redirects for service in services)


def test_a_wrong_address_is_named_without_being_shown() -> None:
    with pytest.raises(UserFault, match=r"address 2 \(nonsense://\)") as caught:
        load_services(None, ["json://localhost", "nonsense://sekret"])
    assert "sekret" not in str(caught.value)


def test_no_secret_reaches_an_outcome_or_a_log(sink: Sink, caplog: pytest.LogCaptureFixture) -> None:
    sink.answers["/marked-path"] = Answer(status=500, body=b"marked-answer")
    service = only(f"json://user:marked-pass@127.0.0.1:{sink.port}/marked-path?+Token=marked-token&:k=marked-field")
    with caplog.at_level(logging.DEBUG):
        outcome = service.send(told())
    assert "marked" not in f"{outcome}{service.destination}{caplog.text}"


def test_what_is_too_long_is_cut_at_a_line_and_sent_with_its_key(sink: Sink) -> None:
    lines = "\n".join(f"Line {number} of a long story." for number in range(5000))
    message = Message(occasion=Occasion.NOTICE, key="k", title="Long", text=lines, markdown=lines, html=lines)
    assert only(sink.url()).send(message).result is Result.SENT
    body = sink.requests[0].json["message"]
    assert len(body) <= 32768
    assert body.endswith("of a long story.\n…\n\nKey: k")


def test_chinese_is_quoted_with_its_value_in_bold(slack: Slack) -> None:
    chinese = evidence(quote="小米汽车将于2024年下半年开始量产,雷军说。", value="2024年下半年", publisher="36氪")
    only(ADDRESS).send(told(replace(CHANGE, evidence=(chinese,))))
    assert "小米汽车将于\u200a*2024年下半年*\u200a开始量产,雷军说。" in slack.payloads[0]["attachments"][0]["text"]


@pytest.mark.parametrize(
    "address",
    ["json://{}/", "json://{}/?format=html", "json://{}/?format=markdown", "xml://{}/", "form://{}/", "ntfy://{}/topic",
     "gotify://{}/token", "mmost://{}/abcdefghijklmn", "signal://{}/15551112222/15551113333", "hassio://{}/token",
     "nctalk://user:pass@{}/room", "apprise://{}/token"],
)  # fmt: skip
def test_nothing_of_the_feed_comes_alive_in_any_body(sink: Sink, address: str) -> None:
    only(address.format(f"127.0.0.1:{sink.port}")).send(hostile())
    raw = unquote_plus(sink.requests[0].body.decode())
    assert "second half of 2024" in raw
    assert re.findall(r"(?<!\\)<(?:!channel|script|https://evil)|@everyone|\u202e", raw) == []


def test_telegram_gets_html_with_feed_text_escaped(slack: Slack) -> None:
    slack.body = b'{"ok": true, "result": {}}'
    assert only(TELEGRAM_ADDRESS).send(hostile()).result is Result.SENT
    (payload,) = slack.payloads
    assert payload["parse_mode"] == "HTML"
    assert "<b>second half of 2024</b>" in payload["text"]
    assert "&lt;script&gt;" in payload["text"]
    assert "<script" not in payload["text"]


def test_telegram_is_never_sent_more_than_it_takes(slack: Slack) -> None:
    slack.body = b'{"ok": true, "result": {}}'
    story = "It was said that <more> & more is to come. " * 400
    message = Message(
        occasion=Occasion.NOTICE, key="k", title="Long", text=story, markdown=story, html=f"<p>{html.escape(story)}</p>"
    )
    assert only(TELEGRAM_ADDRESS).send(message).result is Result.SENT
    (payload,) = slack.payloads
    assert len(payload["text"]) <= 4096
    assert "is to come.…" in payload["text"]
    assert payload["text"].endswith("Key: k")


def test_no_header_can_be_put_into_a_mail(mailbox: Mailbox) -> None:
    message = replace(told(), title="A title\r\nBcc: x@example.org")
    only(mailbox.url("a@example.org")).send(message)
    assert all(mail["bcc"] is None for mail in mailbox.mails)


def test_slack_blocks_hold_what_slack_allows(slack: Slack) -> None:
    lines = "\n".join(f"Line {number} of a long story." for number in range(500))
    message = Message(occasion=Occasion.NOTICE, key="k", title="Long " * 40, text=lines, markdown=lines, html=lines)
    assert only(f"{ADDRESS}?blocks=yes").send(message).result is Result.SENT
    header, section, _ = slack.payloads[0]["attachments"][0]["blocks"]
    assert len(header["text"]["text"]) <= 150
    assert len(section["text"]["text"]) <= 3000
    assert section["text"]["text"].endswith("of a long story.\n…\n\nKey: `k`")


def test_mattermost_reads_all_text_as_markdown_and_gets_it_escaped(sink: Sink) -> None:
    assert only(sink.url("/abcdefghijklmn", "mmost")).send(hostile()).result is Result.SENT
    text = sink.requests[0].json["text"]
    assert r"Evil ∗x∗ \[p\]\(https://evil.example\), 10 January 2024" in text
    assert "[the baseline \\(Pandaily, 8 November 2023\\)](https://pandaily.com/xiaomi)" in text


def test_discord_reads_all_text_as_markdown_and_gets_it_escaped(slack: Slack) -> None:
    assert only(DISCORD_ADDRESS).send(hostile()).result is Result.SENT
    raw = slack.requests[0].body.decode()
    assert "second half of 2024" in raw
    assert "[p](https://evil.example)" not in raw
    assert "@everyone" not in raw


def test_a_title_that_a_service_puts_into_the_body_is_escaped_like_the_body(slack: Slack) -> None:
    message = replace(told(), title="<!channel> *loud*")
    only(ADDRESS).send(message)
    assert slack.payloads[0]["attachments"][0]["title"] == "&lt;!channel&gt; *loud*"
