"""Apprise, and nothing else that knows it: destinations in, one send to one destination, an outcome out.

Apprise takes most of a second to load and is imported where it is first needed. Against its habits: redirects are never
followed (a POST would count as sent), its own retries, thread pool, waiting and "optional" are passed by, an address with
several targets is split so that each fails alone, and it logs to nobody but us.
"""

from __future__ import annotations

import copy
import hashlib
import html
import os
import ssl
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from monitor.core.messages import Message, Outcome, Result
from monitor.core.telling.fitting import below_title, fit, fit_lines
from monitor.core.telling.inert import code_markdown, escape_markdown
from monitor.core.telling.routing import Destination
from monitor.delivery.answers import listening, outcome_of, overhear
from monitor.errors import UserFault

ALWAYS = "always"  # Apprise's tag for destinations that are told everything
# Under these names Apprise's services keep whom they send to; a service may have several sorts of targets.
_TARGET_LISTS = (
    "targets", "channels", "channel_ids", "topics", "rooms", "phone", "phones", "emails", "users", "dm_users", "devices",
    "groups", "members", "events", "subreddits", "target_phones", "target_groups", "target_contacts", "recipients", "chat_ids",
)  # fmt: skip
_LEAST_TIMEOUT = 10.0
_SLACK_HEADER, _SLACK_SECTION = 150, 3000
_ROOM_FOR_KEY = 400
# These show all text as Markdown, whatever format Apprise says that they take; plain text would come alive there.
_MARKDOWN_READERS = frozenset(
    {"discord", "guilded", "mmost", "mmosts", "revolt", "rocket", "rockets", "ryver", "webex", "wxteams", "zulip"}
)

