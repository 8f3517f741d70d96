"""What the n-grams mean together: an embedding learned from the phrases, under a softmax.

Every n-gram of the lexical model gets a vector; a text is the weighted sum of its n-grams'
vectors. N-grams that stand in the same services' phrases, in whatever language, come to lie near
each other, which a classifier of single n-grams cannot learn. Trained from scratch in about a
minute, it reads a text in well under a millisecond (docs/decisions/0004).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt

from bot.lexical import Scores

DIMENSIONS = 128
EPOCHS = 4
_BATCH = 256
_RATE = 0.01
_WARM_UP = 100  # steps until the full learning rate
_NGRAMS_DROPPED = 0.3  # share of a text's n-grams hidden at each step: typos hide them too
_GROUP_WEIGHT = 0.5  # how much the right authority counts beside the right service
_SMOOTHING = 0.1


class EmbeddingModel:
    """Scores a text against every label by the sum of its n-grams' vectors."""

    def __init__(self) -> None:
        self._vectors: Any = None  # (n_features, DIMENSIONS), float16, mapped when loaded
        self._weights: npt.NDArray[np.float32] = np.zeros((DIMENSIONS, 0), dtype=np.float32)
        self._bias: npt.NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    def fit(
        self,
        features: Any,  # noqa: ANN401 - scipy has no stubs
        targets: npt.NDArray[np.int64],
        groups: Sequence[int],
        epochs: int = EPOCHS,
    ) -> EmbeddingModel:
        """Learn from n-gram features (n_texts, n_features, sparse); the same input, the same model.

        Args:
            features: of `LexicalModel.features`.
            targets: column of each text's label, shape (n_texts,).
            groups: of each label: labels of one group have the same authority.
            epochs: passes over the texts.
        """
        import torch  # here: a process that only answers does not wait for it
        from torch.nn import functional

        torch.manual_seed(0)
        torch.set_num_threads(1)  # the other core is at work on the lexical model
        group_of = torch.as_tensor(np.asarray(groups, dtype=np.int64))
        n_groups = int(max(groups)) + 1
        bags = torch.nn.EmbeddingBag(features.shape[1], DIMENSIONS, mode="sum", sparse=True)
        torch.nn.init.normal_(bags.weight, std=0.05)
        head = torch.nn.Linear(DIMENSIONS, len(groups))
        sparse = torch.optim.SparseAdam([bags.weight], lr=_RATE)
        dense = torch.optim.AdamW(head.parameters(), lr=_RATE, weight_decay=0.01)
        steps = epochs * -(-features.shape[0] // _BATCH)
        for step, rows in enumerate(_batches(features.shape[0], epochs)):
            for options in (*sparse.param_groups, *dense.param_groups):
                options["lr"] = _RATE * min(1.0, (step + 1) / _WARM_UP) * (1 - step / steps)
            part = features[rows]
            weights = functional.dropout(torch.from_numpy(part.data), _NGRAMS_DROPPED)
            summed = bags(
                torch.from_numpy(part.indices.astype(np.int64)),
                torch.from_numpy(part.indptr[:-1].astype(np.int64)),
                per_sample_weights=weights,
            )
            scores = head(functional.dropout(summed, 0.2))
            target = torch.from_numpy(targets[rows])
            loss = functional.cross_entropy(scores, target, label_smoothing=_SMOOTHING)
            share = torch.zeros(len(rows), n_groups)
            share = share.index_add(1, group_of, functional.softmax(scores, dim=1))
            loss = loss + _GROUP_WEIGHT * functional.nll_loss(
                torch.log(share + 1e-9), group_of[target]
            )
            sparse.zero_grad()
            dense.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            sparse.step()  # type: ignore[no-untyped-call]
            dense.step()
        self._vectors = bags.weight.detach().numpy().astype(np.float16)
        self._weights = np.ascontiguousarray(head.weight.detach().numpy().T)
        self._bias = head.bias.detach().numpy().copy()
        return self

    def scores(self, features: Any) -> Scores:  # noqa: ANN401 - scipy has no stubs
        """Softmax's logits, shape (n_texts, n_labels), of `LexicalModel.features`."""
        if self._vectors is None:
            raise ValueError("the embedding model has not been trained")
        summed = np.empty((features.shape[0], DIMENSIONS), dtype=np.float32)
        for i in range(features.shape[0]):
            begin, end = features.indptr[i], features.indptr[i + 1]
            used = self._vectors[features.indices[begin:end]].astype(np.float32)
            summed[i] = features.data[begin:end] @ used
        return summed @ self._weights + self._bias

    def save(self, folder: Path) -> None:
        """Write the model; vectors apart, so that processes share one mapped copy."""
        if self._vectors is None:
            raise ValueError("the embedding model has not been trained")
        np.save(folder / "embedding.npy", self._vectors)
        joblib.dump((self._weights, self._bias), folder / "embedding.joblib")

    @classmethod
    def load(cls, folder: Path) -> EmbeddingModel:
        """Read what `save` wrote."""
        model = cls()
        model._weights, model._bias = joblib.load(folder / "embedding.joblib")
        model._vectors = np.load(folder / "embedding.npy", mmap_mode="r")
        return model


def _batches(n: int, epochs: int) -> Iterator[npt.NDArray[np.int64]]:
    random = np.random.default_rng(0)
    for _ in range(epochs):
        order = random.permutation(n)
        yield from (order[i : i + _BATCH] for i in range(0, n, _BATCH))
