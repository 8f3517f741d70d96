"""What the n-grams mean together: embeddings learned from the phrases, under a softmax.

Every n-gram gets a vector; a text is the weighted sum of its n-grams' vectors. N-grams that stand
in the same services' phrases, in whatever language, come to lie near each other, which a
classifier of single n-grams cannot learn. Three are learnt from different starts and asked
together: where one has happened on a wrong association, the others outvote it
(docs/decisions/0005). Trained from scratch in under a minute each, they read a text in well under
a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import joblib
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

if TYPE_CHECKING:
    import torch

MEMBERS = 3
DIMENSIONS = 128
EPOCHS = 3
_STEPS = 300  # at least so many: a small knowledge base is passed over more often
_BATCH = 512
_RATE = 0.01
_WARM_UP = 100  # steps until the full learning rate
_HIDDEN = 0.3  # share of a text's n-grams that are not looked up at each step: typos hide them too
_GROUP_WEIGHT = 0.5  # how much the right authority counts beside the right service
_SMOOTHING = 0.1
_MEAN_KEPT, _SQUARE_KEPT = 0.9, 0.999  # Adam's usual


@dataclass(frozen=True)
class Member:
    """One embedding.

    Shapes: `vectors` (n_features, DIMENSIONS), float16; `weights` (DIMENSIONS, n_labels); `bias`
    (n_labels,).
    """

    vectors: npt.NDArray[np.float16]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def text_vectors(self, features: Any) -> npt.NDArray[np.float32]:  # noqa: ANN401 - no stubs
        """Vectors (n_texts, DIMENSIONS) of texts, of `NGrams.fit`."""
        result: npt.NDArray[np.float32] = features @ self.vectors.astype(np.float32)
        return result


class EmbeddingModel:
    """Scores a text against every label by the sum of its n-grams' vectors.

    Args:
        labels: in the order of the columns.
        members: what `fit_member` gave, one or more.
    """

    def __init__(self, labels: Sequence[str], members: Sequence[Member]) -> None:
        self.labels = [str(label) for label in labels]
        # One table: an n-gram's vectors of all members lie beside each other in the mapped file.
        self._vectors = np.concatenate([m.vectors for m in members], axis=1)
        self._weights = np.stack([m.weights for m in members])  # (n_members, dim, n_labels)
        self._bias = np.stack([m.bias for m in members])  # (n_members, n_labels)

    @property
    def size(self) -> int:
        """Bytes it takes, on disk and mapped."""
        return int(self._vectors.nbytes + self._weights.nbytes + self._bias.nbytes)

    def vectors(self, features: Any) -> npt.NDArray[np.float32]:  # noqa: ANN401 - no stubs
        """Texts' vectors of all members beside each other, of `NGrams.features`.

        Shape (n_texts, n_members * DIMENSIONS).
        """
        summed = np.empty((features.shape[0], self._vectors.shape[1]), dtype=np.float32)
        for i in range(features.shape[0]):
            begin, end = features.indptr[i], features.indptr[i + 1]
            used = self._vectors[features.indices[begin:end]].astype(np.float32)
            summed[i] = features.data[begin:end] @ used
        return summed

    def logits(self, vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Each member's logits, shape (n_members, n_texts, n_labels), of `vectors`."""
        parts = vectors.reshape(len(vectors), len(self._weights), -1).transpose(1, 0, 2)
        result: npt.NDArray[np.float32] = parts @ self._weights + self._bias[:, None, :]
        return result

    def save(self, folder: Path) -> None:
        """Write the model; vectors apart, so that processes share one mapped copy."""
        np.save(folder / "embedding.npy", self._vectors)
        joblib.dump((self.labels, self._weights, self._bias), folder / "embedding.joblib")

    @classmethod
    def load(cls, folder: Path) -> EmbeddingModel:
        """Read what `save` wrote."""
        model = cls.__new__(cls)
        model.labels, model._weights, model._bias = joblib.load(folder / "embedding.joblib")
        model._vectors = np.load(folder / "embedding.npy", mmap_mode="r")
        return model


