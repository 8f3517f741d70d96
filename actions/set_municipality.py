"""Remembers the person's municipality."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn
from bot.places import find_municipalities
from bot.replies import Reply


class ActionSetMunicipality(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """Finds the municipality in the text or the button; asks where several fit."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_set_municipality"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Utter which municipality was understood and remember it."""
        turn = Turn(tracker)
        given = turn.entity("municipality") or turn.text
        found = find_municipalities(given, turn.assistant.knowledge.municipalities)
        if len(found) == 1:
            reply = Reply("utter_municipality_set", {"municipality": found[0].name})
            turn.utter(dispatcher, reply)
            return [SlotSet("municipality", found[0].code)]
        buttons = [
            {"title": m.name, "payload": f'/set_municipality{{"municipality":"{m.code}"}}'}
            for m in found[:4]
        ]
        key = "utter_municipality_ambiguous" if found else "utter_municipality_unknown"
        turn.utter(dispatcher, Reply(key, buttons=buttons))
        return []
