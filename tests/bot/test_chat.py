"""A turn while Rasa is down: answered from the matcher alone, and honest about it."""

import asyncio

import httpx
import pytest

from bot.api_models import ChatRequest
from bot.chat import Chat, join_messages
from bot.replies import NEITHER


@pytest.fixture
def say(assistant):
    """Say something to a gateway whose Rasa refuses every connection."""

    def refuse(request):
        raise httpx.ConnectError("refused", request=request)

    def say(message, **more):
        client = httpx.AsyncClient(
            transport=httpx.MockTransport(refuse), base_url="http://rasa.invalid"
        )
        return asyncio.run(Chat(assistant, client).reply(ChatRequest(message=message, **more)))

    return say


def test_a_question_is_answered_and_says_that_rasa_is_down(say):
    reply = say("mitt barn är sjukt och jag kan inte arbeta")
    assert reply.notice == "rasa_down"
    assert reply.messages[-1].text


def test_a_removed_personal_number_is_told_even_then(say):
    assert say("19811218-9876 mitt barn är sjukt").notice == "personal_number_removed"


def test_neither_is_a_choice_even_then(say, assistant):
    reply = say(f'/choose_service{{"service":"{NEITHER}"}}', language="sv")
    assert reply.messages[0].text == assistant.catalogue.text("utter_chosen_none", "sv")


@pytest.mark.parametrize(
    "payload", ['/choose_service{"service":"gone"}', "/choose_service{broken", "/give_feedback{}"]
)
def test_other_buttons_are_not_taken_for_questions(say, assistant, payload):
    reply = say(payload, language="sv")
    assert reply.messages[0].text == assistant.catalogue.text("utter_old_button", "sv")


def test_a_chosen_service_is_shown_even_then(say):
    reply = say('/choose_service{"service":"vab"}', language="sv")
    assert reply.messages[-1].card["service"] == "vab"


def test_text_and_card_from_rasa_become_one_message():
    sent = [
        {"text": "Hej", "buttons": [{"title": "a", "payload": "/a"}]},
        {"custom": {"card": {"type": "none"}, "language": "ar", "dir": "rtl"}},
        {"text": "Igen"},
    ]
    first, second = join_messages(sent, "sv")
    assert (first.text, first.language, first.dir, first.card) == (
        "Hej", "ar", "rtl", {"type": "none"},
    )  # fmt: skip
    assert second.text == "Igen" and second.card is None
