"""What is read in a text: its character and word n-grams, weighted by how telling they are.

Sweden's compounds and everyone's misspellings share character n-grams, and Swedish loanwords
carry over from one language to the next: one set of n-grams for all languages. Arabic, Cyrillic
and Ethiopic are read in Latin letters, so that who types Tigrinya or Russian on a Swedish keyboard
is understood, and loanwords carry over between scripts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import scipy.sparse as sp
from anyascii import anyascii
from sklearn.feature_extraction.text import TfidfVectorizer, strip_accents_unicode

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


class NGrams:
    """The n-grams that the training texts hold; turns texts into their weights."""

    def __init__(self) -> None:
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

    def fit(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - scipy has no stubs
        """Learn which n-grams there are; their matrix (n_texts, n_features, sparse)."""
        return sp.hstack(
            [self._characters.fit_transform(texts), self._words.fit_transform(texts) * _WORD_WEIGHT]
        ).tocsr()

    def features(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - scipy has no stubs
        """Sparse matrix (n_texts, n_features) of n-gram weights."""
        return sp.hstack(
            [self._characters.transform(texts), self._words.transform(texts) * _WORD_WEIGHT]
        ).tocsr()

    def known_share(self, text: str) -> float:
        """Share (0..1) of the text's words that training has seen; 0 of none."""
        words = self._words.build_tokenizer()(self._words.build_preprocessor()(text))
        known = sum(word in self._words.vocabulary_ for word in words)
        return known / len(words) if words else 0.0

    def save(self, folder: Path) -> None:
        """Write them."""
        joblib.dump((self._characters, self._words), folder / "ngrams.joblib")

    @classmethod
    def load(cls, folder: Path) -> NGrams:
        """Read what `save` wrote."""
        ngrams = cls()
        ngrams._characters, ngrams._words = joblib.load(folder / "ngrams.joblib")
        return ngrams
