"""Candidates for the matcher side by side, on the same phrases and the same questions.

`make bench-matchers` prints the table, after half an hour; `ARGS=--quick` leaves out what learns
for minutes. Accuracy is the share of answerable questions of tests/eval whose first service
belongs to an accepted authority; latency is of one question on one thread; compare ratios.
Rasa's classifiers would need hours for all phrases: they get a sample, and the embeddings the same
sample beside them.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from scipy.sparse import csr_matrix
from sentence_transformers import SentenceTransformer
from sklearn.svm import LinearSVC

from bench.rasa_candidate import Selector
from bench.rasa_candidate import train as train_selector
from bot.dialogue_examples import NO_MATTER, read_examples
from bot.embedding import MEMBERS, EmbeddingModel, Member, fit_member
from bot.encoder import SentenceEncoder, builtin_folder
from bot.evaluation import Question, read_questions
from bot.knowledge import Knowledge, load_knowledge, training_texts
from bot.matcher import Matcher, load_matcher
from bot.ngrams import NGrams, in_latin
from bot.plain_text import clean
from bot.scores import Scores, standardise
from bot.semantic import SemanticModel
from bot.settings import ROOT, load_settings

Scorer = Callable[[Sequence[str]], Scores]  # texts -> (n_texts, n_labels)
TUNING_STEPS = 200  # of fine-tuning MiniLM
SAMPLE = 15_000  # phrases for what would need hours for all
RASA_EPOCHS = 15


@dataclass(frozen=True)
class Candidate:
    """Something that scores texts, and how many bytes it takes on disk."""

    scores: Scorer
    size: int


@dataclass(frozen=True)
class Result:
    """One row of the table: right at first place per language, milliseconds, seconds, MB."""

    name: str
    right: dict[str, float]
    latency: float
    build: float
    memory: float
    disk: float


@dataclass
class Base:
    """What every candidate learns from and is asked."""

    knowledge: Knowledge
    texts: list[str]
    labels: list[str]
    languages: list[str]
    questions: list[Question]

    @property
    def names(self) -> list[str]:
        """The labels, each once, sorted."""
        return sorted(set(self.labels))

    @property
    def targets(self) -> np.ndarray:
        """Column of each text's label."""
        column = {name: i for i, name in enumerate(self.names)}
        return np.array([column[label] for label in self.labels], dtype=np.int64)

    def only(self, rows: Sequence[int]) -> Base:
        """The same with these texts only."""
        return Base(
            self.knowledge,
            [self.texts[i] for i in rows],
            [self.labels[i] for i in rows],
            [self.languages[i] for i in rows],
            self.questions,
        )

    def sample(self, count: int) -> Base:
        """So many texts, drawn; the same every time."""
        return self.only(np.random.default_rng(0).permutation(len(self.texts))[:count].tolist())


def read_base() -> Base:
    """Phrases of the knowledge base and the evaluation questions that have an answer."""
    settings = load_settings()
    knowledge = load_knowledge(settings.knowledge)
    rows = [(clean(t.text), t.label, t.language) for t in training_texts(knowledge)]
    rows += [
        (clean(e.text), "none", e.language)
        for e in read_examples(settings.nlu)
        if e.intent in NO_MATTER
    ]
    questions = [q for q in read_questions(ROOT / "tests" / "eval") if q.decision == "answer"]
    texts, labels, languages = (list(column) for column in zip(*rows, strict=True))
    return Base(knowledge, texts, labels, languages, questions)


def stored(*parts: object) -> int:
    """Bytes that the parts take on disk."""
    buffer = io.BytesIO()
    joblib.dump(parts, buffer)
    return buffer.tell()


