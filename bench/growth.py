"""How the matcher grows: build time, milliseconds a question and size at 1, 10 and 100 times.

`make bench-growth` copies every service so many times; each copy's phrases get a made-up word of
its own, so that the copies can be told apart. Swedish phrases, four a service, so that a hundred
times as many fit into memory; ratios between the rows are what to look at.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

import numpy as np
import torch
from rich.console import Console
from rich.table import Table

from bot.calibration import Calibration
from bot.decision import decide
from bot.embedding import MEMBERS, EmbeddingModel, fit_member
from bot.emergency import EmergencyDetector
from bot.evaluation import read_questions
from bot.knowledge import Knowledge, load_knowledge
from bot.models import Models, score
from bot.neighbours import Neighbours
from bot.ngrams import NGrams
from bot.phrase_book import PhraseBook
from bot.plain_text import clean
from bot.ranking_reader import RankingReader
from bot.settings import ROOT, load_settings
from bot.turns_of_phrase import read_turns_of_phrase
from bot.verdicts import VerdictModel

PHRASES = 4  # a service
QUESTIONS = 200


@dataclass
class Grown:
    """A knowledge base so many times as large, with the texts that teach its services."""

    knowledge: Knowledge
    texts: list[str]
    labels: list[str]


def grow(knowledge: Knowledge, times: int) -> Grown:
    """Copy every service; a copy keeps the authority and is in no boundary."""
    services, texts, labels = {}, [], []
    letters = random.Random(0)
    for copy in range(times):
        word = "".join(letters.choice("bdfgklmnprstv") + letters.choice("aeiouy") for _ in range(4))
        for sid, service in knowledge.services.items():
            name = sid if copy == 0 else f"{sid}_{copy}"
            services[name] = service.model_copy(update={"id": name})
            phrases = knowledge.service_words["sv"][sid].phrases[:PHRASES]
            texts += [clean(p) if copy == 0 else f"{clean(p)} {word}" for p in phrases]
            labels += [name] * len(phrases)
    return Grown(knowledge.model_copy(update={"services": services}), texts, labels)


def train(grown: Grown) -> Models:
    """The models as `lots train` makes them, one after another, without the encoder."""
    names = sorted(set(grown.labels))
    column = {name: i for i, name in enumerate(names)}
    bodies = {grown.knowledge.services[name].authority for name in names}
    places = {body: i for i, body in enumerate(sorted(bodies))}
    groups = [places[grown.knowledge.services[name].authority] for name in names]
    ngrams = NGrams()
    features = ngrams.fit(grown.texts)
    targets = np.array([column[label] for label in grown.labels], dtype=np.int64)
    members = [fit_member(features, targets, groups, seed) for seed in range(MEMBERS)]
    emergency = EmergencyDetector().fit(features, [x.startswith("nodsamtal") for x in grown.labels])
    neighbours = Neighbours(members[0].text_vectors(features), targets, len(names))
    return Models(
        ngrams, EmbeddingModel(names, members), emergency, neighbours, PhraseBook(()), None
    )


def measure(grown: Grown, models: Models, questions: list[str]) -> tuple[list[float], float]:
    """Milliseconds of each question, and the size of the model in MB."""
    turns = read_turns_of_phrase(load_settings().knowledge)
    calibration = Calibration(4.0, (0.0, 1.0, 0.0), VerdictModel())
    reader = RankingReader(models, grown.knowledge, calibration)
    times = []
    for question in questions:
        began = time.perf_counter()
        scored = score(models, turns, grown.knowledge, [question], ["sv"], {})
        decide(reader.read(scored, 0), grown.knowledge)
        times.append((time.perf_counter() - began) * 1000)
    return times, models.embedding.size / 1e6


def main() -> None:
    """Build, ask, print."""
    torch.set_num_threads(1)
    knowledge = load_knowledge(load_settings().knowledge)
    questions = [clean(q.text) for q in read_questions(ROOT / "tests" / "eval", ("sv",))]
    table = Table(title=f"Growth, {PHRASES} Swedish phrases a service, one core")
    for name in ("services", "texts", "build s", "p50 ms", "p95 ms", "MB"):
        table.add_column(name, justify="right")
    for times in (1, 10, 100):
        grown = grow(knowledge, times)
        began = time.monotonic()
        models = train(grown)
        seconds = time.monotonic() - began
        took, size = measure(grown, models, questions[:QUESTIONS])
        p50, p95 = np.percentile(took, [50, 95])
        table.add_row(f"{len(grown.knowledge.services)}", f"{len(grown.texts)}", f"{seconds:.0f}",
                      f"{p50:.1f}", f"{p95:.1f}", f"{size:.0f}")  # fmt: skip
    Console().print(table)


if __name__ == "__main__":
    main()
