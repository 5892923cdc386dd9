"""The engine of the date grammar: named rules over atoms, the longest match first, until nothing more fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from monitor.core.reading.period_atoms import Atom
from monitor.core.reading.resolving import Moment, Reading, each_year
from monitor.core.reading.tenses import Tense

# Each kind of atom is one character, so that a rule over atoms is a regular expression over a string. First what the lexer
# finds, then what the rules make.
_KINDS = """
    word stop comma dash slash dot number some ordinal year short_year two_years year_in_short date short_date date_in_short month
    month_weak month_short weekday weekday_weak season season_weak feast epoch unit units relative relative_after
    relative_either when part part_of part_after year_part month_part half quarter half_mark quarter_mark quarter_after
    week_number nth year_mark month_mark day_mark day_mark_weak day_before decade_mark decade_before half_more fiscal fiscal_after
    fiscal_end by by_after before before_after until since since_after earliest latest after after_after between
    between_after and to of in on about about_after ago ago_after hence within within_after now rest rest_unit earlier_in later_in
    late later than ahead delay advance move negation amount counted record or that same following following_after same_after
    from_then relative_near month_half era century century_mark year_since ended more_than less_than

    theyear themonth theweek period until_period from_period duration shift
"""
_CODE: Mapping[str, str] = {kind: chr(0x100 + index) for index, kind in enumerate(_KINDS.split())}
_GROUPS = {
    "span": "(theyear|themonth|theweek|period)",
    "any_month": "(month|month_weak|month_short)",
    "any_unit": "(unit|units)",
    "any_day_mark": "(day_mark|day_mark_weak)",
    "any_weekday": "(weekday|weekday_weak)",
    "and": "(and|or)",
    "relative": "(relative|relative_either|relative_near)",
    "relative_after": "(relative_after|relative_either)",
}
_SPAN_KINDS = {"year": "theyear", "month": "themonth", "week": "theweek"}
SPANS = ("theyear", "themonth", "theweek", "period")
MONTHS = ("month", "month_weak", "month_short")
UNITS = ("unit", "units")
WEEKDAYS = ("weekday", "weekday_weak")
RELATIVES = ("relative", "relative_after", "relative_either", "relative_near")
_ROUNDS = 6
# How far back, in atoms, a verb of moving governs "from K to V" and "by six months".
_REACH = 8


@dataclass(frozen=True, slots=True)
class Found:
    """The atoms that a rule matched, and what stands around them.

    Attributes:
        atoms: All atoms of the text as they are at this point.
        start: Index of the first matched one.
        end: Exclusive.
        moment: From where the text looks at the calendar.
    """

    atoms: Sequence[Atom]
    start: int
    end: int
    moment: Moment

    @property
    def offset(self) -> int:
        """Where the match begins in the text."""
        return self.atoms[self.start].start

    def all(self, *kinds: str) -> list[Any]:
        """The values of all matched atoms of some kinds, in order."""
        return [atom.value for atom in self.atoms[self.start : self.end] if atom.kind in kinds]

    def get(self, *kinds: str) -> Any:
        """The value of the first matched atom of some kinds, or None."""
        return next((atom.value for atom in self.atoms[self.start : self.end] if atom.kind in kinds), None)

    def has(self, *kinds: str) -> bool:
        """Whether an atom of some kinds was matched."""
        return any(atom.kind in kinds for atom in self.atoms[self.start : self.end])

    @property
    def year(self) -> int | None:
        """The year that a matched one begins in."""
        reading: Reading | None = self.get("theyear")
        return reading.first.year if reading is not None and reading.first is not None else None

    @property
    def day_number(self) -> int | None:
        """The first matched number that can be the day of a month."""
        number = self.get("number", "ordinal")
        return number if isinstance(number, int) and 1 <= number <= 31 else None

    @property
    def is_deadline(self) -> bool:
        """Whether the match stands behind a word that makes deadlines, which lie ahead."""
        return self.previous_kind in ("by", "until", "latest", "earliest", "within")

    def once_a_year(
        self, build: Callable[[int], Reading | None], *, reach: int = 1, otherwise: Tense | None = None
    ) -> Reading | None:
        """Place a date that names no year, by the tense and the words around it."""
        told = Tense.FUTURE if self.is_deadline else None
        return each_year(build, self.moment, self.offset, reach=reach, told=told, otherwise=otherwise)

    def governing(self, *kinds: str) -> str | None:
        """Kind of the nearest atom of some kinds before the match, within a few words of the same sentence."""
        for index in range(self.start - 1, max(-1, self.start - _REACH), -1):
            kind = self.atoms[index].kind
            if kind == "stop":
                return None
            if kind in kinds:
                return kind
        return None

    @property
    def previous_kind(self) -> str:
        """Kind of the atom right before the match; ``stop`` at the beginning of the text."""
        return self.atoms[self.start - 1].kind if self.start else "stop"

    def kind_at(self, distance: int) -> str:
        """Kind of the atom so many behind the match, 0 being the next; ``stop`` past the end of the text."""
        index = self.end + distance
        return self.atoms[index].kind if index < len(self.atoms) else "stop"

    @property
    def next_kind(self) -> str:
        """Kind of the atom right behind the match."""
        return self.kind_at(0)


@dataclass(frozen=True, slots=True)
class Rule:
    """How some atoms in a row make one; a row of a table, hence without keywords.

    Attributes:
        name: Shown by ``explain``.
        pattern: Kinds of atoms in the syntax of regular expressions, blanks being ignored; it begins with a kind or a group
            of kinds.
        example: A phrase that it reads.
        gives: Kind of the new atom; ``span`` for the one that suits the unit of the reading.
        build: Its value, or None where the words do not make sense after all.
        behind: Kinds of which one has to stand before it.
    """

    name: str
    pattern: str
    example: str
    gives: str
    build: Callable[[Found], Any]
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Pass:
    """Rules that are applied together.

    Attributes:
        any_rule: Where at least one of them fits; most places of a text are passed over by it.
        by_start: The rules by the code of the atom that they begin with.
    """

    any_rule: re.Pattern[str]
    by_start: Mapping[str, tuple[tuple[re.Pattern[str], Rule], ...]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Compiled rules, in passes."""

    passes: tuple[Pass, ...]


