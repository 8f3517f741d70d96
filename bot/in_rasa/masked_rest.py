"""Rasa's REST channel with personal data masked before a tracker sees it."""

from __future__ import annotations

from typing import Optional, Text

from rasa.core.channels.rest import RestInput
from sanic.request import Request

from bot.privacy import redact


class MaskedRestInput(RestInput):
    """The `rest` channel; whoever calls it, no personal number reaches the tracker."""

    def _extract_message(self, req: Request) -> Optional[Text]:
        text = super()._extract_message(req)
        return redact(text) if isinstance(text, str) else None