def fit_member(
    features: Any,  # noqa: ANN401 - scipy has no stubs
    targets: npt.NDArray[np.int64],
    groups: Sequence[int],
    seed: int,
) -> Member:
    """Learn from n-gram features (n_texts, n_features, sparse); the same input, the same member.

    Args:
        features: of `NGrams.fit`.
        targets: column of each text's label, shape (n_texts,).
        groups: of each label: labels of one group have the same authority.
        seed: where it starts from, and in which order it sees the texts.
    """
    import torch  # here: a process that only answers does not wait for it
    from torch.nn import functional

    torch.manual_seed(seed)
    torch.set_num_threads(1)  # the other core is at work on another member
    group_of = torch.as_tensor(np.asarray(groups, dtype=np.int64))
    n_groups = int(max(groups)) + 1
    table = _Table(torch.empty(features.shape[1], DIMENSIONS).normal_(std=0.05))
    head = torch.nn.Linear(DIMENSIONS, len(groups))
    dense = torch.optim.AdamW(head.parameters(), lr=_RATE, weight_decay=0.01)
    per_epoch = -(-features.shape[0] // _BATCH)
    epochs = max(EPOCHS, -(-_STEPS // per_epoch))
    steps = epochs * per_epoch
    hiding = np.random.default_rng([seed, 1])
    for step, rows in enumerate(_batches(features.shape[0], epochs, seed)):
        rate = _RATE * min(1.0, (step + 1) / _WARM_UP) * (1 - step / steps)
        dense.param_groups[0]["lr"] = rate
        part = _some(features[rows], hiding)
        used, places = table.different(part.indices)
        vectors = table.rows(used)
        summed = functional.embedding_bag(
            places,
            vectors,
            torch.from_numpy(part.indptr[:-1].astype(np.int64)),
            mode="sum",
            per_sample_weights=torch.from_numpy(part.data),
        )
        scores = head(functional.dropout(summed, 0.2))
        target = torch.from_numpy(targets[rows])
        loss = functional.cross_entropy(scores, target, label_smoothing=_SMOOTHING)
        share = torch.zeros(len(rows), n_groups)
        share = share.index_add(1, group_of, functional.softmax(scores, dim=1))
        loss = loss + _GROUP_WEIGHT * functional.nll_loss(torch.log(share + 1e-9), group_of[target])
        dense.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        table.step(used, vectors, rate)
        dense.step()
    return Member(
        table.vectors.numpy().astype(np.float16),
        np.ascontiguousarray(head.weight.detach().numpy().T),
        head.bias.detach().numpy().copy(),
    )


def _some(features: Any, random: np.random.Generator) -> Any:  # noqa: ANN401 - scipy has no stubs
    """The rows without `_HIDDEN` of their n-grams; the others weigh as much more."""
    kept = random.random(len(features.data), dtype=np.float32) >= _HIDDEN
    ends = np.append(0, np.cumsum(kept))[features.indptr]
    weights = features.data[kept] / np.float32(1 - _HIDDEN)
    return sp.csr_matrix((weights, features.indices[kept], ends), shape=features.shape)


class _Table:
    """The n-grams' vectors and Adam's memory of them, touched only in the rows of a batch.

    A batch uses a tenth of the n-grams. torch's SparseAdam does the same sum for them in three
    times the time. The squared gradient is kept for each n-gram, not for each of its numbers
    (docs/decisions/0007).
    """

    def __init__(self, vectors: torch.Tensor) -> None:
        import torch

        self.vectors = vectors  # (n_features, DIMENSIONS)
        self._mean = torch.zeros_like(vectors)
        self._square = torch.zeros(len(vectors), 1)
        self._steps = 0
        self._is_used = np.zeros(len(vectors), dtype=np.bool_)
        self._place = np.empty(len(vectors), dtype=np.int64)

    def different(self, indices: npt.NDArray[np.int32]) -> tuple[torch.Tensor, torch.Tensor]:
        """The n-grams that occur, each once, and for each of `indices` its place among them.

        What `numpy.unique` gives, without sorting.
        """
        import torch

        self._is_used[indices] = True
        used = np.flatnonzero(self._is_used)
        self._is_used[used] = False
        self._place[used] = np.arange(len(used))
        return torch.from_numpy(used), torch.from_numpy(self._place[indices])

    def rows(self, used: torch.Tensor) -> torch.Tensor:
        """A copy of some n-grams' vectors, which gathers a gradient."""
        return self.vectors.index_select(0, used).requires_grad_()

    def step(self, used: torch.Tensor, vectors: torch.Tensor, rate: float) -> None:
        """Write the copy back, one step of Adam further."""
        gradient = vectors.grad
        assert gradient is not None
        self._steps += 1
        mean = self._mean.index_select(0, used).lerp_(gradient, 1 - _MEAN_KEPT)
        square = gradient.square().mean(dim=1, keepdim=True)
        square = self._square.index_select(0, used).lerp_(square, 1 - _SQUARE_KEPT)
        self._mean.index_copy_(0, used, mean)
        self._square.index_copy_(0, used, square)
        mean_bias, square_bias = 1 - _MEAN_KEPT**self._steps, 1 - _SQUARE_KEPT**self._steps
        spread = (square / square_bias).sqrt_().add_(1e-8)
        vectors.detach().addcdiv_(mean, spread, value=-rate / mean_bias)
        self.vectors.index_copy_(0, used, vectors.detach())


def _batches(n: int, epochs: int, seed: int) -> Iterator[npt.NDArray[np.int64]]:
    random = np.random.default_rng(seed)
    for _ in range(epochs):
        order = random.permutation(n)
        yield from (order[i : i + _BATCH] for i in range(0, n, _BATCH))
