"""The settings: the only reader of the environment.

Each setting is a field of ``Settings`` and a variable ``FACTWATCH_NAME``; ``FACTWATCH_NAME_FILE`` names a file that
holds its value instead, for secrets that other programs put in files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, SecretStr, ValidationError

from monitor.config.fields import read_price
from monitor.config.suggesting import nearest
from monitor.core.watches import Ask, Trust
from monitor.errors import Fault, FileFaults

PREFIX, AUTH_PREFIX, FILE_SUFFIX = "FACTWATCH_", "FACTWATCH_AUTH_", "_FILE"
DELIVERY_NAME = "delivery.yaml"
_AUTH = "auth."

NameOf = TypeVar("NameOf", bound=StrEnum)

_SWITCH = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
_LEVELS = ("debug", "info", "warning", "error")
_HOST = re.compile(r"(?i)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_BETWEEN_ADDRESSES = re.compile(r"(?i)[\s,]+(?=[a-z][a-z0-9+.-]*://)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the web page is served."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Days(int):
    """A number of days, printed as ``400d``."""

    def __str__(self) -> str:
        return f"{int(self)}d"


# --- reading one value ------------------------------------------------------------------------------


def _read_address(text: str) -> Address:
    host, colon, port = text.strip().rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not port.isdecimal() or int(port) > 65535:
        raise ValueError("no address to listen on; write host:port, for instance 127.0.0.1:8300")
    return Address(host=host, port=int(port))


def _read_url(text: str) -> str:
    if not _is_web(urlsplit(text.strip())):
        raise ValueError("no web address; write for instance https://factwatch.example.org")
    return text.strip().rstrip("/")


def _is_web(url: SplitResult) -> bool:
    return url.scheme in ("http", "https") and bool(url.hostname)


def _read_secret_url(text: str) -> SecretStr:
    return SecretStr(_read_url(text))


def _read_database_url(text: str) -> str:
    scheme, separator, rest = text.strip().partition("://")
    if not separator or not rest or scheme.partition("+")[0] not in ("sqlite", "postgresql"):
        raise ValueError(
            "no database address; write sqlite:////var/lib/factwatch/factwatch.db or postgresql+psycopg://user@host/factwatch"
        )
    return text.strip()


def _read_notify_urls(text: str) -> tuple[SecretStr, ...]:
    addresses = _BETWEEN_ADDRESSES.split(text.strip())
    if not all(re.match(r"(?i)[a-z][a-z0-9+.-]*://\S+$", address) for address in addresses):
        raise ValueError(
            "no list of Apprise addresses; part them by spaces, for instance slack://TOKEN mailto://USER:PASSWORD@HOST"
        )
    return tuple(map(SecretStr, addresses))


def _read_hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(filter(None, re.split(r"[\s,]+", text)))
    for host in hosts:
        if not _is_network(host) and not _HOST.fullmatch(host):
            raise ValueError(f"{host!r} is no host; write names, addresses or networks, for instance intranet.local 10.0.0.0/8")
    return hosts


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _read_limit(text: str | int) -> int:
    if not str(text).strip().isdecimal() or int(text) < 1:
        raise ValueError("no limit; write a whole number above 0, for instance 500")
    return int(text)


def _read_deadline(text: str | float) -> float:
    if not str(text).strip().removesuffix("s").isdecimal() or not 1 <= int(str(text).strip().removesuffix("s")) <= 600:
        raise ValueError("no time to wait for an answer; write seconds from 1 to 600, for instance 60")
    return float(str(text).strip().removesuffix("s"))


def _read_ask(text: str) -> Ask:
    return _read_name(text, Ask)


def _read_trust(text: str) -> Trust:
    return _read_name(text, Trust)


def _read_name(text: str, names: type[NameOf]) -> NameOf:
    try:
        return names(text.strip().lower())
    except ValueError:
        raise ValueError(f"no such choice; it may be {', '.join(names)}") from None


def _read_count(text: str | int) -> int:
    if not str(text).strip().isdecimal() or int(text) < 1:
        raise ValueError("no number of changes; write a whole number above 0, for instance 10")
    return int(text)


def _read_days(text: str | int) -> Days:
    found = re.fullmatch(r"(\d{1,5})d?", str(text).strip())
    if not found or int(found[1]) < 1:
        raise ValueError("no number of days; write for instance 400d")
    return Days(found[1])


def _read_switch(text: str | bool) -> bool:
    if str(text).strip().lower() not in _SWITCH:
        raise ValueError("neither on nor off; write on or off")
    return _SWITCH[str(text).strip().lower()]


def _read_file_path(text: str | Path) -> Path:
    if not Path(text).is_file():
        raise ValueError(f"no file at {text}; name a file that exists")
    return Path(text)


def _read_level(text: str) -> str:
    level = text.strip().lower()
    if level not in _LEVELS:
        raise ValueError(f"no log level; it may be {', '.join(_LEVELS[:-1])} or {_LEVELS[-1]}")
    return level


# --- the settings -----------------------------------------------------------------------------------


class Settings(BaseModel):
    """All settings, checked.

    Attributes:
        rules: Folder of the rule files.
        database_url: As SQLAlchemy takes it; may hold a password, so show it with ``masking.mask_url``.
        listen: Where page, API and metrics are served.
        public_url: How people reach the page, without a closing slash; empty where it is not told.
        password: Of the page and the API; None leaves them open.
        apprise_config: Apprise's own configuration file.
        notify_urls: Apprise addresses that receive every alert.
        allow_private_hosts: Hosts, addresses and networks that feeds may reach although they are private.
        contact: For the User-Agent: whom a publisher can write to.
        most_changes: Of one watch in one visit to a feed; when there are more, all are held back.
        keep: How long the texts of items and messages are kept; the ledger is kept for ever.
        websub: Whether publishers may push; needs ``public_url``, since hubs have to reach this program.
        heartbeat_url: Fetched while all is well, so that an outside monitor notices silence.
        reader_url: Of a second reader for all watches: where an OpenAI-compatible API begins; empty for none.
        reader_model: As that endpoint names it.
        reader_key: Sent to that endpoint and nowhere else.
        reader_ask: About which items it is asked.
        reader_trust: Whose word counts where only one of the two readers sees a value.
        reader_deadline: Seconds for one answer.
        reader_calls: Most questions a day.
        reader_tokens: Most tokens a day, both ways together.
        reader_price: Of a million tokens, those of questions and those of answers; None where it costs nothing to know.
        supervisor: The socket of who started the program and wants to hear how it goes (NOTIFY_SOCKET); empty for nobody.
        delivery: When each tag is told; None where there is no such file.
        auth: Credentials of feeds by lower-case name, as ``auth_key`` gives it.
        origins: Where each setting comes from: ``default``, ``environment`` or ``file PATH``; by field name,
            credentials by ``auth.NAME``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    rules: Path = Path("rules")
    database_url: Annotated[str, BeforeValidator(_read_database_url)] = Field(repr=False)
    listen: Annotated[Address, BeforeValidator(_read_address)] = Address(host="127.0.0.1", port=8300)
    public_url: Annotated[str, BeforeValidator(_read_url)] = ""
    password: SecretStr | None = None
    apprise_config: Annotated[Path | None, BeforeValidator(_read_file_path)] = None
    notify_urls: Annotated[tuple[SecretStr, ...], BeforeValidator(_read_notify_urls)] = ()
    allow_private_hosts: Annotated[tuple[str, ...], BeforeValidator(_read_hosts)] = ()
    contact: str = ""
    most_changes: Annotated[int, BeforeValidator(_read_count)] = 10
    keep: Annotated[Days, PlainValidator(_read_days)] = Days(400)
    heartbeat_url: Annotated[SecretStr | None, BeforeValidator(_read_secret_url)] = None
    websub: Annotated[bool, BeforeValidator(_read_switch)] = False
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_read_level)] = "info"
    reader_url: Annotated[str, BeforeValidator(_read_url)] = ""
    reader_model: str = ""
    reader_key: SecretStr | None = None
    reader_ask: Annotated[Ask, BeforeValidator(_read_ask)] = Ask.UNSURE
    reader_trust: Annotated[Trust, BeforeValidator(_read_trust)] = Trust.EITHER
    reader_deadline: Annotated[float, BeforeValidator(_read_deadline)] = 60.0
    reader_calls: Annotated[int, BeforeValidator(_read_limit)] = 500
    reader_tokens: Annotated[int, BeforeValidator(_read_limit)] = 2_000_000
    reader_price: Annotated[tuple[Decimal, Decimal] | None, BeforeValidator(read_price)] = None
    delivery: Annotated[Path | None, BeforeValidator(_read_file_path)] = None
    supervisor: str = ""
    auth: Mapping[str, SecretStr] = Field(default_factory=dict)
    origins: Mapping[str, str] = Field(default_factory=dict, repr=False)

    def credentials(self, name: str) -> SecretStr | None:
        """The credentials that a rule's ``auth: NAME`` means; None where the environment has none of that name."""
        return self.auth.get(auth_key(name))


