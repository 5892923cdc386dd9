"""The heartbeat: a word to an outside monitor each minute, so that it notices when there is none (Healthchecks style)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr

BEAT = 60.0
_DEADLINE = 15.0


async def beat(url: SecretStr, ailments: Sequence[str]) -> str:
    """Say that all is well, or to ``/fail`` what is not.

    Args:
        url: A secret: whoever knows it can speak in our name. It is in no error.

    Returns:
        Why it was not heard, in one line; empty where it was.
    """
    import ssl

    import aiohttp

    target = _failing(url.get_secret_value()) if ailments else url.get_secret_value()
    timeout = aiohttp.ClientTimeout(total=_DEADLINE)
    connector = aiohttp.TCPConnector(ssl=ssl.create_default_context())
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, connector=connector, trust_env=True) as session,
            session.post(target, data="\n".join(ailments).encode(), allow_redirects=False) as response,
        ):
            is_heard = response.status < 300
            return "" if is_heard else f"the heartbeat monitor answered {response.status}"
    except (aiohttp.ClientError, OSError, ValueError) as error:
        # The error's own words may hold the address.
        return f"the heartbeat monitor cannot be reached ({type(error).__name__})"


def _failing(url: str) -> str:
    """``https://hc.example/UUID`` is ``https://hc.example/UUID/fail``, with its query kept."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail"))
