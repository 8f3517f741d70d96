"""From scores to probabilities, learnt from dev questions (data/calibration/).

The models are trained on phrases; how far their scores can be trusted with questions of people
who have not seen the phrases is another matter, so it is learnt from such people's questions.
They are not the evaluation questions (tests/eval/), which nothing learns from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import expit, softmax
from sklearn.linear_model import LogisticRegression

from bot.scores import Scores
from bot.verdicts import VerdictModel

Probabilities = npt.NDArray[np.float64]
NONE = "__none__"  # the label of texts that are no matter of public service
_WEIGHTS = (0.0, 0.15, 0.3, 0.5, 0.7, 1.0)


@dataclass(frozen=True)
class Calibration:
    """What the dev questions taught about the scores.

    `encoder_weight`: language -> weight of the semantic scores (absent: not asked).
    `certainty`: intercept and weights of the logistic model behind `sure`.
    `abroad`: label -> share (0..1) of its texts that name a place abroad.
    """

    temperature: float
    certainty: tuple[float, float, float]
    verdicts: VerdictModel
    encoder_weight: dict[str, float] = field(default_factory=dict)
    abroad: dict[str, float] = field(default_factory=dict)

    def probabilities(self, fused: Scores) -> Probabilities:
        """Softmax over the labels, shape as given (n_texts, n_labels)."""
        return to_probabilities(fused, self.temperature)

    def sure(self, best: float, lead: float) -> float:
        """Probability (0..1) that the first authority is right, if the text is a matter at all.

        Args:
            best: summed probability of the first authority's services.
            lead: `best` less the same of the next authority.
        """
        intercept, slope, margin = self.certainty
        return float(expit(intercept + slope * logit(best) + margin * lead))


def to_probabilities(fused: Scores, temperature: float) -> Probabilities:
    """Softmax over the labels at a temperature, shape as given (n_texts, n_labels)."""
    result: Probabilities = softmax(fused.astype(np.float64) * temperature, axis=1)
    return result


def logit(p: float) -> float:
    """Log odds of a probability, within +-13.8."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return float(np.log(p / (1 - p)))


def fit_temperature(fused: Scores, right: npt.NDArray[np.bool_]) -> float:
    """The temperature under which the right authorities are likeliest.

    Args:
        fused: scores (n_texts, n_labels).
        right: the same shape, True where the label's authority is right.
    """
    return float(np.exp(minimize_scalar(_loss, (-2.0, 3.0), args=(fused, right)).x))


def fit_encoder_weight(plain: Scores, semantic: Scores, right: npt.NDArray[np.bool_]) -> float:
    """How much the encoder counts in the languages it is asked in; 0: it helps nowhere.

    Args as in `fit_temperature`, of the questions in those languages.
    """
    if not len(plain):
        return 0.0

    def best_loss(weight: float) -> float:
        fused = plain + weight * semantic
        return float(_loss(np.log(fit_temperature(fused, right)), fused, right))

    return min(_WEIGHTS, key=best_loss)


def _loss(log_t: float, fused: Scores, right: npt.NDArray[np.bool_]) -> float:
    p = to_probabilities(fused, float(np.exp(log_t)))
    return float(-np.log((p * right).sum(axis=1) + 1e-9).mean())


def fit_certainty(
    best: Sequence[float], lead: Sequence[float], is_right: Sequence[bool]
) -> tuple[float, float, float]:
    """Fit `Calibration.certainty`; where all are right, or all wrong, their share is the answer."""
    features = np.array([[logit(b), m] for b, m in zip(best, lead, strict=True)])
    if len(set(is_right)) < 2:
        share = (sum(is_right) + 1) / (len(is_right) + 2)
        return (logit(share), 0.0, 0.0)
    model = LogisticRegression(C=10.0).fit(features, np.asarray(is_right))
    return (float(model.intercept_[0]), float(model.coef_[0][0]), float(model.coef_[0][1]))
