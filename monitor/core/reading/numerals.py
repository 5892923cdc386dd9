"""Numerals of all languages: digits with any grouping, number words and their scales, Chinese and Korean place characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from monitor.core.reading.numerals_han import HAN, HAN_FIRST, read_han
from monitor.core.reading.quantities_words import is_east_asian, is_inside_word

LONGEST = 40
_ONE, _HALF, _THOUSAND = Decimal(1), Decimal("0.5"), Decimal(1000)

_GROUPED = r"\d{1,3}(?:[.,']\d{3})+(?:[.,]\d{1,6})?(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"
_PLAIN = r"\d+[\u2044]\d+|\d+(?:[.,]\d{1,6}(?!\d))?"
_SPACED = {
    True: r"\d{1,3}(?: \d{3})+(?:,\d{1,6})?(?!\d)",
    False: r"\d{1,3}(?: \d{3})* 000(?!\d)",  # "720 000" in a language that has no such habit: only round thousands
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number as it stands in a text, without a unit.

    Attributes:
        start: Offset of its first character.
        end: Exclusive.
        value: The number, scale applied.
        scale: Product of the scale words at its end (10**6 for "5.5 million"), 1 without any.
        core_end: Where the number ends without its scale.
        in_words: It has no digit: "three and a half million", "二十五万".
        is_bare_digits: Nothing but digits, such as a year or a model number might be.
        is_approximate: The numeral itself is vague: "十余万", "30多万".
        is_guarded: The scale is one letter that may mean something else: "5m", "2b".
        is_article: It is an article rather than a count: "a" of "a million"; never yielded without a scale.
    """

    start: int
    end: int
    value: Decimal
    scale: Decimal = _ONE
    core_end: int = 0
    in_words: bool = False
    is_bare_digits: bool = False
    is_approximate: bool = False
    is_guarded: bool = False
    is_article: bool = False

    def without_scale(self) -> Numeral:
        """The same digits read without the letter behind them: the 5 of "5m"."""
        return Numeral(
            start=self.start, end=self.core_end, value=self.value / self.scale, core_end=self.core_end, is_bare_digits=True
        )