_NOT_SET_BY_NAME = frozenset({"auth", "origins", "supervisor"})
VARIABLES = {PREFIX + field.upper(): field for field in Settings.model_fields if field not in _NOT_SET_BY_NAME}


def auth_key(name: str) -> str:
    """The key of credentials in ``Settings.auth``: ``paid-feed`` is FACTWATCH_AUTH_PAID_FEED is ``paid_feed``."""
    return re.sub(r"\W", "_", name).lower()


def auth_variable(name: str) -> str:
    """The variable that holds the credentials that a rule names."""
    return AUTH_PREFIX + auth_key(name).upper()


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read and check all settings.

    An empty variable counts as not set.

    Args:
        environment: In place of the process's own.

    Raises:
        FileFaults: Every setting that is unknown or wrong, each under its variable's name; no message holds a value
            that may be secret.
    """
    given = os.environ if environment is None else environment
    faults: list[Fault] = []
    found = list(_read_variables(given, faults))
    texts = {each.field: each.text for each in found if not each.field.startswith(_AUTH)}
    auth = {each.field.removeprefix(_AUTH): each.text for each in found if each.field.startswith(_AUTH)}
    origins = dict.fromkeys(VARIABLES.values(), "default") | {each.field: each.origin for each in found}
    try:
        settings = Settings.model_validate({**_default_paths(given, texts), **texts, "auth": auth, "origins": origins})
    except ValidationError as error:
        faults += [_fault(PREFIX + str(each["loc"][0]).upper(), _reason(each)) for each in error.errors(include_input=False)]
    else:
        if bool(settings.reader_url) != bool(settings.reader_model):
            missing = "MODEL" if settings.reader_url else "URL"
            faults.append(_fault(f"{PREFIX}READER_{missing}", "a second reader has an address and a model; set both or none"))
        if settings.websub and not settings.public_url:
            message = "hubs must be able to reach this program; set FACTWATCH_PUBLIC_URL too, or turn this off"
            faults.append(_fault(f"{PREFIX}WEBSUB", message))
    if faults:
        raise FileFaults(faults)
    return settings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """One variable that is set.

    Attributes:
        field: Of ``Settings``, or ``auth.NAME``.
        text: Its value, read from the file where it names one.
    """

    field: str
    text: str
    origin: str


def _read_variables(environment: Mapping[str, str], faults: list[Fault]) -> Iterator[_Found]:
    """The variables that are ours and set, in the order of their names."""
    said = {name: text for name, text in environment.items() if name.startswith(PREFIX) and text}
    for variable in sorted(said):
        name = variable.removesuffix(FILE_SUFFIX)
        field = _field_of(name)
        if field is None:
            faults.append(_fault(variable, _unknown(name)))
        elif name == variable:
            yield _Found(field=field, text=said[name], origin="environment")
        elif name in said:
            faults.append(_fault(variable, f"set together with {name}; keep one of the two"))
        elif text := _read_secret_file(variable, said[variable], faults):
            yield _Found(field=field, text=text, origin=f"file {said[variable]}")


def rules_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Where the rules are, also when other settings are broken."""
    given = os.environ if environment is None else environment
    return Path(given.get(f"{PREFIX}RULES") or Settings.model_fields["rules"].default)


