"""Which verdict is due, given what the models say of a text: learnt from dev questions.

Two models are asked and their mean is taken: a logistic one, and boosted trees, which see that a
signal counts only beside another (a word of danger in a text of unknown words is no emergency).
Apart both are worse, on questions neither has seen (docs/decisions/0008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import softmax
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

Weights = npt.NDArray[np.float64]
Verdict = Literal["answer", "clarify", "none", "emergency"]
VERDICTS: tuple[Verdict, ...] = ("answer", "clarify", "none", "emergency")
# How often each verdict is due among what people ask; the dev questions hold more of the rare.
_PRIOR = {"answer": 0.80, "clarify": 0.07, "none": 0.08, "emergency": 0.05}
# Inverse strength of the prior on the logistic weights, times questions: 0.3 with 936 of them was
# best in ten folds; a base with a handful of questions is held no tighter than at 1.
_LOOSENESS = 280.0
_ENOUGH_FOR_TREES = 500  # questions; with fewer a tree learns them by heart
_LEAF = 15  # questions a leaf holds at least


@dataclass(frozen=True)
class Signals:
    """What the models say of one text; what its verdict rests on.

    Logits of probabilities, except `peak` (greatest of the labels' logits), `lead`
    (first authority's probability less the next one's), `hint` (share of the same boundary's other
    authority in the first service's probability), `known` (share of words training has seen),
    `near`, `near_none`, `near_emergency` and `near_open` (mean cosine with the nearest phrases of
    the first service, of what is no matter, of an emergency, of the likeliest open boundary),
    `length` (logarithm of the number of characters), `abroad` (1 where a place abroad is named,
    else 0), `abroad_odd` (0 where none is named; else the less usual it is that texts of the
    first service name one, the more) and `at_home` (1 where one is named and so is "here", Sweden
    or a place in it, else 0).
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
    abroad: float
    abroad_odd: float
    at_home: float


@dataclass(frozen=True)
class VerdictModel:
    """Probability of each verdict, given the signals; before anything is learnt all the same.

    `verdicts`: those that are ever due, in the order of the columns. Shapes: `weights`
    (n_signals, n_verdicts), `bias` (n_verdicts,).
    """

    verdicts: tuple[Verdict, ...] = VERDICTS
    weights: Weights = field(default_factory=lambda: np.zeros((len(fields(Signals)), 4)))
    bias: Weights = field(default_factory=lambda: np.zeros(4))
    trees: GradientBoostingClassifier | None = None

    def probabilities(self, signals: Signals) -> dict[Verdict, float]:
        """Of each verdict, 0..1, together 1."""
        row = np.array(astuple(signals))
        p = softmax(row @ self.weights + self.bias)
        if self.trees is not None:
            p = (p + self.trees.predict_proba(row[None])[0]) / 2
        found = dict(zip(self.verdicts, p.tolist(), strict=True))
        return {verdict: found.get(verdict, 0.0) for verdict in VERDICTS}


def fit_verdicts(signals: Sequence[Signals], due: Sequence[Verdict]) -> VerdictModel:
    """Learn which signals call for which verdict; one that is never due is never given.

    Args:
        signals: of each dev question.
        due: the verdict each should get.
    """
    x = np.array([astuple(s) for s in signals])
    each = np.array([_PRIOR[v] * len(due) / due.count(v) for v in due])
    found = tuple(sorted(set(due)))
    if len(found) < 2:
        return VerdictModel(found, np.zeros((x.shape[1], 1)), np.zeros(1))
    scaler = StandardScaler().fit(x)
    logistic = LogisticRegression(C=min(1.0, _LOOSENESS / len(due)), max_iter=2000)
    logistic.fit(scaler.transform(x), due, sample_weight=each)
    # Of two classes sklearn gives one row, of the second against the first.
    rows, intercept = logistic.coef_, logistic.intercept_
    if len(found) == 2:
        rows, intercept = np.vstack([0 * rows, rows]), np.append(0.0, intercept)
    weights = (rows / scaler.scale_).T
    model = VerdictModel(found, weights, intercept - scaler.mean_ @ weights)
    if len(due) < _ENOUGH_FOR_TREES:
        return model
    trees = GradientBoostingClassifier(
        n_estimators=80,
        learning_rate=0.06,
        max_depth=None,
        max_leaf_nodes=6,
        min_samples_leaf=_LEAF,
        subsample=0.6,
        max_features=5,
        random_state=0,
    )
    return replace(model, trees=trees.fit(x, due, sample_weight=each))
