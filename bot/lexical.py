"""What the words say: character and word n-grams under a linear classifier over services.

Sweden's compounds and everyone's misspellings share character n-grams, and Swedish loanwords
carry over from one language to the next: one joint model for all languages. Arabic, Cyrillic and
Ethiopic are read in Latin letters, so that who types Tigrinya or Russian on a Swedish keyboard is
understood, and loanwords carry over between scripts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from anyascii import anyascii
from sklearn.feature_extraction.text import TfidfVectorizer, strip_accents_unicode
from sklearn.svm import LinearSVC

Scores = npt.NDArray[np.float32]
_WORD_WEIGHT = 0.6
_OTHER_SCRIPTS = re.compile("[\u0400-\u052f\u0600-\u06ff\u0750-\u077f\u1200-\u139f]+")
# Arabic typed in Latin letters writes three of its consonants as digits inside words.
_ARABIC_DIGITS = re.compile(r"(?<=[^\W\d_])[357](?=[^\W\d_])|\b[37](?=[^\W\d_]{2})")
_DIGIT_SOUNDS = {"3": "", "5": "kh", "7": "h"}
_NO_SIGNS = str.maketrans("", "", "'`")  # soft signs and throat sounds nobody types


def in_latin(text: str) -> str:
    """The text in small Latin letters without marks: one spelling for all scripts."""
    text = _OTHER_SCRIPTS.sub(lambda found: anyascii(found.group()).translate(_NO_SIGNS), text)
    text = strip_accents_unicode(text.lower())
    return _ARABIC_DIGITS.sub(lambda found: _DIGIT_SOUNDS[found.group()], text)


class LexicalModel:
    """Scores a text against every label by its n-grams."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self._characters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(2, 4),
            sublinear_tf=True,
            preprocessor=in_latin,
            min_df=2,
            dtype=np.float32,
        )
        self._words = TfidfVectorizer(
            ngram_range=(1, 2),
            sublinear_tf=True,
            preprocessor=in_latin,
            min_df=2,
            token_pattern=r"(?u)\b\w+\b",
            dtype=np.float32,
        )
        self._weights: npt.NDArray[np.float16] | None = None  # (n_features, n_labels)
        self._bias: npt.NDArray[np.float32] | None = None

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> LexicalModel:
        """Learn the n-grams and one hyperplane per label, one label against the rest."""
        self.take(self.fit_classifier(self.fit_features(texts), labels))
        return self

    def fit_features(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - scipy has no stubs
        """Learn which n-grams there are; their matrix (n_texts, n_features, sparse)."""
        return sp.hstack(
            [self._characters.fit_transform(texts), self._words.fit_transform(texts) * _WORD_WEIGHT]
        ).tocsr()

    @staticmethod
    def fit_classifier(features: Any, labels: Sequence[str]) -> LinearSVC:  # noqa: ANN401
        """The slow part, apart so that it can run in another process."""
        # Ten thousand times the default tolerance takes a third off the time and costs nothing
        # on the evaluation questions (docs/decisions/0003).
        return LinearSVC(C=1.0, tol=1.0, random_state=0).fit(features, labels)

    def take(self, classifier: LinearSVC) -> None:
        """Take over what `fit_classifier` learnt."""
        self.labels = [str(label) for label in classifier.classes_]
        self._weights = np.ascontiguousarray(classifier.coef_.T.astype(np.float16))
        self._bias = classifier.intercept_.astype(np.float32)

    def features(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - scipy has no stubs
        """Sparse matrix (n_texts, n_features) of n-gram weights."""
        return sp.hstack(
            [self._characters.transform(texts), self._words.transform(texts) * _WORD_WEIGHT]
        ).tocsr()

    def margins(self, matrix: Any) -> Scores:  # noqa: ANN401 - scipy has no stubs
        """Distances from each label's hyperplane, shape (n_texts, n_labels), of `features`."""
        if self._weights is None or self._bias is None:
            raise ValueError("the lexical model has not been trained")
        rows = np.empty((matrix.shape[0], len(self.labels)), dtype=np.float32)
        for i in range(matrix.shape[0]):
            # Only the rows of the text's own n-grams are read from the mapped file.
            begin, end = matrix.indptr[i], matrix.indptr[i + 1]
            used = self._weights[matrix.indices[begin:end]].astype(np.float32)
            rows[i] = matrix.data[begin:end] @ used + self._bias
        return rows

    def known_share(self, text: str) -> float:
        """Share (0..1) of the text's words that training has seen; 0 of none."""
        words = self._words.build_tokenizer()(self._words.build_preprocessor()(text))
        known = sum(word in self._words.vocabulary_ for word in words)
        return known / len(words) if words else 0.0

    def save(self, folder: Path) -> None:
        """Write the model; weights apart, so that processes share one mapped copy."""
        if self._weights is None:
            raise ValueError("the lexical model has not been trained")
        np.save(folder / "lexical.npy", self._weights)
        state = (self.labels, self._characters, self._words, self._bias)
        joblib.dump(state, folder / "lexical.joblib")

    @classmethod
    def load(cls, folder: Path) -> LexicalModel:
        """Read what `save` wrote."""
        model = cls()
        model.labels, model._characters, model._words, model._bias = joblib.load(
            folder / "lexical.joblib"
        )
        model._weights = np.load(folder / "lexical.npy", mmap_mode="r")
        return model


def standardise(scores: Scores) -> Scores:
    """Rows with mean 0 and deviation 1, so that two models' scores can be added."""
    mean = scores.mean(axis=1, keepdims=True)
    deviation = scores.std(axis=1, keepdims=True)
    result: Scores = (scores - mean) / np.maximum(deviation, 1e-6)
    return result
