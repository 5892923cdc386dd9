"""The calendar lexer: from a text to atoms, the words and numbers that dates are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from monitor.core.reading.calendars import CalendarNames
from monitor.core.reading.period_digits import read_digits
from monitor.core.reading.texts import Text

LETTERS = r"a-zªµºß-öø-\u1fff"
IDEOGRAPHS = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(
    r"[^\S\n]*+"
    r"(?:(?P<digits>(?:[a-z]{1,2})?\d[a-z0-9]*)"
    rf"|(?P<word>[{LETTERS}]+)"
    rf"|(?P<ideograph>[{IDEOGRAPHS}])"
    r"|(?P<mark>.))",
    re.DOTALL,
)
_HAN_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_HAN_NUMBER = re.compile(r"[〇零一二三四五六七八九十两兩]+")
_ROUGHLY = re.compile("[两兩]三|三四|四五|五六|六七|七八|八九")
_MARKS = {",": "comma", "、": "comma", "-": "dash", "~": "dash", "/": "slash", ".": "dot"}
# What stays of a name that is also another word where it has no capital letter: "5 may" is a day, "it may" is not.
_CAPITALISED = {"month_weak": "month_short", "weekday_weak": "word"}
_MONTHS = frozenset(("month", "month_weak", "month_short"))
_STOPS = frozenset("!?;。！？；\n:")


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece of a date.

    Attributes:
        kind: What part it can play; ``word`` for all that is no part of any date.
        value: A number, a name, a reading; what the kind wants.
        start: Offset in the text.
        end: Exclusive.
        text: As it stands there, in lower case.
        rule: The rule that made it out of others; empty where the lexer found it.
    """

    kind: str
    value: Any
    start: int
    end: int
    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The calendar words of one language.

    Attributes:
        entries: Phrase, its words parted by single blanks, to kind and value.
        longer: First word to a pattern of all the phrases of several words that it begins.
        ideographs: First character to the phrases that it begins, the longest first.
        month_first: Whether 5/12 is the twelfth of May.
    """

    entries: Mapping[str, tuple[str, Any]]
    longer: Mapping[str, re.Pattern[str]]
    ideographs: Mapping[str, tuple[str, ...]]
    month_first: bool


def build_vocabulary(words: Mapping[str, Any], names: CalendarNames) -> Vocabulary:
    """Compile the calendar words of a language.

    Args:
        words: Kind of atom to its words: a list, or a mapping from the value to a list. ``{a,b}`` in a word stands for both.
        names: Months and weekdays; a word of the lexicon goes before them.
    """
    entries: dict[str, tuple[str, Any]] = {}
    for kind, table in (("month", names.months), ("weekday", names.weekdays)):
        for name, number in table.items():
            for spelling, role in _roles(name, kind):
                entries[_canonical(spelling)] = (role, number)
    for kind, table in words.items():
        if kind in ("order", "tense"):
            continue
        values: Mapping[Any, Any] = table if isinstance(table, Mapping) else {None: table}
        for value, phrases in values.items():
            for phrase in phrases:
                for spelling in _expand(str(phrase).lower()):
                    entries[_canonical(spelling)] = (kind, value)
    return _index(entries, month_first=words.get("order") == "month first")


def _roles(name: str, kind: str) -> Iterator[tuple[str, str]]:
    """How a name of the calendar may be used.

    A month of three letters is too often another word ("mar", "set", "dec") to be one without a day or a year beside it, a
    weekday of so few ("so", "do", "mar") is never one; the lexicon of a language may know better.
    """
    bare = name.rstrip(".")
    if bare[:1].isdigit() or _HAN_NUMBER.match(bare) or any(character.isdigit() for character in bare.split(" ")[0]):
        return
    if len(bare) > 3 or (len(bare) > 1 and not bare[0].isascii() and re.match(rf"[{IDEOGRAPHS}]", bare)):
        if kind == "month" or len(bare) > 4 or not bare[0].isascii():
            yield name, kind
    elif kind == "month":
        yield bare, "month_short"
        yield f"{bare}.", "month_short"


def _index(entries: Mapping[str, tuple[str, Any]], *, month_first: bool) -> Vocabulary:
    """Sort the phrases by what they begin with, so that a text's every word costs one look-up."""
    longer: dict[str, list[str]] = {}
    ideographs: dict[str, list[str]] = {}
    for phrase in sorted(entries, key=len, reverse=True):
        pieces = phrase.split(" ")
        if re.match(rf"[{IDEOGRAPHS}]", phrase) or not phrase[0].isalnum():
            ideographs.setdefault(phrase[0], []).append(phrase)
        elif len(pieces) > 1 or not pieces[0].isalnum():
            head = re.match(rf"[{LETTERS}0-9]+", phrase)
            longer.setdefault(head[0] if head else phrase, []).append(phrase)
    return Vocabulary(
        entries=entries,
        longer={head: _pattern(phrases) for head, phrases in longer.items()},
        ideographs={first: tuple(phrases) for first, phrases in ideographs.items()},
        month_first=month_first,
    )


