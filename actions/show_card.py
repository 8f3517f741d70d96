"""Shows the last card again, in the words that now apply."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn, settle
from bot.replies import Reply


class ActionShowCard(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """The card of the matter talked about."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_show_card"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Utter the card."""
        turn = Turn(tracker)
        reply = turn.replies.answer(turn.service) if turn.service else Reply("utter_default")
        turn.utter(dispatcher, reply)
        return settle(reply)
