"""Is life, fire or crime going on now? A detector of its own, because a miss costs most.

What its probability leads to is decided in bot/decision.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression


class EmergencyDetector:
    """Tells emergencies from everything else by the n-grams of its words."""

    def __init__(self) -> None:
        self._classifier: Any = None

    def fit(self, features: Any, is_emergency: Sequence[bool]) -> EmergencyDetector:  # noqa: ANN401
        """Learn from n-gram features (n_texts, n_features, sparse)."""
        self._classifier = LogisticRegression(
            C=20.0, solver="liblinear", tol=1e-2, class_weight={True: 4.0, False: 1.0}
        )
        self._classifier.fit(features, np.asarray(is_emergency))
        self._classifier.coef_ = self._classifier.coef_.astype(np.float32)
        return self

    def probabilities(self, features: Any) -> npt.NDArray[np.float64]:  # noqa: ANN401
        """Shape (n_texts,), 0..1."""
        result: npt.NDArray[np.float64] = self._classifier.predict_proba(features)[:, 1]
        return result

    def save(self, folder: Path) -> None:
        """Write the detector."""
        joblib.dump(self._classifier, folder / "emergency.joblib")

    @classmethod
    def load(cls, folder: Path) -> EmergencyDetector:
        """Read what `save` wrote."""
        detector = cls()
        detector._classifier = joblib.load(folder / "emergency.joblib")
        return detector