def _expand(phrase: str) -> Iterator[str]:
    """ "nächste{s,n}" to "nächstes" and "nächsten"."""
    found = re.search(r"\{([^{}]*)\}", phrase)
    if not found:
        yield phrase
        return
    for choice in found[1].split(","):
        yield from _expand(phrase[: found.start()] + choice + phrase[found.end() :])


def _canonical(phrase: str) -> str:
    """The form in which phrases are looked up: blanks for hyphens and runs of blanks, none beside an apostrophe."""
    return re.sub(r"\s*'\s*", "'", re.sub(r"(?<!^)[\s-]+", " ", phrase.strip()))


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    """One pattern for all phrases that begin with the same word; the longest are tried first."""
    forms = []
    for phrase in phrases:
        form = re.escape(phrase).replace(r"\ ", r"[\s-]+").replace("'", r"\s?'\s?")
        forms.append(form + (rf"(?![{LETTERS}0-9])" if phrase[-1].isalnum() else ""))
    return re.compile("|".join(forms))


def read_atoms(text: Text, vocabulary: Vocabulary) -> list[Atom]:
    """Cut a text into atoms; a run of words that dates have no use for becomes one atom of kind ``word``, articles vanish.

    Names that are also other words ("May", "Sat") count with a capital letter only.
    """
    lower, plain = text.lower, text.plain
    entries, longer = vocabulary.entries, vocabulary.longer
    atoms: list[Atom] = []
    position, is_word = 0, False
    while found := _TOKEN.match(lower, position):
        role = found.lastgroup or ""
        start, end = found.span(role)
        if is_word and role == "word" and (word := found[role]) not in entries and word not in longer:
            position = end
            continue
        after_month = bool(atoms) and atoms[-1].end == start and atoms[-1].kind in _MONTHS
        atom = _read(lower, start, found, vocabulary, after_month=after_month)
        if atom.kind in _CAPITALISED and plain[start].islower():
            atom = replace(atom, kind=_CAPITALISED[atom.kind])
        if atom.kind != "skip" and not (is_word and atom.kind == "word"):
            atoms.append(atom)
            is_word = atom.kind == "word"
        position = max(atom.end, start + 1)
    return atoms


def _read(lower: str, position: int, token: re.Match[str], vocabulary: Vocabulary, *, after_month: bool) -> Atom:
    """The atom that begins at a position."""
    match token.lastgroup:
        case "digits":
            answer = read_digits(lower, position, token.end(), month_first=vocabulary.month_first, after_month=after_month)
            return _make(lower, position, *answer)
        case "word":
            return _read_word(lower, position, token["word"], vocabulary)
        case "ideograph":
            return _read_ideograph(lower, position, vocabulary)
    return _read_mark(lower, position, token["mark"], vocabulary)


def _make(lower: str, start: int, kind: str, value: Any, end: int) -> Atom:
    return Atom(kind, value, start, end, lower[start:end])


def _read_word(lower: str, position: int, word: str, vocabulary: Vocabulary) -> Atom:
    pattern = vocabulary.longer.get(word)
    if pattern is not None and (longer := pattern.match(lower, position)):
        kind, value = vocabulary.entries[_canonical(longer[0])]
        return _make(lower, position, kind, value, longer.end())
    kind, value = vocabulary.entries.get(word, ("word", None))
    return _make(lower, position, kind, value, position + len(word))


def _read_ideograph(lower: str, position: int, vocabulary: Vocabulary) -> Atom:
    for phrase in vocabulary.ideographs.get(lower[position], ()):
        if lower.startswith(phrase, position):
            kind, value = vocabulary.entries[phrase]
            return _make(lower, position, kind, value, position + len(phrase))
    if number := _HAN_NUMBER.match(lower, position):
        value = han_number(number[0])
        kind = "word" if value is None else "year" if len(number[0]) == 4 and value > 1000 else "number"
        return _make(lower, position, kind, value, number.end())
    return _make(lower, position, "word", None, position + 1)


def _read_mark(lower: str, position: int, mark: str, vocabulary: Vocabulary) -> Atom:
    for phrase in vocabulary.ideographs.get(mark, ()):
        if lower.startswith(phrase, position):
            kind, value = vocabulary.entries[phrase]
            return _make(lower, position, kind, value, position + len(phrase))
    kind = _MARKS.get(mark) or ("stop" if mark in _STOPS else "word")
    if kind == "dot" and not lower[position + 1 : position + 2].strip() and not lower[position - 1 : position].isdigit():
        kind = "stop"
    return _make(lower, position, kind, None, position + 1)


def han_number(text: str) -> int | None:
    """十五 is 15, 二〇二六 is 2026; None for what is no number below a hundred and no row of digits."""
    if _ROUGHLY.fullmatch(text):
        return _HAN_DIGITS[text[1]]  # "两三年" are two or three years
    if "十" not in text:
        return int("".join(str(_HAN_DIGITS[c]) for c in text)) if len(text) <= 4 else None
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return 10 * (_HAN_DIGITS[tens] if tens else 1) + (_HAN_DIGITS[ones] if ones else 0)
