"""Follow-up questions about the last card: phone, office, hours, e-service, why.

One file, because the five differ in one call only; the rules decide which of them runs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn
from bot.replies import Replies, Reply


class FollowUp(Action, ABC):  # type: ignore[misc]  # rasa_sdk has no types
    """Base: utters what the knowledge base says about the card's service."""

    @abstractmethod
    def reply(self, replies: Replies, service: str) -> Reply:
        """What to say about the service."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Utter the reply; without a card, ask what the matter is."""
        turn = Turn(tracker)
        known = turn.service in turn.assistant.knowledge.services
        reply = self.reply(turn.replies, str(turn.service)) if known else Reply("utter_default")
        turn.utter(dispatcher, reply)
        return []


class ActionTellPhone(FollowUp):
    """Tells the phone number."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_tell_phone"

    def reply(self, replies: Replies, service: str) -> Reply:
        """The phone."""
        return replies.phone(service)


class ActionTellOffice(FollowUp):
    """Tells where one can go."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_tell_office"

    def reply(self, replies: Replies, service: str) -> Reply:
        """The place."""
        return replies.visit(service, "office")


class ActionTellHours(FollowUp):
    """Tells when it is open."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_tell_hours"

    def reply(self, replies: Replies, service: str) -> Reply:
        """The hours."""
        return replies.visit(service, "hours")


class ActionTellEService(FollowUp):
    """Tells the e-service or page."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_tell_e_service"

    def reply(self, replies: Replies, service: str) -> Reply:
        """The links."""
        return replies.e_service(service)


class ActionTellWhy(FollowUp):
    """Tells why this body and not the others."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_tell_why"

    def reply(self, replies: Replies, service: str) -> Reply:
        """The reasons."""
        return replies.why(service)
