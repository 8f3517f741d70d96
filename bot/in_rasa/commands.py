"""Rasa's NLU extension: what staff type after a slash, and buttons that mean nothing any more."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

# /why, /lang so, /kommun 0181: command -> (intent, entity that takes the word after it)
COMMANDS = {
    "why": ("explain_verdict", None),
    "lang": ("switch_language", "language"),
    "kommun": ("set_municipality", "municipality"),
}
UNKNOWN = "unknown_button"
BUTTONS = (
    *("choose_service", "give_feedback", "set_municipality", "switch_language", "restart"),
    *("easy_on", "easy_off"),  # the toggle of the web chat
)
_COMMAND = re.compile(r"^/([a-z_]+)(?:\s+(.+))?$")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Commands(GraphComponent):
    """Reads messages that begin with a slash; Rasa itself reads those with a known intent after."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Commands:
        """Nothing to load."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and entity of commands; the others pass."""
        for message in messages:
            text = str(message.get(TEXT) or "").strip()
            if text.startswith("/"):
                _read(text, message)
        return messages


def known_button(text: str) -> str:
    """The text, unless it begins like a button's payload and is none: Rasa would log that."""
    name = text.strip()[1:].split("{")[0]
    return text if not text.strip().startswith("/") or name in BUTTONS else f"/{UNKNOWN}"


def _read(text: str, message: Message) -> None:
    command = _COMMAND.match(text)
    if command and command.group(1) in COMMANDS:
        message.set(TEXT, text[1:])  # or Rasa warns that it knows no such intent
    intent, entity = COMMANDS.get(command.group(1), (UNKNOWN, None)) if command else (UNKNOWN, None)
    message.set(INTENT, {INTENT_NAME_KEY: intent, "confidence": 1.0}, add_to_output=True)
    message.set("intent_ranking", [], add_to_output=True)
    word = command.group(2) if command else None
    if entity and word:
        found = {"entity": entity, "value": word.strip(), "start": 0, "end": len(text)}
        message.set(ENTITIES, [found], add_to_output=True)
