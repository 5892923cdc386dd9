from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pydantic import SecretStr

from monitor.config.apprise_files import check_addresses, check_apprise_file
from monitor.config.references import missing_credentials, missing_tags
from monitor.config.rulebook import load_rulebook
from monitor.config.settings import load_settings
from monitor.errors import FileFaults
from tests.config.rule_files import write_full

# Apprise's e-mail service imports a module that Python 3.13 no longer has.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

SECRET = "MarkedSecret7Q"

YAML_FORM = """\
version: 1
urls:
  - json://localhost: {tag: analysts}
  - slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ:
      - to: "#news"
        tag: desk, ops
groups:
  - everyone: analysts, desk
"""
TEXT_FORM = """\
# our destinations
analysts=json://localhost
desk, ops=slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#news
everyone = analysts, desk
"""
BAD_YAML = f"""\
version: 1
include: http://{SECRET}
urls:
  - slak://{SECRET}/TokenB
  - mailto://
  - json://localhost?attach=/etc/{SECRET}
  - json://localhost: {{tag: a, attach: /etc/{SECRET}}}
  - {SECRET}
  - - json://{SECRET}
grops: {{}}
"""
BAD_TEXT = f"""\
a = json://localhost
a, b = slak://{SECRET}
include /etc/{SECRET}
  {SECRET} and more
json://localhost?attach={SECRET}
a = slack://{SECRET}
"""
NO_ATTACH = "attach is not allowed; an alert has no attachments, and a file of this machine would be sent"
NO_INCLUDE = "include is not allowed; write the addresses here, so that they are checked"
NO_ADDRESS = "this is no address; write for instance analysts=slack://TOKEN, in YAML - slack://TOKEN: {tag: analysts}"
NOTHING = (
    "Apprise finds no destination here; begin the file with version: 1 (YAML) or with tags=address, "
    "without spaces, for instance analysts=slack://TOKEN"
)
NO_SERVICE = "unknown service 'slak'; did you mean 'slack'?"


@pytest.mark.parametrize(("name", "text"), [("apprise.yaml", YAML_FORM), ("apprise.conf", TEXT_FORM)])
def test_the_tags_of_both_forms_are_known_with_their_groups(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    checked = check_apprise_file(tmp_path / name)
    assert checked.destinations == 2
    assert checked.tags == {"analysts", "desk", "ops", "everyone"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            BAD_YAML,
            [
                f"2:1: {NO_INCLUDE}",
                f"4:5: {NO_SERVICE}",
                "5:5: Apprise does not take this mailto:// address; a part of it is missing or malformed",
                f"6:5: {NO_ATTACH}",
                f"7:5: {NO_ATTACH}",
                f"8:5: {NO_ADDRESS}",
                f"9:5: {NO_ADDRESS}",
                "10:1: unknown key 'grops'; did you mean 'groups'?",
            ],
        ),
        (
            BAD_TEXT,
            [
                f"2:8: {NO_SERVICE}",
                f"3:1: {NO_INCLUDE}",
                f"4:3: {NO_ADDRESS}",
                f"5:1: {NO_ATTACH}",
                "6:5: Apprise does not take this slack:// address; a part of it is missing or malformed",
            ],
        ),
        ("urls: slack\n", ["1:7: 'urls' wants a list; write for instance urls: [slack://TOKEN]"]),
        (
            "version: 1\nurls: [json://a\n",
            ["2:7: the list that opens here is broken; part its entries by commas and close it with ]"],
        ),
        ("# nothing yet\n", [f" {NOTHING}"]),
        ("analysts = json://localhost\n", [f" {NOTHING}"]),
    ],
)
def test_every_entry_that_apprise_would_pass_over_is_a_fault(
    tmp_path: Path, text: str, expected: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "apprise"
    file.write_text(text)
    with caplog.at_level(logging.DEBUG), pytest.raises(FileFaults) as caught:
        check_apprise_file(file)
    assert str(caught.value).splitlines() == [f"{file}:{line}" for line in expected]
    assert SECRET not in str(caught.value) + caplog.text


def test_addresses_of_the_environment_are_checked_too() -> None:
    good, bad = SecretStr("json://localhost"), SecretStr(f"slak://{SECRET}")
    assert check_addresses("FACTWATCH_NOTIFY_URLS", [good]) == []
    assert list(map(str, check_addresses("FACTWATCH_NOTIFY_URLS", [good, bad]))) == [
        f"FACTWATCH_NOTIFY_URLS: address 2: {NO_SERVICE}"
    ]


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match="cannot be read: No such file or directory"):
        check_apprise_file(tmp_path / "apprise.yaml")


def test_tags_and_credentials_that_nothing_answers_to_are_faults_of_the_rule(tmp_path: Path) -> None:
    rulebook = load_rulebook(write_full(tmp_path))
    assert [(fault.line, fault.column, fault.message) for fault in missing_tags(rulebook, {"analyst", "desk"})] == [
        (40, 10, "no destination has the tag 'analysts'; did you mean 'analyst'?"),
        (31, 101, "no destination has the tag 'finance'; it may be analyst or desk"),
    ]
    assert missing_tags(rulebook, {"analysts", "finance"}) == []
    (fault,) = missing_credentials(rulebook, load_settings({}))
    assert fault.message == "there are no credentials 'example-net'; set FACTWATCH_AUTH_EXAMPLE_NET to USER:PASSWORD"
    assert missing_credentials(rulebook, load_settings({"FACTWATCH_AUTH_EXAMPLE_NET": "u:p"})) == []
