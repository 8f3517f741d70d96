"""Limits per address: how many questions a minute, how large a request."""

from __future__ import annotations

import time
from collections import OrderedDict

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.problems import respond

MAX_BODY = 1_000_000  # bytes; 100,000 characters of any script fit
_REMEMBERED = 10_000  # addresses; the longest unseen is forgotten


class RateLimit:
    """Refuses an address's questions beyond so many a minute; addresses are never logged."""

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self._app = app
        self._per_minute = per_minute
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, at

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if int(headers.get(b"content-length", b"0") or 0) > MAX_BODY:
            answer = respond(413, "message_too_long", "The request is too large.")
            await answer(scope, receive, send)
        elif not self._admit((scope.get("client") or ("?",))[0]):
            answer = respond(429, "too_many_requests", "Too many questions. Wait a minute.")
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _admit(self, address: str) -> bool:
        now = time.monotonic()
        tokens, at = self._seen.pop(address, (float(self._per_minute), now))
        tokens = min(self._per_minute, tokens + (now - at) * self._per_minute / 60)
        self._seen[address] = (max(tokens - 1, 0.0), now)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return tokens >= 1
