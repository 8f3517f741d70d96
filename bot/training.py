"""`lots train`: builds the index the matcher loads, and tells whether one is out of date."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np

from bot.calibration import (
    NONE,
    Calibration,
    fit_certainty,
    fit_encoder_weights,
    fit_matter,
    fit_temperature,
)
from bot.detect import LanguageDetector
from bot.dialogue_examples import EMERGENCY, NO_MATTER, examples_version, read_examples
from bot.emergency import EmergencyDetector
from bot.encoder import BUILTIN, SentenceEncoder
from bot.errors import IndexMissingError
from bot.knowledge import (
    BOUNDARY,
    Knowledge,
    knowledge_version,
    load_knowledge,
    save_compiled,
    training_texts,
)
from bot.lexical import LexicalModel, Scores, standardise
from bot.matcher import (
    EMERGENCY_SERVICE,
    FORMAT,
    RankingReader,
    authority_mass,
    read_index_facts,
)
from bot.plain_text import clean
from bot.semantic import SemanticModel
from bot.settings import Settings

HELD_OUT = 4  # one text in so many calibrates the model trained on the others
# The built-in encoder's word pieces are English: elsewhere it costs minutes and lifts nothing
# (docs/decisions/0003). Any other encoder is tried in every language.
BUILTIN_LANGUAGES = ("en",)
Progress = Callable[[str], None]


@dataclass(frozen=True)
class _Row:
    text: str
    label: str
    language: str

    @property
    def is_held_out(self) -> bool:
        digest = hashlib.sha256(f"{self.label}\n{self.text}".encode()).digest()
        return digest[0] % HELD_OUT == 0


def index_state(settings: Settings) -> str:
    """How the index stands to the knowledge base.

    `current`; `outdated` (only facts or wording changed: `refresh_index` mends it in seconds);
    `stale` (phrases or the encoder changed: train); `missing`.
    """
    try:
        facts = read_index_facts(settings.index)
    except IndexMissingError:
        return "missing"
    if facts["encoder"] != settings.encoder:
        return "stale"
    if (
        facts["knowledge_version"] == knowledge_version(settings.knowledge)
        and facts["examples_version"] == examples_version(settings.nlu)
    ):
        return "current"
    rows = _rows(load_knowledge(settings.knowledge), settings)
    return "outdated" if facts["texts_version"] == _texts_version(rows) else "stale"


def refresh_index(settings: Settings) -> None:
    """Put today's facts and wording into the index; what was learnt stays.

    Raises:
        KnowledgeError: if knowledge/ or data/nlu/ has faults.
        IndexMissingError: if there is no index.
    """
    knowledge = load_knowledge(settings.knowledge)
    facts = read_index_facts(settings.index) | {
        "knowledge_version": knowledge.version,
        "examples_version": examples_version(settings.nlu),
    }
    save_compiled(knowledge, settings.index / "knowledge.json")
    _save_facts(facts, settings.index)


def _save_facts(facts: dict[str, Any], index: Path) -> None:
    temporary = index / "index.tmp"
    temporary.write_text(json.dumps(facts, indent=1), encoding="utf-8")
    temporary.replace(index / "index.json")


def _texts_version(rows: Sequence[_Row]) -> str:
    digest = hashlib.sha256()
    for row in sorted(rows, key=lambda r: (r.language, r.label, r.text)):
        digest.update(f"{row.language}\t{row.label}\t{row.text}\n".encode())
    return digest.hexdigest()[:12]


def train_matcher(settings: Settings, progress: Progress) -> dict[str, Any]:
    """Build the index; returns its facts (index.json). The old index stays until it is whole.

    Raises:
        KnowledgeError: if knowledge/ or data/nlu/ has faults.
        EncoderError: if the encoder cannot be loaded.
    """
    began = time.monotonic()
    progress("reading the knowledge base")
    knowledge = load_knowledge(settings.knowledge)
    rows = _rows(knowledge, settings)
    building = settings.models / "lots.building"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    facts: dict[str, Any] = {
        "format": FORMAT,
        "knowledge_version": knowledge.version,
        "examples_version": examples_version(settings.nlu),
        "encoder": settings.encoder,
        "texts": len(rows),
        "texts_version": _texts_version(rows),
    }
    calibration = _train_ranking(rows, knowledge, settings.encoder, building, progress)
    facts |= {
        "encoder_weight": calibration.encoder_weight,
        "temperature": calibration.temperature,
        "certainty": calibration.certainty,
        "matter": calibration.matter,
        "seconds": round(time.monotonic() - began, 1),
    }
    save_compiled(knowledge, building / "knowledge.json")
    _save_facts(facts, building)
    shutil.rmtree(settings.index, ignore_errors=True)
    building.rename(settings.index)
    return facts


def _rows(knowledge: Knowledge, settings: Settings) -> list[_Row]:
    rows = [_Row(clean(t.text), t.label, t.language) for t in training_texts(knowledge)]
    for example in read_examples(settings.nlu):
        if example.intent in NO_MATTER:
            rows.append(_Row(clean(example.text), NONE, example.language))
        elif example.intent == EMERGENCY:
            rows.append(_Row(clean(example.text), EMERGENCY_SERVICE, example.language))
    return [row for row in rows if row.text]


def _fit_detector(rows: Sequence[_Row], names: Sequence[str]) -> LanguageDetector:
    return LanguageDetector().fit([r.text for r in rows], [r.language for r in rows], names)


def _swedish_names(knowledge: Knowledge) -> list[str]:
    names = [a.name for a in knowledge.authorities.values()]
    return names + [w.name for w in knowledge.service_words.get("sv", {}).values()]


def _train_emergency(rows: Sequence[_Row], lexical: LexicalModel) -> EmergencyDetector:
    features = lexical.features([r.text for r in rows])
    return EmergencyDetector().fit(features, [r.label == EMERGENCY_SERVICE for r in rows])


def _fit_lexical(rows: Sequence[_Row]) -> LexicalModel:
    return LexicalModel().fit([r.text for r in rows], [r.label for r in rows])


def _train_ranking(
    rows: Sequence[_Row], knowledge: Knowledge, encoder: str, folder: Path, progress: Progress
) -> Calibration:
    kept = [r for r in rows if not r.is_held_out]
    held = [r for r in rows if r.is_held_out]
    progress(f"words and languages of {len(rows)} texts (one to two minutes)")
    whole, part, detector = joblib.Parallel(n_jobs=2)(
        [
            joblib.delayed(_fit_lexical)(rows),
            joblib.delayed(_fit_lexical)(kept),
            joblib.delayed(_fit_detector)(rows, _swedish_names(knowledge)),
        ]
    )
    whole.save(folder)
    joblib.dump(detector, folder / "detector.joblib")
    progress("emergencies")
    _train_emergency(rows, whole).save(folder)
    margins = part.margins(part.features([r.text for r in held]))
    semantic = _train_semantic(rows, held, whole.labels, encoder, folder, progress)
    progress(f"calibration on {len(held)} held-out texts")
    return _calibrate(held, part.labels, margins, semantic, knowledge)


def _train_semantic(
    rows: Sequence[_Row],
    held: Sequence[_Row],
    labels: Sequence[str],
    encoder: str,
    folder: Path,
    progress: Progress,
) -> Scores:
    """Save the head trained on all; return held-out scores of one trained on the rest."""
    model = SentenceEncoder(encoder).load()
    languages = BUILTIN_LANGUAGES if encoder == BUILTIN else {r.language for r in rows}
    chosen = [r for r in rows if r.language in languages]
    progress(f"meaning: encoding {len(chosen)} texts in {', '.join(sorted(languages))}")
    vectors = model([r.text for r in chosen])
    SemanticModel(model).fit(vectors, [r.label for r in chosen], labels).save(folder)
    scores = np.zeros((len(held), len(labels)), dtype=np.float32)
    kept = np.array([not r.is_held_out for r in chosen])
    if kept.any() and not kept.all():
        head = SemanticModel(model).fit(
            vectors[kept], [r.label for r in chosen if not r.is_held_out], labels
        )
        places = [i for i, r in enumerate(held) if r.language in languages]
        scores[places] = head.scores_of(vectors[~kept])
    return scores


def _calibrate(
    held: Sequence[_Row],
    labels: Sequence[str],
    margins: Scores,
    semantic: Scores,
    knowledge: Knowledge,
) -> Calibration:
    column = {label: i for i, label in enumerate(labels)}
    gold = np.array([column[r.label] for r in held], dtype=np.int64)
    bodies = [_bodies(label, knowledge) for label in labels]
    right = np.array([[bool(bodies[g] & b) for b in bodies] for g in gold])
    languages = [r.language for r in held]
    lexical = standardise(margins)
    result = Calibration(fit_encoder_weights(lexical, semantic, right, languages))
    weights = np.array([result.encoder_weight.get(c, 0.0) for c in languages], dtype=np.float32)
    fused = lexical + weights[:, None] * semantic
    result.temperature = fit_temperature(fused, gold)
    reader = RankingReader(labels, knowledge, result)
    p = result.probabilities(fused)
    services = [i for i, r in enumerate(held) if not _is_open(r.label)]
    ordered = {i: reader.ordered(p[i]) for i in services}
    masses = [authority_mass(ordered[i], knowledge) for i in services]
    hits = [bool(right[i, column[ordered[i][0][0]]]) for i in services]
    result.certainty = fit_certainty([m[0] for m in masses], [m[1] for m in masses], hits)
    result.matter = fit_matter(
        [reader.none(row) for row in p],
        [reader.margin(row) for row in margins],
        [r.label != NONE for r in held],
    )
    return result


def _is_open(label: str) -> bool:
    """Whether the label is no service: no matter at all, or an open boundary."""
    return label == NONE or label.startswith(BOUNDARY)


def _bodies(label: str, knowledge: Knowledge) -> set[str]:
    return {label} if _is_open(label) else set(knowledge.accepted(label))
