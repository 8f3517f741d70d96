"""The pictures of an evaluation: confusion between authorities, reliability, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # no screen
import matplotlib.pyplot as plt  # noqa: E402 - after the backend is chosen
import numpy as np  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

from bot.evaluation import Outcome, answerable  # noqa: E402

_SHOWN = 22  # authorities in the confusion matrix; the rest are one row


def draw_all(outcomes: Sequence[Outcome], out: Path) -> None:
    """Write confusion.png, reliability.png and coverage.png."""
    _confusion(answerable(outcomes), out / "confusion.png")
    given = [o for o in answerable(outcomes) if o.match.candidates]
    if given:
        _reliability(given, out / "reliability.png")
        _coverage(given, out / "coverage.png")


def _confusion(outcomes: Sequence[Outcome], path: Path) -> None:
    common = Counter(o.question.accept[0] for o in outcomes).most_common(_SHOWN)
    names = [name for name, _ in common] + ["others", "(no answer)"]
    place = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)))
    for outcome in outcomes:
        first = outcome.match.candidates[0].authority if outcome.match.candidates else "(no answer)"
        wanted = outcome.question.accept[0]
        if first in outcome.question.accept:
            first = wanted
        matrix[place.get(wanted, len(names) - 2), place.get(first, len(names) - 2)] += 1
    figure, axes = plt.subplots(figsize=(11, 10))
    axes.imshow(np.log1p(matrix), cmap="Blues")
    for i, j in zip(*np.nonzero(matrix), strict=True):
        dark = matrix[i, j] > matrix.max() / 6
        axes.text(j, i, str(int(matrix[i, j])), ha="center", va="center", fontsize=7,
                  color="white" if dark else "black")  # fmt: skip
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_xlabel("first candidate")
    axes.set_ylabel("right authority")
    axes.set_title(f"Authority of the first candidate, {len(outcomes)} answerable questions")
    _save(figure, path)


def _reliability(outcomes: Sequence[Outcome], path: Path) -> None:
    scores = np.array([o.match.candidates[0].score for o in outcomes])
    right = np.array([o.first_right for o in outcomes], dtype=float)
    edges = np.linspace(0, 1, 11)
    bins = np.clip(np.digitize(scores, edges) - 1, 0, 9)
    figure, axes = plt.subplots(figsize=(6, 5))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1, label="perfect")
    for b in range(10):
        if (bins == b).any():
            axes.scatter(scores[bins == b].mean(), right[bins == b].mean(),
                         s=8 + 2 * (bins == b).sum(), color="#1d5f8a")  # fmt: skip
    axes.set_xlabel("score of the first candidate")
    axes.set_ylabel("share right")
    axes.set_title("Reliability (area = number of questions)")
    axes.legend()
    _save(figure, path)


def _coverage(outcomes: Sequence[Outcome], path: Path) -> None:
    order = sorted(outcomes, key=lambda o: -o.match.candidates[0].score)
    right = np.cumsum([o.first_right for o in order])
    count = np.arange(1, len(order) + 1)
    figure, axes = plt.subplots(figsize=(6, 5))
    axes.plot(count / len(order), right / count, color="#1d5f8a")
    axes.set_xlabel("share of questions answered, surest first")
    axes.set_ylabel("share of the answers right")
    axes.set_title("Coverage and accuracy")
    axes.grid(alpha=0.3)
    _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)
