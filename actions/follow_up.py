"""Follow-up questions about the last card.

One file, because they differ in one call only; the rules decide which of them runs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, Turn
from bot.follow_ups import FollowUps, right_door_open
from bot.replies import Reply


class FollowUp(Action, ABC):  # type: ignore[misc]  # rasa_sdk has no types
    """Base: utters what the knowledge base says about the card's service."""

    topic = ""
    depends_on_place = False

    def name(self) -> str:
        """Name in the domain."""
        return f"action_tell_{self.topic}"

    @abstractmethod
    def reply(self, about: FollowUps, text: str) -> Reply:
        """What to say about the service; `text` is what the person wrote."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Utter the reply; without a card, ask what the matter is."""
        turn = Turn(tracker)
        if turn.service is None:
            turn.utter(dispatcher, Reply("utter_default"))
            return []
        about = FollowUps(turn.replies, turn.service)
        turn.utter(dispatcher, self.reply(about, turn.text))
        if not self.depends_on_place:
            return []
        ask = about.needs_place and tracker.get_slot("pending") is None
        return [SlotSet("asked_place", ask), SlotSet("pending", self.topic if ask else None)]


class ActionTellPhone(FollowUp):
    """Tells the phone number."""

    topic, depends_on_place = "phone", True

    def reply(self, about: FollowUps, text: str) -> Reply:
        """The phone."""
        return about.phone()


class ActionTellOffice(FollowUp):
    """Tells where one can go."""

    topic, depends_on_place = "office", True

    def reply(self, about: FollowUps, text: str) -> Reply:
        """The place."""
        return about.visit("office")


class ActionTellHours(FollowUp):
    """Tells when it is open."""

    topic, depends_on_place = "hours", True

    def reply(self, about: FollowUps, text: str) -> Reply:
        """The hours."""
        return about.visit("hours")


class ActionTellEService(FollowUp):
    """Tells the e-service or page."""

    topic = "e_service"

    def reply(self, about: FollowUps, text: str) -> Reply:
        """The links."""
        return about.e_service()


class ActionTellWhy(FollowUp):
    """Tells why this body, and why not one the person names."""

    topic = "why"

    def reply(self, about: FollowUps, text: str) -> Reply:
        """The reasons."""
        return about.why(text)


class ActionTellDocuments(FollowUp):
    """Tells what to have at hand."""

    topic = "documents"

    def reply(self, about: FollowUps, text: str) -> Reply:
        """The papers."""
        return about.documents()


class ActionTellCost(FollowUp):
    """Tells what it costs where a source says it."""

    topic = "cost"

    def reply(self, about: FollowUps, text: str) -> Reply:
        """The cost."""
        return about.cost()


class ActionTellHowLong(FollowUp):
    """Tells whom to ask how long it takes, and what the law says."""

    topic = "how_long"

    def reply(self, about: FollowUps, text: str) -> Reply:
        """The time."""
        return about.how_long()


class ActionTellWords(FollowUp):
    """Tells what to say in Swedish."""

    topic = "words"

    def reply(self, about: FollowUps, text: str) -> Reply:
        """The sentences."""
        return about.words()


class ActionTellRightDoor(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """For somebody who was sent from one body to another."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_tell_right_door"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say who must take the matter: the one in this text, else the last card's."""
        turn = Turn(tracker)
        match = turn.assistant.matcher.match(turn.text)
        named = match.candidates[0].service if match.verdict == "answer" else None
        service = turn.service or named
        if service is None:
            turn.utter(dispatcher, right_door_open(turn.replies))
            return []
        turn.utter(dispatcher, FollowUps(turn.replies, service).right_door(turn.text))
        return [SlotSet("service", service), SlotSet("has_card", True)]
