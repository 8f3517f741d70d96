"""Answers a question: which body is responsible."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn, settle


class ActionFindAuthority(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """Matches the text against the knowledge base and shows the verdict."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_find_authority"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Match, utter, remember the card or the open choice."""
        turn = Turn(tracker)
        match = turn.assistant.matcher.match(turn.text)
        reply = turn.replies.to(match)
        turn.utter(dispatcher, reply)
        return [*settle(reply), SlotSet("boundary", match.boundary)]
