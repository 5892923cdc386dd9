"""Whom a watch has for a second reader: the rule's wishes before the settings', and no key to a strange endpoint."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from monitor.config.masking import shown_settings
from monitor.config.references import missing_credentials
from monitor.config.rulebook import load_rulebook
from monitor.config.second_readers import second_reader_of
from monitor.config.settings import load_settings
from monitor.core.watches import Ask, ReaderWish, Trust
from monitor.errors import FileFaults
from tests.core.reading.builders import LAUNCH, watch

NAMED = {
    "FACTWATCH_READER_URL": "http://127.0.0.1:11434/v1/",
    "FACTWATCH_READER_MODEL": "qwen3",
    "FACTWATCH_READER_KEY": "sk-settings",
    "FACTWATCH_READER_PRICE": "0.15/0.60",
}
RULE = """\
version: 1
watch: acme-plant
title: Acme's new plant
subject: {names: [Acme]}
feeds: [https://example.org/feed.xml]
facts: {opening: {title: Opening, kind: period, about: [opening]}}
reader: %s
"""


def test_without_an_endpoint_there_is_none() -> None:
    assert second_reader_of(watch(LAUNCH), load_settings({})) is None
    assert second_reader_of(replace(watch(LAUNCH), reader=ReaderWish(ask=Ask.ALL)), load_settings({})) is None


def test_the_settings_name_one_for_all_watches() -> None:
    found = second_reader_of(watch(LAUNCH), load_settings(NAMED))
    assert found is not None
    assert (found.url, found.model, found.ask, found.trust) == ("http://127.0.0.1:11434/v1", "qwen3", Ask.UNSURE, Trust.EITHER)
    assert found.key is not None
    assert found.price == (Decimal("0.15"), Decimal("0.60"))
    assert "sk-settings" not in repr(found)


def test_a_rule_has_its_own_or_none() -> None:
    quiet = replace(watch(LAUNCH), reader=ReaderWish(ask=Ask.NEVER))
    assert second_reader_of(quiet, load_settings(NAMED)) is None
    wish = ReaderWish(url="https://models.example/v1", model="large", deadline=timedelta(seconds=5), calls=3)
    own = second_reader_of(replace(watch(LAUNCH), reader=wish), load_settings(NAMED))
    assert own is not None
    assert (own.model, own.key, own.price, own.deadline.seconds, own.calls) == ("large", None, None, 5, 3)


def test_a_key_of_the_rule_is_looked_up_by_its_name() -> None:
    wish = ReaderWish(url="https://models.example/v1", model="large", key="hosted")
    own = second_reader_of(replace(watch(LAUNCH), reader=wish), load_settings({**NAMED, "FACTWATCH_AUTH_HOSTED": "sk-rule"}))
    assert own is not None
    assert own.key is not None
    assert own.key.get_secret_value() == "sk-rule"


@pytest.mark.parametrize("trust", [Trust.BOTH, Trust.MODEL])
def test_who_does_not_trust_our_own_alone_asks_about_everything(trust: Trust) -> None:
    found = second_reader_of(replace(watch(LAUNCH), reader=ReaderWish(trust=trust, ask=Ask.UNSURE)), load_settings(NAMED))
    assert found is not None
    assert found.ask is Ask.ALL


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"FACTWATCH_READER_URL": "http://127.0.0.1/v1"}, "FACTWATCH_READER_MODEL: a second reader has an address and a model"),
        ({**NAMED, "FACTWATCH_READER_ASK": "often"}, "FACTWATCH_READER_ASK: no such choice; it may be never, unsure, all"),
        ({**NAMED, "FACTWATCH_READER_TRUST": "me"}, "FACTWATCH_READER_TRUST: no such choice"),
        ({**NAMED, "FACTWATCH_READER_CALLS": "0"}, "FACTWATCH_READER_CALLS: no limit"),
        ({**NAMED, "FACTWATCH_READER_DEADLINE": "1h"}, "FACTWATCH_READER_DEADLINE: no time to wait"),
        ({**NAMED, "FACTWATCH_READER_PRICE": "cheap"}, "FACTWATCH_READER_PRICE: 'cheap' is no price"),
    ],
)
def test_wrong_settings_are_named(given: dict[str, str], why: str) -> None:
    with pytest.raises(FileFaults) as caught:
        load_settings(given)
    assert why in str(caught.value)


def test_the_key_is_shown_nowhere() -> None:
    assert "sk-settings" not in str(shown_settings(load_settings(NAMED)))


def test_a_rule_reads_as_it_is_written_and_what_it_lacks_is_named(tmp_path: Path) -> None:
    rule = tmp_path / "acme.yaml"
    rule.write_text(RULE % "{url: 'https://models.example/v1', model: large, key: hosted, ask: all, calls: 9}", encoding="utf-8")
    book = load_rulebook(rule)
    assert book.watches["acme-plant"].reader == ReaderWish(
        url="https://models.example/v1", model="large", key="hosted", ask=Ask.ALL, calls=9
    )
    (fault,) = missing_credentials(book, load_settings({}))
    assert str(fault).endswith("acme.yaml:7:63: there are no credentials 'hosted'; set FACTWATCH_AUTH_HOSTED to the key")
    rule.write_text(RULE % "{ask: all}", encoding="utf-8")
    (fault,) = missing_credentials(load_rulebook(rule), load_settings({}))
    assert "no second reader is named" in str(fault)
    assert missing_credentials(load_rulebook(rule), load_settings(NAMED)) == []
