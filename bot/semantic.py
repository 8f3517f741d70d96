"""What the sentence means: a linear head and nearest phrases over an encoder's vectors.

The built-in encoder is strong in English and weak elsewhere, a multilingual one strong in all:
which languages it is asked in is measured at training, not written down.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

import joblib
import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from bot.encoder import Encoder, Vectors
from bot.scores import Scores, standardise

_STEPS = 40  # of the head's fitting: more learn the phrases by heart
_NEAREST = 3  # phrases of a label that are compared
_NEAREST_WEIGHT = 0.7


class SemanticModel:
    """Scores a text against every label by its vector."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._weights: Vectors = np.zeros((0, 0), dtype=np.float32)  # (dim, n_labels)
        self._bias: Vectors = np.zeros(0, dtype=np.float32)
        self._phrases: Vectors = np.zeros((0, 0), dtype=np.float32)  # (n_texts, dim)
        self._owner: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)  # label of each phrase

    def fit(
        self, vectors: Vectors, labels: Sequence[str], all_labels: Sequence[str]
    ) -> SemanticModel:
        """Learn from vectors (n_texts, dim); labels without a text get the lowest scores."""
        column = {label: i for i, label in enumerate(all_labels)}
        order = np.argsort([column[label] for label in labels], kind="stable")
        self._owner = np.array([column[labels[i]] for i in order], dtype=np.int64)
        self._phrases = vectors[order].astype(np.float32)
        head = LogisticRegression(C=10.0, max_iter=_STEPS)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # stopped early on purpose
            head.fit(vectors[order], self._owner)
        self._weights = np.zeros((vectors.shape[1], len(all_labels)), dtype=np.float32)
        self._bias = np.full(len(all_labels), -1.5, dtype=np.float32)
        self._weights[:, head.classes_] = head.coef_.T
        self._bias[head.classes_] = head.intercept_
        return self

    def scores_of(self, vectors: Vectors) -> Scores:
        """Standardised scores (n_texts, n_labels) of vectors (n_texts, dim)."""
        linear = standardise(vectors @ self._weights + self._bias)
        return linear + _NEAREST_WEIGHT * standardise(self._nearness(vectors))

    def _nearness(self, vectors: Vectors) -> Scores:
        """Mean cosine (n_texts, n_labels) of each label's nearest phrases; 0 without phrases."""
        cosines = vectors @ self._phrases.T
        near = np.zeros((len(vectors), len(self._bias)), dtype=np.float32)
        ends = np.flatnonzero(np.diff(self._owner, append=-1))  # last phrase of each label
        labels = self._owner[ends]
        places = ends[:, None] - np.arange(_NEAREST)
        inside = (places >= 0) & (self._owner[np.maximum(places, 0)] == labels[:, None])
        apart = self._owner * 4.0  # cosines span 2: one sort leaves every label's together
        for row, given in enumerate(cosines):
            by_label = np.sort(given + apart) - apart  # the nearest last
            best = np.where(inside, by_label[np.maximum(places, 0)], 0.0)
            near[row, labels] = best.sum(axis=1) / inside.sum(axis=1)
        return near

    def scores(self, texts: Sequence[str]) -> Scores:
        """Standardised scores (n_texts, n_labels) of texts."""
        return self.scores_of(self.encoder(texts))

    def save(self, folder: Path) -> None:
        """Write the head and the phrases' vectors; the encoder stays where it is."""
        state = (self._weights, self._bias, self._phrases, self._owner)
        joblib.dump(state, folder / "semantic.joblib")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> SemanticModel:
        """Read what `save` wrote."""
        model = cls(encoder)
        model._weights, model._bias, model._phrases, model._owner = joblib.load(
            folder / "semantic.joblib"
        )
        return model
