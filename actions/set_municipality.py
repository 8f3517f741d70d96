"""Remembers the person's municipality."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn
from bot.records import Municipality
from bot.replies import Reply

_ONLY_A_PLACE = 6  # words: a longer message says more than where one lives


class ActionSetMunicipality(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """Finds the municipality in the text or the button; asks where several fit."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_set_municipality"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Utter which municipality was understood and remember it; pass a question on."""
        turn = Turn(tracker)
        given = turn.entity("municipality") or turn.text
        found = turn.assistant.knowledge.places.find(given)
        only_a_place = len(given.split()) <= _ONLY_A_PLACE
        if turn.intent == "set_municipality":
            is_question = not found and not only_a_place
        else:
            is_question = not found or not only_a_place
        if is_question:
            known = [SlotSet("municipality", found[0].code)] if len(found) == 1 else []
            return [*known, SlotSet("asked_place", False), SlotSet("pending", None),
                    FollowupAction("action_find_authority")]  # fmt: skip
        if len(found) == 1:
            reply = Reply("utter_municipality_set", {"municipality": found[0].name})
            turn.utter(dispatcher, reply)
            return [SlotSet("municipality", found[0].code), SlotSet("asked_place", False)]
        turn.utter(dispatcher, _which(found))
        return []


def _which(found: list[Municipality]) -> Reply:
    buttons = [
        {"title": m.name, "payload": f'/set_municipality{{"municipality":"{m.code}"}}'}
        for m in found[:4]
    ]
    key = "utter_municipality_ambiguous" if found else "utter_municipality_unknown"
    return Reply(key, buttons=buttons)


class ActionSkipMunicipality(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """The person would rather not say where they live."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_skip_municipality"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say that it does not matter, and do not wait for it."""
        Turn(tracker).utter(dispatcher, Reply("utter_municipality_skipped"))
        return [SlotSet("asked_place", False), SlotSet("pending", None)]
