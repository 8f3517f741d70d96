"""Takes the answer to a deciding question, by button or in the person's own words."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn, settle
from bot.conversation import chosen_option


class ActionChooseOption(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """Shows the chosen card; a new question is passed on as one."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_choose_option"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Read the button's service, else what the words choose."""
        turn = Turn(tracker)
        chosen = turn.entity("service")
        if chosen is None and turn.options:
            chosen = chosen_option(
                turn.text, turn.options, turn.assistant.knowledge, turn.language, turn.boundary
            )
            if chosen is None:
                return [FollowupAction("action_find_authority")]
        replies = turn.replies.chosen(chosen or "")
        turn.utter(dispatcher, *replies)
        return [*settle(*replies), SlotSet("misses", 0)]
