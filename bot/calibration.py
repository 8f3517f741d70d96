"""From scores to probabilities, learnt from dev questions (data/calibration/).

The models are trained on phrases; how far their scores can be trusted with questions of people
who have not seen the phrases is another matter, so it is learnt from such people's questions.
They are not the evaluation questions (tests/eval/), which nothing learns from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field, fields
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import expit, softmax
from sklearn.linear_model import LogisticRegression

from bot.scores import Scores

Verdict = Literal["answer", "clarify", "none", "emergency"]
Probabilities = npt.NDArray[np.float64]
VERDICTS: tuple[Verdict, ...] = ("answer", "clarify", "none", "emergency")
NONE = "__none__"  # the label of texts that are no matter of public service
# How often each verdict is due among what people ask; the dev questions hold more of the rare.
_PRIOR = {"answer": 0.80, "clarify": 0.07, "none": 0.08, "emergency": 0.05}
_WEIGHTS = (0.0, 0.15, 0.3, 0.5, 0.7, 1.0)
# Inverse strength of the prior on the verdict's weights, times questions: 0.3 with 936 of them was
# best in ten folds; a base with a handful of questions is held no tighter than at 1.
_LOOSENESS = 280.0
_NEVER = -20.0  # intercept of a verdict no dev question asks for


@dataclass(frozen=True)
class Signals:
    """What the models say of one text; what its verdict rests on.

    Logits of probabilities, except `peak` (greatest of the labels' logits), `lead`
    (first authority's probability less the next one's), `hint` (share of the same boundary's other
    authority in the first service's probability), `known` (share of words training has seen),
    `near`, `near_none`, `near_emergency` and `near_open` (cosine with the nearest phrase of the
    first service, of what is no matter, of an emergency, of the likeliest open boundary) and
    `length` (logarithm of the number of characters).
    """

    none: float
    peak: float
    emergency: float
    emergency_rank: float
    boundary: float
    best: float
    lead: float
    hint: float
    known: float
    near: float
    near_none: float
    near_emergency: float
    near_open: float
    length: float


@dataclass(frozen=True)
class VerdictModel:
    """A multinomial logistic model: probability of each verdict, given the signals.

    Shapes: `mean`, `scale` (n_signals,), `weights` (n_verdicts, n_signals), `bias` (n_verdicts,).
    """

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]

    def probabilities(self, signals: Signals) -> dict[Verdict, float]:
        """Of each verdict, 0..1, together 1."""
        x = (np.array(astuple(signals)) - self.mean) / self.scale
        p = softmax(np.array(self.weights) @ x + self.bias)
        return {verdict: float(v) for verdict, v in zip(VERDICTS, p, strict=True)}


_N = len(fields(Signals))
# Before anything is learnt: every verdict as likely as the next.
UNDECIDED = VerdictModel((0.0,) * _N, (1.0,) * _N, ((0.0,) * _N,) * 4, (0.0,) * 4)


@dataclass(frozen=True)
class Calibration:
    """What the dev questions taught about the scores.

    `encoder_weight`: language -> weight of the semantic scores (absent: not asked).
    `certainty`: intercept and weights of the logistic model behind `sure`.
    """

    temperature: float
    certainty: tuple[float, float, float]
    verdicts: VerdictModel
    encoder_weight: dict[str, float] = field(default_factory=dict)

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

    def as_dict(self) -> dict[str, Any]:
        """Plain data for index.json."""
        return asdict(self)

    @classmethod
    def from_dict(cls, facts: Mapping[str, Any]) -> Calibration:
        """Read what `as_dict` gave.

        Raises:
            KeyError, TypeError, ValueError: if it is something else.
        """
        model = facts["verdicts"]
        return cls(
            float(facts["temperature"]),
            tuple(facts["certainty"]),
            VerdictModel(
                tuple(model["mean"]),
                tuple(model["scale"]),
                tuple(tuple(row) for row in model["weights"]),
                tuple(model["bias"]),
            ),
            {str(k): float(v) for k, v in facts["encoder_weight"].items()},
        )


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


def fit_verdicts(signals: Sequence[Signals], due: Sequence[Verdict]) -> VerdictModel:
    """Learn which signals call for which verdict.

    Args:
        signals: of each dev question.
        due: the verdict each should get.
    """
    x = np.array([astuple(s) for s in signals])
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)
    weights = np.zeros((len(VERDICTS), len(fields(Signals))))
    bias = np.array([0.0 if v in due else _NEVER for v in VERDICTS])
    found = [v for v in VERDICTS if v in due]
    if len(found) > 1:
        share = {v: due.count(v) / len(due) for v in found}
        each = [_PRIOR[v] / share[v] for v in due]
        places = [VERDICTS.index(v) for v in due]
        model = LogisticRegression(C=min(1.0, _LOOSENESS / len(due)), max_iter=2000)
        model.fit((x - mean) / scale, places, sample_weight=each)
        two = len(found) == 2  # then sklearn gives one row: of the second class against the first
        learnt, intercept = model.coef_, model.intercept_
        for row, place in enumerate(model.classes_):
            if two and row == 0:
                continue
            weights[place] = learnt[row - two]
            bias[place] = intercept[row - two]
    return VerdictModel(
        tuple(mean.tolist()),
        tuple(scale.tolist()),
        tuple(tuple(row) for row in weights.tolist()),
        tuple(bias.tolist()),
    )