def bm25(base: Base) -> Candidate:
    """Okapi BM25 over the phrases' words; a service scores as its best phrase."""
    import bm25s

    index = bm25s.BM25()
    index.index([in_latin(t).split() for t in base.texts], show_progress=False)
    owner = base.targets

    def score(texts: Sequence[str]) -> Scores:
        rows = np.zeros((len(texts), len(base.names)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            np.maximum.at(row, owner, index.get_scores(in_latin(text).split()))
        return rows

    return Candidate(score, stored(index.scores, index.vocab_dict, owner))


def linear(base: Base, ngrams: NGrams, features: csr_matrix) -> Candidate:
    """The n-grams under a linear classifier, one label against the rest."""
    machine = LinearSVC(C=1.0, tol=1.0, random_state=0).fit(features, base.targets)
    return Candidate(
        lambda texts: standardise(machine.decision_function(ngrams.features(texts))),
        stored(ngrams, machine.coef_.astype(np.float32)),
    )


def member(base: Base, features: csr_matrix, seed: int) -> Member:
    """The n-grams as one learned embedding under a softmax."""
    bodies = [
        base.knowledge.services[n].authority if n in base.knowledge.services else n
        for n in base.names
    ]
    places = {body: i for i, body in enumerate(dict.fromkeys(bodies))}
    return fit_member(features, base.targets, [places[b] for b in bodies], seed)


def together(base: Base, ngrams: NGrams, members: Sequence[Member]) -> Candidate:
    """One embedding, or several asked together."""
    learned = EmbeddingModel(base.names, members)

    def score(texts: Sequence[str]) -> Scores:
        logits = learned.logits(learned.vectors(ngrams.features(texts)))
        added: Scores = standardise(logits).mean(axis=0)
        return added

    return Candidate(score, stored(ngrams) + learned.size)


def both(one: Candidate, other: Candidate, weight: float = 1.0) -> Candidate:
    """Two candidates' scores added."""
    return Candidate(
        lambda texts: one.scores(texts) + weight * other.scores(texts), one.size + other.size
    )


def sentence_head(
    base: Base, encoder: Callable[[Sequence[str]], Any], names: Sequence[str], weights: int
) -> Candidate:
    """A linear head and the nearest phrases over an encoder's vectors.

    `names`: all labels that are scored; `weights`: bytes of the encoder itself.
    """
    model = SemanticModel(encoder)  # type: ignore[arg-type]
    vectors = encoder(base.texts)
    model.fit(vectors, base.labels, names)
    return Candidate(model.scores, weights + vectors.nbytes)


def static_encoder(base: Base) -> tuple[Callable[[Sequence[str]], Any], int]:
    """A StaticEmbedding trained from scratch: phrases of one service are near each other."""
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.UnigramTrainer(
        vocab_size=30_000, special_tokens=["[UNK]"], unk_token="[UNK]", show_progress=False
    )
    tokenizer.train_from_iterator([in_latin(t) for t in base.texts], trainer)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_dim=256)], device="cpu"
    )
    train_contrastive(model, base, steps=1500, batch=256, rate=0.05)

    def encode(texts: Sequence[str]) -> Any:  # noqa: ANN401 - no stubs
        latin = [in_latin(t) for t in texts]
        return model.encode(latin, normalize_embeddings=True, show_progress_bar=False)

    return encode, _weights(model)


