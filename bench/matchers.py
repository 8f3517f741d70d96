"""Candidates for the matcher side by side, on the same phrases and the same questions.

`make bench-matchers` prints the table; `ARGS="--static --finetune 200"` adds the two that learn
for minutes. Accuracy is the share of answerable questions of tests/eval whose first service
belongs to an accepted authority; latency is of one question on one thread; compare ratios.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from scipy.sparse import csr_matrix
from sentence_transformers import SentenceTransformer
from sklearn.svm import LinearSVC

from bot.dialogue_examples import NO_MATTER, read_examples
from bot.embedding import MEMBERS, EmbeddingModel, Member, fit_member
from bot.encoder import SentenceEncoder
from bot.evaluation import Question, read_questions
from bot.knowledge import Knowledge, load_knowledge, training_texts
from bot.matcher import Matcher, load_matcher
from bot.ngrams import NGrams, in_latin
from bot.plain_text import clean
from bot.scores import Scores, standardise
from bot.semantic import SemanticModel
from bot.settings import ROOT, load_settings

Scorer = Callable[[Sequence[str]], Scores]  # texts -> (n_texts, n_labels)


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


def bm25(base: Base) -> Scorer:
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

    return score


def linear(base: Base, ngrams: NGrams, features: csr_matrix) -> Scorer:
    """The n-grams under a linear classifier, one label against the rest."""
    machine = LinearSVC(C=1.0, tol=1.0, random_state=0).fit(features, base.targets)
    return lambda texts: standardise(machine.decision_function(ngrams.features(texts)))


def member(base: Base, features: csr_matrix, seed: int) -> Member:
    """The n-grams as one learned embedding under a softmax."""
    bodies = [
        base.knowledge.services[n].authority if n in base.knowledge.services else n
        for n in base.names
    ]
    places = {body: i for i, body in enumerate(dict.fromkeys(bodies))}
    return fit_member(features, base.targets, [places[b] for b in bodies], seed)


def together(base: Base, ngrams: NGrams, members: Sequence[Member]) -> Scorer:
    """One embedding, or several asked together."""
    learned = EmbeddingModel(base.names, members)
    return lambda texts: standardise(learned.logits(learned.vectors(ngrams.features(texts)))).mean(
        axis=0
    )


def sentence_head(base: Base, encoder: Callable[[Sequence[str]], Any]) -> Scorer:
    """A linear head and the nearest phrases over an encoder's vectors."""
    model = SemanticModel(encoder)  # type: ignore[arg-type]
    model.fit(encoder(base.texts), base.labels, base.names)
    return model.scores


def static_encoder(base: Base) -> Callable[[Sequence[str]], Any]:
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
    return lambda texts: model.encode(
        [in_latin(t) for t in texts], normalize_embeddings=True, show_progress_bar=False
    )


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
    options.add_argument("--static", action="store_true", help="StaticEmbedding from scratch")
    options.add_argument("--finetune", type=int, default=0, help="steps of fine-tuning MiniLM")
    given = options.parse_args()
    torch.set_num_threads(2)
    console = Console()
    base = read_base()
    results: list[tuple[str, dict[str, float], float, float, float]] = []

    def measure(name: str, build: Callable[[], Scorer]) -> Scorer:
        console.print(f"building {name}", style="dim")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.monotonic()
        scorer = build()
        seconds = time.monotonic() - began
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        results.append((name, accuracy(base, scorer), milliseconds(base, scorer), seconds, memory))
        return scorer

    measure("BM25", lambda: bm25(base))
    ngrams = NGrams()
    features = ngrams.fit(base.texts)
    members: list[Member] = []

    def learn(count: int) -> Scorer:
        members.extend(member(base, features, seed) for seed in range(len(members), count))
        return together(base, ngrams, members)

    first = measure("n-grams, linear", lambda: linear(base, ngrams, features))
    second = measure("n-grams, embedding", lambda: learn(1))
    measure("both", lambda: lambda texts: first(texts) + second(texts))
    several = measure(f"{MEMBERS} embeddings", lambda: learn(MEMBERS))
    english = Base(base.knowledge, *_only(base, "en"), base.questions)
    minilm = SentenceEncoder("builtin").load()
    third = measure("MiniLM, English phrases", lambda: _widened(english, base, minilm))
    measure("embeddings + MiniLM", lambda: lambda texts: several(texts) + 0.5 * third(texts))
    if given.static:
        fourth = measure("StaticEmbedding", lambda: sentence_head(base, static_encoder(base)))
        measure("embeddings + Static", lambda: lambda t: several(t) + 0.5 * fourth(t))
    if given.finetune:
        measure(f"MiniLM, tuned {given.finetune} steps", lambda: _finetuned(base, given.finetune))
    matcher = load_matcher(load_settings().index)
    measure("as it ships", lambda: _shipped(base, matcher))
    saved = ROOT / "var" / "bench-matchers.json"
    saved.write_text(json.dumps(results, indent=1), encoding="utf-8")
    console.print(_table(results, sorted({q.lang for q in base.questions})))


