"""Fixtures of all tests. Nothing here needs the network or a running process."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import joblib
import numpy as np
import pytest

from bot.assistant import Assistant, load_assistant
from bot.encoder import Vectors
from bot.knowledge import Knowledge, load_knowledge, training_texts
from bot.matcher import Matcher
from bot.settings import ROOT, Settings
from bot.training import train_matcher
from tests.small_base import WORDS
from tests.small_files import write_calibration, write_knowledge, write_nlu

os.environ.setdefault("HF_HUB_OFFLINE", "1")
CLOSED_PORT = 1  # nobody listens there, and only root could


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    """A LOTS_ setting of the developer's shell must not change what is tested."""
    for name in [name for name in os.environ if name.startswith("LOTS_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def small_knowledge(tmp_path: Path) -> Path:
    return write_knowledge(tmp_path / "knowledge")


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Knowledge:
    """The small knowledge base, loaded."""
    return load_knowledge(write_knowledge(tmp_path_factory.mktemp("small") / "knowledge"))


@pytest.fixture(scope="session")
def get_small(small):
    """The same behind a call: hypothesis prints its arguments, and this one is long."""
    return lambda: small


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The real knowledge base."""
    return load_knowledge(ROOT / "knowledge")


class FakeEncoder:
    """A stable word hash: texts that share words are near, the same on every machine."""

    dim = 64

    def __call__(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().split() or ["?"]:
                vectors[row, zlib.crc32(word.encode()) % self.dim] += 1.0
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="session")
def fake_encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory) -> Path:
    """Folder of a real sentence-transformers model with the small base's words in it."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    texts = (t for by_id in WORDS.values() for w in by_id.values() for t in (w[0], w[1], *w[3]))
    words = sorted({word for text in texts for word in text.split()})
    tokenizer = Tokenizer(
        WordLevel({"[UNK]": 0} | {w: i for i, w in enumerate(words, 1)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(0).normal(size=(len(words) + 1, 16)).astype(np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu"
    )
    folder = tmp_path_factory.mktemp("encoder") / "tiny"
    model.save(str(folder))
    return folder


def small_settings(folder: Path, encoder: str) -> Settings:
    """Settings of a small base written below `folder`; its processes' ports are closed."""
    return Settings(
        knowledge=write_knowledge(folder / "knowledge"),
        nlu=write_nlu(folder / "nlu"),
        calibration=write_calibration(folder / "calibration"),
        models=folder / "models",
        encoder=encoder,
        rasa_port=CLOSED_PORT,
        actions_port=CLOSED_PORT,
    )


def train_quietly(settings: Settings) -> dict:
    """Train in this process: two workers would take longer to start than to work.

    Not in threads: LinearSVC draws from one random generator of the whole process.
    """
    with joblib.parallel_config(backend="sequential"):
        return train_matcher(settings, lambda _: None)


@pytest.fixture(scope="session")
def trained_settings(tmp_path_factory, tiny_model) -> Settings:
    """Settings of a small base that has been trained. Tests must not change its folders."""
    settings = small_settings(tmp_path_factory.mktemp("trained"), str(tiny_model))
    train_quietly(settings)
    return settings


@pytest.fixture(scope="session")
def assistant(trained_settings) -> Assistant:
    return load_assistant(trained_settings)


@pytest.fixture(scope="session")
def trained(assistant) -> Matcher:
    return assistant.matcher


@pytest.fixture(scope="session")
def real_texts(knowledge):
    """Every training text of the real knowledge base."""
    return training_texts(knowledge)
