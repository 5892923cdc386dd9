"""What rule files and seed files look like: which keys, which types, which are needed.

These models check the shape of a file alone. What takes two places to judge (a test about a fact that the rule does not
have) is checked in ``consistency``. The JSON Schema that editors use is generated from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from monitor.config.fields import (
    CertaintyName,
    Count,
    Currency,
    Day,
    Days,
    Duration,
    Flag,
    Id,
    Interval,
    Limit,
    Line,
    Month,
    Patience,
    Phrases,
    Price,
    Printed,
    Selector,
    Share,
    StateName,
    VerdictName,
    Version,
    WebAddress,
)

# --- the rule file ----------------------------------------------------------------------------------


class Entry(BaseModel):
    """A mapping in a file; unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class SubjectEntry(Entry):
    """Who or what the watch is about."""

    names: Phrases = Field(description="Any of them means the subject.")
    not_: Phrases = Field(default=[], alias="not", description="What a clause may be about instead.")
    officials: Phrases = Field(default=[], description="People and bodies whose word is the subject's own.")


class FeedEntry(Entry):
    """A feed, or a page whose parts are items. A bare address is a feed."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["url"]}, {"required": ["page"]}],
            "dependentRequired": {"page": ["select"], "select": ["page"]},
        }
    )

    url: WebAddress = Field(default="", description="Address of the feed.")
    page: WebAddress = Field(default="", description="Address of a page to watch.")
    select: Selector = Field(default="", description="CSS selector of the parts of the page that are items.")
    every: Interval | None = Field(default=None, description="How often to ask; the feed's own rhythm where left out.")
    tier: Literal["trusted", "normal", "gossip"] = Field(default="normal", description="gossip caps certainty at rumour.")
    label: Line = Field(default="", description="The publisher's name.")
    auth: Id = Field(default="", description="Name of the credentials: the variable FACTWATCH_AUTH_NAME.")

    @model_validator(mode="before")
    @classmethod
    def _from_address(cls, said: Any) -> Any:
        return {"url": said} if isinstance(said, str) else said

    @model_validator(mode="after")
    def _is_one_of_two(self) -> FeedEntry:
        if bool(self.url) == bool(self.page):
            raise ValueError("a feed has url: or page:, one of the two; write for instance {url: https://cnevpost.com/feed/}")
        if self.page and not self.select:
            raise ValueError("a page needs select:, the parts that are items; write for instance select: main .news li")
        if self.select and not self.page:
            raise ValueError("select: goes with page:, not with url:; write {page: ADDRESS, select: main .news li}")
        return self


class AlertEntry(Entry):
    """When a change is told."""

    on: list[VerdictName] = Field(default=[], min_length=1, description="Verdicts that are told.")
    certainty: CertaintyName | None = Field(default=None, description="Tell nothing below it.")
    sources: Count | None = Field(default=None, description="Independent publishers before it is told.")
    wait: Duration | None = Field(default=None, description="Gather for so long, then tell once.")


class ReaderEntry(Entry):
    """A second reader: a language model behind an OpenAI-compatible endpoint; what is left out is as the settings say."""

    model_config = ConfigDict(json_schema_extra={"dependentRequired": {"url": ["model"], "model": ["url"], "key": ["url"]}})

    url: WebAddress = Field(default="", description="Where its API begins: http://127.0.0.1:11434/v1.")
    model: Line = Field(default="", description="The model, as the endpoint names it.")
    ask: Literal["unsure", "all", "never"] | None = Field(default=None, description="About which items it is asked.")
    trust: Literal["both", "either", "model", "own"] | None = Field(
        default=None, description="Whose word counts where only one of the two readers sees a value."
    )
    key: Id = Field(default="", description="Name of its key: the variable FACTWATCH_AUTH_NAME.")
    deadline: Patience | None = Field(default=None, description="How long to wait for one answer.")
    calls: Limit | None = Field(default=None, description="Most questions a day.")
    tokens: Limit | None = Field(default=None, description="Most tokens a day, both ways together.")
    price: Price | None = Field(default=None, description="Of a million tokens of questions and of answers: 0.15/0.60.")

    @model_validator(mode="after")
    def _is_whole(self) -> ReaderEntry:
        if bool(self.url) != bool(self.model):
            raise ValueError(
                "a reader of its own has url: and model:, both; write for instance {url: http://127.0.0.1:11434/v1, model: qwen3}"
            )
        if self.key and not self.url:
            raise ValueError("key: goes with url:, a key is for its own endpoint; that of the settings is FACTWATCH_READER_KEY")
        return self


class FactShape(Entry):
    """What facts of every kind take."""

    title: Line = Field(description="What people call it.")
    about: Phrases = Field(description="Phrases any of which says that a sentence is about this fact, in any inflection.")
    with_: Phrases = Field(default=[], alias="with", description="One of these must stand in the sentence or headline.")
    not_: Phrases = Field(default=[], alias="not", description="Words that rule the sentence out.")
    exact: Flag = Field(default=False, description="Do not widen the phrases to the concepts that they name.")
    alert: AlertEntry = Field(default=AlertEntry(), description="In place of the watch's.")
    notify: Phrases = Field(default=[], description="Apprise tags, in place of the watch's.")


class PeriodFact(FactShape):
    """When something happens."""

    kind: Literal["period"]
    event: Literal["start", "end"] = Field(default="start", description="Which end of the thing the date is of.")
    overdue: Days | None = Field(default=None, description="Tell when the period has passed so long ago without news.")
    fiscal_year_start: Month = Field(default=1, description="Month in which the subject's fiscal year begins.")


class AmountFact(FactShape):
    """What amounts of every kind take."""

    tolerance: Share | None = Field(default=None, description="Largest difference that is still the same number.")
    plausible: Printed = Field(default="", description="Amounts outside are not believed to be of this fact.")


class QuantityFact(AmountFact):
    """How much or how many."""

    kind: Literal["quantity"]
    unit: Printed = Field(description="SI symbol or counted noun in the singular, also per time: vehicle/year.")


class MoneyFact(AmountFact):
    """A sum of money."""

    kind: Literal["money"]
    currency: Currency = Field(description="ISO 4217 code.")


class ShareFact(AmountFact):
    """A part of a whole, or a rate."""

    kind: Literal["share"]


class StatusFact(FactShape):
    """Which of several named states."""

    kind: Literal["status"]
    states: dict[StateName, Phrases] = Field(min_length=1, description="In their usual course, each with its phrases.")


AnyFact = PeriodFact | QuantityFact | MoneyFact | ShareFact | StatusFact
FactEntry = Annotated[AnyFact, Field(discriminator="kind")]
FACT_READER: TypeAdapter[AnyFact] = TypeAdapter(FactEntry)
FACT_SHAPES: Mapping[str, type[FactShape]] = {
    "period": PeriodFact,
    "quantity": QuantityFact,
    "money": MoneyFact,
    "share": ShareFact,
    "status": StatusFact,
}


class Expectation(Entry):
    """What a test expects of one fact."""

    verdict: VerdictName
    value: Printed = Field(default="", description="The value in its printed form; any where left out.")


class TestEntry(Entry):
    """A text and what it has to be read as."""

    text: Line
    published: Day
    known: dict[str, Printed] = Field(default={}, description="Values to compare with, in place of the baseline's.")
    expect: dict[str, Expectation] = Field(description="By fact; empty means: stay silent.")


class RuleFile(Entry):
    """One watch."""

    version: Version
    watch: Id = Field(description="Its id, stable for ever.")
    title: Line
    baseline: Line = Field(default="", description="Path of the seed, relative to this file.")
    subject: SubjectEntry
    since: Day | None = Field(default=None, description="Older items are not read; the baseline's date where left out.")
    feeds: list[FeedEntry] = []
    archive: Line = Field(default="", description="Path of the known history, relative to this file.")
    facts: dict[Id, FactEntry] = Field(min_length=1)
    alert: AlertEntry = AlertEntry()
    notify: Phrases = Field(default=[], description="Apprise tags.")
    reader: ReaderEntry | None = Field(default=None, description="A second reader for this watch.")
    accept: Literal["auto", "manual"] = Field(default="auto", description="Who brings values into force.")
    tests: list[TestEntry] = []


# --- the seed file ----------------------------------------------------------------------------------


class SourceEntry(Entry):
    """Where a value stands. A bare text is a title."""

    title: Line
    publisher: Line = ""
    date: Day | None = None
    url: WebAddress = ""

    @model_validator(mode="before")
    @classmethod
    def _from_title(cls, said: Any) -> Any:
        return {"title": said} if isinstance(said, str) else said

    def line(self, as_of: Day) -> str:
        """In one line that will stand beside the day when the value was true: its own is told where it is another."""
        is_other_day = self.date is not None and self.date != as_of
        return ", ".join(filter(None, (self.publisher, self.title, str(self.date) if is_other_day else "")))


class SeedFact(Entry):
    """What is known of one fact. A bare text is a value."""

    value: Printed = Field(description="In its printed form: 2024-H1, ~720000 m2, 1/2, approved, 2023-06 (done), unknown.")
    note: Line = ""
    source: SourceEntry | None = Field(default=None, description="In place of the seed's.")
    as_of: Day | None = Field(default=None, description="In place of the seed's.")

    @model_validator(mode="before")
    @classmethod
    def _from_value(cls, said: Any) -> Any:
        return {"value": said} if isinstance(said, str) else said


class SeedFile(Entry):
    """The values in force at the start of a watch."""

    version: Version
    watch: Id
    as_of: Day = Field(description="When all this was true.")
    source: SourceEntry
    facts: dict[str, SeedFact]
