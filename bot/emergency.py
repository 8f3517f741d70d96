"""Is life, fire or crime going on now? A detector of its own, because a miss costs most."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

RECALL = 0.98  # share of held-out emergencies that the threshold must find
_HIGHEST, _LOWEST = 0.35, 0.08  # the threshold stays between: few examples can mislead it


class EmergencyDetector:
    """Tells emergencies from everything else by the lexical model's n-grams."""

    def __init__(self) -> None:
        self.threshold = _HIGHEST
        self._classifier: Any = None

    def fit(self, features: Any, is_emergency: Sequence[bool]) -> EmergencyDetector:  # noqa: ANN401
        """Learn from n-gram features (n_texts, n_features, sparse)."""
        self._classifier = LogisticRegression(
            C=20.0, solver="liblinear", class_weight={True: 4.0, False: 1.0}
        )
        self._classifier.fit(features, np.asarray(is_emergency))
        self._classifier.coef_ = self._classifier.coef_.astype(np.float32)
        return self

    def set_threshold(self, held_out: npt.NDArray[np.float64]) -> None:
        """Set the threshold so that `RECALL` of held-out emergencies are found.

        Args:
            held_out: their probabilities under a detector that has not seen them.
        """
        if len(held_out):
            wanted = float(np.quantile(held_out, 1 - RECALL))
            self.threshold = min(max(wanted, _LOWEST), _HIGHEST)

    def probabilities(self, features: Any) -> npt.NDArray[np.float64]:  # noqa: ANN401
        """Shape (n_texts,), 0..1."""
        result: npt.NDArray[np.float64] = self._classifier.predict_proba(features)[:, 1]
        return result

    def is_emergency(self, features: Any) -> bool:  # noqa: ANN401 - a sparse row
        """Whether the text calls for 112."""
        return bool(self.probabilities(features)[0] >= self.threshold)

    def save(self, folder: Path) -> None:
        """Write the detector."""
        joblib.dump((self.threshold, self._classifier), folder / "emergency.joblib")

    @classmethod
    def load(cls, folder: Path) -> EmergencyDetector:
        """Read what `save` wrote."""
        detector = cls()
        detector.threshold, detector._classifier = joblib.load(folder / "emergency.joblib")
        return detector
