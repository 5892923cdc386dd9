"""Periods: every date, stretch of time and shift of a date that a text names, with the days it means.

A lexer cuts the text into calendar atoms (``period_atoms``); named rules join them, the longest match first, in passes: words
and numbers (``period_words``, ``period_fiscal``, ``period_lengths``), days and what comes once a year (``period_days``,
``period_yearly``), weeks and parts (``period_weeks``, ``period_parts``), ranges and distances (``period_ranges``,
``period_distances``), ends and shifts (``period_bounds``, ``period_shifts``), with dates told from other dates of the text in
between (``period_references``). What they mean is worked out as seen from the day of publication (``resolving``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from monitor.core.reading.calendars import CalendarNames
from monitor.core.reading.mentions import Mention
from monitor.core.reading.period_atoms import Atom, Vocabulary, build_vocabulary, read_atoms
from monitor.core.reading.period_bounds import BOUND_RULES
from monitor.core.reading.period_days import DAY_RULES
from monitor.core.reading.period_distances import ANCHOR_RULES, DISTANCE_RULES
from monitor.core.reading.period_grammar import Grammar, compile_rules, reduce_atoms
from monitor.core.reading.period_parts import PART_RULES
from monitor.core.reading.period_ranges import RANGE_RULES
from monitor.core.reading.period_references import LATER_RULES, REFERENCE_RULES, YEAR_REFERENCE_RULES
from monitor.core.reading.period_shifts import SHIFT_RULES
from monitor.core.reading.period_weeks import WEEK_RULES
from monitor.core.reading.period_words import WORD_RULES
from monitor.core.reading.period_yearly import YEARLY_RULES
from monitor.core.reading.resolving import Moment, Reading
from monitor.core.reading.tenses import TenseCues, Tenses, build_cues
from monitor.core.reading.texts import Text
from monitor.core.values import Kind, Period, Shift

# In the order in which they are applied: the rules of one pass see what those of the passes before have made.
PASSES = (
    WORD_RULES,
    YEAR_REFERENCE_RULES,
    DAY_RULES + YEARLY_RULES,
    REFERENCE_RULES,
    WEEK_RULES + PART_RULES,
    LATER_RULES + DISTANCE_RULES + RANGE_RULES,
    ANCHOR_RULES + BOUND_RULES + SHIFT_RULES,
)
_GRAMMAR: Grammar = compile_rules(PASSES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodGrammar:
    """The date grammar of one language; the rules are shared, the words are its own."""

    language: str
    vocabulary: Vocabulary
    cues: TenseCues

    def find(self, text: Text, *, published: date, fiscal_year_start: int = 1) -> list[Mention]:
        """Every period and shift that a text names, in order, without overlaps.

        Lengths of time ("for 60 years"), times of day and vague words ("recently") are none.

        Args:
            text: A whole title or body.
            published: The day from which "next year" and "Friday" are meant.
            fiscal_year_start: Month in which the fiscal years and quarters of the text begin.
        """
        atoms = read_atoms(text, self.vocabulary)
        moment = Moment(published=published, tenses=Tenses(text.lower, self.cues), fiscal_year_start=fiscal_year_start)
        mentions = (_mention(atom, text) for atom in reduce_atoms(_GRAMMAR, atoms, moment))
        return [mention for mention in mentions if mention is not None]


def build_grammar(language: str, words: Mapping[str, Any], names: CalendarNames) -> PeriodGrammar:
    """Compile the date grammar of a language.

    Args:
        language: ISO 639-1.
        words: The ``periods`` section of the language's lexicon.
        names: Its months and weekdays.
    """
    cues = build_cues(words.get("tense", {}), verb_is_last=words.get("order") == "verb last")
    return PeriodGrammar(language=language, vocabulary=build_vocabulary(words, names), cues=cues)


def _mention(atom: Atom, text: Text) -> Mention | None:
    """What an atom says once no rule has a use for it any more; None where it is no date by itself."""
    value: Period | Shift
    match atom.value:
        case Shift():
            value = atom.value
        case Reading() if atom.rule and (atom.value.first or atom.value.last):
            value = atom.value.period
        case _:
            return None
    words = text.plain[atom.start : atom.end].rstrip(".")
    return Mention(kind=Kind.PERIOD, value=value, start=atom.start, end=atom.start + len(words), text=words, rule=atom.rule)
