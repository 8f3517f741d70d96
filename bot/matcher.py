"""The one function that says what a question is about: `Matcher.match`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import joblib
from sklearn.preprocessing import normalize

from bot.calibration import Calibration
from bot.decision import Candidate, Decision, Ranking, decide, emergency
from bot.detect import Detection, LanguageDetector
from bot.index_folder import read_index_facts, whole
from bot.knowledge import Knowledge, load_compiled
from bot.models import Models, Row, load_models, score
from bot.plain_text import clean, has_letters
from bot.ranking_reader import RankingReader
from bot.turns_of_phrase import TurnsOfPhrase
from bot.verdicts import Verdict

TWO_MATTERS_SURE = 0.90  # each half must be this sure: a wrong second card confuses
TWO_MATTERS_SHARE = 0.001  # and so probable in the whole question: a stray word makes no matter


@dataclass(frozen=True)
class Match:
    """The verdict on one question; the fields of `Decision`, and where it comes from.

    `second`: the verdict on the second matter where the question holds two, else None; then the
    first is an answer and this an answer or a boundary's question. `is_abroad`: no matter of ours,
    and a place outside Sweden is named, none in it.
    """

    language: Detection
    verdict: Verdict
    candidates: tuple[Candidate, ...]
    boundary: str | None
    options: tuple[str, ...]
    reason: str
    knowledge_version: str
    second: Match | None = None
    is_abroad: bool = False


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
        self._reader = RankingReader(models, knowledge, calibration)
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
        if decision.verdict == "none":
            is_abroad = self._is_abroad(text, code)
            return replace(self._answer(detection, decision), is_abroad=is_abroad)
        both = (
            self._two_matters(text, code, ranking)
            if decision.verdict in ("answer", "clarify")
            else None
        )
        if both is None:
            return self._answer(detection, decision)
        first, second = both
        return replace(self._answer(detection, first), second=self._answer(detection, second))

    def _is_abroad(self, text: str, language: str | None) -> bool:
        abroad, at_home = self.knowledge.abroad, self.knowledge.at_home
        return abroad.find(text, language) is not None and at_home.find(text, language) is None

    def _two_matters(
        self, text: str, language: str | None, ranking: Ranking
    ) -> tuple[Decision, Decision] | None:
        """Both halves' decisions, where each half is surely a matter of its own.

        At least one is an answer, and the first; the other may be a boundary's question. Neighbours
        of one boundary are no two matters: who mixes them up names both.
        """
        halves = self.turns.halves(text, language)
        if not halves:
            return None
        matters = sum(p for _, p in ranking.services)  # the rest is open boundaries and none
        whole = {service: p / matters for service, p in ranking.services}
        texts = [half for pair in halves for half in pair]
        codes = [language] * len(texts)
        scored = score(self._models, self.turns, self.knowledge, texts, codes, {})
        first = self._reader.first_services(scored)
        best, best_sure = None, TWO_MATTERS_SURE
        for i in range(0, len(texts), 2):
            share = min(whole[first[i]], whole[first[i + 1]])
            if share < TWO_MATTERS_SHARE or not self._are_apart(first[i], first[i + 1]):
                continue
            rankings = [self._reader.read(scored, row) for row in (i, i + 1)]
            decisions = [decide(ranking, self.knowledge) for ranking in rankings]
            sure = min(map(_sure_of, rankings, decisions))
            if sure >= best_sure and any(d.verdict == "answer" for d in decisions):
                one, other = sorted(decisions, key=lambda d: d.verdict != "answer")
                best, best_sure = (one, other), sure
        return best

    def _are_apart(self, one: str, other: str) -> bool:
        services = self.knowledge.services
        together = any(
            one in b.services and other in b.services for b in self.knowledge.boundaries.values()
        )
        return services[one].authority != services[other].authority and not together

    def rank(self, text: str, language: str | None) -> Ranking:
        """All services with their probabilities, best first, and what the text calls for.

        Args:
            text: what the person wrote, cleaned.
            language: decides which turns of phrase are read and whether the encoder is asked.
        """
        weights = self._calibration.encoder_weight
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
        embedding = self._models.embedding
        logits = embedding.logits(embedding.vectors(features)).mean(axis=0)[:, column].tolist()
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


def _sure_of(ranking: Ranking, decision: Decision) -> float:
    """Probability (0..1) that a half is this matter, or one of the matters its boundary asks about.

    0 of every verdict that is neither.
    """
    if decision.verdict == "answer":
        return ranking.sure
    if decision.verdict != "clarify" or ranking.services[0][0] not in decision.options:
        return 0.0
    meant = sum(p for service, p in ranking.services if service in decision.options)
    if ranking.boundary and ranking.boundary[0] == decision.boundary:
        meant += ranking.boundary[1]
    return meant


def load_matcher(index: Path) -> Matcher:
    """Load what `lots train` built.

    Raises:
        IndexMissingError: if there is no index, or one of another make.
        EncoderError: if its encoder cannot be loaded.
    """
    facts = read_index_facts(index)
    with whole(index):
        calibration: Calibration = joblib.load(index / "calibration.joblib")
        detector = joblib.load(index / "detector.joblib")
        knowledge = load_compiled(index / "knowledge.json")
        turns: TurnsOfPhrase = joblib.load(index / "turns_of_phrase.joblib")
    models = load_models(index, str(facts["encoder"]) if calibration.encoder_weight else None)
    return Matcher(knowledge, detector, models, calibration, turns)