def _field_of(name: str) -> str | None:
    """The field that a variable sets, ``auth.NAME`` for credentials; None for an unknown one."""
    if name.startswith(AUTH_PREFIX) and name != AUTH_PREFIX:
        return _AUTH + auth_key(name.removeprefix(AUTH_PREFIX))
    return VARIABLES.get(name)


def _unknown(name: str) -> str:
    near = nearest(name.removeprefix(PREFIX), [variable.removeprefix(PREFIX) for variable in VARIABLES])
    hint = f"did you mean {PREFIX}{near}?" if near else f"the settings are {', '.join(VARIABLES)} and {AUTH_PREFIX}NAME"
    return f"unknown setting; {hint}"


def _read_secret_file(variable: str, path: str, faults: list[Fault]) -> str:
    """The value that stands in a file, without the line break at its end; empty after a fault."""
    try:
        text = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
        reason = "" if text else "it is empty"
    except (OSError, UnicodeDecodeError) as error:
        text, reason = "", (error.strerror or "") if isinstance(error, OSError) else "not UTF-8 text"
    if reason:
        faults.append(_fault(variable, f"cannot read {path}: {reason}; name a readable file that holds the value"))
    return text


def _default_paths(environment: Mapping[str, str], values: Mapping[str, str]) -> dict[str, Any]:
    """What hangs on the surroundings: the state folder with the database, ``delivery.yaml`` beside the rules, the supervisor."""
    if folder := environment.get("STATE_DIRECTORY"):
        state = Path(folder.partition(":")[0])
    else:
        base = environment.get("XDG_STATE_HOME") or Path(environment.get("HOME") or Path.home()) / ".local" / "state"
        state = Path(base) / "factwatch"
    delivery = Path(values.get("rules", "rules")) / DELIVERY_NAME
    defaults: dict[str, Any] = {"database_url": f"sqlite:///{state / 'factwatch.db'}"}
    defaults["supervisor"] = environment.get("NOTIFY_SOCKET", "")
    return defaults | ({"delivery": delivery} if delivery.is_file() else {})


def _fault(variable: str, message: str) -> Fault:
    return Fault(file=variable, line=0, column=0, message=message)


def _reason(error: Any) -> str:
    """Our own words where one of our readers refused the value, else pydantic's."""
    return str(error["ctx"]["error"]) if error["type"] == "value_error" else str(error["msg"])