def compile_rules(passes: Sequence[Sequence[Rule]]) -> Grammar:
    """Prepare rules for use.

    Args:
        passes: Sets of rules; the next begins when the one before finds nothing more.
    """
    return Grammar(tuple(_compile_pass(rules) for rules in passes))


def _compile_pass(rules: Sequence[Rule]) -> Pass:
    table: dict[str, list[tuple[re.Pattern[str], Rule]]] = {}
    patterns = []
    for rule in rules:
        pattern = (f"(?<=[{_codes(rule.behind)}])" if rule.behind else "") + _codes(rule.pattern)
        patterns.append(pattern)
        for code in _first_codes(rule.pattern):
            table.setdefault(code, []).append((re.compile(pattern), rule))
    any_rule = re.compile(f"(?=[{''.join(table)}])(?:{'|'.join(patterns)})")
    return Pass(any_rule=any_rule, by_start={code: tuple(entries) for code, entries in table.items()})


def _codes(pattern: str) -> str:
    return re.sub(r"[a-z_]+", lambda kind: _CODE[kind[0]], _grouped(pattern)).replace(" ", "").replace("(", "(?:")


def _grouped(pattern: str) -> str:
    """The pattern with the names of groups replaced by their kinds."""
    return re.sub(r"[a-z_]+", lambda name: _GROUPS.get(name[0], name[0]), pattern)


def _first_codes(pattern: str) -> list[str]:
    """Codes of the kinds that a pattern may begin with; one too many costs no more than a vain try."""
    pattern = _grouped(pattern)
    head = pattern[: _closing(pattern)] if pattern.startswith("(") else f"({pattern.split()[0]}"
    return [_CODE[kind] for kind in re.findall(r"(?<=[(|])[a-z_]+", head)]


def _closing(pattern: str) -> int:
    """Index of the parenthesis that closes the one at the beginning."""
    depth = 0
    for index, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return index
    raise ValueError(f"a parenthesis is not closed: {pattern}")


def reduce_atoms(grammar: Grammar, atoms: Sequence[Atom], moment: Moment) -> list[Atom]:
    """Apply the passes one after the other, each until it changes nothing."""
    current, codes = list(atoms), "".join([_CODE[atom.kind] for atom in atoms])
    for rules in grammar.passes:
        for _ in range(_ROUNDS):
            swept = _sweep(rules, current, codes, moment)
            if swept is None:
                break
            current, codes = swept
    return current


def _sweep(rules: Pass, atoms: list[Atom], codes: str, moment: Moment) -> tuple[list[Atom], str] | None:
    """Go over the atoms once, from left to right; None where no rule makes anything."""
    result: list[Atom] = []
    new_codes: list[str] = []
    done = position = 0
    while found := rules.any_rule.search(codes, position):
        start = found.start()
        made = _apply(rules.by_start[codes[start]], codes, atoms, start, moment)
        if made is None:
            position = start + 1
            continue
        atom, position = made
        result += atoms[done:start]
        result.append(atom)
        new_codes += (codes[done:start], _CODE[atom.kind])
        done = position
    if not result:
        return None
    return result + atoms[done:], "".join(new_codes) + codes[done:]


def _apply(
    entries: Sequence[tuple[re.Pattern[str], Rule]], codes: str, atoms: Sequence[Atom], position: int, moment: Moment
) -> tuple[Atom, int] | None:
    """The longest rule that fits at a position and makes sense; of equally long ones the first."""
    matches = [(found.end(), rule) for pattern, rule in entries if (found := pattern.match(codes, position))]
    matches.sort(key=lambda match: -match[0])
    for end, rule in matches:
        value = rule.build(Found(atoms, position, end, moment))
        if value is None:
            continue
        kind = rule.gives if rule.gives != "span" else _SPAN_KINDS.get(value.unit, "period")
        return replace(atoms[position], kind=kind, value=value, end=atoms[end - 1].end, text="", rule=rule.name), end
    return None
