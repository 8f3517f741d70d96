"""The one function that says what a question is about: `Matcher.match`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt
from sklearn.preprocessing import normalize

from bot.calibration import NONE, Calibration, Signals, Verdict, logit
from bot.decision import (
    EMERGENCY_SERVICE,
    Candidate,
    Decision,
    Ranking,
    boundary_hint,
    decide,
    emergency,
)
from bot.detect import Detection, LanguageDetector
from bot.embedding import EmbeddingModel
from bot.emergency import EmergencyDetector
from bot.encoder import SentenceEncoder
from bot.errors import IndexMissingError
from bot.knowledge import BOUNDARY, Knowledge, load_compiled
from bot.ngrams import NGrams
from bot.plain_text import clean, has_letters
from bot.scores import Scores, standardise
from bot.semantic import SemanticModel
from bot.turns_of_phrase import TurnsOfPhrase

FORMAT = 7  # of the index folder; raise it when what is in there changes its shape
TWO_MATTERS_SURE = 0.80  # each half must be this sure: a wrong second card confuses
TWO_MATTERS_NEAR = 4  # and among so many of what the whole question is about
DOUBT = 1.0  # the encoder is asked where the first label's score leads by less
CLOSED_DOOR = 1.5  # taken off the scores of a body that, the person says, has said no
Row = npt.NDArray[Any]  # (n_labels,)


@dataclass(frozen=True)
class Match:
    """The verdict on one question; the fields of `Decision`, and where it comes from.

    `second`: the verdict on the second matter where the question holds two, else None.
    """

    language: Detection
    verdict: Verdict
    candidates: tuple[Candidate, ...]
    boundary: str | None
    options: tuple[str, ...]
    reason: str
    knowledge_version: str
    second: Match | None = None


class Matcher:
    """Knowledge, models and calibration together; thread-safe, never changed by a question."""

    def __init__(
        self,
        knowledge: Knowledge,
        detector: LanguageDetector,
        models: Models,
        calibration: Calibration,
        turns: TurnsOfPhrase | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.detector = detector
        self._models = models
        self._calibration = calibration
        self._reader = RankingReader(models.embedding.labels, knowledge, calibration)
        self.turns = turns or TurnsOfPhrase()

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
        if "112" in text.split():
            return self._answer(detection, emergency("112 is written"))
        if not has_letters(text):
            return self._answer(detection, Decision("none", (), "nothing to read"))
        code = language or detection.code
        ranking = self.rank(text, code)
        decision = decide(ranking, self.knowledge)
        both = (
            self._two_matters(text, code, ranking)
            if decision.verdict in ("answer", "clarify")
            else None
        )
        if both is None:
            return self._answer(detection, decision)
        first, second = both
        return replace(self._answer(detection, first), second=self._answer(detection, second))

    def _two_matters(
        self, text: str, language: str | None, ranking: Ranking
    ) -> tuple[Decision, Decision] | None:
        """Both halves' answers, where each half is surely a matter of its own.

        Neighbours of one boundary are no two matters: who mixes them up names both.
        """
        halves = self.turns.halves(text, language)
        if not halves:
            return None
        near = [s for s, _ in ranking.services[:TWO_MATTERS_NEAR]]
        best, best_sure = None, TWO_MATTERS_SURE
        for one, other in halves:
            first = self.rank(one, language, encode=False)
            second = self.rank(other, language, encode=False)
            sure = min(first.sure, second.sure)
            pair = first.services[0][0], second.services[0][0]
            if sure >= best_sure and set(pair) <= set(near) and self._are_apart(*pair):
                decisions = decide(first, self.knowledge), decide(second, self.knowledge)
                if all(d.verdict == "answer" for d in decisions):
                    best, best_sure = decisions, sure
        return best

    def _are_apart(self, one: str, other: str) -> bool:
        services = self.knowledge.services
        together = any(
            one in b.services and other in b.services for b in self.knowledge.boundaries.values()
        )
        return services[one].authority != services[other].authority and not together

    def rank(self, text: str, language: str | None, encode: bool = True) -> Ranking:
        """All services with their probabilities, best first, and what the text calls for.

        Args:
            text: what the person wrote, cleaned.
            language: decides which turns of phrase are read and whether the encoder is asked.
            encode: False leaves the encoder out, which takes most of the time where it is asked.
        """
        weights = self._calibration.encoder_weight if encode else {}
        scored = score(self._models, self.turns, self.knowledge, [text], [language], weights)
        return self._reader.read(scored, 0)

    def likeness(self, text: str, others: Sequence[str]) -> Row:
        """Cosine (0..1) of the text's n-grams with those of each other text, shape (n_others,)."""
        features = normalize(self._models.ngrams.features([text, *others]))
        result: Row = (features[1:] @ features[0].T).toarray().ravel()
        return result

    def telling_words(self, text: str, service: str, count: int) -> tuple[str, ...]:
        """The text's words that speak most for the service, the strongest first."""
        column = self._models.embedding.labels.index(service)
        words = list(dict.fromkeys(text.split()))
        features = self._models.ngrams.features([*words, ""])
        logits = self._models.embedding.logits(features).mean(axis=0)[:, column].tolist()
        weights, nothing = dict(zip(words, logits, strict=False)), logits[-1]
        telling = [w for w in words if weights[w] > nothing]
        return tuple(sorted(telling, key=lambda w: -weights[w])[:count])

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


