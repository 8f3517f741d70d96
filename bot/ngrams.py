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
from sklearn.feature_extraction.text import (
    CountVectorizer,
    TfidfTransformer,
    TfidfVectorizer,
    strip_accents_unicode,
)

_WORD_WEIGHT = 0.6
_CHARACTERS = (2, 4)  # shortest and longest n-gram of characters
_MIN_DF = 2  # texts that hold an n-gram; a single one's teach nothing
# Cyrillic, Arabic and its supplement, Ethiopic and its supplement
_OTHER_SCRIPTS = ((0x400, 0x530), (0x600, 0x700), (0x750, 0x780), (0x1200, 0x13A0))
# Arabic typed in Latin letters writes three of its consonants as digits inside words.
_ARABIC_DIGITS = re.compile(r"(?<=[^\W\d_])[357](?=[^\W\d_])|\b[37](?=[^\W\d_]{2})")
_DIGIT_SOUNDS = {"3": "", "5": "kh", "7": "h"}
_NO_SIGNS = str.maketrans("", "", "'`")  # soft signs and throat sounds nobody types
_IN_LATIN = {
    code: anyascii(chr(code)).translate(_NO_SIGNS)
    for begin, end in _OTHER_SCRIPTS
    for code in range(begin, end)
}


def in_latin(text: str) -> str:
    """The text in small Latin letters without marks: one spelling for all scripts."""
    text = strip_accents_unicode(text.translate(_IN_LATIN).lower())
    return _ARABIC_DIGITS.sub(lambda found: _DIGIT_SOUNDS[found.group()], text)


def grams_by_word(texts: Sequence[str], of_words: Any) -> Any:  # noqa: ANN401 - scipy has no stubs
    """Counts (n_texts, n_grams, sparse) of n-grams that do not cross spaces (`char_wb`).

    Args:
        texts: as the n-grams are to be read.
        of_words: a vectorizer; fitted here to the different words.
    """
    words = CountVectorizer(analyzer=str.split)
    held = words.fit_transform(texts)
    return held @ of_words.fit_transform(words.get_feature_names_out())


class NGrams:
    """The n-grams that the training texts hold; turns texts into their weights.

    Both vectorizers read texts that are `in_latin` already.
    """

    def __init__(self) -> None:
        self._characters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=_CHARACTERS,
            sublinear_tf=True,
            lowercase=False,
            dtype=np.float32,
        )
        self._words = TfidfVectorizer(
            ngram_range=(1, 2),
            sublinear_tf=True,
            lowercase=False,
            min_df=_MIN_DF,
            token_pattern=r"(?u)\b\w+\b",
            dtype=np.float32,
        )

    def fit(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - scipy has no stubs
        """Learn which n-grams there are; their matrix (n_texts, n_features, sparse)."""
        texts = [in_latin(text) for text in texts]
        words = self._words.fit_transform(texts) * _WORD_WEIGHT
        return sp.hstack([self._fit_characters(texts), words]).tocsr()

    def _fit_characters(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - scipy has no stubs
        """What `TfidfVectorizer.fit_transform` with `min_df=2` gives, in a quarter of the time.

        No n-gram crosses a space, so each different word is cut into n-grams only once.
        """
        of_words = CountVectorizer(analyzer="char_wb", ngram_range=_CHARACTERS, lowercase=False)
        counts = grams_by_word(texts, of_words)
        often = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= _MIN_DF)
        weights = TfidfTransformer(sublinear_tf=True)
        features = weights.fit_transform(counts[:, often].astype(np.float32))
        names = of_words.get_feature_names_out()[often]
        self._characters.vocabulary_ = {str(name): i for i, name in enumerate(names)}
        self._characters.idf_ = weights.idf_
        return features

    def features(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - scipy has no stubs
        """Sparse matrix (n_texts, n_features) of n-gram weights."""
        texts = [in_latin(text) for text in texts]
        return sp.hstack(
            [self._characters.transform(texts), self._words.transform(texts) * _WORD_WEIGHT]
        ).tocsr()

    def known_share(self, text: str) -> float:
        """Share (0..1) of the text's words that training has seen; 0 of none."""
        words = self._words.build_tokenizer()(in_latin(text))
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
