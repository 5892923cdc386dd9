"""Second readers: what a rule and the settings together say of the one that a watch has."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from pydantic import SecretStr

from monitor.config.settings import Settings
from monitor.core.watches import Ask, ReaderWish, Trust, Watch

Price = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReader:
    """Whom to ask about the items of a watch, and within which bounds.

    Attributes:
        key: Of its endpoint; None for none.
        deadline: For one answer.
        calls: Most questions a day.
        tokens: Most tokens a day, both ways together.
        price: Of a million tokens of questions and of answers; None where nobody said.
    """

    url: str
    model: str
    key: SecretStr | None = field(repr=False)
    ask: Ask
    trust: Trust
    deadline: timedelta
    calls: int
    tokens: int
    price: Price | None


def second_reader_of(watch: Watch, settings: Settings) -> SecondReader | None:
    """The second reader of a watch: each wish of the rule before that of the settings; None where nobody names one.

    With an endpoint of the rule goes the key that the rule names, or none: the settings' key is for the settings' endpoint. Who
    trusts only both readers, or only the second, has to ask it about everything.
    """
    wish = watch.reader or ReaderWish()
    url, model = wish.url or settings.reader_url, wish.model or settings.reader_model
    trust = wish.trust or settings.reader_trust
    ask = wish.ask or settings.reader_ask
    if not url or ask is Ask.NEVER:
        return None
    named = settings.credentials(wish.key) if wish.key else None
    return SecondReader(
        url=url,
        model=model,
        key=named if wish.url else settings.reader_key,
        ask=Ask.ALL if trust in (Trust.BOTH, Trust.MODEL) else ask,
        trust=trust,
        deadline=wish.deadline or timedelta(seconds=settings.reader_deadline),
        calls=wish.calls or settings.reader_calls,
        tokens=wish.tokens or settings.reader_tokens,
        price=wish.price or (None if wish.url else settings.reader_price),
    )
