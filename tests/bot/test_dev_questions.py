"""The dev questions calibrate; they are nobody's phrases and no evaluation questions."""

import collections

from bot.check_phrases import fold
from bot.evaluation import read_questions
from bot.knowledge import load_knowledge, training_texts
from bot.settings import ROOT

DEV = read_questions(ROOT / "data" / "calibration")


def test_every_language_has_dev_questions_of_every_verdict():
    codes = {path.name for path in (ROOT / "knowledge" / "wording").iterdir()}
    due = collections.Counter((q.lang, q.decision) for q in DEV)
    for code in codes:
        assert due[code, "answer"] >= 40, code
        for verdict in ("clarify", "none", "emergency"):
            assert due[code, verdict] >= 5, (code, verdict)


def test_no_dev_question_is_an_evaluation_question():
    asked = {fold(q.text) for q in read_questions(ROOT / "tests" / "eval")}
    assert not [q.id for q in DEV if fold(q.text) in asked and len(q.text.split()) > 2]


def test_no_dev_question_is_a_phrase():
    knowledge = load_knowledge(ROOT / "knowledge")
    phrases = {fold(text.text) for text in training_texts(knowledge)}
    assert not [q.id for q in DEV if fold(q.text) in phrases and len(q.text.split()) > 2]


def test_every_accepted_authority_is_known():
    known = {path.stem for path in (ROOT / "knowledge" / "authorities").glob("*.yml")}
    assert {body for q in DEV for body in q.accept} <= known
