from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.masking import mask_url, shown_settings
from monitor.config.settings import Address, load_settings
from monitor.errors import FileFaults

SECRET = "marked-secret-7Q"


def faults_of(environment: dict[str, str]) -> list[str]:
    with pytest.raises(FileFaults) as caught:
        load_settings(environment)
    return str(caught.value).splitlines()


def test_without_any_setting_all_have_defaults() -> None:
    settings = load_settings({"HOME": "/home/ada"})
    assert settings.rules == Path("rules")
    assert settings.database_url == "sqlite:////home/ada/.local/state/factwatch/factwatch.db"
    assert settings.listen == Address(host="127.0.0.1", port=8300)
    assert set(settings.origins.values()) == {"default"}


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"STATE_DIRECTORY": "/var/lib/factwatch", "XDG_STATE_HOME": "/x", "HOME": "/h"}, "/var/lib/factwatch"),
        ({"STATE_DIRECTORY": "/var/lib/a:/var/lib/b"}, "/var/lib/a"),
        ({"XDG_STATE_HOME": "/x", "HOME": "/h"}, "/x/factwatch"),
    ],
)
def test_the_embedded_database_lies_in_the_state_folder(environment: dict[str, str], folder: str) -> None:
    assert load_settings(environment).database_url == f"sqlite:///{folder}/factwatch.db"


def test_values_are_read() -> None:
    settings = load_settings(
        {
            "FACTWATCH_LISTEN": "[::1]:80",
            "FACTWATCH_PUBLIC_URL": "https://watch.example.org/",
            "FACTWATCH_NOTIFY_URLS": "mailto://u:p@h?to=a,b slack://t,json://x",
            "FACTWATCH_ALLOW_PRIVATE_HOSTS": "intranet.local, 10.0.0.0/8 ::1",
            "FACTWATCH_LOG_LEVEL": "DEBUG",
            "FACTWATCH_CONTACT": "",
            "FACTWATCH_AUTH_PAID_FEED": "user:pass",
        }
    )
    assert settings.listen == Address(host="::1", port=80)
    assert settings.public_url == "https://watch.example.org"
    assert [url.get_secret_value() for url in settings.notify_urls] == ["mailto://u:p@h?to=a,b", "slack://t", "json://x"]
    assert settings.allow_private_hosts == ("intranet.local", "10.0.0.0/8", "::1")
    assert settings.log_level == "debug"
    credentials = settings.credentials("paid-feed")
    assert credentials is not None
    assert credentials.get_secret_value() == "user:pass"
    assert settings.origins["contact"] == "default"
    assert settings.origins["auth.paid_feed"] == "environment"


@pytest.mark.parametrize("text", ["0", "-3", "many", "2.5"])
def test_a_number_of_changes_is_a_whole_number_above_nothing(text: str) -> None:
    assert load_settings({"FACTWATCH_MOST_CHANGES": "25"}).most_changes == 25
    (fault,) = faults_of({"FACTWATCH_MOST_CHANGES": text})
    assert fault.startswith("FACTWATCH_MOST_CHANGES: no number of changes; write a whole number above 0")


@pytest.mark.parametrize("text", ["0d", "-3d", "for ever", "2.5d", "3w"])
def test_how_long_texts_are_kept_is_said_in_days(text: str) -> None:
    assert load_settings({"FACTWATCH_KEEP": "30d"}).keep == 30
    assert str(load_settings({}).keep) == "400d"
    (fault,) = faults_of({"FACTWATCH_KEEP": text})
    assert fault.startswith("FACTWATCH_KEEP: no number of days; write for instance 400d")


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{SECRET}\n")
    settings = load_settings({"FACTWATCH_PASSWORD_FILE": str(file), "FACTWATCH_AUTH_X_FILE": str(file)})
    assert settings.password is not None
    assert settings.password.get_secret_value() == SECRET
    assert settings.auth["x"].get_secret_value() == SECRET
    assert settings.origins["password"] == f"file {file}"


def test_delivery_yaml_beside_the_rules_is_found(tmp_path: Path) -> None:
    assert load_settings({"FACTWATCH_RULES": str(tmp_path)}).delivery is None
    (tmp_path / "delivery.yaml").touch()
    assert load_settings({"FACTWATCH_RULES": str(tmp_path)}).delivery == tmp_path / "delivery.yaml"


