"""Which language is this? Script, a classifier trained on the knowledge base, and langdetect.

The classifier knows all fifteen languages, Kurdish, Tigrinya and Latin-script typing of Arabic,
Persian and Russian too, because the phrases hold them. langdetect knows no Kurdish or Tigrinya and
has no say between ours (`make bench-languages`: its vote made single words worse), but it tells
the languages that are none of ours, and so does a class of texts in them (data/nlu/und/).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from langdetect import DetectorFactory
from langdetect.detector_factory import PROFILES_DIRECTORY
from langdetect.lang_detect_exception import LangDetectException
from scipy.special import expit
from sklearn.base import clone
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import normalize

from bot.ngrams import grams_by_word, in_latin
from bot.plain_text import clean

FOREIGN = "und"  # ISO 639: texts in languages that are none of ours
OTHER_SCRIPT, _NO_LETTERS = "Zzzz", "Zyyy"  # ISO 15924
_UNSURE = 0.25  # below this, "cannot tell" is the better answer
_FOREIGN = 0.9999  # langdetect must be this sure that it is none of ours
_ENOUGH = 240  # characters that are looked at
_WORDS_FOREIGN = 5  # words that langdetect needs
_WORDS_DOUBTED, _DOUBTED = 3, 0.1  # or fewer, where the classifier gives foreign texts this much
_FOREIGN_KNOWS = 0.6  # and fewer of its words than this are known in the language it looks like
_TRIALS = 2  # of langdetect's draws, 7 by default: each costs a millisecond or two
_CLEAR = 0.95  # above this langdetect is not asked: it takes milliseconds
# langdetect's codes -> ours. It does not know so-called bs apart from hr and sr.
_LANGDETECT = {"hr": "bs", "sl": "bs", "mk": "bs"}
_NOT_IN_LANGDETECT = ("ckb", "kmr", "ti")  # it takes them for something else, surely
_SCRIPT_NAMES = {"LATIN": "Latn", "ARABIC": "Arab", "ETHIOPIC": "Ethi", "CYRILLIC": "Cyrl"}
# Letters that only one of ours has in that script.
_OWN_LETTERS = {"uk": "іїєґ", "ru": "ыэъё", "bs": "јљњћђџ", "ckb": "ڕڵێۆ"}
_SCRIPT_LANGUAGES = {"Arab": ("ar", "fa", "ckb"), "Ethi": ("ti",), "Cyrl": ("uk", "ru", "bs")}
_OTHER_SCRIPTS = ("Arab", "Cyrl", "Ethi")
_FEW_LETTERS = 3  # so few Latin ones are no evidence of a language of another script: "vab"
_TYPED = frozenset(c for codes in _SCRIPT_LANGUAGES.values() for c in codes) - {"bs"}
_TYPED_IN_LATIN = 2
_ONLY_SWEDISH = 0.9  # confidence that a text of nothing but Swedish words is Swedish
_MOST = 8_000  # texts of a language that it learns from; more lift nothing
_SWEDISH_OFTEN = 2  # texts that hold a Swedish word before it is taken out of the others
_SWEDISH_MORE = 2.0  # times as often as in the other language
_SWEDISH_ALONE = 0.5  # where a text holds nothing else: loanwords stand in every language's texts
_FEW_WORDS = 4  # a longer text says enough by its letters
_KNOWN_WORDS = 0.9  # confidence that so few words are of the one language that has them all
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class Detection:
    """The language of a text. `code` None means "cannot tell"; confidence is 0..1."""

    code: str | None
    confidence: float
    script: str
    runner_up: str | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether there are letters, but of no language that is ours, or of none to be told."""
        return self.code is None and self.script != _NO_LETTERS


NOTHING = Detection(None, 0.0, _NO_LETTERS)


def script_of(text: str) -> str:
    """ISO 15924 code of the script most letters belong to.

    `Zyyy` where there are no letters, `Zzzz` for a script no language of ours is written in.
    """
    counts: Counter[str] = Counter()
    for char in text:
        if char.isalpha():
            counts[_script_name(char)] += 1
    return _SCRIPT_NAMES.get(counts.most_common(1)[0][0], OTHER_SCRIPT) if counts else _NO_LETTERS


@cache
def _script_name(char: str) -> str:
    return unicodedata.name(char, "?").partition(" ")[0]


