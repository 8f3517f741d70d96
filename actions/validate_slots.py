"""Keeps the slots `language` and `municipality` right on every turn."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import ValidationAction

from actions.turn import Turn
from bot.conversation import decide_language, mentioned_municipality

QUESTIONS = ("ask_service", "nlu_fallback", "out_of_scope")


class ValidateSlots(ValidationAction):  # type: ignore[misc]  # rasa_sdk has no types
    """Reads the channel's metadata and the text; the gateway's and the shell's turns alike."""

    async def required_slots(self, *_: Any) -> list[str]:  # noqa: ANN401 - rasa_sdk's signature
        """The slots this action fills; the others are set by the actions that know."""
        return ["language", "picked", "municipality"]

    async def extract_language(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """The language of the conversation: sticky, but a real switch is followed."""
        turn = Turn(tracker)
        return {
            "language": decide_language(
                turn.assistant.matcher.detector,
                turn.text,
                tracker.get_slot("language"),
                _wished(turn, tracker),
                tracker.get_slot("picked"),
            )
        }

    async def extract_picked(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """What the page's picker says, to notice when it changes."""
        return {"picked": _wished(Turn(tracker), tracker)}

    async def extract_municipality(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """The municipality a question names, else the one known, else the page's own."""
        turn = Turn(tracker)
        known = turn.assistant.knowledge.municipalities
        named = mentioned_municipality(turn.text, known) if turn.intent in QUESTIONS else None
        given = named or turn.municipality or _metadata(tracker).get("municipality")
        return {"municipality": given if given in known else None}


def _wished(turn: Turn, tracker: Tracker) -> str | None:
    wished = _metadata(tracker).get("language")
    return wished if wished in turn.assistant.knowledge.languages else None


def _metadata(tracker: Tracker) -> dict[str, Any]:
    return dict(tracker.latest_message.get("metadata") or {})