def test_all_faults_are_told_at_once_each_under_its_name(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    names = [row.name for row in shown_settings(load_settings({}))]
    listed = ", ".join(names)
    environment = {
        "LISTN": "x",
        "COLOUR": "red",
        "LISTEN": "8300",
        "LOG_LEVEL": "loud",
        "PASSWORD_FILE": str(empty),
        "CONTACT": "a@example.org",
        "CONTACT_FILE": "/x",
        "DELIVERY": str(tmp_path / "none.yaml"),
        "DATABASE_URL": "mysql://x/y",
        "ALLOW_PRIVATE_HOSTS": "a/b",
    }
    expected = {
        "ALLOW_PRIVATE_HOSTS": "'a/b' is no host; write names, addresses or networks, for instance intranet.local 10.0.0.0/8",
        "COLOUR": f"unknown setting; the settings are {listed} and FACTWATCH_AUTH_NAME",
        "CONTACT_FILE": "set together with FACTWATCH_CONTACT; keep one of the two",
        "DATABASE_URL": "no database address; write sqlite:////var/lib/factwatch/factwatch.db or postgresql+psycopg://user@host/factwatch",
        "DELIVERY": f"no file at {tmp_path}/none.yaml; name a file that exists",
        "LISTEN": "no address to listen on; write host:port, for instance 127.0.0.1:8300",
        "LISTN": "unknown setting; did you mean FACTWATCH_LISTEN?",
        "LOG_LEVEL": "no log level; it may be debug, info, warning or error",
        "PASSWORD_FILE": f"cannot read {empty}: it is empty; name a readable file that holds the value",
    }
    told = faults_of({f"FACTWATCH_{name}": text for name, text in environment.items()} | {"OTHER": "is not ours"})
    assert told == [f"FACTWATCH_{name}: {message}" for name, message in expected.items()]


def test_pushes_need_an_address_that_hubs_can_reach() -> None:
    reachable = {"FACTWATCH_WEBSUB": "on", "FACTWATCH_PUBLIC_URL": "https://watch.example.org"}
    assert load_settings(reachable).websub
    assert not load_settings({}).websub
    (fault,) = faults_of({"FACTWATCH_WEBSUB": "on"})
    assert fault.startswith("FACTWATCH_WEBSUB: hubs must be able to reach this program; set FACTWATCH_PUBLIC_URL")
    assert faults_of({"FACTWATCH_WEBSUB": "perhaps"}) == ["FACTWATCH_WEBSUB: neither on nor off; write on or off"]


SECRETS = {
    "FACTWATCH_PASSWORD": SECRET,
    "FACTWATCH_DATABASE_URL": f"postgresql+psycopg://ada:{SECRET}@host/factwatch",
    "FACTWATCH_NOTIFY_URLS": f"slack://{SECRET}/b/c mailto://ada:{SECRET}@example.org",
    "FACTWATCH_HEARTBEAT_URL": f"https://example.org/{SECRET}",
    "FACTWATCH_AUTH_PAID": f"ada:{SECRET}",
}


def test_no_secret_is_shown() -> None:
    settings = load_settings(SECRETS)
    shown = {row.name: row.value for row in shown_settings(settings)}
    assert shown["FACTWATCH_DATABASE_URL"] == "postgresql+psycopg://ada:***@host/factwatch"
    assert shown["FACTWATCH_NOTIFY_URLS"] == "slack://*** mailto://***"
    assert set(SECRETS) <= set(shown)
    assert SECRET not in str(shown) + repr(settings) + str(settings)


@pytest.mark.parametrize("name", ["DATABASE_URL", "NOTIFY_URLS", "HEARTBEAT_URL", "PUBLIC_URL", "LISTEN", "PASWORD"])
def test_no_fault_repeats_a_secret(name: str) -> None:
    assert SECRET not in "\n".join(faults_of({f"FACTWATCH_{name}": SECRET}))


@given(st.text(min_size=4).map(lambda text: quote(text, safe="!$&'()*+,;=:@")).filter(lambda text: "***" not in text))
def test_a_masked_address_does_not_hold_the_password(password: str) -> None:
    masked = mask_url(f"postgresql://u:{password}@h/d")
    assert masked == "postgresql://u:***@h/d"
