"""Keeps the slots `language` and `municipality` right on every turn."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import ValidationAction

from actions.turn import Turn
from bot.conversation import decide_language


class ValidateSlots(ValidationAction):  # type: ignore[misc]  # rasa_sdk has no types
    """Reads the channel's metadata and the text; the gateway's and the shell's turns alike."""

    async def required_slots(self, *_: Any) -> list[str]:  # noqa: ANN401 - rasa_sdk's signature
        """The slots this action fills; the others are set by the actions that know."""
        return ["language", "municipality"]

    async def extract_language(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """The language of the conversation: sticky, but a real switch is followed."""
        turn = Turn(tracker)
        wished = _metadata(tracker).get("language")
        known = turn.assistant.knowledge.languages
        return {
            "language": decide_language(
                turn.assistant.matcher.detector,
                turn.text,
                tracker.get_slot("language"),
                wished if wished in known else None,
            )
        }

    async def extract_municipality(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """The municipality the page was set up for, until the person names another."""
        turn = Turn(tracker)
        given = turn.municipality or _metadata(tracker).get("municipality")
        known = given in turn.assistant.knowledge.municipalities
        return {"municipality": given if known else None}


def _metadata(tracker: Tracker) -> dict[str, Any]:
    return dict(tracker.latest_message.get("metadata") or {})
