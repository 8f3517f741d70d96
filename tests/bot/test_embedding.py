"""N-grams that stand in the same services' phrases come to lie near each other."""

import numpy as np
import pytest
import torch

from bot.embedding import _HIDDEN, EmbeddingModel, _some, _Table, fit_member
from bot.ngrams import NGrams
from bot.scores import standardise
from tests.small_base import WORDS

TEXTS = [(p, label) for code in WORDS for label, words in WORDS[code].items() for p in words[3]]
LABELS = sorted({label for _, label in TEXTS})
NGRAMS = NGrams()
FEATURES = NGRAMS.fit([text for text, _ in TEXTS])
TARGETS = np.array([LABELS.index(label) for _, label in TEXTS])


def train(seed):
    return fit_member(FEATURES, TARGETS, range(len(LABELS)), seed)


@pytest.fixture(scope="module")
def members():
    return [train(0), train(1)]


@pytest.fixture(scope="module")
def model(members):
    return EmbeddingModel(LABELS, members)


def best(model, *texts):
    scores = standardise(model.logits(model.vectors(NGRAMS.features(texts)))).mean(axis=0)
    return [LABELS[int(row.argmax())] for row in scores]


def test_its_own_phrases_are_recognised(model):
    found = best(model, *(text for text, _ in TEXTS))
    assert np.mean([f == label for f, (_, label) in zip(found, TEXTS, strict=True)]) > 0.95


@pytest.mark.parametrize(
    ("text", "label"),
    [("bostadsbidraget", "bostadsbidrag"), ("forskolan", "forskola"), ("idkort", "id_kort")],
)
def test_compounds_endings_and_misspellings_are_recognised(model, text, label):
    assert best(model, text) == [label]


def test_logits_of_each_member_are_its_own(model, members):
    features = NGRAMS.features(["mitt barn är sjukt", "flytt", ""])
    both = model.logits(model.vectors(features))
    assert both.shape == (2, 3, len(LABELS))
    for logits, member in zip(both, members, strict=True):
        single = EmbeddingModel(LABELS, [member])
        alone = single.logits(single.vectors(features))[0]
        np.testing.assert_allclose(logits, alone, rtol=1e-4, atol=1e-4)


def test_another_start_gives_another_member_and_the_same_start_the_same(members):
    again = train(0)
    np.testing.assert_array_equal(again.vectors, members[0].vectors)
    np.testing.assert_array_equal(again.weights, members[0].weights)
    assert not np.array_equal(members[0].vectors, members[1].vectors)


def test_a_text_without_a_known_n_gram_gets_the_bias_alone(model, members):
    rows = model.logits(model.vectors(NGRAMS.features(["", "☃☃"])))
    np.testing.assert_array_equal(rows[:, 0], [m.bias for m in members])
    np.testing.assert_array_equal(rows[:, 0], rows[:, 1])


def test_a_saved_model_scores_the_same(model, tmp_path):
    model.save(tmp_path)
    features = NGRAMS.features(["hjälp med hyran", "id-kort"])
    loaded = EmbeddingModel.load(tmp_path)
    assert loaded.labels == LABELS
    vectors = loaded.vectors(features)
    np.testing.assert_array_equal(vectors, model.vectors(features))
    np.testing.assert_array_equal(loaded.logits(vectors), model.logits(vectors))


def test_hidden_n_grams_are_not_looked_up_and_the_others_weigh_as_much_more():
    part = _some(FEATURES, np.random.default_rng(0))
    assert part.shape == FEATURES.shape
    assert part.nnz / FEATURES.nnz == pytest.approx(1 - _HIDDEN, abs=0.02)
    assert part.sum() == pytest.approx(FEATURES.sum(), rel=0.02)
    kept = part.toarray() != 0
    np.testing.assert_allclose(
        part.toarray()[kept], FEATURES.toarray()[kept] / (1 - _HIDDEN), rtol=1e-5
    )


def test_the_n_grams_of_a_batch_are_those_that_numpy_finds():
    table = _Table(torch.zeros(50, 2))
    for indices in (np.array([7, 3, 7, 49, 0]), np.array([3]), np.array([], dtype=np.int32)):
        used, places = table.different(indices)
        expected, where = np.unique(indices, return_inverse=True)
        np.testing.assert_array_equal(used.numpy(), expected)
        np.testing.assert_array_equal(places.numpy(), where)