class Numerals:
    """The numerals of one language.

    Build it with ``build_numerals``; ``scan`` finds all of them, ``read`` takes a string that is one. The section ``numerals``
    of a lexicon has ``words``, ``multipliers`` and ``scales``, ``articles`` ("a" million), ``round`` (about so many: "une
    dizaine"), ``glued`` and ``guarded`` letters (bn, m), ``halves`` ("and a half"), ``joiners``, ``alone`` (scales that are
    numbers by themselves), ``decimal`` and ``spaced``.
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._values = _decimals(words.get("words"))
        self._multipliers = _decimals(words.get("multipliers"))
        self._scales = _decimals(words.get("scales"))
        self._articles = _decimals(words.get("articles"))
        self._round = _decimals(words.get("round"))
        self._glued = _decimals(words.get("glued"))
        self._guarded = _decimals(words.get("guarded"))
        self._decimal = str(words.get("decimal", "."))
        self._alone = frozenset(words.get("alone", ()))
        self._halves = frozenset(words.get("halves", ()))
        self._joiners = tuple(words.get("joiners", (" ", "-")))
        self._pieces = {**self._values, **self._multipliers, **self._scales}
        self._start = re.compile(self._start_pattern(spaced=bool(words.get("spaced", False))))
        self._piece = re.compile(alternatives(self._pieces)) if self._pieces else None
        self._tail = re.compile(self._tail_pattern()) if self._scales or self._halves else None
        self._letters = re.compile(rf"({alternatives({**self._glued, **self._guarded})})(?![^\W_])") if self._glued else None

    def scan(self, lower: str) -> Iterator[Numeral]:
        """All numerals of a lower-cased text, in order, none overlapping another."""
        position = 0
        while found := self._start.search(lower, position):
            numeral = self._numeral(lower, found)
            if numeral:
                yield numeral
            position = max(numeral.end if numeral else found.end(), found.start() + 1)

    def read(self, lower: str) -> Decimal | None:
        """The value of a string that is a numeral and nothing else, or None: "three and a half", "1.080", "二十五万"."""
        for numeral in self.scan(lower):
            return numeral.value if (numeral.start, numeral.end) == (0, len(lower)) else None
        return None

    def _start_pattern(self, *, spaced: bool) -> str:
        """Where a numeral may begin: at a digit, at a place character, or at a number word."""
        digits = rf"(?P<digits>(?<!\d)(?<!\d[.,])(?:{_SPACED[spaced]}|{_GROUPED}|{_PLAIN}))"
        patterns = [rf"(?P<han>{HAN})", digits]
        if self._round:
            patterns.append(rf"(?<![\w-])(?P<round>{alternatives(self._round)})(?![^\W\d_])")
        if self._articles:
            scales = alternatives({**self._scales, **self._multipliers})
            patterns.append(rf"(?<![\w-])(?P<article>{alternatives(self._articles)})(?=[ -]?(?:{scales})(?![^\W_]))")
        if self._pieces:
            piece, join = alternatives(self._pieces), alternatives((*self._joiners, ""))
            patterns.append(rf"(?<![\w-])(?P<words>(?:{piece})(?:(?:{join})(?:{piece})){{0,20}})(?![^\W\d_])")
        return f"{opening((*self._pieces, *self._articles, *self._round), HAN_FIRST)}(?:{'|'.join(patterns)})"

    def _tail_pattern(self) -> str:
        """What may follow the digits: "and a half", "million", "mil millones", "milliards et demi"."""
        half = rf"(?:[ -]?(?:{alternatives(self._halves)})(?![^\W_]))" if self._halves else "(?!)"
        scale = rf"[ -]?(?:{alternatives({**self._scales, **self._multipliers})})(?![^\W_])" if self._scales else "(?!)"
        return rf"(?P<before>{half})?(?P<scales>(?:{scale}){{0,2}})(?P<after>{half})?"

    def _numeral(self, lower: str, found: re.Match[str]) -> Numeral | None:
        if found["han"] is not None:
            return self._han(found)
        start, end = found.span()
        if self._round and found["round"] is not None:
            words = found["round"].replace("-", " ")
            return Numeral(start=start, end=end, value=self._round[words], core_end=end, in_words=True, is_approximate=True)
        if found["digits"] is not None:
            core: Decimal | None = self._digits(found["digits"])
            is_article, in_words, scale = False, False, _ONE
        elif self._articles and found["article"] is not None:
            core, is_article, in_words, scale = self._articles[found["article"]], True, True, _ONE
        else:
            core, scale, end = self._longest_words(lower, start, end)
            is_article, in_words = lower[start:end] in self._articles, True
        if core is None:
            return None
        return self._with_tail(lower, start, end, core, scale, in_words=in_words, is_article=is_article)

    def _han(self, found: re.Match[str]) -> Numeral | None:
        """A numeral with place characters: "1.5亿", "三千", "3만5000"."""
        read = read_han(found["han"])
        if read is None:
            return None
        has_digit = any(character.isascii() and character.isdigit() for character in found["han"])
        return Numeral(
            start=found.start(),
            end=found.end(),
            value=read.value,
            scale=read.scale,
            core_end=found.end(),
            in_words=not has_digit,
            is_approximate=read.is_vague,
        )

    def _with_tail(
        self, lower: str, start: int, end: int, core: Decimal, scale: Decimal, *, in_words: bool, is_article: bool
    ) -> Numeral | None:
        """Add scales and halves behind the first part of a numeral."""
        tail = self._tail.match(lower, end) if self._tail else None
        value, core_end, guarded = core, end, False
        if tail and tail.end() > end:
            factor = self._product(tail["scales"])
            scale, end = scale * factor, tail.end()
            # "two and a half million" has half of one before the scale; "deux millions et demi" half of the scale behind it
            is_inside = bool(tail["before"] and tail["scales"])
            value = (core + (_HALF if is_inside else 0)) * factor
            value += _HALF * scale if tail["after"] or (tail["before"] and not is_inside) else 0
        elif not in_words and self._letters and (letters := self._letters.match(lower, end)):
            guarded = letters[1] in self._guarded
            factor = self._guarded[letters[1]] if guarded else self._glued[letters[1]]
            value, scale, end = core * factor, factor, letters.end()
        if is_article and scale == _ONE:
            return None
        return Numeral(
            start=start,
            end=end,
            value=value,
            scale=scale,
            core_end=core_end,
            in_words=in_words,
            is_bare_digits=not in_words and end == core_end and lower[start:end].isdigit(),
            is_guarded=guarded,
            is_article=is_article,
        )

    def _digits(self, digits: str) -> Decimal | None:
        """Digits with separators; the language decides where both readings are possible ("1.080")."""
        if len(digits) > LONGEST:
            return None
        if "\u2044" in digits:
            return _vulgar(digits)
        body = digits.replace(" ", "").replace("'", "")
        marks = [mark for mark in body if mark in ".,"]
        if not marks:
            return Decimal(body)
        last = marks[-1]
        whole, _, rest = body.rpartition(last)
        could_group = len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0")
        if len(set(marks)) == 1 and (len(marks) > 1 or (could_group and last != self._decimal)):
            return Decimal(body.replace(last, ""))
        return Decimal(whole.replace(",", "").replace(".", "") + "." + rest)

    def _product(self, scales: str) -> Decimal:
        """The scale that words make together: "mil millones" is 10**9."""
        product = _ONE
        for piece in self._piece.findall(scales) if self._piece and scales else ():
            product *= self._pieces[piece]
        return product

    def _longest_words(self, lower: str, start: int, end: int) -> tuple[Decimal | None, Decimal, int]:
        """The number that a run of words begins with, its scale and its end: in "one and two million" that is "one"."""
        pieces = list(self._piece.finditer(lower, start, end)) if self._piece else []
        value, scale, used = self._composed([piece[0] for piece in pieces])
        stop = pieces[used - 1].end() if used else end
        return (None, _ONE, end) if value is None or is_inside_word(lower, stop) else (value, scale, stop)

    def _composed(self, pieces: Sequence[str]) -> tuple[Decimal | None, Decimal, int]:
        """The number that words make, the scale at its end (applied), and how many words fit together.

        "three hundred million" is 3 * 10**8 with a scale of 10**6; "two three" stops after one word.
        """
        total, current, scale = Decimal(0), Decimal(0), _ONE
        has_number, used = False, 0
        for piece in pieces:
            factor = self._multipliers.get(piece) or self._scales.get(piece)
            if factor is None:
                value = self._values[piece]
                if current and not _fits(current, value):
                    break
                current, scale, has_number = current + value, _ONE, True
            else:
                has_number = has_number or piece in self._alone
                if factor < _THOUSAND:
                    current = (current or _ONE) * factor
                else:
                    current = current if current or total else _ONE
                    total = (total + current) * factor if total and total < factor else total + current * factor
                    current, scale = Decimal(0), scale * factor
            used += 1
        return (total + current, scale, used) if has_number else (None, _ONE, used)


def build_numerals(words: Mapping[str, Any]) -> Numerals:
    """Make the numerals of a language from its lexicon (the whole file; the section is ``numerals``)."""
    return Numerals(words.get("numerals") or {})


def alternatives(words: Mapping[str, Any] | Sequence[str] | frozenset[str]) -> str:
    """A regular expression for any of the words, the longest first; a space stands for one space or hyphen."""
    ordered = sorted({str(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in ordered)


def opening(words: Iterable[str], characters: str) -> str:
    """A lookahead that lets a search pass quickly over the places where neither a digit, a character nor a word can begin.

    Two letters of a word are enough: "Nobody has told anything" is left after a glance at each of its words.
    """
    heads = {re.escape(word[:2] if word[:2].isalpha() else word[:1]) for word in words}
    within = "|".join(sorted(head for head in heads if is_east_asian(head[0])))
    at_start = "|".join(sorted(head for head in heads if not is_east_asian(head[0])))
    starts = [rf"[\d{characters}]", *([within] if within else []), *([rf"(?<![^\W\d_])(?:{at_start})"] if at_start else [])]
    return f"(?={'|'.join(starts)})"


def _fits(current: Decimal, value: Decimal) -> bool:
    """Whether a word may be added to those before it: "twenty" + "five", "fünf" (und) + "zwanzig", not "two" + "three"."""
    below_hundred = current % 100
    if value < 1:
        return True
    if not below_hundred:
        return value < 100
    if below_hundred < 10:
        return 20 <= value < 100 and value % 10 == 0
    return below_hundred >= 20 and value < 20 and below_hundred % 10 == 0


def _vulgar(digits: str) -> Decimal | None:
    """A fraction with its own bar; a digit before a one-digit numerator is a whole number: "3½"."""
    top, _, bottom = digits.partition("\u2044")
    if not int(bottom):
        return None
    if len(top) > 1 and len(bottom) == 1:
        return Decimal(top[:-1]) + Decimal(top[-1]) / Decimal(bottom)
    return Decimal(top) / Decimal(bottom)


def _decimals(table: Mapping[str, Any] | None) -> dict[str, Decimal]:
    return {str(word): Decimal(str(number)) for word, number in (table or {}).items()}
