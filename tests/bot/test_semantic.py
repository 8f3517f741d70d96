"""The head over an encoder's vectors ranks labels by meaning."""

import numpy as np
import pytest

from bot.semantic import SemanticModel

LABELS = ["empty", "home", "school", "work"]
TEXTS = [
    ("rent home flat", "home"),
    ("home moving flat", "home"),
    ("pupil school teacher", "school"),
    ("school class pupil", "school"),
    ("school grades", "school"),
    ("school bus pupil", "school"),
    ("work wages boss", "work"),
]


@pytest.fixture
def model(fake_encoder):
    vectors = fake_encoder([text for text, _ in TEXTS])
    return SemanticModel(fake_encoder).fit(vectors, [label for _, label in TEXTS], LABELS)


def test_scores_have_a_column_for_every_label(model):
    scores = model.scores(["flat", "pupil"])
    assert scores.shape == (2, 4)
    assert np.isfinite(scores).all()


@pytest.mark.parametrize(
    ("text", "label"), [("home flat", "home"), ("pupil", "school"), ("boss wages", "work")]
)
def test_the_nearest_label_is_first(model, text, label):
    assert LABELS[int(model.scores([text])[0].argmax())] == label


def test_a_label_without_a_text_is_never_first(model):
    scores = model.scores([text for text, _ in TEXTS])
    assert (scores.argmax(axis=1) != LABELS.index("empty")).all()


def test_nearness_is_the_mean_of_the_three_nearest_phrases(model, fake_encoder):
    vectors = fake_encoder(["school pupil"])
    cosines = fake_encoder([t for t, label in TEXTS if label == "school"]) @ vectors[0]
    near = model._nearness(vectors)[0]
    assert near[LABELS.index("school")] == pytest.approx(np.sort(cosines)[-3:].mean(), abs=1e-6)
    assert near[LABELS.index("empty")] == 0.0


def test_the_mean_of_fewer_than_three_phrases_is_theirs_alone(model, fake_encoder):
    near = model._nearness(fake_encoder(["boss wages work"]))[0]
    assert near[LABELS.index("work")] == pytest.approx(1.0, abs=1e-6)


def test_the_order_of_the_texts_does_not_matter(model, fake_encoder):
    turned = TEXTS[::-1]
    other = SemanticModel(fake_encoder).fit(
        fake_encoder([text for text, _ in turned]), [label for _, label in turned], LABELS
    )
    texts = ["home", "school bus"]
    assert (other.scores(texts).argmax(axis=1) == model.scores(texts).argmax(axis=1)).all()
    vectors = fake_encoder(texts)
    np.testing.assert_allclose(other._nearness(vectors), model._nearness(vectors), atol=1e-6)


def test_a_saved_model_scores_the_same(model, fake_encoder, tmp_path):
    model.save(tmp_path)
    loaded = SemanticModel.load(tmp_path, fake_encoder)
    np.testing.assert_array_equal(loaded.scores(["home", "x"]), model.scores(["home", "x"]))