def train_contrastive(
    model: SentenceTransformer, base: Base, steps: int, batch: int, rate: float
) -> None:
    """sentence-transformers' own trainer, multiple negatives ranking loss.

    Pairs are two texts of one service in any two languages (the wording is parallel); texts of the
    services of one boundary are put in the same batch, as hard negatives for each other.
    """
    from datasets import Dataset
    from sentence_transformers import (
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    random = np.random.default_rng(0)
    by_label: dict[str, list[str]] = {}
    for text, label in zip(base.texts, base.labels, strict=True):
        by_label.setdefault(label, []).append(text)
    boundaries = [
        [s for s in b.services if s in by_label] for b in base.knowledge.boundaries.values()
    ]
    pairs: list[tuple[str, str]] = []
    while len(pairs) < steps * batch:
        group = boundaries[random.integers(len(boundaries))] if random.random() < 0.3 else []
        for label in group or [base.names[random.integers(len(base.names))]]:
            one, other = random.choice(by_label[label], 2)
            pairs.append((str(one), str(other)))
    columns = list(zip(*pairs[: steps * batch], strict=True))
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(ROOT / "var" / "bench-matchers"),
        max_steps=steps,
        per_device_train_batch_size=batch,
        learning_rate=rate,
        save_strategy="no",
        report_to=[],
        use_cpu=True,
        disable_tqdm=True,
    )
    data = Dataset.from_dict({"anchor": list(columns[0]), "positive": list(columns[1])})
    SentenceTransformerTrainer(
        model=model, args=arguments, train_dataset=data, loss=MultipleNegativesRankingLoss(model)
    ).train()


def accuracy(base: Base, scorer: Scorer) -> dict[str, float]:
    """Share right at first place per language, and `all`."""
    names = base.names
    services = [i for i, n in enumerate(names) if n in base.knowledge.services and n != "nodsamtal"]
    rows = scorer([clean(q.text) for q in base.questions])
    hits: dict[str, list[bool]] = {}
    for row, question in zip(rows, base.questions, strict=True):
        best = names[services[int(np.argmax(row[services]))]]
        right = base.knowledge.services[best].authority in question.accept
        hits.setdefault(question.lang, []).append(right)
        hits.setdefault("all", []).append(right)
    return {code: float(np.mean(found)) for code, found in hits.items()}


def milliseconds(base: Base, scorer: Scorer) -> float:
    """Median time of one question, alone."""
    times = []
    for question in base.questions[::9]:
        began = time.perf_counter()
        scorer([clean(question.text)])
        times.append((time.perf_counter() - began) * 1000)
    return float(np.median(times))


