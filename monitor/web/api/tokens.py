"""Tokens at the door of the API: who may read and who may write."""

from __future__ import annotations

from asyncio import to_thread
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from monitor.errors import StoreTrouble
from monitor.jobs.context import Context
from monitor.jobs.granting import is_use_news, note_use, recognise
from monitor.store.tokens import Scope, TokenRecord
from monitor.web.api.problems import refusal
from monitor.web.doors import TOKEN_HEADER
from monitor.web.sessions import Keeper, Patience, Session

_BEARER, _BASIC = 'Bearer realm="Factwatch"', 'Basic realm="Factwatch", charset="UTF-8"'

# Only described by it: the header is read by us, so that each refusal is a problem.
_Described = Annotated[
    HTTPAuthorizationCredentials | None,
    Security(HTTPBearer(auto_error=False, scheme_name="token", description="Of `factwatch tokens add`.")),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What every call has to pass.

    A call with a token is judged by the token alone. Without one it is judged by the browser's session: whoever gave the
    password, or anybody where none is asked for, may read, and may write from a page of ours. The doors in front have refused
    other sites already.

    Attributes:
        keeper: Of the browsers' sessions.
        patience: With wrong tokens. A right one is always let in: 256 random bits are not guessed, and an attacker behind a
            shared proxy must not shut the others out.
    """

    context: Context
    keeper: Keeper
    patience: Patience

    async def may_read(self, request: Request, _: _Described = None) -> None:
        """Let readers in."""
        await self._admit(request, Scope.READ, challenge=_BEARER)

    async def may_subscribe(self, request: Request, _: _Described = None) -> None:
        """Let readers in, among them programs that know user names and passwords only: the token is the password."""
        await self._admit(request, Scope.READ, challenge=_BASIC)

    async def may_write(self, request: Request, _: _Described = None) -> None:
        """Let those in who may decide."""
        await self._admit(request, Scope.WRITE, challenge=_BEARER)

    async def _admit(self, request: Request, scope: Scope, *, challenge: str) -> None:
        header = request.headers.get("Authorization")
        if header is None:
            self._admit_browser(request, scope, challenge)
            return
        token = await to_thread(recognise, self.context.store, _token_of(header))
        if token is None:
            self._turn_away(request, challenge)
        elif scope is Scope.WRITE and token.scope is not Scope.WRITE:
            raise refusal(403, "this token may only read; factwatch tokens add NAME --scope write gives one that may write")
        else:
            await self._note(token)

    def _admit_browser(self, request: Request, scope: Scope, challenge: str) -> None:
        session: Session = request.state.session
        if not session.is_person:
            hint = "send Authorization: Bearer TOKEN; factwatch tokens add NAME gives one out"
            raise refusal(401, f"this call needs a token; {hint}", headers={"WWW-Authenticate": challenge})
        if scope is Scope.WRITE and not self.keeper.is_token(session, request.headers.get(TOKEN_HEADER, "")):
            raise refusal(403, "only a page of this program writes without a token; factwatch tokens add NAME --scope write")

    def _turn_away(self, request: Request, challenge: str) -> None:
        address = request.client.host if request.client else ""
        if seconds := self.patience.seconds_to_wait(address):
            raise refusal(429, "too many wrong tokens from this address", headers={"Retry-After": str(seconds)})
        self.patience.fail(address)
        raise refusal(401, "this token is none of ours, or was revoked", headers={"WWW-Authenticate": challenge})

    async def _note(self, token: TokenRecord) -> None:
        now = self.context.now()
        if is_use_news(token, now=now):
            # Who may read goes on reading while the database takes no writes.
            with suppress(StoreTrouble):
                await self.context.aside(note_use, self.context.store, token, now=now)


def _token_of(header: str) -> str:
    """The token in an Authorization header: after Bearer, or the password of Basic; empty where there is none."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() == "basic":
        try:
            return b64decode(rest.strip(), validate=True).decode().partition(":")[2]
        except ValueError:
            return ""
    return ""
