"""How near a text lies to the phrases of one label: what is far from all it should be like is odd.

A softmax is sure of texts that resemble nothing it has learnt; the distance to the nearest phrases
is not. It tells small talk and other countries' matters from ours (docs/decisions/0006).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
_NEAREST = 5  # phrases: a single one may be near by chance


class Neighbours:
    """Unit vectors of all phrases, those of one label beside each other.

    Args:
        vectors: of the phrases, shape (n_phrases, dim).
        targets: column of each phrase's label, shape (n_phrases,).
        n_labels: how many labels there are.
    """

    def __init__(self, vectors: Vectors, targets: npt.NDArray[np.int64], n_labels: int) -> None:
        order = np.argsort(targets, kind="stable")
        self._vectors = unit(vectors[order])
        self._starts = np.searchsorted(targets[order], np.arange(n_labels + 1))

    def nearness(self, vector: Vectors, column: int) -> float:
        """Mean cosine (-1..1) of a unit vector (dim,) with a label's nearest phrases; 0 of none."""
        begin, end = self._starts[column], self._starts[column + 1]
        cosines = self._vectors[begin:end] @ vector
        if end - begin > _NEAREST:
            cosines = np.partition(cosines, -_NEAREST)[-_NEAREST:]
        return float(cosines.mean()) if end > begin else 0.0

    def save(self, folder: Path) -> None:
        """Write them; processes share one mapped copy."""
        np.save(folder / "neighbours.npy", self._vectors)
        np.save(folder / "neighbours_starts.npy", self._starts)

    @classmethod
    def load(cls, folder: Path) -> Neighbours:
        """Read what `save` wrote."""
        neighbours = cls.__new__(cls)
        neighbours._vectors = np.load(folder / "neighbours.npy", mmap_mode="r")
        neighbours._starts = np.load(folder / "neighbours_starts.npy")
        return neighbours


def unit(vectors: Vectors) -> Vectors:
    """The rows at length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return result
