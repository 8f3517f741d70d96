"""What the sentence means: a linear head over an encoder's vectors.

The built-in encoder is strong in English and weak elsewhere, a multilingual one strong in all:
which languages it is asked in is measured at training, not written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import joblib
import numpy as np
import numpy.typing as npt
from sklearn.svm import LinearSVC

from bot.encoder import Encoder, Vectors
from bot.lexical import Scores, standardise


class SemanticModel:
    """Scores a text against every label by its vector."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.labels: list[str] = []
        self._weights: npt.NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self._bias: npt.NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    def fit(
        self, vectors: Vectors, labels: Sequence[str], all_labels: Sequence[str]
    ) -> SemanticModel:
        """Learn from vectors (n_texts, dim); labels without a text get the lowest scores."""
        head = LinearSVC(C=0.5, tol=1e-2, random_state=0).fit(vectors, labels)
        column = {str(label): i for i, label in enumerate(head.classes_)}
        self.labels = list(all_labels)
        dim = vectors.shape[1]
        self._weights = np.zeros((dim, len(self.labels)), dtype=np.float32)
        self._bias = np.full(len(self.labels), -1.5, dtype=np.float32)
        for j, label in enumerate(self.labels):
            if label in column:
                self._weights[:, j] = head.coef_[column[label]]
                self._bias[j] = head.intercept_[column[label]]
        return self

    def scores_of(self, vectors: Vectors) -> Scores:
        """Standardised scores (n_texts, n_labels) of vectors (n_texts, dim)."""
        return standardise(vectors @ self._weights + self._bias)

    def scores(self, texts: Sequence[str]) -> Scores:
        """Standardised scores (n_texts, n_labels) of texts."""
        return self.scores_of(self.encoder(texts))

    def save(self, folder: Path) -> None:
        """Write the head; the encoder stays where it is."""
        joblib.dump((self.labels, self._weights, self._bias), folder / "semantic.joblib")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> SemanticModel:
        """Read what `save` wrote."""
        model = cls(encoder)
        model.labels, model._weights, model._bias = joblib.load(folder / "semantic.joblib")
        return model
