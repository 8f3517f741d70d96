"""Takes the answer to a deciding question, by button or in the person's own words."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn, settle
from bot.conversation import chosen_option
from bot.replies import NEITHER, Reply


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
        knowledge = turn.assistant.knowledge
        chosen = turn.entity("service")
        if chosen is None and turn.options:
            chosen = chosen_option(turn.text, turn.options, knowledge, turn.language, turn.boundary)
            if chosen is None:
                return [FollowupAction("action_find_authority")]
        if chosen == NEITHER:
            reply = Reply("utter_chosen_none")
        elif chosen in knowledge.services:
            reply = turn.replies.answer(str(chosen))
        else:  # a payload somebody typed, or a button of an older knowledge base
            reply = Reply("utter_default")
        turn.utter(dispatcher, reply)
        return settle(reply)
