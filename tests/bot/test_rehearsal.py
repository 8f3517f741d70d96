"""The scripted citizen: plays, compares, records."""

import pytest
import yaml

from bot.errors import StackError
from bot.rehearsal import (
    Conversation,
    play,
    read_conversations,
    text_name,
    write_recorded,
)
from bot.settings import ROOT
from bot.wording import Catalogue

CATALOGUE = Catalogue(ROOT / "knowledge" / "texts")


class Bot:
    """Answers with texts of the catalogue, and remembers what it was sent."""

    def __init__(self, *keys):
        self.keys = list(keys)
        self.sent = []

    def __call__(self, body):
        self.sent.append(body)
        text = CATALOGUE.text(self.keys[len(self.sent) - 1], "sv", phone="112", authority="X")
        button = {"title": "a", "payload": f"/payload{len(self.sent)}"}
        message = {"text": text, "buttons": [button], "card": None, "language": "sv"}
        return {"session": "s1", "language": "sv", "notice": None, "messages": [message]}


def conversation(*turns):
    return Conversation(name="one", turns=list(turns))


def test_a_conversation_that_goes_as_expected_has_no_differences():
    script = conversation(
        {"say": "hej", "expect": {"replies": ["utter_greet"], "language": "sv"}},
        {"press": 1, "expect": {"replies": ["utter_thanks"], "contains": ["Varsågod"]}},
    )
    bot = Bot("utter_greet", "utter_thanks")
    played = play(script, bot, CATALOGUE)
    assert played.differences == []
    assert [body["message"] for body in bot.sent] == ["hej", "/payload1"]
    assert [body["session"] for body in bot.sent] == [None, "s1"]


def test_a_difference_says_turn_and_what_was_expected():
    script = conversation({"say": "hej", "expect": {"replies": ["utter_bot"], "contains": ["x1"]}})
    played = play(script, Bot("utter_greet"), CATALOGUE)
    assert played.differences == [
        "turn 1 (hej): replies is ['utter_greet'], expected ['utter_bot']",
        "turn 1 (hej): 'x1' is not in the reply",
    ]


def test_a_button_that_is_not_there_ends_the_conversation():
    played = play(conversation({"press": 3}), Bot("utter_greet"), CATALOGUE)
    assert played.differences == ["turn 1: there is no button 3"]


@pytest.mark.parametrize("key", ["utter_phone", "utter_emergency", "utter_none", "utter_bot"])
def test_a_text_is_known_by_its_name(key):
    text = CATALOGUE.text(key, "sv", phone="0771-1", authority="Skatteverket")
    assert text_name(text, "sv", CATALOGUE) == key


def test_a_recorded_conversation_expects_what_was_seen(tmp_path):
    path = tmp_path / "c.yml"
    path.write_text("- name: one\n  turns: [{say: hej}]\n", encoding="utf-8")
    scripts = read_conversations(path)
    write_recorded(path, scripts, [play(scripts[0], Bot("utter_greet"), CATALOGUE)])
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == [
        {
            "name": "one",
            "turns": [{"say": "hej", "expect": {"replies": ["utter_greet"], "language": "sv"}}],
        }
    ]


@pytest.mark.parametrize(
    "text",
    ["- name: x\n  turns: [{say: a, press: 1}]", "- name: x\n  turns: [{}]", "- {odd: 1}", "- ["],
)
def test_a_file_that_is_wrong_is_named(tmp_path, text):
    path = tmp_path / "wrong.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StackError, match="wrong.yml"):
        read_conversations(path)


def test_there_are_sixty_conversations_in_fifteen_languages():
    files = sorted((ROOT / "tests" / "conversations").glob("*.yml"))
    counts = {path.stem: len(read_conversations(path)) for path in files}
    assert len(counts) == 15
    assert min(counts.values()) >= 5
    assert sum(counts.values()) >= 60
