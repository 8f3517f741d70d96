"""`lots train`: builds the index the matcher loads, and tells whether one is out of date."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from bot.calibration import (
    NONE,
    Calibration,
    fit_certainty,
    fit_encoder_weight,
    fit_temperature,
)
from bot.decision import EMERGENCY_SERVICE
from bot.detect import LanguageDetector, evenly
from bot.dialogue_examples import ABOUT, NO_MATTER, examples_version, read_examples
from bot.embedding import MEMBERS, EmbeddingModel, fit_member
from bot.emergency import EmergencyDetector
from bot.encoder import BUILTIN, SentenceEncoder
from bot.errors import Fault, IndexMissingError, KnowledgeError
from bot.evaluation import Question, read_questions
from bot.explanation import save_phrases
from bot.index_folder import FORMAT, read_index_facts
from bot.knowledge import (
    Knowledge,
    TrainingText,
    knowledge_version,
    load_knowledge,
    save_compiled,
    training_texts,
)
from bot.models import Models, Scored, is_doubtful, load_models, score
from bot.neighbours import Neighbours
from bot.ngrams import NGrams
from bot.phrase_book import PhraseBook
from bot.plain_text import clean
from bot.ranking_reader import RankingReader, authority_mass
from bot.semantic import SemanticModel
from bot.settings import Settings
from bot.turns_of_phrase import TurnsOfPhrase, read_turns_of_phrase
from bot.verdicts import VerdictModel, fit_verdicts

# The built-in encoder's word pieces are English: elsewhere it costs minutes and lifts nothing
# (docs/decisions/0003). Any other encoder is tried in every language.
BUILTIN_LANGUAGES = ("en",)
_ENCODED = 12  # texts of a label and language that the encoder reads; more lift nothing
_LOOKED_AT = 150  # texts of a label in which places abroad are counted: seconds, not a minute
Progress = Callable[[str], None]


@dataclass(frozen=True)
class _Row:
    text: str
    label: str
    language: str


def index_state(settings: Settings) -> str:
    """How the index stands to the knowledge base.

    `current`; `outdated` (only facts, wording or dev questions changed: `refresh_index` mends it
    in seconds); `stale` (phrases or the encoder changed: train); `missing`.
    """
    try:
        facts = read_index_facts(settings.index)
    except IndexMissingError:
        return "missing"
    if facts.get("encoder") != settings.encoder:
        return "stale"
    today = {
        "knowledge_version": knowledge_version(settings.knowledge),
        "examples_version": examples_version(settings.nlu),
        "questions_version": _questions_version(settings),
    }
    if all(facts.get(name) == version for name, version in today.items()):
        return "current"
    rows = _rows(load_knowledge(settings.knowledge), settings)
    return "outdated" if facts.get("texts_version") == _texts_version(rows) else "stale"


def refresh_index(settings: Settings) -> None:
    """Put today's facts and wording into the index, and calibrate anew; what was learnt stays.

    Raises:
        KnowledgeError: if knowledge/ or data/nlu/ has faults.
        EvaluationError: if data/calibration/ has no questions or a broken row.
        IndexMissingError: if there is no index.
    """
    knowledge = load_knowledge(settings.knowledge)
    questions = read_questions(settings.calibration)
    models = load_models(settings.index, settings.encoder)
    turns = read_turns_of_phrase(settings.knowledge)
    languages = _encoder_languages(settings.encoder)
    calibration = _calibrate(questions, models, knowledge, turns, languages)
    facts = read_index_facts(settings.index) | {
        "knowledge_version": knowledge.version,
        "examples_version": examples_version(settings.nlu),
        "questions_version": _questions_version(settings),
    }
    _save_learnt_last(knowledge, turns, calibration, settings.index)
    _save_facts(facts, settings.index)


def _save_learnt_last(
    knowledge: Knowledge, turns: TurnsOfPhrase, calibration: Calibration, index: Path
) -> None:
    """What a refresh makes anew, too."""
    save_compiled(knowledge, index / "knowledge.json")
    joblib.dump(turns, index / "turns_of_phrase.joblib")
    joblib.dump(calibration, index / "calibration.joblib")


def _save_facts(facts: dict[str, Any], index: Path) -> None:
    temporary = index / "index.tmp"
    temporary.write_text(json.dumps(facts, indent=1), encoding="utf-8")
    temporary.replace(index / "index.json")


def _questions_version(settings: Settings) -> str:
    digest = hashlib.sha256()
    for path in sorted(settings.calibration.glob("*.jsonl")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _texts_version(rows: Sequence[_Row]) -> str:
    digest = hashlib.sha256()
    for row in sorted(rows, key=lambda r: (r.language, r.label, r.text)):
        digest.update(f"{row.language}\t{row.label}\t{row.text}\n".encode())
    return digest.hexdigest()[:12]


def train_matcher(settings: Settings, progress: Progress) -> dict[str, Any]:
    """Build the index; returns its facts (index.json). The old index stays until it is whole.

    Raises:
        KnowledgeError: if knowledge/ or data/nlu/ has faults.
        EvaluationError: if data/calibration/ has no questions or a broken row.
        EncoderError: if the encoder cannot be loaded.
    """
    began = time.monotonic()
    progress("reading the knowledge base")
    knowledge = load_knowledge(settings.knowledge)
    rows = _rows(knowledge, settings)
    if EMERGENCY_SERVICE not in knowledge.services:
        raise KnowledgeError(
            [Fault("services", 0, f"no service `{EMERGENCY_SERVICE}`: emergencies need it")]
        )
    building = settings.models / "lots.building"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    facts: dict[str, Any] = {
        "format": FORMAT,
        "knowledge_version": knowledge.version,
        "examples_version": examples_version(settings.nlu),
        "questions_version": _questions_version(settings),
        "encoder": settings.encoder,
        "texts": len(rows),
        "texts_version": _texts_version(rows),
    }
    models = _train_models(rows, knowledge, settings.encoder, building, progress)
    questions = read_questions(settings.calibration)
    progress(f"calibration on {len(questions)} dev questions")
    turns = read_turns_of_phrase(settings.knowledge)
    languages = _encoder_languages(settings.encoder)
    calibration = _calibrate(questions, models, knowledge, turns, languages)
    facts["seconds"] = round(time.monotonic() - began, 1)
    _save_learnt_last(knowledge, turns, calibration, building)
    save_phrases([(r.label, r.language, r.text) for r in rows], building)
    _save_facts(facts, building)
    shutil.rmtree(settings.index, ignore_errors=True)
    building.rename(settings.index)
    return facts


def _rows(knowledge: Knowledge, settings: Settings) -> list[_Row]:
    rows = [_Row(clean(t.text), t.label, t.language) for t in training_texts(knowledge)]
    for example in read_examples(settings.nlu):
        if example.intent in NO_MATTER:
            rows.append(_Row(clean(example.text), NONE, example.language))
        elif ABOUT.get(example.intent) in knowledge.services:
            rows.append(_Row(clean(example.text), ABOUT[example.intent], example.language))
    return [row for row in rows if row.text]


def _fit_detector(rows: Sequence[_Row], names: Sequence[str]) -> LanguageDetector:
    return LanguageDetector().fit([r.text for r in rows], [r.language for r in rows], names)


def _swedish_names(knowledge: Knowledge) -> list[str]:
    names = [a.name for a in knowledge.authorities.values()]
    return names + [w.name for w in knowledge.service_words.get("sv", {}).values()]


def _train_models(
    rows: Sequence[_Row], knowledge: Knowledge, encoder: str, folder: Path, progress: Progress
) -> Models:
    """Train every model and save it in the folder; two at a time."""
    labels = sorted({r.label for r in rows})
    column = {label: i for i, label in enumerate(labels)}
    targets = np.array([column[r.label] for r in rows], dtype=np.int64)
    groups = _groups(labels, knowledge)
    languages = _encoder_languages(encoder)
    chosen = _spread([r for r in rows if languages is None or r.language in languages])
    ngrams = NGrams()
    with ProcessPoolExecutor(2, get_context("spawn"), initializer=_take_one_core) as pool:
        # It needs no n-grams, so they are learnt here meanwhile.
        semantic = pool.submit(_fit_semantic, encoder, chosen, labels)
        progress(f"words of {len(rows)} texts")
        features = ngrams.fit([r.text for r in rows])
        if semantic.done():
            semantic.result()  # a wrong name is told before the minutes, not after
        progress(f"what they mean, and in which language; {len(chosen)} sentences (2-3 minutes)")
        learning = [pool.submit(fit_member, features, targets, groups, i) for i in range(MEMBERS)]
        detecting = pool.submit(_fit_detector, rows, _swedish_names(knowledge))
        emergencies = [r.label == EMERGENCY_SERVICE for r in rows]
        alarm = pool.submit(EmergencyDetector().fit, features, emergencies)
        # Both processes are busy to the end; what little is left is done here meanwhile.
        phrase_book = _phrase_book(knowledge)
        first = learning[0].result()
        neighbours = Neighbours(first.text_vectors(features), targets, len(labels))
        embedding = EmbeddingModel(labels, [job.result() for job in learning])
        meaning, emergency = semantic.result(), alarm.result()
        joblib.dump(detecting.result(), folder / "detector.joblib")
    models = Models(ngrams, embedding, emergency, neighbours, phrase_book, meaning)
    models.save(folder)
    return models


def _take_one_core() -> None:
    """In each of the two processes: numpy and torch would each take both cores."""
    import torch  # here: who only asks whether the index is current does not wait for it

    threadpool_limits(1)
    torch.set_num_threads(1)


def _spread(rows: Sequence[_Row]) -> list[_Row]:
    """At most `_ENCODED` texts of each label and language, from its whole list.

    Of emergencies and of what is no matter all: they are of many kinds, not one.
    """
    each: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        each.setdefault((row.label, row.language), []).append(row)
    chosen: list[_Row] = []
    for (label, _), found in each.items():
        most = len(found) if label in (NONE, EMERGENCY_SERVICE) else _ENCODED
        chosen += [found[i] for i in evenly(len(found), most)]
    return chosen


def _phrase_book(knowledge: Knowledge) -> PhraseBook:
    texts = ((t.text, t.label) for t in training_texts(knowledge))
    return PhraseBook(x for x in texts if x[1] != EMERGENCY_SERVICE)


def _fit_semantic(encoder: str, rows: Sequence[_Row], labels: Sequence[str]) -> SemanticModel:
    vectors = SentenceEncoder(encoder)([r.text for r in rows])
    # With an encoder that is not loaded yet: 90 MB that need not go back to the other process.
    return SemanticModel(SentenceEncoder(encoder)).fit(vectors, [r.label for r in rows], labels)


def _groups(labels: Sequence[str], knowledge: Knowledge) -> list[int]:
    """The group of each label: services of one authority belong together."""
    bodies = [
        knowledge.services[label].authority if label in knowledge.services else label
        for label in labels
    ]
    places = {body: i for i, body in enumerate(dict.fromkeys(bodies))}
    return [places[body] for body in bodies]


def _encoder_languages(encoder: str) -> tuple[str, ...] | None:
    """The languages an encoder is tried in; None: all."""
    return BUILTIN_LANGUAGES if encoder == BUILTIN else None


def _calibrate(
    questions: Sequence[Question],
    models: Models,
    knowledge: Knowledge,
    turns: TurnsOfPhrase,
    languages: Sequence[str] | None,
) -> Calibration:
    """Learn from dev questions how far the scores can be trusted."""
    texts = [clean(q.text) for q in questions]
    codes = [q.lang for q in questions]
    labels = models.embedding.labels
    bodies = [_bodies(label, knowledge) for label in labels]
    right = np.array([[bool(b & set(q.accept)) for b in bodies] for q in questions])
    answerable = np.array([q.decision == "answer" for q in questions]) & right.any(axis=1)
    plain = models.score(texts, codes, {})
    weight = _encoder_weight(models, plain, texts, codes, right, answerable, languages)
    scored = score(models, turns, knowledge, texts, codes, weight)
    temperature = fit_temperature(scored.fused[answerable], right[answerable])
    abroad = _abroad_shares(knowledge)
    first = Calibration(temperature, (0.0, 1.0, 0.0), VerdictModel(), weight, abroad)
    reader = RankingReader(models, knowledge, first)
    p = first.probabilities(scored.fused)
    ordered = [reader.ordered(row) for row in p]
    signals = [reader.signals(scored, i, p[i], ordered[i]) for i in range(len(questions))]
    verdicts = fit_verdicts(signals, [q.decision for q in questions])
    rows = np.flatnonzero(answerable).tolist()
    masses = [authority_mass(ordered[i], knowledge) for i in rows]
    column = {label: i for i, label in enumerate(labels)}
    hits = [bool(right[i, column[ordered[i][0][0]]]) for i in rows]
    certainty = fit_certainty([m[0] for m in masses], [m[0] - m[1] for m in masses], hits)
    return Calibration(temperature, certainty, verdicts, weight, abroad)


def _abroad_shares(knowledge: Knowledge) -> dict[str, float]:
    """Of each label the share of its texts that name a place abroad; of few texts a cautious one.

    Looks at `_LOOKED_AT` texts of a label at most, from the whole of its list.
    """
    texts: dict[str, list[TrainingText]] = {}
    for text in training_texts(knowledge):
        texts.setdefault(text.label, []).append(text)
    shares = {}
    for label, found in texts.items():
        chosen = [found[i] for i in evenly(len(found), _LOOKED_AT)]
        named = sum(knowledge.abroad.find(t.text, t.language) is not None for t in chosen)
        shares[label] = (named + 1) / (len(chosen) + 50)
    return shares


def _encoder_weight(
    models: Models,
    plain: Scored,
    texts: Sequence[str],
    codes: Sequence[str],
    right: npt.NDArray[np.bool_],
    answerable: npt.NDArray[np.bool_],
    languages: Sequence[str] | None,
) -> dict[str, float]:
    rows = [
        i for i in np.flatnonzero(answerable).tolist() if languages is None or codes[i] in languages
    ]
    if models.semantic is None or not rows:
        return {}
    semantic = np.zeros_like(plain.fused[rows])
    for place, i in enumerate(rows):  # asked in doubt only, as `Models.score` does
        if is_doubtful(plain.fused[i]):
            semantic[place] = models.semantic.scores([texts[i]])[0]
    weight = fit_encoder_weight(plain.fused[rows], semantic, right[rows])
    return dict.fromkeys(sorted(languages or set(codes)), weight) if weight else {}


def _bodies(label: str, knowledge: Knowledge) -> set[str]:
    return set(knowledge.accepted(label)) if label in knowledge.services else set()
