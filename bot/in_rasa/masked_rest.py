"""Rasa's REST channel: personal data masked before a tracker sees it, no words in any log."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.request import Request

from bot.in_rasa.commands import known_button
from bot.parent import watch_parent
from bot.privacy import redact

logger = logging.getLogger(__name__)


class MaskedRestInput(RestInput):
    """The `rest` channel; whoever calls it, no personal number reaches the tracker."""

    def _extract_message(self, req: Request) -> str | None:
        text = super()._extract_message(req)
        return known_button(redact(text)) if isinstance(text, str) else None

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes; a failing turn is logged by its kind only."""
        watch_parent()

        async def guarded(message: UserMessage) -> None:
            # Rasa would log the message with the error.
            try:
                await on_new_message(message)
            except Exception as error:
                logger.error("a turn failed: %s", type(error).__name__)

        return super().blueprint(guarded)