class LanguageDetector:
    """The one function for languages: `detect(text) -> Detection`.

    Args of `fit`: texts of the knowledge base with their language codes, and Swedish names
    (authorities, services) that people use inside any language.
    """

    def __init__(self) -> None:
        self._classes: list[str] = []
        self._swedish_names: frozenset[str] = frozenset()
        self._only_swedish: frozenset[str] = frozenset()
        self._vocabulary: dict[str, frozenset[str]] = {}
        self._own_words: dict[str, frozenset[str]] = {}  # without what is Swedish in them
        self._vectors = HashingVectorizer(
            analyzer="char_wb", ngram_range=(1, 4), n_features=2**16, lowercase=True
        )
        self._weights: npt.NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self._bias: npt.NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        self._prepare()

    def __getstate__(self) -> dict[str, Any]:
        """What is stored: not langdetect's profiles, not what people wrote."""
        left_out = ("_langdetect", "_recent")
        return {k: v for k, v in self.__dict__.items() if k not in left_out}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._prepare()

    def _prepare(self) -> None:
        self._langdetect = _load_langdetect()
        # A turn asks twice about one text: for the slot and for the match.
        self._recent = lru_cache(maxsize=32)(self._detect)

    def fit(
        self, texts: Sequence[str], codes: Sequence[str], swedish_names: Iterable[str]
    ) -> LanguageDetector:
        """Learn from texts; short pieces of them are added, so that one word is enough.

        `codes` may hold `FOREIGN` for texts in languages that are none of ours.
        """
        self._swedish_names = _words_only_swedish(texts, codes, swedish_names)
        counts, size = _count_words(texts, codes), Counter(codes)
        self._vocabulary = {code: frozenset(words) for code, words in counts.items()}
        swedish = _swedish_words(counts, size, _SWEDISH_MORE)
        self._own_words = {
            code: words - swedish.get(code, frozenset()) for code, words in self._vocabulary.items()
        }
        alone = _swedish_words(counts, size, _SWEDISH_ALONE)
        ours = [words for code, words in alone.items() if code != FOREIGN]
        self._only_swedish = self._swedish_names.union(
            frozenset.intersection(*ours) if ours else ()
        )
        texts, codes = _spread(texts, codes)
        rows: list[str] = []
        labels: list[str] = []
        for text, code in zip(texts, codes, strict=True):
            foreign = swedish.get(code, frozenset())
            if own := " ".join(w for w in text.split() if not foreign & _folded_words(w)):
                rows.append(own)
                labels.append(code)
            for piece in self._pieces(text, code):
                rows.append(piece)
                labels.append(code)
        for text, code in _typed_in_latin(texts, codes):
            rows.append(text)
            labels.append(code)
        classifier = SGDClassifier(
            loss="log_loss", alpha=2e-6, max_iter=2, tol=None, random_state=0
        )
        classifier.fit(self._all_vectors(rows), labels)
        self._classes = [str(code) for code in classifier.classes_]
        self._weights = np.ascontiguousarray(classifier.coef_.T.astype(np.float32))
        self._bias = classifier.intercept_.astype(np.float32)
        return self

    def _all_vectors(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - scipy has no stubs
        """What `_vectors.transform` gives, in half the time for many texts."""
        of_words = clone(self._vectors).set_params(norm=None, lowercase=False)
        return normalize(grams_by_word([text.lower() for text in texts], of_words))

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages it knows."""
        return tuple(code for code in self._classes if code != FOREIGN)

    def _pieces(self, text: str, code: str) -> list[str]:
        words = [w for w in _WORD.findall(text) if len(w) > 1]
        if code != "sv":  # a Swedish word in Somali is no evidence of Somali
            words = [w for w in words if w.casefold() not in self._swedish_names]
        step = max(1, len(words) // 3)
        return [" ".join(words[i : i + 1 + i % 2]) for i in range(0, len(words), step)]

    def detect(self, text: str) -> Detection:
        """Name the language; the same text always gets the same answer."""
        return self._recent(clean(text)[:_ENOUGH])

    def _detect(self, text: str) -> Detection:
        script = script_of(text)
        if script == _NO_LETTERS:
            return NOTHING
        if script == OTHER_SCRIPT:
            return Detection(None, 0.0, script)
        owners = [code for code, own in _OWN_LETTERS.items() if set(own) & set(text.lower())]
        if script != "Latn" and len(owners) == 1:
            return Detection(owners[0], 0.99, script)
        if script == "Latn" and _folded_words(text) <= self._only_swedish:
            return Detection("sv", _ONLY_SWEDISH, script)
        if script == "Latn" and len(text.split()) <= _FEW_WORDS and (only := self._only_one(text)):
            return Detection(only, _KNOWN_WORDS, script)
        masked = self._without_swedish(text) or text
        scores = self._classify(masked, script)
        order = sorted(scores, key=lambda c: (-scores[c], c))
        best, *others = (code for code in order if code != FOREIGN)
        if (
            scores[best] < max(_UNSURE, scores[FOREIGN])
            or (script == "Latn" and best in _TYPED and _letters(text) <= _FEW_LETTERS)
            or self._is_foreign(masked, best, scores)
        ):
            return Detection(None, scores[best], script, best)
        return Detection(best, scores[best], script, others[0] if others else None)

    def _only_one(self, text: str) -> str | None:
        """The one language that all the words are of, Swedish names left out; None of more."""
        words = _folded_words(text)
        telling = words - self._swedish_names or words
        holding = [code for code in self.codes if telling <= self._own_words[code]]
        return holding[0] if len(holding) == 1 and telling else None

    def by_classifier(self, text: str) -> str:
        """What the classifier alone says, whatever the script; to compare with."""
        scores = self._classify(clean(text)[:_ENOUGH], "Latn")
        return max(scores, key=lambda code: (scores[code], code))

    def _without_swedish(self, text: str) -> str:
        kept = [w for w in _WORD.findall(text) if w.casefold() not in self._swedish_names]
        return " ".join(kept)

    def _classify(self, text: str, script: str) -> dict[str, float]:
        """Probability of each language that is written in the script."""
        allowed = (*_SCRIPT_LANGUAGES.get(script, self.codes), FOREIGN)
        grams = self._vectors.transform([text])
        # One row of weights per n-gram of the text; a matrix product would copy all of them.
        raw = expit(grams.data @ self._weights[grams.indices] + self._bias)
        ours = {c: float(p) for c, p in zip(self._classes, raw, strict=True) if c in allowed}
        total = sum(ours.values()) or 1.0
        return {FOREIGN: 0.0} | {c: p / total for c, p in ours.items()}

    def _langdetect_all(self, text: str) -> list[tuple[str, float]]:
        detector = self._langdetect.create()
        detector.n_trial = _TRIALS
        detector.append(text)
        try:
            return [(str(found.lang), float(found.prob)) for found in detector.get_probabilities()]
        except LangDetectException:  # no features: digits, one odd letter
            return []

    def _is_foreign(self, text: str, best: str, scores: Mapping[str, float]) -> bool:
        """Sentences in, say, German: langdetect is sure and the classifier is not quite."""
        enough = _WORDS_DOUBTED if scores[FOREIGN] >= _DOUBTED else _WORDS_FOREIGN
        if best in _NOT_IN_LANGDETECT or scores[best] >= _CLEAR or len(text.split()) < enough:
            return False
        words = _folded_words(text)
        if len(words & self._vocabulary.get(best, frozenset())) >= _FOREIGN_KNOWS * len(words):
            return False
        found = self._langdetect_all(text.lower())
        if not found or found[0][1] < _FOREIGN:
            return False
        return _LANGDETECT.get(found[0][0], found[0][0]) not in self.codes


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _folded_words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _swedish_words(
    counts: Mapping[str, Counter[str]], size: Mapping[str, int], more: float
) -> dict[str, frozenset[str]]:
    """Per other language the words that Swedish texts hold `more` times as often, or oftener.

    People mix them into every language; they are evidence of none but Swedish.
    """
    often = {w: n for w, n in counts.get("sv", Counter()).items() if n >= _SWEDISH_OFTEN}
    return {
        code: frozenset(w for w, n in often.items() if n * size[code] > more * own[w] * size["sv"])
        for code, own in counts.items()
        if code != "sv"
    }


def _count_words(texts: Sequence[str], codes: Sequence[str]) -> dict[str, Counter[str]]:
    """Each language's words, with how many of its texts hold them."""
    counts: dict[str, Counter[str]] = {}
    for text, code in zip(texts, codes, strict=True):
        counts.setdefault(code, Counter()).update(_folded_words(text))
    return counts


def _spread(texts: Sequence[str], codes: Sequence[str]) -> tuple[list[str], list[str]]:
    """At most `_MOST` texts of each language, from the whole of its list."""
    of_code: dict[str, list[int]] = {}
    for i, code in enumerate(codes):
        of_code.setdefault(code, []).append(i)
    chosen = sorted(rows[i] for rows in of_code.values() for i in evenly(len(rows), _MOST))
    return [texts[i] for i in chosen], [codes[i] for i in chosen]


def evenly(count: int, most: int) -> list[int]:
    """At most so many of the indices 0..count-1, evenly from first to last."""
    indices: list[int] = np.linspace(0, count - 1, min(count, most)).astype(int).tolist()
    return indices


def _typed_in_latin(texts: Sequence[str], codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """One in so many texts of other scripts as it would be typed on a Swedish keyboard."""
    others = [(t, c) for t, c in zip(texts, codes, strict=True) if script_of(t) in _OTHER_SCRIPTS]
    for text, code in others[::_TYPED_IN_LATIN]:
        yield in_latin(text), code


def _load_langdetect() -> DetectorFactory:
    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.set_seed(0)  # langdetect draws at random; the same text must get the same answer
    return factory


def _words_only_swedish(
    texts: Sequence[str], codes: Sequence[str], names: Iterable[str]
) -> frozenset[str]:
    """Words of Swedish names that Swedish uses and no other language uses often."""
    wanted = {w.casefold() for name in names for w in _WORD.findall(name) if len(w) > 3}
    english = Counter(
        w
        for text, code in zip(texts, codes, strict=True)
        if code in ("en", "es", "fi", "pl", "tr")
        for w in set(_WORD.findall(text))
        if w.islower()  # names of authorities are written with a capital
    )
    # "pension" and "adoption" are English as well: they stay.
    return frozenset(w for w in wanted if not w.isascii() or english[w] < 25)
