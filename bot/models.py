"""The trained models, and how they score a text against every label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.dialogue_examples import ABOUT
from bot.embedding import DIMENSIONS, EmbeddingModel
from bot.emergency import EmergencyDetector
from bot.encoder import SentenceEncoder
from bot.index_folder import whole
from bot.knowledge import Knowledge
from bot.neighbours import Neighbours, Vectors, unit
from bot.ngrams import NGrams
from bot.phrase_book import PhraseBook
from bot.scores import Scores, standardise
from bot.semantic import SemanticModel
from bot.turns_of_phrase import TurnsOfPhrase

DOUBT = 1.0  # the encoder is asked where the first label's score leads by less
NAMED = 2.0  # added to the score of the label whose very name or phrase the text is
_LIFE = frozenset(ABOUT.values())  # whose phrases say that a life is at stake
CLOSED_DOOR = 1.5  # taken off the scores of a body that, the person says, has said no
Row = npt.NDArray[Any]  # (n_labels,)


@dataclass(frozen=True)
class Scored:
    """Texts as the models see them.

    Shapes: `fused` and `logits` (the members' mean) (n_texts, n_labels), `emergency` and `known`
    (n_texts,), `vectors` (unit vectors of the first member) (n_texts, dim).
    """

    texts: Sequence[str]
    languages: Sequence[str | None]
    fused: Scores
    logits: Scores
    emergency: Row
    known: Row
    vectors: Vectors


@dataclass(frozen=True)
class Models:
    """The trained models; they read the same n-grams."""

    ngrams: NGrams
    embedding: EmbeddingModel
    emergency: EmergencyDetector
    neighbours: Neighbours
    phrase_book: PhraseBook
    semantic: SemanticModel | None

    def save(self, folder: Path) -> None:
        """Write all of them."""
        for model in (
            self.ngrams,
            self.embedding,
            self.emergency,
            self.neighbours,
            self.phrase_book,
            self.semantic,
        ):
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
        vectors = self.embedding.vectors(features)
        logits = self.embedding.logits(vectors)
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
        for i, text in enumerate(texts):
            label = self.phrase_book.label(text)
            if label is not None:
                fused[i, self.embedding.labels.index(label)] += NAMED
        return Scored(
            texts,
            languages,
            fused,
            logits.mean(axis=0),
            self.emergency.probabilities(features),
            np.array([self.ngrams.known_share(text) for text in texts]),
            unit(vectors[:, :DIMENSIONS]),
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
    firsts = [labels[i] for i in scored.fused.argmax(axis=1)]
    rest = {
        i: found
        for i, text in enumerate(texts)
        # "I do not want to live, all is dark" rules nothing out, and is no power cut.
        if firsts[i] not in _LIFE and (found := turns.remainder(text, languages[i])) is not None
    }
    if rest:
        codes = [languages[i] for i in rest]
        left = models.score([*rest.values()], codes, encoder_weight)
        scored.fused[list(rest)] += left.fused
        # "I have taken all my pills, I don't want to die": what is ruled out must not hide it.
        scored.emergency[list(rest)] = np.maximum(scored.emergency[list(rest)], left.emergency)
    for i, text in enumerate(texts):
        doors = turns.closed_doors(text, languages[i])
        if doors:
            closed = [
                label in knowledge.services and knowledge.services[label].authority in doors
                for label in labels
            ]
            scored.fused[i, closed] -= CLOSED_DOOR
    return scored


def load_models(index: Path, encoder: str | None) -> Models:
    """Load the trained models; the semantic one only with an encoder.

    Raises:
        IndexMissingError: if one of them is missing or broken.
        EncoderError: if the encoder cannot be loaded.
    """
    with whole(index):
        ngrams = NGrams.load(index)
        embedding = EmbeddingModel.load(index)
        emergency_detector = EmergencyDetector.load(index)
        neighbours = Neighbours.load(index)
        phrase_book = PhraseBook.load(index)
    semantic = None
    if encoder is not None:
        semantic = SemanticModel.load(index, SentenceEncoder(encoder).load())
    return Models(ngrams, embedding, emergency_detector, neighbours, phrase_book, semantic)
