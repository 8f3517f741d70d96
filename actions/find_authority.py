"""Answers a question: which body is responsible."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn, settle
from bot.care import is_violence_at_home
from bot.matcher import Match
from bot.replies import Reply
from bot.staff_card import decision_facts, explain_in_terminal

_TRIES = 2  # not understood so often in a row: a person instead


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
        misses = turn.misses + 1 if match.verdict == "none" else 0
        lost = misses >= _TRIES
        replies = [turn.replies.lost()] if lost else _replies(turn, match)
        turn.utter(dispatcher, *replies)
        facts = decision_facts(match)
        if turn.is_staff:
            dispatcher.utter_message(text=explain_in_terminal(turn.assistant, facts))
        return [
            *settle(*replies),
            SlotSet("boundary", (match.second or match).boundary),
            SlotSet("decision", facts),
            SlotSet("misses", 0 if lost else misses),
            SlotSet("lost", lost),
        ]


def _replies(turn: Turn, match: Match) -> list[Reply]:
    if match.verdict != "emergency":
        return turn.replies.to(match)
    violence = is_violence_at_home(turn.assistant.matcher, turn.text, turn.language)
    return [turn.replies.emergency(violence=violence)]
