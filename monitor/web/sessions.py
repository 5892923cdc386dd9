"""Sessions: who asks, the password that makes somebody of a stranger, and the token that proves a form to be ours."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from monitor.jobs.signing import is_signed, sign
from monitor.store import sessions
from monitor.store.engine import Store

LIFETIME = timedelta(days=30)
TRIES, TRIES_WITHIN = 5, timedelta(minutes=1)
TRIES_OF_ALL = 50
_SCHEME = "scrypt"
_COST, _BLOCK, _LANES = 1 << 14, 8, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser.

    Attributes:
        name: Unlike any other's; no secret.
        ends: When its cookie is over.
        is_person: It gave the password, or none is asked for.
        cookie: What the browser keeps.
        token: What a form or a header of ours carries, so that no page of a stranger can act in this browser's name.
    """

    name: str
    ends: datetime
    is_person: bool
    cookie: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Who gives out sessions and knows them again by their signed cookies; only those that were ended are on record.

    Attributes:
        key: Of this installation.
        password: In plain, or as ``hash_password`` gives it; None where everybody who reaches us is let in.
        now: The clock.
        store: Where it is written down who has logged out.
    """

    key: bytes = field(repr=False)
    password: SecretStr | None
    now: Callable[[], datetime]
    store: Store

    def open_session(self, *, is_person: bool) -> Session:
        """A new session; a login never goes on with the old one, which somebody else may have laid under."""
        ends = int((self.now() + LIFETIME).timestamp())
        words = f"{secrets.token_urlsafe(18)}.{ends}.{int(is_person)}"
        return self._session(words, sign(self.key, "session", words, self._fingerprint))

    def read_session(self, cookie: str) -> Session | None:
        """The session of a cookie; None where it is not ours, over, ended, or from before the password was changed.

        Raises:
            StoreTrouble: It cannot be looked up whether it was ended.
        """
        words, _, signature = cookie.rpartition(".")
        if not is_signed(self.key, signature, "session", words, self._fingerprint):
            return None
        session = self._session(words, signature)
        return None if self.now() > session.ends or self._is_ended(session) else session

    def end_session(self, session: Session) -> None:
        """Have a session's cookie open nothing any more, whoever kept a copy of it."""
        with self.store.transaction() as connection:
            sessions.end(connection, session.name, until=session.ends, now=self.now())

    def is_token(self, session: Session, said: str) -> bool:
        """Whether a form's token is the session's own; the time it takes tells nothing."""
        return hmac.compare_digest(said.encode(), session.token.encode())

    def is_password(self, said: str) -> bool:
        """Whether this is the password; it takes as long either way, and much longer for a hashed one."""
        known = self.password.get_secret_value() if self.password else ""
        if known.startswith(f"{_SCHEME}$"):
            return is_of_hash(said, known)
        return hmac.compare_digest(said.encode(), known.encode()) and bool(known)

    def _session(self, words: str, signature: str) -> Session:
        """The session that signed words tell of."""
        name, ends, person = words.split(".")
        cookie = f"{words}.{signature}"
        return Session(
            name=name,
            ends=datetime.fromtimestamp(int(ends), UTC),
            is_person=person == "1" or self.password is None,
            cookie=cookie,
            token=sign(self.key, "token", cookie),
        )

    def _is_ended(self, session: Session) -> bool:
        """Only a person has anything to end, and only where a password makes persons."""
        if self.password is None or not session.is_person:
            return False
        with self.store.reading() as connection:
            return sessions.is_ended(connection, session.name)

    @property
    def _fingerprint(self) -> str:
        return sign(self.key, "password", self.password.get_secret_value()) if self.password else ""


# --- passwords --------------------------------------------------------------------------------------


def hash_password(password: str) -> str:
    """What can stand in the place of a password in a setting: ``scrypt$cost$block$lanes$salt$hash``."""
    salt = secrets.token_bytes(16)
    digest = _derive(password, salt, _COST, _BLOCK, _LANES)
    return "$".join([_SCHEME, str(_COST), str(_BLOCK), str(_LANES), b64encode(salt).decode(), b64encode(digest).decode()])


def is_of_hash(password: str, hashed: str) -> bool:
    """Whether a hash was made of this password; a hash that cannot be read is of none."""
    try:
        _, cost, block, lanes, salt, digest = hashed.split("$")
        made = _derive(password, b64decode(salt, validate=True), int(cost), int(block), int(lanes))
        return hmac.compare_digest(made, b64decode(digest, validate=True))
    except ValueError:
        return False


def _derive(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=256 * cost * block, dklen=32)


# --- guessing ---------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Patience:
    """How many wrong passwords are borne in a minute: five from one address, fifty from all.

    A reverse proxy has one address, so behind one its users share the five.
    """

    now: Callable[[], datetime]
    failed: list[tuple[datetime, str]] = field(default_factory=list)

    def seconds_to_wait(self, address: str) -> int:
        """0 while there may be a try."""
        now = self.now()
        self.failed = [(at, who) for at, who in self.failed if now - TRIES_WITHIN < at <= now]
        of_address = [at for at, who in self.failed if who == address]
        if len(of_address) < TRIES and len(self.failed) < TRIES_OF_ALL:
            return 0
        oldest = of_address[-TRIES] if len(of_address) >= TRIES else self.failed[-TRIES_OF_ALL][0]
        return int((oldest + TRIES_WITHIN - now).total_seconds()) + 1

    def fail(self, address: str) -> None:
        """Remember a wrong password."""
        self.failed.append((self.now(), address))

    def forgive(self, address: str) -> None:
        """The right one came from there: what was tried before it was no guessing."""
        self.failed = [(at, who) for at, who in self.failed if who != address]
