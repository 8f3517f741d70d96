"""Rasa's own classifiers as a candidate: DIET for the verdict, ResponseSelector for the service.

The pipeline is the one Rasa's documentation recommends for many questions with fixed answers: one
retrieval intent whose responses are the services. Trained and asked in Rasa's environment
(`.venv-rasa`); `Selector` talks to it line by line (bench/rasa_parse.py).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml

from bot.processes import RASA_PYTHON
from bot.scores import Scores
from bot.settings import ROOT

MATTER = "matter"  # the retrieval intent
_CHARACTERS = {"analyzer": "char_wb", "min_ngram": 2, "max_ngram": 4, "min_df": 2}


def train(
    texts: Sequence[str], labels: Sequence[str], services: set[str], epochs: int, folder: Path
) -> Path:
    """Train DIET and a ResponseSelector; returns the model's path.

    Args:
        texts: phrases.
        labels: of each phrase; services go to the selector, every other label is an intent.
        services: which labels are services.
        epochs: of both.
        folder: for the training files and the model; made where missing.

    Raises:
        subprocess.CalledProcessError: if Rasa fails; its output is in the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    by_intent: dict[str, list[str]] = {}
    for text, label in zip(texts, labels, strict=True):
        intent = f"{MATTER}/{label}" if label in services else _plain(label)
        by_intent.setdefault(intent, []).append(_without_markup(text))
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in examples)}
        for intent, examples in by_intent.items()
        if len(examples) > 1
    ]
    known = [x["intent"] for x in nlu if x["intent"].startswith(MATTER)]
    responses = {f"utter_{intent}": [{"text": intent}] for intent in known}
    intents = [MATTER, *(x["intent"] for x in nlu if not x["intent"].startswith(MATTER))]
    learning = {"epochs": epochs, "batch_size": [64, 256], "random_seed": 0}
    config = {
        "recipe": "default.v1",
        "assistant_id": "bench",
        "language": "sv",
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "CountVectorsFeaturizer", "min_df": 2},
            {"name": "CountVectorsFeaturizer", **_CHARACTERS},
            {"name": "DIETClassifier", "entity_recognition": False, **learning},
            {"name": "ResponseSelector", "retrieval_intent": MATTER, **learning},
        ],
        "policies": [],
    }
    _write(folder / "nlu.yml", {"version": "3.1", "nlu": nlu})
    _write(folder / "domain.yml", {"version": "3.1", "intents": intents, "responses": responses})
    _write(folder / "config.yml", config)
    command = [
        *(str(RASA_PYTHON), "-W", "ignore", "-m", "rasa", "train", "nlu"),
        *("--nlu", "nlu.yml", "--domain", "domain.yml", "--config", "config.yml"),
        *("--out", ".", "--fixed-model-name", "bench"),
    ]
    with (folder / "train.log").open("w") as log:
        subprocess.run(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, check=True)
    return folder / "bench.tar.gz"


class Selector:
    """A trained Rasa model in a process of its own; scores texts against the labels."""

    def __init__(self, model: Path, names: Sequence[str]) -> None:
        self._column = {name: i for i, name in enumerate(names)}
        self._process = subprocess.Popen(
            [str(RASA_PYTHON), "-W", "ignore", str(ROOT / "bench" / "rasa_parse.py"), str(model)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __call__(self, texts: Sequence[str]) -> Scores:
        """Confidences of the ten services Rasa ranks first, shape (n_texts, n_labels)."""
        assert self._process.stdin is not None and self._process.stdout is not None
        rows = np.zeros((len(texts), len(self._column)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            self._process.stdin.write(json.dumps({"text": text}) + "\n")
            self._process.stdin.flush()
            for service, confidence in json.loads(self._process.stdout.readline()):
                if service in self._column:
                    row[self._column[service]] = confidence
        return rows

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait()


def _plain(label: str) -> str:
    return label.strip("_").replace(":", "_").replace("/", "_")


def _without_markup(text: str) -> str:
    """Brackets and braces are markup in Rasa's examples."""
    return " ".join(text.translate(dict.fromkeys(map(ord, "[]{}()|<>"), " ")).split())


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, width=10_000), encoding="utf-8")
