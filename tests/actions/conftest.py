"""Actions with the real knowledge base's words and a matcher that says what it is told."""

from types import SimpleNamespace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions.turn
from bot.assistant import Assistant
from bot.decision import Candidate
from bot.detect import Detection
from bot.settings import ROOT, Settings
from bot.wording import Catalogue


class ToldMatcher:
    """Gives the verdict a test has set."""

    def __init__(self, knowledge):
        self.knowledge = knowledge
        self.detector = SimpleNamespace(detect=lambda text: Detection(None, 0.0, "Latn"))
        self.verdict, self.services, self.score = "answer", ["barnbidrag"], 0.95

    def match(self, text, language=None):
        candidates = [
            Candidate(s, self.knowledge.services[s].authority, "stat", self.score)
            for s in self.services
        ]
        return SimpleNamespace(
            verdict=self.verdict,
            candidates=tuple(candidates),
            options=tuple(self.services) if self.verdict == "clarify" else (),
            boundary=None,
            second=None,
            is_abroad=False,
            reason="told",
            language=Detection("sv", 0.9, "Latn"),
            knowledge_version="x",
        )

    def rank(self, text, language):
        return SimpleNamespace(services=[("nodsamtal", 0.9), ("vald_nara_relation", 0.05)])


@pytest.fixture
def matcher(knowledge):
    return ToldMatcher(knowledge)


@pytest.fixture
def run(matcher, monkeypatch, tmp_path):
    """Run an action on a turn; returns (messages, slots set, actions to follow)."""
    settings = Settings(feedback=tmp_path / "feedback.sqlite")
    assistant = Assistant(settings, matcher, Catalogue(ROOT / "knowledge" / "texts"))
    monkeypatch.setattr(actions.turn, "shared_assistant", lambda: assistant)

    async def run(action, text, intent="ask_service", channel="web", sender="s1", **slots):
        entities = slots.pop("entities", {})
        tracker = Tracker.from_dict(
            {
                "sender_id": sender,
                "slots": slots,
                "latest_message": {
                    "text": text,
                    "intent": {"name": intent},
                    "entities": [{"entity": k, "value": v} for k, v in entities.items()],
                },
                "events": [{"event": "user", "text": text, "input_channel": channel}],
                "paused": False,
                "active_loop": {},
                "latest_action_name": None,
            }
        )
        dispatcher = CollectingDispatcher()
        events = await action.run(dispatcher, tracker, {})
        slots_set = {e["name"]: e["value"] for e in events if e["event"] == "slot"}
        following = [e["name"] for e in events if e["event"] == "followup"]
        return dispatcher.messages, slots_set, following

    run.settings = settings
    return run
