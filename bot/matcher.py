"""The one function that says what a question is about: `Matcher.match`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy.typing as npt

from bot.calibration import NONE, Calibration
from bot.decision import Candidate, Decision, Ranking, Verdict, decide, sounds_urgent
from bot.detect import Detection, LanguageDetector
from bot.emergency import EmergencyDetector
from bot.encoder import SentenceEncoder
from bot.errors import IndexMissingError
from bot.knowledge import BOUNDARY, Knowledge, load_compiled
from bot.lexical import LexicalModel, standardise
from bot.plain_text import clean, has_letters
from bot.semantic import SemanticModel

FORMAT = 2  # of the index folder; raise it when what is in there changes its shape
EMERGENCY_SERVICE = "nodsamtal"
Row = npt.NDArray[Any]  # (n_labels,)


@dataclass(frozen=True)
class Match:
    """The verdict on one question; the fields of `Decision`, and where it comes from."""

    language: Detection
    verdict: Verdict
    candidates: tuple[Candidate, ...]
    boundary: str | None
    options: tuple[str, ...]
    reason: str
    knowledge_version: str


class Matcher:
    """Knowledge, models and calibration together; thread-safe, never changed by a question."""

    def __init__(
        self,
        knowledge: Knowledge,
        detector: LanguageDetector,
        emergency: EmergencyDetector,
        lexical: LexicalModel,
        semantic: SemanticModel | None,
        calibration: Calibration,
    ) -> None:
        self.knowledge = knowledge
        self.detector = detector
        self._emergency = emergency
        self._lexical = lexical
        self._semantic = semantic
        self._calibration = calibration
        self._reader = RankingReader(lexical.labels, knowledge, calibration)

    def match(self, text: str, language: str | None = None) -> Match:
        """Decide what a question is about.

        Args:
            text: what the person wrote, of any length and content.
            language: the language it is known to be in; detected where None.

        Returns:
            A verdict, always: text that cannot be read gets `none`.
        """
        text = clean(text)
        detection = self.detector.detect(text)
        if not has_letters(text) and "112" not in text.split():
            return self._answer(detection, Decision("none", (), "nothing to read"))
        features = self._lexical.features([text])
        ranking = self._rank(text, features, language or detection.code)
        detected = float(self._emergency.probabilities(features)[0])
        ranked = next((p for s, p in ranking.services if s == EMERGENCY_SERVICE), 0.0)
        if "112" in text.split() or sounds_urgent(detected, ranked):
            return self._answer(detection, self._emergency_decision())
        return self._answer(detection, decide(ranking, self.knowledge))

    def rank(self, text: str, language: str | None) -> Ranking:
        """All services with their probabilities, best first."""
        return self._rank(text, self._lexical.features([text]), language)

    def _rank(self, text: str, features: Any, language: str | None) -> Ranking:  # noqa: ANN401
        margins = self._lexical.margins(features)
        scores = standardise(margins)
        weight = self._calibration.encoder_weight.get(language or "", 0.0)
        if self._semantic is not None and weight:
            scores = scores + weight * self._semantic.scores([text])
        return self._reader.read(self._calibration.probabilities(scores)[0], margins[0])

    def _emergency_decision(self) -> Decision:
        candidate = Candidate(EMERGENCY_SERVICE, "sos_alarm", "sos", 1.0)
        return Decision("emergency", (candidate,), "sounds like life, fire or crime now")

    def _answer(self, detection: Detection, decision: Decision) -> Match:
        return Match(
            detection,
            decision.verdict,
            decision.candidates,
            decision.boundary,
            decision.options,
            decision.reason,
            self.knowledge.version,
        )


class RankingReader:
    """Reads a row of label probabilities as a `Ranking`."""

    def __init__(
        self, labels: Sequence[str], knowledge: Knowledge, calibration: Calibration
    ) -> None:
        self._labels = labels
        self._knowledge = knowledge
        self._calibration = calibration
        self.services = [
            i for i, s in enumerate(labels) if s != NONE and not s.startswith(BOUNDARY)
        ]
        self._boundaries = [i for i, s in enumerate(labels) if s.startswith(BOUNDARY)]
        self._none = list(labels).index(NONE) if NONE in labels else None

    def ordered(self, p: Row) -> list[tuple[str, float]]:
        """Services with their probabilities, best first; ties by place."""
        order = sorted(self.services, key=lambda i: (-p[i], i))
        return [(self._labels[i], float(p[i])) for i in order]

    def none(self, p: Row) -> float:
        """Probability of the label NONE."""
        return float(p[self._none]) if self._none is not None else 0.0

    def margin(self, margins: Row) -> float:
        """Greatest distance from a service's or boundary's hyperplane."""
        return float(max(margins[i] for i in (*self.services, *self._boundaries)))

    def read(self, p: Row, margins: Row) -> Ranking:
        """Put a row (n_labels,) of probabilities and one of margins together."""
        services = self.ordered(p)
        best, second = authority_mass(services, self._knowledge)
        opened = max(self._boundaries, key=lambda i: p[i], default=None)
        return Ranking(
            services,
            self._calibration.sure(best, second),
            self._calibration.no_matter(self.none(p), self.margin(margins)),
            None
            if opened is None
            else (self._labels[opened].removeprefix(BOUNDARY), float(p[opened])),
        )


def authority_mass(services: list[tuple[str, float]], knowledge: Knowledge) -> tuple[float, float]:
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


def load_matcher(index: Path) -> Matcher:
    """Load what `lots train` built.

    Raises:
        IndexMissingError: if there is no index, or one of another make.
        EncoderError: if its encoder cannot be loaded.
    """
    facts = read_index_facts(index)
    encoder_weight = {str(k): float(v) for k, v in facts["encoder_weight"].items()}
    calibration = Calibration(
        encoder_weight,
        float(facts["temperature"]),
        tuple(facts["certainty"]),
        tuple(facts["matter"]),
    )
    semantic = None
    if encoder_weight:
        semantic = SemanticModel.load(index, SentenceEncoder(str(facts["encoder"])).load())
    return Matcher(
        load_compiled(index / "knowledge.json"),
        joblib.load(index / "detector.joblib"),
        EmergencyDetector.load(index),
        LexicalModel.load(index),
        semantic,
        calibration,
    )


def read_index_facts(index: Path) -> dict:  # type: ignore[type-arg]
    """Read index.json: versions, encoder, calibration.

    Raises:
        IndexMissingError: if it is missing, broken or of another format.
    """
    try:
        facts = json.loads((index / "index.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexMissingError(
            f"no index in {index}: run `lots train` (or `make train`)"
        ) from error
    if facts.get("format") != FORMAT:
        raise IndexMissingError(
            f"the index in {index} was built by another version: run `lots train`"
        )
    return dict(facts)