_PROGRAMS = frozenset({"json", "jsons"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One destination and what sends to it."""

    destination: Destination
    plugin: Any

    def send(self, message: Message) -> Outcome:
        """Send once; slow, and never raises. No detail repeats what stands in the address."""
        kind = self.destination.kind
        with listening() as heard:
            try:
                title, body, form = _dress(self.plugin, message)
                is_sent = _for_program(self.plugin, message).notify(
                    body=body,
                    title=title,
                    body_format=form,
                    notify_type="warning" if message.is_serious else "info",
                    overflow=_overflow(self.plugin),
                )
            except Exception as trouble:  # a hundred plugins of others: any of them may raise anything
                return Outcome(result=Result.FAILED, detail=f"{kind}: Apprise failed with {type(trouble).__name__}")
        return outcome_of(bool(is_sent), heard, kind=kind)


def load_services(configuration: Path | None, addresses: Sequence[str]) -> tuple[Service, ...]:
    """All destinations, of single targets each, by name.

    A name is the scheme with six digits of a hash over the address without its secrets and parameters: ``slack-3fa2c1``. It
    outlives a restart, another order in the file and a new password; addresses that differ in their secrets alone are
    numbered (``slack-3fa2c1-2``). An address that stands there twice is one destination with the tags of both. `check` finds
    what is wrong in the configuration; here Apprise passes over it, and over every ``include``.

    Args:
        configuration: Apprise's own file, YAML or text.
        addresses: Apprise addresses that are told everything.

    Raises:
        UserFault: The file cannot be read, or an address makes no destination.
    """
    overhear()
    found: dict[str, tuple[Any, set[str], bool]] = {}
    tagged = ((plugin, False) for plugin in _read_configuration(configuration))
    untagged = ((plugin, True) for plugin in _read_addresses(addresses))
    for whole, is_for_all in (*tagged, *untagged):
        for plugin in _split(whole):
            _restrain(plugin)
            address = str(plugin.url(privacy=False))
            first, tags, is_so_far_for_all = found.get(address, (plugin, set(), False))
            found[address] = (first, tags | set(map(str, whole.tags)), is_so_far_for_all or is_for_all)
    seen: Counter[str] = Counter()
    return tuple(_service(plugin, tags, is_for_all, seen) for plugin, tags, is_for_all in found.values())


def _service(plugin: Any, tags: set[str], is_for_all: bool, seen: Counter[str]) -> Service:
    """A named service; ``seen`` counts the names that are given."""
    name = _name(plugin)
    seen[name] += 1
    destination = Destination(
        name=name if seen[name] == 1 else f"{name}-{seen[name]}",
        kind=str(plugin.service_name),
        tags=frozenset(tags),
        receives_all=is_for_all or ALWAYS in tags,
        pace=timedelta(seconds=plugin.request_rate_per_sec),
    )
    # From here on the pace is kept by whoever starts the sends, so that no thread sleeps.
    plugin.request_rate_per_sec = 0
    return Service(destination=destination, plugin=plugin)


# --- loading ----------------------------------------------------------------------------------------


def _asset() -> Any:
    from apprise import AppriseAsset

    return AppriseAsset(
        app_id="Factwatch",
        app_desc="Factwatch",
        app_url="",
        image_url_mask="",
        http_redirects=False,
        default_service_retry=0,
        allow_templates=False,
        secure_logging=True,
    )


def _read_configuration(path: Path | None) -> list[Any]:
    from apprise.config.base import ConfigBase

    if path is None:
        return []
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise UserFault(
            f"{path}: cannot be read as text; FACTWATCH_APPRISE_CONFIG names Apprise's configuration file"
        ) from trouble
    plugins, _includes = ConfigBase.config_parse(text, asset=_asset())
    return list(plugins)


def _read_addresses(addresses: Sequence[str]) -> Iterator[Any]:
    from apprise import Apprise

    for number, address in enumerate(addresses, start=1):
        plugin = Apprise.instantiate(address, asset=_asset())
        if plugin is None:
            scheme = address.partition("://")[0]
            raise UserFault(f"FACTWATCH_NOTIFY_URLS: address {number} ({scheme}://) is none that Apprise knows or takes")
        yield plugin


def _split(plugin: Any) -> Iterator[Any]:
    """One plugin a target; a plugin without targets, or with none that we know, stays whole."""
    lists = {
        name: value for name in _TARGET_LISTS if isinstance(value := getattr(plugin, name, None), list | tuple | set) and value
    }
    if not lists:
        yield plugin
    for name, targets in lists.items():
        for target in targets:
            single = copy.copy(plugin)
            for other, those in lists.items():
                setattr(single, other, type(those)((target,) if other == name else ()))
            yield single


def _restrain(plugin: Any) -> None:
    """Take from an address what would make a send lie or hurry: redirects, and timeouts below those of a busy server."""
    plugin.redirects = False
    plugin.socket_connect_timeout = max(plugin.socket_connect_timeout, _LEAST_TIMEOUT)
    plugin.socket_read_timeout = max(plugin.socket_read_timeout, _LEAST_TIMEOUT)
    if plugin.verify_certificate and (authorities := _authorities()):
        plugin.verify_certificate = authorities


def _authorities() -> str | None:
    """The file that SSL_CERT_FILE names; None where it names none.

    All of Python trusts it but requests, by which Apprise sends, and which has two variables of its own that go before.
    """
    if any(os.environ.get(name) for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")):
        return None
    paths = ssl.get_default_verify_paths()
    return paths.cafile if paths.cafile != paths.openssl_cafile else None


def _name(plugin: Any) -> str:
    # Apprise masks passwords and tokens in the part before the parameters, but not in the parameters.
    shown = str(plugin.url(privacy=True)).partition("?")[0]
    return f"{_scheme(plugin)}-{hashlib.sha256(shown.encode()).hexdigest()[:6]}"


# --- dressing ---------------------------------------------------------------------------------------


def _dress(plugin: Any, message: Message) -> tuple[str, str, str]:
    """Title, body and the body's format, as this service takes them and within its length.

    Where a service has no title, Apprise puts it into the body as mark-up; so it goes there escaped.
    """
    form = str(plugin.resolve_format(_wanted_format(plugin)).value)
    title_limit, limit = _limits(plugin)
    title = fit(message.title, title_limit)
    match form:
        case _ if _scheme(plugin) in _MARKDOWN_READERS or form == "markdown":
            head = "" if title else f"**{escape_markdown(message.title)}**\n\n"
            body = _shorten(head + message.markdown, limit, f"Key: {code_markdown(message.key)}", fit_lines)
        case "html":
            body = message.html if title else f"<b>{html.escape(message.title)}</b><br>{message.html}"
            if len(body) > limit:
                # HTML cannot be cut, and escaping makes text longer again.
                form, body = "text", _shorten(message.text, limit // 2, f"Key: {message.key}", fit)
        case _:
            text = message.text if title else f"{message.title}\n\n{below_title(message.title, message.text)}"
            body = _shorten(text, limit, f"Key: {message.key}", fit)
    return title, body, form


def _for_program(plugin: Any, message: Message) -> Any:
    """The plugin for one message: what posts JSON also posts the message's key and its changes, field by field.

    What the address adds by itself (``?:team=desk``) stays as it says.
    """
    if _scheme(plugin) not in _PROGRAMS:
        return plugin
    fields = {"key": message.key, "occasion": message.occasion.value, "changes": [asdict(change) for change in message.changes]}
    telling = copy.copy(plugin)
    telling.payload_extras = {**fields, **plugin.payload_extras}
    return telling


def _shorten(body: str, limit: int, foot: str, cut: Callable[[str, int], str]) -> str:
    """A body within its limit; the key stays at its foot, but in the shortest of messages."""
    if len(body) <= limit or limit < _ROOM_FOR_KEY:
        return cut(body, limit)
    foot = f"\n\n{foot}"
    return cut(body, limit - len(foot)) + foot


def _wanted_format(plugin: Any) -> str | None:
    """The service's own favourite, but Markdown where it reads all text as that."""
    return "markdown" if _scheme(plugin) in _MARKDOWN_READERS else None


def _limits(plugin: Any) -> tuple[int, int]:
    """Longest title (0 for none) and body; Slack's blocks hold less than Apprise says."""
    title, body = max(0, plugin.title_maxlen), plugin.body_maxlen or sys.maxsize
    if getattr(plugin, "use_blocks", False):
        return min(title, _SLACK_HEADER), min(body, _SLACK_SECTION)
    return title, body


def _scheme(plugin: Any) -> str:
    return str(plugin.url(privacy=True)).partition("://")[0].lower()


def _overflow(plugin: Any) -> str:
    """How Apprise treats what its own escaping makes too long: cut, unless the address asks to split."""
    mode = str(plugin.overflow_mode.value)
    return "truncate" if mode == "upstream" else mode
