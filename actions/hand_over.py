"""Says where a person answers; the live hand-over joins in bot/handover.py."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn
from bot.handover import hand_over


class ActionHandOver(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """Names the human doors that always work."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_hand_over"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Utter who can be reached, and how."""
        turn = Turn(tracker)
        turn.utter(dispatcher, hand_over(turn.replies, turn.service))
        return [SlotSet("lost", False)]