def main() -> None:
    """Build, ask, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="leave out what learns for minutes")
    quick = options.parse_args().quick
    torch.set_num_threads(2)
    console = Console()
    base = read_base()
    results: list[Result] = []

    def measure(name: str, build: Callable[[], Candidate]) -> Candidate:
        console.print(f"building {name}", style="dim")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.monotonic()
        built = build()
        seconds = time.monotonic() - began
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        right, latency = accuracy(base, built.scores), milliseconds(base, built.scores)
        results.append(Result(name, right, latency, seconds, memory, built.size / 1e6))
        saved = ROOT / "var" / "bench-matchers.json"
        saved.parent.mkdir(exist_ok=True)
        saved.write_text(json.dumps([vars(r) for r in results], indent=1), encoding="utf-8")
        return built

    measure("BM25", lambda: bm25(base))
    ngrams = NGrams()
    features = ngrams.fit(base.texts)
    members: list[Member] = []

    def learn(count: int) -> Candidate:
        members.extend(member(base, features, seed) for seed in range(len(members), count))
        return together(base, ngrams, members)

    first = measure("n-grams, linear", lambda: linear(base, ngrams, features))
    second = measure("n-grams, embedding", lambda: learn(1))
    measure("both", lambda: both(first, second))
    several = measure(f"{MEMBERS} embeddings", lambda: learn(MEMBERS))
    english = base.only([i for i, code in enumerate(base.languages) if code == "en"])
    minilm = SentenceEncoder("builtin").load()
    size = (builtin_folder() / "model.safetensors").stat().st_size
    third = measure(
        "MiniLM, English phrases", lambda: sentence_head(english, minilm, base.names, size)
    )
    measure("embeddings + MiniLM", lambda: both(several, third, 0.5))
    if not quick:
        part = base.sample(SAMPLE)
        measure(f"MiniLM tuned {TUNING_STEPS} steps", lambda: finetuned(base, part))
        fourth = measure("StaticEmbedding", lambda: static(base))
        measure("embeddings + Static", lambda: both(several, fourth, 0.5))
        measure(f"{MEMBERS} embeddings, {SAMPLE} texts", lambda: from_sample(part, base))
        measure(f"Rasa, {SAMPLE} texts", lambda: rasa(part, base))
    matcher = load_matcher(load_settings().index)
    measure("as it ships", lambda: shipped(base, matcher))
    console.print(_table(results, sorted({q.lang for q in base.questions})))


def finetuned(base: Base, part: Base) -> Candidate:
    """MiniLM tuned on all phrases; its head learns from a part of them: encoding takes long."""
    torch.set_num_threads(2)  # fitting the embeddings took one
    model = SentenceTransformer(str(builtin_folder()), device="cpu", local_files_only=True)
    model.max_seq_length = 32
    train_contrastive(model, base, TUNING_STEPS, batch=64, rate=5e-5)

    def encode(texts: Sequence[str]) -> Any:  # noqa: ANN401 - no stubs
        return model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)

    return sentence_head(part, encode, base.names, _weights(model))


def static(base: Base) -> Candidate:
    """A StaticEmbedding trained from scratch, with a head over its vectors."""
    encode, weights = static_encoder(base)
    return sentence_head(base, encode, base.names, weights)


def from_sample(part: Base, whole: Base) -> Candidate:
    """The embeddings with fewer phrases; labels that have none get the lowest scores."""
    ngrams = NGrams()
    features = ngrams.fit(part.texts)
    found = together(part, ngrams, [member(part, features, seed) for seed in range(MEMBERS)])
    places = [whole.names.index(name) for name in part.names]

    def score(texts: Sequence[str]) -> Scores:
        rows = np.full((len(texts), len(whole.names)), -10.0, dtype=np.float32)
        rows[:, places] = found.scores(texts)
        return rows

    return Candidate(score, found.size)


def rasa(part: Base, whole: Base) -> Candidate:
    """Rasa's DIET and ResponseSelector with fewer phrases."""
    with tempfile.TemporaryDirectory() as folder:
        services = set(part.knowledge.services)
        model = train_selector(part.texts, part.labels, services, RASA_EPOCHS, Path(folder))
        selector = Selector(model, whole.names)
        selector(["hej"])  # it has read the model: the folder may go
        return Candidate(selector, model.stat().st_size)


def _weights(model: SentenceTransformer) -> int:
    """Bytes of a model's parameters."""
    return sum(p.numel() * p.element_size() for p in model.parameters())


def shipped(base: Base, matcher: Matcher) -> Candidate:
    """The whole matcher with its own index: language, turns of phrase, encoder where it counts."""
    column = {name: i for i, name in enumerate(base.names)}

    def score(texts: Sequence[str]) -> Scores:
        rows = np.zeros((len(texts), len(base.names)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for service, p in matcher.rank(text, matcher.detector.detect(text).code).services:
                if service in column:
                    row[column[service]] = p
        return rows

    index = load_settings().index
    return Candidate(score, sum(f.stat().st_size for f in index.iterdir()))


def _table(results: Sequence[Result], codes: Sequence[str]) -> Table:
    """One column a candidate: the names are long and the languages many."""
    table = Table(title="Right authority at first place, answerable questions of tests/eval")
    table.add_column("")
    for result in results:
        table.add_column(result.name, justify="right", overflow="fold")
    table.add_row("[bold]all", *(f"[bold]{r.right['all']:.3f}" for r in results))
    for code in codes:
        table.add_row(code, *(f"{r.right[code]:.2f}" for r in results))
    table.add_row("ms a question", *(f"{r.latency:.1f}" for r in results))
    table.add_row("build s", *(f"{r.build:.0f}" for r in results))
    table.add_row("MB in memory", *(f"{r.memory:.0f}" for r in results))
    table.add_row("MB on disk", *(f"{r.disk:.0f}" for r in results))
    return table


if __name__ == "__main__":
    main()
