"""What a conversation keeps, and what is forgotten; bad input through the whole stack."""

import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from bot.feedback import read_feedback
from bot.processes import RASA_PYTHON
from bot.rehearsal import over_http, play, read_conversations
from bot.settings import ROOT
from bot.wording import Catalogue
from tests.stack.conftest import wait_until

pytestmark = pytest.mark.stack

CATALOGUE = Catalogue(ROOT / "knowledge" / "texts")


def card(reply):
    return reply["messages"][-1]["card"]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "conversations").glob("*.yml")), ids=lambda path: path.stem
)
def test_scripted_conversations_go_as_recorded(stack, path):
    send = over_http(stack.url)
    different = [
        difference
        for conversation in read_conversations(path)
        for difference in play(conversation, send, CATALOGUE).differences
    ]
    assert different == []


def test_interleaved_conversations_do_not_mix(say):
    first, second = say("Var söker jag föräldrapenning?"), say("I need a building permit")
    for _ in range(3):
        why_first = say("varför just de?", first["session"])
        why_second = say("why is it them?", second["session"])
        assert why_first["language"] == "sv" and why_second["language"] == "en"
        assert card(first)["why"] in why_first["messages"][0]["text"]
        assert card(second)["why"] in why_second["messages"][0]["text"]


def test_a_long_conversation_stays_quick_and_small(say, stack):
    session = say("Var söker jag föräldrapenning?")["session"]
    for _ in range(500):
        reply = say("vad har de för telefonnummer?", session)
        assert reply["notice"] is None
    row = (
        sqlite3.connect(stack.conversations)
        .execute("SELECT length(dialogue) FROM conversation WHERE id = ?", (session,))
        .fetchone()
    )
    assert row[0] < 60_000


def test_no_words_are_kept(say, stack):
    session = say("enhörningen i Flyinge har ingen förskoleplats")["session"]
    kept = (
        sqlite3.connect(stack.conversations)
        .execute("SELECT dialogue FROM conversation WHERE id = ?", (session,))
        .fetchone()[0]
    )
    assert "enhörning" not in kept and "Flyinge" not in kept


def test_forget_me_leaves_nothing(say, stack):
    session = say("Var söker jag föräldrapenning?")["session"]
    say("glöm allt jag har skrivit", session)
    rows = (
        sqlite3.connect(stack.conversations)
        .execute("SELECT count(*) FROM conversation WHERE id = ?", (session,))
        .fetchone()
    )
    assert rows[0] == 0


@pytest.mark.parametrize(("channel", "minutes"), [("web", 60), ("kiosk", 2)])
def test_an_idle_conversation_is_forgotten(say, stack, channel, minutes):
    first = say("Var söker jag föräldrapenning?", channel=channel)
    database = sqlite3.connect(stack.conversations, isolation_level=None)
    expires = database.execute(
        "SELECT expires FROM conversation WHERE id = ?", (first["session"],)
    ).fetchone()[0]
    left = expires - time.time()
    assert 60 * minutes - 30 < left <= 60 * minutes
    database.execute("UPDATE conversation SET expires = 0 WHERE id = ?", (first["session"],))
    database.close()
    later = say("vad har de för telefonnummer?", first["session"], channel=channel)
    assert (card(later) or {}).get("service") != card(first)["service"]
    assert "0771-524 524" not in later["messages"][0]["text"]


def test_feedback_reaches_its_table(say, stack):
    first = say("Var söker jag föräldrapenning?")
    before = len(list(read_feedback(stack.feedback)))
    say(first["messages"][-1]["buttons"][0]["payload"], first["session"])
    rows = list(read_feedback(stack.feedback))
    assert len(rows) == before + 1
    assert rows[-1].judgement == "right" and rows[-1].channel == "web"


@pytest.mark.parametrize(
    "payload",
    ['/choose_service{"service":"of_another_base"}', "/no_such_act", '/give_feedback{"x":1}',
     '/set_municipality{"municipality":"9999"}', '/switch_language{"language":"xx"}', "/why",
     "/choose_service{broken", "/", "/ "],
)  # fmt: skip
def test_odd_buttons_leave_the_conversation_intact(say, payload):
    first = say("Var söker jag föräldrapenning?")
    odd = say(payload, first["session"])
    assert odd["messages"][0]["text"].strip()
    again = say("vad har de för telefonnummer?", first["session"])
    assert card(first)["phone"] in again["messages"][0]["text"]


def action_server(port):
    """Process id of the action server on a port."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if b"bot.action_server" in command and f"LOTS_ACTIONS_PORT={port}".encode() in environment:
            return int(folder.name)
    return None


def test_the_conversation_survives_an_action_server_that_hangs(say, stack):
    first = say("Var söker jag föräldrapenning?")
    process = action_server(stack.ports["ACTIONS_PORT"])
    os.kill(process, signal.SIGSTOP)
    try:
        hung = httpx.post(
            f"{stack.url}/api/chat",
            json={"session": first["session"], "message": "varför just de?"},
            timeout=60,
        ).json()
        assert hung["notice"] == "rasa_down" and hung["messages"][0]["text"]
    finally:
        os.kill(process, signal.SIGCONT)
    assert wait_until(
        lambda: say("vad har de för telefonnummer?", first["session"])["notice"] is None
    )
    reply = say("vad har de för telefonnummer?", first["session"])
    assert card(first)["phone"] in reply["messages"][0]["text"]


def test_the_store_reads_back_what_it_wrote(tmp_path):
    script = """
import asyncio, sys
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Restarted, SlotSet, UserUttered
from bot.in_rasa.conversation_store import ConversationStore
domain = Domain.load("domain.yml")
def store(): return ConversationStore(domain, path=sys.argv[1])
async def main():
    tracker = await store().get_or_create_tracker("a")
    for turn in range(30):
        tracker.update(UserUttered("secret words", {"name": "ask_phone"}, input_channel="web"))
        tracker.update(SlotSet("service", f"s{turn}"))
        tracker.update(ActionExecuted("action_listen"))
    await store().save(tracker)
    again = await store().retrieve("a")      # a new store: as after a restart
    assert again.get_slot("service") == "s29"
    assert again.latest_message.intent["name"] == "ask_phone"
    assert "secret" not in str(again.current_state()) and len(again.events) < 30
    again.update(Restarted())
    await store().save(again)
    assert await store().retrieve("a") is None
asyncio.run(main())
"""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    done = subprocess.run(
        [str(RASA_PYTHON), "-W", "ignore", "-c", script, str(tmp_path / "c.sqlite")],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
