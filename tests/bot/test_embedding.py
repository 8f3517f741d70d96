"""N-grams that stand in the same services' phrases come to lie near each other."""

import numpy as np
import pytest

from bot.embedding import EmbeddingModel
from bot.lexical import LexicalModel
from tests.small_base import WORDS

TEXTS = [(p, label) for code in WORDS for label, words in WORDS[code].items() for p in words[3]]


@pytest.fixture(scope="module")
def lexical():
    return LexicalModel().fit([text for text, _ in TEXTS], [label for _, label in TEXTS])


@pytest.fixture(scope="module")
def train(lexical):
    features = lexical.features([text for text, _ in TEXTS])
    targets = np.array([lexical.labels.index(label) for _, label in TEXTS])
    return lambda: EmbeddingModel().fit(features, targets, range(len(lexical.labels)), epochs=60)


@pytest.fixture(scope="module")
def model(train):
    return train()


def test_its_own_phrases_are_recognised(lexical, model):
    scores = model.scores(lexical.features([text for text, _ in TEXTS]))
    right = [
        lexical.labels[int(row.argmax())] == label
        for row, (_, label) in zip(scores, TEXTS, strict=True)
    ]
    assert scores.shape == (len(TEXTS), len(lexical.labels))
    assert np.mean(right) > 0.9


def test_training_again_gives_the_same_scores(lexical, model, train):
    features = lexical.features(["mitt barn är sjukt", "flytt"])
    np.testing.assert_array_equal(train().scores(features), model.scores(features))


def test_a_text_without_a_known_n_gram_gets_the_bias_alone(lexical, model):
    rows = model.scores(lexical.features(["", "漢字"]))
    np.testing.assert_array_equal(rows[0], rows[1])
    assert np.isfinite(rows).all()


def test_a_saved_model_scores_the_same(lexical, model, tmp_path):
    model.save(tmp_path)
    features = lexical.features(["hjälp med hyran", "id-kort"])
    loaded = EmbeddingModel.load(tmp_path)
    np.testing.assert_allclose(loaded.scores(features), model.scores(features), atol=1e-3)


def test_an_untrained_model_says_so(lexical, tmp_path):
    with pytest.raises(ValueError, match="has not been trained"):
        EmbeddingModel().scores(lexical.features(["x"]))
    with pytest.raises(ValueError, match="has not been trained"):
        EmbeddingModel().save(tmp_path)
