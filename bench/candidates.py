"""The candidates for the matcher that bench/matchers.py measures side by side.

Rasa's classifiers would need hours for all phrases: they get a sample, and the embeddings the same
sample beside them.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import joblib
import numpy as np
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
from bot.matcher import load_matcher
from bot.ngrams import NGrams, in_latin
from bot.plain_text import clean
from bot.scores import Scores, standardise
from bot.semantic import SemanticModel
from bot.settings import ROOT, load_settings

Scorer = Callable[[Sequence[str]], Scores]  # texts -> (n_texts, n_labels)
TUNING_STEPS = 200  # of fine-tuning MiniLM
SAMPLE = 5_000  # phrases for what would need hours for all
RASA_EPOCHS = 8


@dataclass(frozen=True)
class Candidate:
    """Something that scores texts, how many bytes it takes on disk, and how it is ended."""

    scores: Scorer
    size: int
    close: Callable[[], None] = lambda: None


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


def embeddings(base: Base, ngrams: NGrams, features: csr_matrix, count: int) -> Candidate:
    """So many of the embeddings, asked together."""
    return together(base, ngrams, [member(base, features, seed) for seed in range(count)])


def together(base: Base, ngrams: NGrams, members: Sequence[Member]) -> Candidate:
    """One embedding, or several asked together."""
    learned = EmbeddingModel(base.names, members)

    def score(texts: Sequence[str]) -> Scores:
        logits = learned.logits(learned.vectors(ngrams.features(texts)))
        added: Scores = standardise(logits).mean(axis=0)
        return added

    return Candidate(score, stored(ngrams) + learned.size)


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


def minilm(base: Base) -> Candidate:
    """all-MiniLM-L6-v2 as it is, with a head over the English phrases."""
    english = base.only([i for i, code in enumerate(base.languages) if code == "en"])
    size = (builtin_folder() / "model.safetensors").stat().st_size
    return sentence_head(english, SentenceEncoder("builtin").load(), base.names, size)


def static_encoder(base: Base) -> tuple[Callable[[Sequence[str]], Any], int]:
    """A StaticEmbedding trained from scratch: phrases of one service are near each other."""
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.UnigramTrainer(
        vocab_size=30_000, special_tokens=["[UNK]"], unk_token="[UNK]", show_progress=False
    )
    latin = replace(base, texts=[in_latin(t) for t in base.texts])
    tokenizer.train_from_iterator(latin.texts, trainer)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_dim=256)], device="cpu"
    )
    train_contrastive(model, latin, steps=1500, batch=256, rate=0.005)

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


def finetuned(base: Base, part: Base) -> Candidate:
    """MiniLM tuned on all phrases; its head learns from a part of them: encoding takes long."""
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
    found = embeddings(part, ngrams, features, MEMBERS)
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
        return Candidate(selector, model.stat().st_size, selector.close)


def _weights(model: SentenceTransformer) -> int:
    """Bytes of a model's parameters."""
    return sum(p.numel() * p.element_size() for p in model.parameters())


def shipped(base: Base) -> Candidate:
    """The whole matcher with its own index: language, turns of phrase, encoder where it counts."""
    matcher = load_matcher(load_settings().index)
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
