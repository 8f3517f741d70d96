"""`/why` in the shell: what decided the last verdict."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn
from bot.replies import Reply
from bot.staff_card import explain_in_terminal


class ActionExplainVerdict(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """For staff: scores, runner-up, reason, source. Elsewhere it is an unknown button."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_explain_verdict"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Utter the facts of the last verdict."""
        turn = Turn(tracker)
        if turn.in_terminal and turn.decision:
            dispatcher.utter_message(text=explain_in_terminal(turn.assistant, turn.decision))
        else:
            turn.utter(dispatcher, Reply("utter_old_button"))
        return []
