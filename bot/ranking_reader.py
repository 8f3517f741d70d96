"""Reads the models' scores as a ranking: probabilities, and what the verdict rests on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.calibration import NONE, Calibration, logit
from bot.decision import EMERGENCY_SERVICE, Ranking, boundary_hint
from bot.knowledge import BOUNDARY, Knowledge
from bot.models import Models, Row, Scored
from bot.verdicts import Signals


class RankingReader:
    """Reads scores as a `Ranking`."""

    def __init__(self, models: Models, knowledge: Knowledge, calibration: Calibration) -> None:
        labels = models.embedding.labels
        self._labels = labels
        self._neighbours = models.neighbours
        self._knowledge = knowledge
        self._calibration = calibration
        # The emergency is no rival of the other services: it has a detector of its own.
        self._services = np.array([i for i, s in enumerate(labels) if s in knowledge.services])
        self._boundaries = [i for i, s in enumerate(labels) if s.startswith(BOUNDARY)]
        self._column = {label: i for i, label in enumerate(labels)}

    def read(self, scored: Scored, row: int) -> Ranking:
        """The ranking of one of the scored texts."""
        p = self._calibration.probabilities(scored.fused[row : row + 1])[0]
        services = self.ordered(p)
        best, second = authority_mass(services, self._knowledge)
        signals = self.signals(scored, row, p, services)
        verdicts = self._calibration.verdicts.probabilities(signals)
        sure = self._calibration.sure(best, best - second)
        return Ranking(services, sure * (1.0 - verdicts["none"]), verdicts, self._opened(p))

    def first_services(self, scored: Scored) -> list[str]:
        """The likeliest service of each of the scored texts."""
        probable = self._calibration.probabilities(scored.fused)
        return [self.ordered(p)[0][0] for p in probable]

    def signals(
        self, scored: Scored, row: int, p: Row, services: Sequence[tuple[str, float]]
    ) -> Signals:
        """What the verdict rests on, of a text with label probabilities `p` (n_labels,).

        `services`: what `ordered(p)` gave.
        """
        best, second = authority_mass(services, self._knowledge)
        opened = self._opened(p)
        text, language = scored.texts[row], scored.languages[row]
        abroad = self._knowledge.abroad.find(text, language) is not None
        usual = self._calibration.abroad.get(services[0][0], 0.0)
        return Signals(
            none=logit(self._of(p, NONE)),
            peak=float(scored.logits[row].max()),
            emergency=logit(float(scored.emergency[row])),
            emergency_rank=logit(self._of(p, EMERGENCY_SERVICE)),
            boundary=logit(opened[1] if opened else 0.0),
            best=logit(best),
            lead=best - second,
            hint=boundary_hint(services, self._knowledge)[1],
            known=float(scored.known[row]),
            near=self._near(scored, row, services[0][0]),
            near_none=self._near(scored, row, NONE),
            near_emergency=self._near(scored, row, EMERGENCY_SERVICE),
            near_open=self._near(scored, row, BOUNDARY + opened[0]) if opened else 0.0,
            length=float(np.log1p(len(text))),
            abroad=float(abroad),
            abroad_odd=-logit(usual) if abroad else 0.0,
            at_home=float(abroad and self._knowledge.at_home.find(text, language) is not None),
        )

    def _near(self, scored: Scored, row: int, label: str) -> float:
        if label not in self._column:
            return 0.0
        return self._neighbours.nearness(scored.vectors[row], self._column[label])

    def ordered(self, p: Row) -> list[tuple[str, float]]:
        """Services with their probabilities, best first; ties by place."""
        order = self._services[np.argsort(-p[self._services], kind="stable")]
        ranked = [(self._labels[i], float(p[i])) for i in order]
        return [pair for pair in ranked if pair[0] != EMERGENCY_SERVICE] or ranked

    def _of(self, p: Row, label: str) -> float:
        return float(p[self._column[label]]) if label in self._column else 0.0

    def _opened(self, p: Row) -> tuple[str, float] | None:
        opened = max(self._boundaries, key=lambda i: p[i], default=None)
        if opened is None:
            return None
        return self._labels[opened].removeprefix(BOUNDARY), float(p[opened])


def authority_mass(
    services: Sequence[tuple[str, float]], knowledge: Knowledge
) -> tuple[float, float]:
    """Summed probability of the first service's bodies, and of the next best authority."""
    own = set(knowledge.accepted(services[0][0]))
    first = 0.0
    others: dict[str, float] = {}
    for service, p in services[:40]:
        bodies = knowledge.accepted(service)
        if own & set(bodies):
            first += p
        else:
            others[bodies[0]] = others.get(bodies[0], 0.0) + p
    return first, max(others.values(), default=0.0)