@dataclass(frozen=True)
class Scored:
    """Texts as the models see them.

    Shapes: `fused` and `logits` (the members' mean) (n_texts, n_labels), `emergency` and `known`
    (n_texts,).
    """

    fused: Scores
    logits: Scores
    emergency: Row
    known: Row


@dataclass(frozen=True)
class Models:
    """The trained models; they read the same n-grams."""

    ngrams: NGrams
    embedding: EmbeddingModel
    emergency: EmergencyDetector
    semantic: SemanticModel | None

    def save(self, folder: Path) -> None:
        """Write all of them."""
        for model in (self.ngrams, self.embedding, self.emergency, self.semantic):
            if model is not None:
                model.save(folder)

    def score(
        self,
        texts: Sequence[str],
        languages: Sequence[str | None],
        encoder_weight: Mapping[str, float],
    ) -> Scored:
        """Score texts; the encoder is asked only in languages where it counts, and in doubt.

        It takes five times as long as everything else together, and where the embeddings are sure
        it changes nothing for the better (docs/decisions/0005).
        """
        features = self.ngrams.features(texts)
        logits = self.embedding.logits(features)
        fused: Scores = standardise(logits).mean(axis=0)
        asked = [
            i
            for i, (code, row) in enumerate(zip(languages, fused, strict=True))
            if encoder_weight.get(code or "", 0.0) and is_doubtful(row)
        ]
        if self.semantic is not None and asked:
            weights = np.array([encoder_weight[str(languages[i])] for i in asked])
            scores = self.semantic.scores([texts[i] for i in asked])
            fused[asked] += weights[:, None].astype(np.float32) * scores
        return Scored(
            fused,
            logits.mean(axis=0),
            self.emergency.probabilities(features),
            np.array([self.ngrams.known_share(text) for text in texts]),
        )


def is_doubtful(scores: Row) -> bool:
    """Whether two labels are close in a text's fused scores (n_labels,)."""
    best = np.partition(scores, -2)[-2:]
    return bool(best[1] - best[0] < DOUBT)


def score(
    models: Models,
    turns: TurnsOfPhrase,
    knowledge: Knowledge,
    texts: Sequence[str],
    languages: Sequence[str | None],
    encoder_weight: Mapping[str, float],
) -> Scored:
    """Score texts as `Models.score` does, less what their words rule out."""
    scored = models.score(texts, languages, encoder_weight)
    labels = models.embedding.labels
    rest = {
        i: found
        for i, text in enumerate(texts)
        if (found := turns.remainder(text, languages[i])) is not None
    }
    if rest:
        codes = [languages[i] for i in rest]
        scored.fused[list(rest)] += models.score([*rest.values()], codes, encoder_weight).fused
    for i, text in enumerate(texts):
        doors = turns.closed_doors(text, languages[i])
        if doors:
            closed = [
                label in knowledge.services and knowledge.services[label].authority in doors
                for label in labels
            ]
            scored.fused[i, closed] -= CLOSED_DOOR
    return scored


class RankingReader:
    """Reads scores as a `Ranking`."""

    def __init__(
        self, labels: Sequence[str], knowledge: Knowledge, calibration: Calibration
    ) -> None:
        self._labels = labels
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

    def signals(
        self, scored: Scored, row: int, p: Row, services: Sequence[tuple[str, float]]
    ) -> Signals:
        """What the verdict rests on, of a text with label probabilities `p` (n_labels,).

        `services`: what `ordered(p)` gave.
        """
        best, second = authority_mass(services, self._knowledge)
        opened = self._opened(p)
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
        )

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


def load_matcher(index: Path) -> Matcher:
    """Load what `lots train` built.

    Raises:
        IndexMissingError: if there is no index, or one of another make.
        EncoderError: if its encoder cannot be loaded.
    """
    facts = read_index_facts(index)
    with _whole(index):
        calibration = Calibration.from_dict(facts["calibration"])
        detector = joblib.load(index / "detector.joblib")
        knowledge = load_compiled(index / "knowledge.json")
        turns: TurnsOfPhrase = joblib.load(index / "turns_of_phrase.joblib")
    models = load_models(index, str(facts["encoder"]) if calibration.encoder_weight else None)
    return Matcher(knowledge, detector, models, calibration, turns)


def load_models(index: Path, encoder: str | None) -> Models:
    """Load the trained models; the semantic one only with an encoder.

    Raises:
        IndexMissingError: if one of them is missing or broken.
        EncoderError: if the encoder cannot be loaded.
    """
    with _whole(index):
        ngrams = NGrams.load(index)
        embedding = EmbeddingModel.load(index)
        emergency_detector = EmergencyDetector.load(index)
    semantic = None
    if encoder is not None:
        semantic = SemanticModel.load(index, SentenceEncoder(encoder).load())
    return Models(ngrams, embedding, emergency_detector, semantic)


@contextmanager
def _whole(index: Path) -> Iterator[None]:
    """Says what to do where a part of the index cannot be read."""
    try:
        yield
    except (OSError, KeyError, TypeError, ValueError, EOFError) as error:
        raise IndexMissingError(
            f"the index in {index} is incomplete ({type(error).__name__}): run `lots train`"
        ) from error


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
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise IndexMissingError(
            f"the index in {index} was built by another version: run `lots train`"
        )
    return facts
