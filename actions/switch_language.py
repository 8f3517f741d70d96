"""Goes on in the language a person asks for."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn, settle
from bot.language_names import named_language
from bot.replies import Reply


class ActionSwitchLanguage(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """Switches, and shows the open choice or the last card again in the new language."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_switch_language"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Read the language's name from the text or the button."""
        turn = Turn(tracker)
        languages = turn.assistant.knowledge.languages
        code = turn.entity("language") or named_language(turn.text, languages)
        if code not in languages:
            turn.utter(dispatcher, turn.replies.language_unknown())
            return []
        turn.language = str(code)
        turn.utter(dispatcher, Reply("utter_language_set"))
        events: Events = [SlotSet("language", code)]
        if turn.options:
            reply = turn.replies.clarify(turn.options, turn.boundary)
            turn.utter(dispatcher, reply)
        elif turn.service:
            reply = turn.replies.answer(turn.service)
            turn.utter(dispatcher, reply)
            events += settle(reply)
        return events
