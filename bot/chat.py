"""A turn of the conversation: through Rasa, or from the matcher alone while Rasa is down."""

from __future__ import annotations

import json
import logging
import secrets
from typing import Any

import httpx

from bot.api_models import Button, ChatMessage, ChatReply, ChatRequest
from bot.assistant import Assistant
from bot.conversation import decide_language
from bot.privacy import redact
from bot.replies import Reply

logger = logging.getLogger("lotsen.chat")


class RasaDown(Exception):
    """Rasa did not answer, or said nothing."""


class Chat:
    """Sends messages on and puts the replies into the contract's form."""

    def __init__(self, assistant: Assistant, client: httpx.AsyncClient) -> None:
        self._assistant = assistant
        self._client = client

    async def reply(self, request: ChatRequest) -> ChatReply:
        """Answer one message; personal data is masked before anything else sees it."""
        session = request.session or secrets.token_urlsafe(18)
        message = redact(request.message)
        masked = message != request.message
        try:
            messages = await self._through_rasa(session, message, request)
            notice = None
        except RasaDown as error:
            logger.warning("rasa is down (%s): answering from the matcher alone", error)
            messages, notice = self._alone(message, request), "rasa_down"
        if masked:  # that matters more to the person than how the answer came about
            notice = "personal_number_removed"
        return ChatReply(
            session=session,
            language=messages[-1].language,
            dir=messages[-1].dir,
            notice=notice,
            messages=messages,
        )

    async def _through_rasa(
        self, session: str, message: str, request: ChatRequest
    ) -> list[ChatMessage]:
        body = {
            "sender": session,
            "message": message,
            "input_channel": request.channel,
            "metadata": {"language": request.language, "municipality": request.municipality},
        }
        try:
            response = await self._client.post("/webhooks/rest/webhook", json=body)
            response.raise_for_status()
            sent = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise RasaDown(type(error).__name__) from error
        messages = join_messages(sent, request.language or "sv")
        if not messages:
            # The action server is down: Rasa swallows the error and says nothing.
            raise RasaDown("it said nothing")
        return messages

    def _alone(self, message: str, request: ChatRequest) -> list[ChatMessage]:
        matcher = self._assistant.matcher
        language = decide_language(matcher.detector, message, None, request.language)
        replies = self._assistant.replies(language, request.municipality)
        chosen = _chosen(message)
        if chosen is None and message.startswith("/"):
            return [self._message(Reply("utter_old_button"), language)]
        made = replies.to(matcher.match(message)) if chosen is None else replies.chosen(chosen)
        return [self._message(reply, language) for reply in made]

    def _message(self, reply: Reply, language: str) -> ChatMessage:
        catalogue, languages = self._assistant.catalogue, self._assistant.knowledge.languages
        _, found = catalogue.find(reply.key, language)
        direction = languages.direction(found)
        return ChatMessage(
            text=catalogue.text(reply.key, language, rtl=direction == "rtl", **reply.values),
            buttons=[Button(**button) for button in reply.buttons],
            card=reply.card,
            language=found,
            dir=direction,
        )


def _chosen(message: str) -> str | None:
    """The service (or NEITHER) of a choice's button, so that choices work while Rasa is down."""
    if not message.startswith("/choose_service"):
        return None
    try:
        return str(json.loads(message.removeprefix("/choose_service"))["service"])
    except (ValueError, KeyError, TypeError):
        return ""


def join_messages(sent: Any, fallback: str) -> list[ChatMessage]:  # noqa: ANN401 - JSON
    """Join Rasa's text message and the custom one after it into one message each."""
    messages: list[ChatMessage] = []
    for item in sent if isinstance(sent, list) else []:
        if "text" in item:
            messages.append(
                ChatMessage(
                    text=item["text"],
                    buttons=item.get("buttons", []),
                    language=fallback,
                    dir="ltr",
                )
            )
        elif "custom" in item and messages:
            messages[-1].card = item["custom"].get("card")
            messages[-1].language = item["custom"].get("language", fallback)
            messages[-1].dir = item["custom"].get("dir", "ltr")
    return messages
