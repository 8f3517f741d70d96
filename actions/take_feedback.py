"""Takes what a person says about a card: right, wrong, not what was meant."""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn, settle
from bot.feedback import JUDGEMENTS, Judgement, keep_feedback
from bot.replies import NEAR, Reply

logger = logging.getLogger("lotsen.feedback")


class ActionTakeFeedback(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """Keeps the judgement without words, and says what to do next."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_take_feedback"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Read the button; "no" in the person's own words means: not what I meant."""
        turn = Turn(tracker)
        given = turn.entity("judgement") if turn.intent == "give_feedback" else "not_meant"
        service = turn.entity("service") or turn.service
        judgement = next((j for j in JUDGEMENTS if j == given), None)
        if judgement is None or service not in turn.assistant.knowledge.services:
            turn.utter(dispatcher, Reply("utter_old_button"))
            return []
        _keep(turn, str(service), judgement)
        if judgement != "not_meant":
            turn.utter(dispatcher, Reply(f"utter_feedback_{judgement}"))
            return []
        reply = turn.replies.not_meant(_near(turn, str(service)))
        turn.utter(dispatcher, reply)
        return settle(reply)


def _near(turn: Turn, service: str) -> list[str]:
    """What people mix the service up with, then what the last question could also have meant."""
    knowledge = turn.assistant.knowledge
    mixed_up = [
        other
        for boundary in knowledge.boundaries.values()
        if service in boundary.services
        for other in boundary.services
    ]
    likely = [c[0] for c in turn.decision.get("candidates", []) if c[3] >= NEAR]
    near = dict.fromkeys([*likely, *mixed_up])
    return [other for other in near if other != service and other in knowledge.services]


def _keep(turn: Turn, service: str, judgement: Judgement) -> None:
    authority = turn.assistant.knowledge.services[service].authority
    path = turn.assistant.settings.feedback
    try:
        keep_feedback(path, turn.language, service, authority, judgement, turn.channel)
    except sqlite3.Error as error:  # the person is answered all the same
        logger.error("feedback could not be kept: %s", type(error).__name__)
