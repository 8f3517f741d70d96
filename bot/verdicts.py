"""Which verdict is due, given what the models say of a text: learnt from dev questions.

Two models are asked and their mean is taken: a logistic one, and boosted trees, which see that a
signal counts only beside another (a word of danger in a text of unknown words is no emergency).
Apart both are worse, on questions neither has seen (docs/decisions/0008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any, Literal

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

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
    the first service, of what is no matter, of an emergency, of the likeliest open boundary) and
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
    """Probability of each verdict, given the signals; before anything is learnt all the same."""

    models: tuple[Any, ...] = ()  # sklearn classifiers of rows of signals

    def probabilities(self, signals: Signals) -> dict[Verdict, float]:
        """Of each verdict, 0..1, together 1."""
        if not self.models:
            return dict.fromkeys(VERDICTS, 1 / len(VERDICTS))
        row = np.array([astuple(signals)])
        found = np.mean([model.predict_proba(row)[0] for model in self.models], axis=0)
        p = dict(zip(self.models[0].classes_, found.tolist(), strict=True))
        return {verdict: p.get(verdict, 0.0) for verdict in VERDICTS}


def fit_verdicts(signals: Sequence[Signals], due: Sequence[Verdict]) -> VerdictModel:
    """Learn which signals call for which verdict; one that is never due is never given.

    Args:
        signals: of each dev question.
        due: the verdict each should get.
    """
    x = np.array([astuple(s) for s in signals])
    each = np.array([_PRIOR[v] * len(due) / due.count(v) for v in due])
    if len(set(due)) < 2:
        return VerdictModel((DummyClassifier().fit(x, due),))
    logistic = make_pipeline(
        StandardScaler(), LogisticRegression(C=min(1.0, _LOOSENESS / len(due)), max_iter=2000)
    ).fit(x, due, logisticregression__sample_weight=each)
    if len(due) < _ENOUGH_FOR_TREES:
        return VerdictModel((logistic,))
    trees = GradientBoostingClassifier(
        n_estimators=80,
        learning_rate=0.06,
        max_depth=None,
        max_leaf_nodes=6,
        min_samples_leaf=_LEAF,
        subsample=0.6,
        max_features=5,
        random_state=0,
    ).fit(x, due, sample_weight=each)
    return VerdictModel((logistic, trees))
