"""One turn as the actions see it: what is known, and how a reply is uttered."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.assistant import Assistant, shared_assistant
from bot.conversation import DEFAULT_LANGUAGE
from bot.privacy import redact
from bot.replies import Replies, Reply

Events = list[dict[str, Any]]
TERMINAL = "cmdline"  # rasa shell: shows text and buttons, not cards


class Turn:
    """The slots of a tracker by name, and the assistant that answers."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self.assistant: Assistant = shared_assistant()
        self.language: str = tracker.get_slot("language") or DEFAULT_LANGUAGE
        self.municipality: str | None = tracker.get_slot("municipality")
        self.service: str | None = tracker.get_slot("service")
        self.options: list[str] = tracker.get_slot("options") or []
        self.boundary: str | None = tracker.get_slot("boundary")

    @property
    def text(self) -> str:
        """What the person wrote, without personal data."""
        return redact(str(self._tracker.latest_message.get("text") or ""))

    @property
    def replies(self) -> Replies:
        """Replies in the person's language."""
        return self.assistant.replies(self.language, self.municipality)

    def entity(self, name: str) -> str | None:
        """The value a button's payload carries."""
        return next(iter(self._tracker.get_latest_entity_values(name)), None)

    def utter(self, dispatcher: CollectingDispatcher, reply: Reply) -> None:
        """Send a reply; the wording comes from the NLG extension."""
        in_terminal = self._tracker.get_latest_input_channel() == TERMINAL
        values = dict(reply.values)
        if in_terminal and reply.buttons:
            values["options"] = ""  # rasa shell lists the buttons itself
        extra: dict[str, Any] = {}
        if reply.card and not in_terminal:
            extra["json_message"] = {
                "card": reply.card,
                "language": self.language,
                "dir": self.assistant.knowledge.languages.direction(self.language),
            }
        dispatcher.utter_message(response=reply.key, buttons=reply.buttons, **extra, **values)


def settle(reply: Reply) -> Events:
    """The events after a reply: which card is shown, which choice is open."""
    events = [
        SlotSet("options", list(reply.options) or None),
        SlotSet("choosing", bool(reply.options)),
        SlotSet("boundary", None),
    ]
    if reply.service:
        events += [SlotSet("service", reply.service), SlotSet("has_card", True)]
    return list(events)
