"""Making the words of strangers harmless in each dress of a message.

Feed text is hostile until shown otherwise: it may hold mark-up, fake links, calls to a whole channel, or controls that turn the
reading direction. What leaves here is text and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

_SPACES = re.compile(r"\s+")
_DIRECTION = dict.fromkeys(
    [0x061C, 0x200B, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xE0000, 0xE0080)]
)
_WORD_JOINER, _HAIR_SPACE = "\u2060", "\u200a"
_GROUP_CALLS = re.compile(r"(?i)@(?=(?:everyone|here|channel|all|room|group)\b)")
_OPENING_BRACKETS = re.compile(r"<(?=[!@#/?A-Za-z])")
_ANY_CALL = re.compile(r"(?<![\w.+-])@(?=\w)")


def clean(text: str) -> str:
    """One line of visible text: no controls, no bidi overrides, no lone surrogates, spaces run together."""
    if not text.isprintable():  # nearly all text is, and nothing that is printable needs a look at each character
        text = "".join(map(_visible, text.translate(_DIRECTION)))
    return _SPACES.sub(" ", text).strip()


def _visible(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cs":
            return "\ufffd"
        case _:
            return character


def quiet_plain(text: str) -> str:
    """Plain text in which nobody calls a whole channel and no bracket opens a tag: an unseen joiner parts sign and word.

    Some chat services read even plain text: ``<!channel>`` calls in Slack, ``<users/all>`` in Google Chat, ``<at>`` in Feishu.
    """
    return _OPENING_BRACKETS.sub(f"<{_WORD_JOINER}", quiet_calls(text))


def quiet_calls(text: str) -> str:
    """Text in which nobody calls a whole channel; for HTML, whose brackets are escaped."""
    return _GROUP_CALLS.sub(f"@{_WORD_JOINER}", text)


# Chat programs do not agree on escapes: Slack shows the backslash before these. A look-alike is inert in all of them.
_LOOK_ALIKES = str.maketrans({"*": "∗", "`": "‵", "~": "∼", "\\": "∖", "|": "∣"})
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # not that of snake_case
_PUNCTUATION = re.compile(r"([<>\[\]()!#])")


class Markdown(str):
    """Text that is Markdown already; it is not escaped again."""

    __slots__ = ()


def escape_markdown(text: str) -> Markdown:
    """Text that shows as itself in CommonMark and in what Apprise makes of it for chat programs."""
    if isinstance(text, Markdown):
        return text
    plain = _ANY_CALL.sub(f"@{_WORD_JOINER}", text.translate(_LOOK_ALIKES))
    plain = _EDGE_UNDERSCORE.sub("＿", plain)
    return Markdown(_PUNCTUATION.sub(r"\\\1", plain))


def web_link(url: str) -> str:
    """The address, if a message may link it, else nothing.

    Only http and https; nothing with a user name, which is how "https://bank.example@evil.example" deceives.
    """
    address = clean(url)
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return ""
    return quote(address, safe="/:?#@!$&'*+,;=%~[]-._") if is_web else ""


def link_markdown(label: str, url: str) -> Markdown:
    """A link with a label, or the label alone where the address may not be linked."""
    name, address = escape_markdown(label), web_link(url)
    return Markdown(f"[{name}]({address})") if address else name


def mark_markdown(before: str, value: str, after: str) -> Markdown:
    """A quoted sentence with its value in bold.

    Chat programs see bold only between spaces, which Chinese does not have; a hair space stands in for them.
    """
    left, right, marked = escape_markdown(before), escape_markdown(after), escape_markdown(value.strip())
    if not marked:  # together, or a call to everyone that is cut in two would be whole again
        return escape_markdown(before + after)
    opening = _HAIR_SPACE if before and _clings(before[-1], marked[0]) else ""
    closing = _HAIR_SPACE if after and _clings(after[0], marked[-1]) else ""
    return Markdown(f"{left}{opening}**{marked}**{closing}{right}")


def _clings(neighbour: str, edge: str) -> bool:
    """Whether a neighbour would keep a reader of Markdown from seeing the stars between as mark-up."""
    return not neighbour.isspace() and (neighbour.isalnum() or not edge.isalnum())


def code_markdown(text: str) -> Markdown:
    """A command or key to be typed as it stands."""
    return Markdown(f"`{clean(text).replace('`', '‵')}`")