def _only(base: Base, language: str) -> tuple[list[str], list[str], list[str]]:
    rows = [
        row
        for row in zip(base.texts, base.labels, base.languages, strict=True)
        if row[2] == language
    ]
    texts, labels, languages = (list(column) for column in zip(*rows, strict=True))
    return texts, labels, languages


def _widened(part: Base, whole: Base, encoder: SentenceEncoder) -> Scorer:
    """A head over one language's phrases, scoring all labels."""
    model = SemanticModel(encoder)
    model.fit(encoder(part.texts), part.labels, whole.names)
    return model.scores


def _finetuned(base: Base, steps: int) -> Scorer:
    from bot.encoder import builtin_folder

    model = SentenceTransformer(str(builtin_folder()), device="cpu", local_files_only=True)
    model.max_seq_length = 32
    train_contrastive(model, base, steps, batch=64, rate=5e-5)
    sample = np.random.default_rng(0).permutation(len(base.texts))[:15_000]
    part = Base(
        base.knowledge,
        [base.texts[i] for i in sample],
        [base.labels[i] for i in sample],
        [base.languages[i] for i in sample],
        base.questions,
    )

    def encode(texts: Sequence[str]) -> Scores:
        return model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)

    head = SemanticModel(encode)
    head.fit(encode(part.texts), part.labels, base.names)
    return head.scores


def _shipped(base: Base, matcher: Matcher) -> Scorer:
    """The whole matcher with its own index: language, turns of phrase, encoder where it counts."""
    column = {name: i for i, name in enumerate(base.names)}

    def score(texts: Sequence[str]) -> Scores:
        rows = np.zeros((len(texts), len(base.names)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for service, p in matcher.rank(text, matcher.detector.detect(text).code).services:
                if service in column:
                    row[column[service]] = p
        return rows

    return score


def _table(
    results: list[tuple[str, dict[str, float], float, float, float]], codes: Sequence[str]
) -> Table:
    """One column a candidate: the names are long and the languages many."""
    table = Table(title="Right authority at first place, answerable questions of tests/eval")
    table.add_column("")
    for name, *_ in results:
        table.add_column(name, justify="right", overflow="fold")
    table.add_row("[bold]all", *(f"[bold]{right['all']:.3f}" for _, right, *_ in results))
    for code in codes:
        table.add_row(code, *(f"{right[code]:.2f}" for _, right, *_ in results))
    table.add_row("ms a question", *(f"{ms:.1f}" for _, _, ms, _, _ in results))
    table.add_row("build s", *(f"{seconds:.0f}" for *_, seconds, _ in results))
    table.add_row("MB", *(f"{memory:.0f}" for *_, memory in results))
    return table


if __name__ == "__main__":
    main()
