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
STAFF = "staff-"  # a conversation of `lots shell --staff`


class Turn:
    """The slots of a tracker by name, and the assistant that answers."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self.assistant: Assistant = shared_assistant()
        self.language: str = tracker.get_slot("language") or DEFAULT_LANGUAGE
        self.municipality: str | None = tracker.get_slot("municipality")
        self.easy: bool = bool(tracker.get_slot("easy"))
        self.options: list[str] = tracker.get_slot("options") or []
        self.boundary: str | None = tracker.get_slot("boundary")
        self.misses: int = int(tracker.get_slot("misses") or 0)
        self.decision: dict[str, Any] = tracker.get_slot("decision") or {}
        self.channel: str = tracker.get_latest_input_channel() or ""

    @property
    def service(self) -> str | None:
        """The matter of the last card; None too where the knowledge base no longer has it."""
        service = self._tracker.get_slot("service")
        return service if service in self.assistant.knowledge.services else None

    @property
    def text(self) -> str:
        """What the person wrote, without personal data."""
        return redact(str(self._tracker.latest_message.get("text") or ""))

    @property
    def intent(self) -> str:
        """The dialogue act Rasa sees in it."""
        return str((self._tracker.latest_message.get("intent") or {}).get("name") or "")

    @property
    def replies(self) -> Replies:
        """Replies in the person's language."""
        return self.assistant.replies(self.language, self.municipality, easy=self.easy)

    @property
    def in_terminal(self) -> bool:
        """Whether this is `rasa shell`."""
        return self.channel == TERMINAL

    @property
    def is_staff(self) -> bool:
        """Whether the verdict is to be explained: only in the shell, only if asked for."""
        return self.in_terminal and self._tracker.sender_id.startswith(STAFF)

    def entity(self, name: str) -> str | None:
        """The value a button's payload carries."""
        value = next(iter(self._tracker.get_latest_entity_values(name)), None)
        return None if value is None else str(value)

    def utter(self, dispatcher: CollectingDispatcher, *replies: Reply) -> None:
        """Send replies; the wording comes from the NLG extension."""
        for reply in replies:
            self._utter(dispatcher, reply)

    def _utter(self, dispatcher: CollectingDispatcher, reply: Reply) -> None:
        values, buttons = dict(reply.values), reply.buttons
        if self.in_terminal:
            # rasa shell makes a menu of buttons: wanted for a choice, not after every card.
            buttons = buttons if reply.options else []
            values |= {"options": ""} if reply.options else {}
        extra: dict[str, Any] = {}
        if reply.card and not self.in_terminal:
            extra["json_message"] = {
                "card": reply.card,
                "language": self.language,
                "dir": self.assistant.knowledge.languages.direction(self.language),
            }
        dispatcher.utter_message(
            response=reply.key, buttons=buttons, language=self.language, **extra, **values
        )


def settle(*replies: Reply) -> Events:
    """The events after replies: which card is shown, which choice is open, nothing else is."""
    options = next((reply.options for reply in replies if reply.options), ())
    service = next((reply.service for reply in replies if reply.service), None)
    events = [
        SlotSet("options", list(options) or None),
        SlotSet("choosing", bool(options)),
        SlotSet("boundary", None),
        SlotSet("asked_place", False),
        SlotSet("pending", None),
    ]
    if service:
        events += [SlotSet("service", service), SlotSet("has_card", True)]
    return list(events)
