"""How well dialogue acts are told apart when an example has not been seen: cross-validation."""

import json
import os
import subprocess
import sys

import pytest

from bot.processes import RASA_PYTHON
from bot.settings import ROOT

pytestmark = pytest.mark.stack

QUESTIONS_KEPT = 0.95  # of questions that are held back, taken for a question
SCRIPT = """
import json, sys
from sklearn.model_selection import StratifiedKFold, cross_val_predict
import numpy as np
from rasa.shared.importers.importer import TrainingDataImporter
from bot.in_rasa.act_classifier import ActClassifier, _only_acts
data = TrainingDataImporter.load_from_config("config.yml", "domain.yml", ["data"]).get_nlu_data()
rows = [(m.get("text"), m.get("intent")) for m in data.training_examples if m.get("text")]
texts, acts = [r[0] for r in rows], np.array([r[1] for r in rows])
config = ActClassifier.get_default_config()
model = ActClassifier(config, None, None)._untrained(acts)
folds = StratifiedKFold(2, shuffle=True, random_state=0)
found = cross_val_predict(model, texts, acts, cv=folds, n_jobs=2)
recall = {a: float((found[acts == a] == a).mean()) for a in sorted(set(acts))}
acts_of = _only_acts(["Are you a ROBOT?", "ok", "OK!"], ["bot_challenge", "affirm", "thanks"])
alone = ActClassifier(config, None, None, model.fit(texts[::50], acts[::50]), acts_of)
said = {t: alone._ranking(t)[0] for t in ("are you a robot", "ok")}
print(json.dumps({"recall": recall, "examples": len(rows), "said": said}))
"""


def test_acts_are_told_from_questions(capsys):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    done = subprocess.run(
        [str(RASA_PYTHON), "-W", "ignore", "-c", SCRIPT], cwd=ROOT, env=environment,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
    measured = json.loads(done.stdout.strip().splitlines()[-1])
    recall = measured["recall"]
    with capsys.disabled():
        shown = ", ".join(f"{act} {value:.2f}" for act, value in recall.items())
        sys.stdout.write(f"\nacts, two folds of {measured['examples']} examples: {shown}\n")
    assert recall["ask_service"] >= QUESTIONS_KEPT
    # An example word for word is its act; what stands under two acts is weighed as ever.
    assert measured["said"]["are you a robot"] == {"name": "bot_challenge", "confidence": 1.0}
    assert measured["said"]["ok"]["confidence"] < 1.0
