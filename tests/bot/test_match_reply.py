"""A verdict in the contract's form."""

from types import SimpleNamespace

import pytest

from bot.decision import Candidate
from bot.detect import Detection
from bot.gateway import match_reply
from bot.matcher import Match

SWEDISH = Detection("sv", 0.98765, "Latn")


def verdict(service, second=None):
    candidate = Candidate(service, "kommun", "kommun", 0.9)
    return Match(SWEDISH, "answer", (candidate,), None, (), "sure", "v1", second)


@pytest.fixture
def assistant(knowledge):
    return SimpleNamespace(knowledge=knowledge)


def test_one_matter_has_the_contracts_fields_and_no_other(assistant):
    reply = match_reply(verdict("bygglov"), assistant, None).model_dump(exclude_unset=True)
    assert set(reply) == {"language", "verdict", "candidates", "boundary", "knowledge_version"}
    assert reply["language"] == {"code": "sv", "confidence": 0.9877, "script": "Latn"}


def test_a_second_matter_comes_beside_the_first(assistant):
    found = match_reply(verdict("hemtjanst", verdict("bygglov")), assistant, None)
    reply = found.model_dump(mode="json", exclude_unset=True)
    assert reply["candidates"][0]["service"] == "hemtjanst"
    assert reply["second"]["candidates"][0]["service"] == "bygglov"
    assert "second" not in reply["second"]
