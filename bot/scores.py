"""Scores of texts against labels, and how scores of several models are added."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]  # (n_texts, n_labels)


def standardise(scores: Scores) -> Scores:
    """Rows with mean 0 and deviation 1, so that two models' scores can be added.

    Args:
        scores: shape (..., n_labels).
    """
    mean = scores.mean(axis=-1, keepdims=True)
    deviation = scores.std(axis=-1, keepdims=True)
    result: Scores = (scores - mean) / np.maximum(deviation, 1e-6)
    return result
