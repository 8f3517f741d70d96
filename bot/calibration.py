"""From scores to probabilities: fusion of two models, temperature, and how sure the first is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import expit, softmax
from sklearn.linear_model import LogisticRegression

from bot.lexical import Scores

Probabilities = npt.NDArray[np.float64]
NONE = "__none__"  # the label of texts that are no matter of public service
_WEIGHTS = (0.0, 0.2, 0.35, 0.5, 0.7, 1.0)
_WORTH = 0.005  # a language whose accuracy the encoder lifts less than this is not encoded


@dataclass
class Calibration:
    """What held-out texts taught about the scores.

    `encoder_weight`: language -> weight of the semantic scores (absent: not asked).
    `certainty`: intercept and weights of the logistic model behind `sure`.
    `matter`: the same of the one behind `no_matter`.
    """

    encoder_weight: dict[str, float] = field(default_factory=dict)
    temperature: float = 1.0
    certainty: tuple[float, float, float] = (0.0, 1.0, 0.0)
    matter: tuple[float, float, float] = (2.0, -1.0, 0.0)

    def probabilities(self, fused: Scores) -> Probabilities:
        """Softmax over the labels, shape as given (n_texts, n_labels)."""
        result: Probabilities = softmax(fused.astype(np.float64) * self.temperature, axis=1)
        return result

    def sure(self, best: float, second: float) -> float:
        """Probability (0..1) that the first authority is right.

        Args:
            best: summed probability of the first authority's services.
            second: the same of the next authority.
        """
        intercept, slope, margin = self.certainty
        return float(expit(intercept + slope * _logit(best) + margin * (best - second)))

    def no_matter(self, none: float, margin: float) -> float:
        """Probability (0..1) that the text is no matter of public service.

        Args:
            none: probability of the label NONE.
            margin: greatest distance from a service's hyperplane; small for words never seen.
        """
        intercept, slope, far = self.matter
        return float(expit(-(intercept + slope * _logit(none) + far * margin)))


def _logit(p: float) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return float(np.log(p / (1 - p)))


def fit_encoder_weights(
    lexical: Scores, semantic: Scores, right: npt.NDArray[np.bool_], languages: Sequence[str]
) -> dict[str, float]:
    """Choose per language how much the encoder counts.

    Args:
        lexical: (n_texts, n_labels) of held-out texts.
        semantic: the same of the encoder's head.
        right: (n_texts, n_labels), True where the label's authority is right.
        languages: of each text.
    """
    codes = np.asarray(languages)
    chosen: dict[str, float] = {}
    for code in sorted(set(languages)):
        rows = codes == code
        hits = {}
        for weight in _WEIGHTS:
            top = (lexical[rows] + weight * semantic[rows]).argmax(axis=1)
            hits[weight] = float(right[rows][np.arange(len(top)), top].mean())
        gain = {w: hits[w] - hits[0.0] for w in _WEIGHTS}
        if max(gain.values()) >= _WORTH:
            # Held-out phrases share more words with the others than a stranger's question
            # does: of weights that do about as well, the greatest is taken.
            chosen[code] = max(w for w in _WEIGHTS if gain[w] >= max(gain.values()) - _WORTH)
    return chosen


def fit_temperature(fused: Scores, gold: npt.NDArray[np.int64]) -> float:
    """The temperature under which the held-out labels are likeliest."""

    def loss(log_t: float) -> float:
        p = softmax(fused.astype(np.float64) * np.exp(log_t), axis=1)
        return float(-np.log(p[np.arange(len(gold)), gold] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 3.0), method="bounded").x))


def fit_certainty(
    best: Sequence[float], second: Sequence[float], is_right: Sequence[bool]
) -> tuple[float, float, float]:
    """Fit `Calibration.certainty` on held-out texts."""
    features = np.array(
        [[_logit(b), b - s] for b, s in zip(best, second, strict=True)], dtype=np.float64
    )
    model = LogisticRegression(C=10.0).fit(features, np.asarray(is_right))
    return (float(model.intercept_[0]), float(model.coef_[0][0]), float(model.coef_[0][1]))


def fit_matter(
    none: Sequence[float], margin: Sequence[float], is_matter: Sequence[bool]
) -> tuple[float, float, float]:
    """Fit `Calibration.matter` on held-out texts."""
    features = np.array(
        [[_logit(n), m] for n, m in zip(none, margin, strict=True)], dtype=np.float64
    )
    model = LogisticRegression(C=10.0, class_weight="balanced").fit(features, np.asarray(is_matter))
    return (float(model.intercept_[0]), float(model.coef_[0][0]), float(model.coef_[0][1]))
